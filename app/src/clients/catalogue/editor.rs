//! The dialog in which an item is added or changed.

use domain::{CatalogueId, CatalogueItem, CatalogueItemDraft, CatalogueKind, Draft, Violation, Violations, limits};
use leptos::prelude::*;

use super::rpc::{create_catalogue_item, update_catalogue_item};
use crate::{
    error::UiError,
    forms::{Form, FormErrors, Sending, Unsaved, violations_of},
    ui::{Button, ButtonVariant, Dialog, TextArea, TextField, use_toasts},
};

const FORM: &str = "catalogue-item-form";

/// Adds an item, or changes one. Closes itself when that has worked.
#[component]
pub fn ItemEditor(
    /// In which catalogue.
    kind: CatalogueKind,
    /// A technology's service.
    #[prop(optional_no_strip)]
    parent: Option<CatalogueId>,
    /// The item to change; without one, an item is added.
    #[prop(optional_no_strip)]
    item: Option<CatalogueItem>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Gets the item as it is now.
    #[prop(into)]
    on_saved: Callback<CatalogueItem>,
    /// Told when somebody else changed the item meanwhile.
    #[prop(optional, into)]
    on_outdated: Option<Callback<()>>,
) -> impl IntoView {
    let title = format!("{} {}", if item.is_some() { "Edit" } else { "Add" }, kind.noun());
    let known = item.as_ref().map(|item| (item.id, item.version));
    let (name, description) = item.map(|item| (item.name, item.description)).unwrap_or_default();
    let (name, description) = (RwSignal::new(name), RwSignal::new(description));
    let draft = Signal::derive(move || CatalogueItemDraft { name: name.get(), description: description.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || in_dialog(violations_of(draft.get().check(())))));
    let unsaved = Unsaved::of(move || draft.get());
    let (sending, toasts) = (Sending::new(), use_toasts());
    let save = move || {
        let draft = draft.get_untracked();
        let call = async move {
            match known {
                Some((id, version)) => update_catalogue_item(id, version, draft).await,
                None => create_catalogue_item(kind, parent, draft).await,
            }
        };
        sending.run(call, move |answer: Result<_, UiError>| match answer {
            Ok(item) => {
                open.set(false);
                name.set(String::new());
                description.set(String::new());
                errors.reset();
                unsaved.saved();
                toasts.success(format!("“{}” was saved.", item.name));
                on_saved.run(item);
            }
            Err(error) => {
                if let Some(on_outdated) = on_outdated.filter(|_| error.is_conflict()) {
                    on_outdated.run(());
                }
                errors.show(in_dialog(error.into_violations()));
            }
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary submit=true form=FORM busy=sending.busy()>"Save"</Button>
        }
    };
    view! {
        <Dialog id="catalogue-item" title open unsaved=unsaved.changed() actions>
            <Form id=FORM errors unsaved on_submit=save>
                {fields(name, description, errors)}
            </Form>
        </Dialog>
    }
}

fn fields(name: RwSignal<String>, description: RwSignal<String>, errors: FormErrors) -> impl IntoView {
    view! {
        <TextField
            name="item.name"
            label="Name"
            value=name
            error=errors.of("item.name")
            on_blur=errors.leave("item.name")
            required=true
            max_length=limits::SHORT_NAME
        />
        <TextArea
            name="item.description"
            label="Description"
            hint="Shown to whoever selects it for a client."
            value=description
            error=errors.of("item.description")
            on_blur=errors.leave("item.description")
            rows=3
            max_length=limits::SHORT_DESCRIPTION
        />
    }
}

/// Fields are also the ids of their inputs, and the page around the dialog may have a name too.
fn in_dialog(violations: Violations) -> Violations {
    let inside = |Violation { field, message }| Violation { field: if field.is_empty() { field } else { format!("item.{field}") }, message };
    violations.into_iter().map(inside).collect()
}
