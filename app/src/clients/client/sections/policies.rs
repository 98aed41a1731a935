//! Agent policies: which apply, and a new one defined in place.

use domain::{CatalogueItem, CatalogueItemDraft, CatalogueKind, Draft, Violations, limits};
use leptos::prelude::*;

use super::{
    catalogue::{put, ticks},
    fold::{self, fold},
};
use crate::{
    clients::{
        catalogue::rpc::create_catalogue_item,
        client::{browser::focus, form::ClientForm},
    },
    forms::{FormErrors, FormSummary, Sending, violations_of},
    ui::{Button, ButtonSize, ButtonVariant, Dialog, Glyph, TextArea, TextField, use_toasts},
};

/// The section.
pub(super) fn section(form: ClientForm) -> AnyView {
    let open = RwSignal::new(false);
    let begin = move || {
        open.set(true);
        focus("policy-name");
    };
    let actions = move || {
        let disabled_because = form.no_new_items.get_value();
        view! { <Button size=ButtonSize::Small icon=Glyph::Plus disabled_because on_click=begin>"Add New"</Button> }
    };
    let applied = form.fields.agent_policies;
    let ticks = ticks(form, "agent_policies", "Agent policies", CatalogueKind::AgentPolicy, applied);
    let words = ("agent-policies", "Agent Policies", "Policies for the agents on the client’s devices.");
    view! {
        {fold(form, words, move || fold::chosen(form, applied), ViewFn::from(actions), ticks)}
        <NewPolicy form open />
    }
    .into_any()
}

/// The dialog that defines a policy. It stands inside of other forms, so it isn't a form itself.
#[component]
fn NewPolicy(form: ClientForm, open: RwSignal<bool>) -> impl IntoView {
    let (name, description) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let draft = move || CatalogueItemDraft { name: name.get(), description: description.get() };
    // The fields of the dialog have other names than those of the client around it.
    let rules = Memo::new(move |_| renamed(violations_of(draft().check(()))));
    let errors = FormErrors::with_rules(rules.into());
    let (sending, toasts) = (Sending::new(), use_toasts());
    let added = move |item: CatalogueItem| {
        toasts.success(format!("{} was added and applies to this client.", item.name));
        form.fields.agent_policies.update(|chosen| put(chosen, item.id, true));
        form.catalogues.update(|catalogues| catalogues.items.push(item));
        name.set(String::new());
        description.set(String::new());
        errors.reset();
        open.set(false);
    };
    let add = move || {
        if errors.pass() {
            let draft = CatalogueItemDraft { name: name.get_untracked(), description: description.get_untracked() };
            sending.run(create_catalogue_item(CatalogueKind::AgentPolicy, None, draft), move |answer| match answer {
                Ok(item) => added(item),
                Err(error) => errors.show(renamed(error.into_violations())),
            });
        }
    };
    let unsaved = Signal::derive(move || !name.with(String::is_empty) || !description.with(String::is_empty));
    // The dialog starts empty each time it opens.
    Effect::new(move |_| {
        if !open.get() {
            name.set(String::new());
            description.set(String::new());
            errors.reset();
        }
    });
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=sending.busy() on_click=add>"Add"</Button>
        }
    };
    view! {
        <Dialog id="new-policy" title="New agent policy" open unsaved actions>
            <FormSummary errors />
            <TextField name="policy.name" label="Name" required=true max_length=limits::SHORT_NAME value=name error=errors.of("policy.name") on_blur=errors.leave("policy.name") />
            <TextArea name="policy.description" label="Description" rows=3 max_length=limits::SHORT_DESCRIPTION value=description error=errors.of("policy.description") on_blur=errors.leave("policy.description") />
        </Dialog>
    }
}

fn renamed(violations: Violations) -> Violations {
    let rename = |mut violation: domain::Violation| {
        if !violation.field.is_empty() {
            violation.field = format!("policy.{}", violation.field);
        }
        violation
    };
    violations.into_iter().map(rename).collect()
}
