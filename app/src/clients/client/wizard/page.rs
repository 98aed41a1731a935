//! The wizard that onboards a client: six tabs over one draft, which the server keeps.

use domain::{Catalogues, ClientQuery, DraftDetail, DraftId, Error, Step};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    buttons::Buttons,
    faults::faults,
    mark::{conflict_dialog, saved_mark},
    saver::Saver,
};
use crate::{
    caller::use_caller,
    clients::{
        catalogue::rpc::list_catalogues,
        client::{NEEDS_SCRIPT, form::ClientForm, rpc::get_draft, sections},
    },
    forms::NeedsScript,
    loading::{Loaded, ask},
    paths,
    ui::{self, Crumb, Page, StepState, StepTabs},
};

/// The page of the wizard. Its address holds draft and tab.
#[component]
pub fn WizardPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("draft").unwrap_or_default()));
    let step = Memo::new(move |_| params.with(|params| params.get("step").and_then(|key| Step::from_key(&key)).unwrap_or(Step::ClientDetails)));
    let draft = ask(move || id.get(), |id| async move { get_draft(id.parse::<DraftId>().map_err(|_| Error::NotFound)?).await });
    let catalogues = ask(|| (), |()| list_catalogues());
    let shown = move |detail: DraftDetail| {
        let detail = StoredValue::new(detail);
        let both = move |catalogues: Catalogues| view! { <Wizard detail=detail.get_value() catalogues step=step.into() /> }.into_any();
        view! { <Loaded resource=catalogues view=Callback::new(both) /> }.into_any()
    };
    let crumbs = vec![
        Crumb::text("Setup"),
        Crumb::text("Accounts"),
        Crumb::link("Clients", paths::clients(&ClientQuery::default())),
        Crumb::text("New Client"),
    ];
    view! {
        <Page title="New Client" crumbs>
            <NeedsScript sentence=NEEDS_SCRIPT />
            <Loaded resource=draft view=Callback::new(shown) />
        </Page>
    }
}

#[component]
fn Wizard(detail: DraftDetail, catalogues: Catalogues, step: Signal<Step>) -> impl IntoView {
    let form = ClientForm::new(detail.draft.clone(), catalogues, &use_caller());
    let draft = detail.id.clone();
    // Tabs that were seen count as done, also when the draft is continued another day.
    let seen = detail.step.number();
    let furthest = Memo::new(move |before: Option<&usize>| step.get().number().max(before.copied().unwrap_or(seen)));
    let saver = Saver::watching(detail, form, step);
    view! {
        <div class="wizard" on:focusout=move |_| saver.save_now()>
            <div class="wizard-top">
                <StepTabs label="Steps" steps=Signal::derive(move || tabs(form, &saver.id(), furthest.get())) current=Signal::derive(move || step.get() as usize) />
                {saved_mark(saver)}
            </div>
            {faults(form, draft, step)}
            {move || sections::of_step(step.get(), form)}
            <Buttons form saver step />
        </div>
        {conflict_dialog(saver, form.catalogues)}
    }
}

fn tabs(form: ClientForm, draft: &DraftId, furthest: usize) -> Vec<ui::Step> {
    let tab = |step: Step| {
        let state = match (step.number() < furthest, form.is_wrong(step)) {
            (true, true) => StepState::Error,
            (true, false) => StepState::Done,
            (false, _) => StepState::Todo,
        };
        ui::Step { label: step.label().to_owned(), href: Some(paths::client_draft(draft, step)), state }
    };
    Step::ALL.iter().copied().map(tab).collect()
}
