//! The wizard that onboards a client: six tabs over one draft, which the server keeps.

use domain::{Catalogues, ClientQuery, DraftDetail, DraftId, Error, Permission, Scope, Step};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    buttons::Buttons,
    drafts::Drafts,
    faults::faults,
    mark::{conflict_dialog, saved_mark},
    saver::Saver,
};
use crate::{
    caller::use_caller,
    clients::{
        catalogue::rpc::list_catalogues,
        client::{NEEDS_SCRIPT, browser::replace_address, form::ClientForm, rpc::get_draft, sections},
    },
    forms::NeedsScript,
    loading::{Loaded, ask},
    paths,
    thing::{may_not, not_found},
    ui::{self, Crumb, Page, StepState, StepTabs},
};

/// The page of the wizard. Its address holds draft and tab, once there is a draft: that begins with the first thing typed.
#[component]
pub fn WizardPage() -> impl IntoView {
    let caller = use_caller();
    let content = match caller.can(Permission::ClientCreate, Scope::Partner(caller.partner)) {
        Ok(()) => view! { <NeedsScript sentence=NEEDS_SCRIPT /><OpenWizard /> }.into_any(),
        // A client's users know nothing of other clients.
        Err(Error::NotFound) => return not_found("Page"),
        Err(refusal) => may_not("You can’t add clients", refusal.to_string()),
    };
    let crumbs = vec![
        Crumb::text("Setup"),
        Crumb::text("Accounts"),
        Crumb::link("Clients", paths::clients(&ClientQuery::default())),
        Crumb::text("New Client"),
    ];
    view! { <Page title="New Client" crumbs>{content}</Page> }.into_any()
}

#[component]
fn OpenWizard() -> impl IntoView {
    let params = use_params_map();
    let step = Memo::new(move |_| params.with(|params| params.get("step").and_then(|key| Step::from_key(&key)).unwrap_or(Step::ClientDetails)));
    // A draft that begins on this page gets an address, but is no other draft: it isn't loaded again.
    let begun = StoredValue::new(None::<DraftId>);
    let id = Memo::new(move |before: Option<&Option<String>>| {
        let id = params.with(|params| params.get("draft"));
        let is_own = begun.with_value(|begun| begun.is_some() && begun.as_ref().map(ToString::to_string) == id);
        if is_own { before.cloned().flatten() } else { id }
    });
    let draft = ask(
        move || id.get(),
        async |id| match id {
            Some(id) => Ok(Some(get_draft(id.parse::<DraftId>().map_err(|_| Error::NotFound)?).await?)),
            None => Ok(None),
        },
    );
    let catalogues = ask(|| (), |()| list_catalogues());
    let on_begin = Callback::new(move |id: DraftId| {
        replace_address(&paths::client_draft(&id, step.get_untracked()));
        begun.set_value(Some(id));
    });
    let shown = move |detail: Option<DraftDetail>| {
        let detail = StoredValue::new(detail);
        let both = move |catalogues: Catalogues| view! { <Wizard detail=detail.get_value() catalogues step=step.into() on_begin /> }.into_any();
        view! { <Loaded resource=catalogues view=Callback::new(both) /> }.into_any()
    };
    let unfolded = use_query_map().with_untracked(|query| query.get(paths::DRAFTS).is_some());
    view! {
        {move || id.with(Option::is_none).then(|| view! { <Drafts open=unfolded /> })}
        <Loaded resource=draft view=Callback::new(shown) />
    }
}

#[component]
fn Wizard(detail: Option<DraftDetail>, catalogues: Catalogues, step: Signal<Step>, on_begin: Callback<DraftId>) -> impl IntoView {
    let typed = detail.as_ref().map(|detail| detail.draft.clone()).unwrap_or_default();
    let form = ClientForm::new(typed, catalogues, &use_caller()).folded();
    // Tabs that were seen count as done, also when the draft is continued another day.
    let seen = detail.as_ref().map_or(0, |detail| detail.step.number());
    let furthest = Memo::new(move |before: Option<&usize>| step.get().number().max(before.copied().unwrap_or(seen)));
    let saver = Saver::watching(detail, form, step, on_begin);
    view! {
        <div class="wizard" on:focusout=move |_| saver.save_now()>
            <div class="wizard-top">
                <StepTabs label="Steps" steps=Signal::derive(move || tabs(form, saver, furthest.get())) current=Signal::derive(move || step.get() as usize) />
                {saved_mark(saver)}
            </div>
            {faults(form, saver, step)}
            {move || sections::with_index(step.get(), form)}
            <Buttons form saver step />
        </div>
        {conflict_dialog(saver, form.catalogues)}
    }
}

fn tabs(form: ClientForm, saver: Saver, furthest: usize) -> Vec<ui::Step> {
    let tab = |step: Step| {
        let state = match (step.number() < furthest, form.is_wrong(step)) {
            (true, true) => StepState::Error,
            (true, false) => StepState::Done,
            (false, _) => StepState::Todo,
        };
        ui::Step { label: step.label().to_owned(), href: saver.address_of(step), state }
    };
    Step::ALL.iter().copied().map(tab).collect()
}
