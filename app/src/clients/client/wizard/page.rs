//! The wizard that onboards a client: six tabs over one draft, which the server keeps.

use domain::{Catalogues, ClientId, ClientQuery, DraftDetail, DraftId, Error, Step, Violations};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

use super::{
    faults::{SUMMARY, faults},
    mark::{conflict_dialog, saved_mark},
    saver::{SaveState, Saver},
};
use crate::{
    caller::use_caller,
    clients::{
        catalogue::rpc::list_catalogues,
        client::{
            NeedsScript,
            browser::focus,
            form::ClientForm,
            rpc::{discard_draft, finish_draft, get_draft},
            sections,
        },
    },
    error::UiError,
    forms::Sending,
    loading::{Loaded, ask},
    paths,
    ui::{self, Button, ButtonLink, ButtonVariant, ConfirmDialog, Crumb, Glyph, Page, StepState, StepTabs, use_toasts},
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
            <NeedsScript />
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

/// Discard, Back, Skip, Next, Finish.
#[component]
fn Buttons(form: ClientForm, saver: Saver, step: Signal<Step>) -> impl IntoView {
    let navigate = use_navigate();
    let go = Callback::new(move |(to, replace): (String, bool)| navigate(&to, NavigateOptions { replace, ..NavigateOptions::default() }));
    let (finishing, discarding, toasts) = (Sending::new(), Sending::new(), use_toasts());
    let asked = RwSignal::new(false);
    let tab = move |step| paths::client_draft(&saver.id(), step);

    let next = move || {
        let here = step.get_untracked();
        let wrong = form.violations.with_untracked(|violations| fields_of(here, violations));
        if let Some(first) = wrong.first() {
            focus(ui::field_id(first));
            wrong.into_iter().for_each(|field| form.errors.leave(field).run(()));
        } else if let Some(next) = here.next() {
            go.run((tab(next), false));
        }
    };
    let finish = move || {
        if !form.errors.pass() {
            return focus(SUMMARY);
        }
        let finished = async move {
            saver.stop().await;
            finish_draft(saver.id(), saver.version(), form.draft.get_untracked()).await
        };
        finishing.run(finished, move |answer: Result<ClientId, UiError>| match answer {
            Ok(client) => {
                toasts.success(format!("{} was created.", form.fields.name.get_untracked().trim()));
                go.run((paths::client(client), true));
            }
            Err(error) => {
                saver.resume();
                if error.is_conflict() {
                    leptos::task::spawn_local(async move { _ = saver.merge_theirs().await });
                }
                form.errors.refuse(error);
                focus(SUMMARY);
            }
        });
    };
    let discard = move |()| {
        let discarded = async move {
            saver.stop().await;
            discard_draft(saver.id()).await
        };
        discarding.run(discarded, move |answer| match answer {
            Ok(()) => {
                toasts.success("The draft was discarded.");
                go.run((paths::clients(&ClientQuery::default()), true));
            }
            Err(error) => {
                asked.set(false);
                saver.resume();
                toasts.error(error.to_string());
            }
        });
    };
    let gone = move || (saver.state().get() == SaveState::Gone).then(|| "This draft was finished or discarded elsewhere.".to_owned());
    let unready = Signal::derive(move || gone().or_else(|| form.uploads.pending()));
    let variant_of_finish = move || if step.get().next().is_none() { ButtonVariant::Primary } else { ButtonVariant::Secondary };
    view! {
        <div class="form-bar">
            <Button variant=ButtonVariant::Quiet icon=Glyph::Trash on_click=move || asked.set(true)>"Discard"</Button>
            <div class="actions push">
                {move || step.get().back().map(|back| view! { <ButtonLink href=tab(back)>"Back"</ButtonLink> })}
                {move || skip(step.get(), tab)}
                {move || step.get().next().map(|_| view! { <Button variant=ButtonVariant::Primary on_click=next>"Next"</Button> })}
                {move || view! {
                    <Button variant=variant_of_finish() busy=finishing.busy() disabled_because=unready on_click=finish>"Finish"</Button>
                }}
            </div>
        </div>
        <ConfirmDialog
            id="discard-draft"
            title="Discard this draft?"
            body="Everything that is typed in it is deleted."
            confirm="Discard"
            danger=true
            open=asked
            busy=discarding.busy()
            on_confirm=discard
        />
    }
}

/// Skip leads on without a look at what is typed; not from where something must be typed, and not from the last tab.
fn skip(step: Step, tab: impl Fn(Step) -> String) -> Option<AnyView> {
    let next = step.next()?;
    let because = step.is_required().then(|| "Client Details can’t be skipped: name, address, country and time zone are required.".to_owned());
    Some(view! { <ButtonLink href=tab(next) disabled_because=because>"Skip"</ButtonLink> }.into_any())
}

/// The wrong fields of a tab, in the order of the page.
fn fields_of(step: Step, violations: &Violations) -> Vec<String> {
    violations.iter().map(|violation| violation.field.clone()).filter(|field| Step::of_field(field) == step).collect()
}
