//! The bar below the tabs: Discard, Back, Skip, Finish, Next.

use domain::{ClientId, ClientQuery, Step, Violations};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    faults::SUMMARY,
    saver::{SaveState, Saver},
};
use crate::{
    clients::client::{browser::focus, form::ClientForm, rpc::finish_draft},
    error::UiError,
    forms::Sending,
    paths,
    ui::{self, Button, ButtonLink, ButtonVariant, ConfirmDialog, Glyph, Toasts, use_toasts},
};

/// What the buttons do.
#[derive(Clone, Copy)]
struct Actions {
    form: ClientForm,
    saver: Saver,
    step: Signal<Step>,
    /// Leads to an address, in place of the page in the history if the flag says so.
    go: Callback<(String, bool)>,
    finishing: Sending,
    discarding: Sending,
    /// Whether the question before discarding is open.
    asks_to_discard: RwSignal<bool>,
    toasts: Toasts,
}

impl Actions {
    fn new(form: ClientForm, saver: Saver, step: Signal<Step>) -> Self {
        let navigate = use_navigate();
        let go = Callback::new(move |(to, replace): (String, bool)| navigate(&to, NavigateOptions { replace, ..NavigateOptions::default() }));
        Self {
            form,
            saver,
            step,
            go,
            finishing: Sending::new(),
            discarding: Sending::new(),
            asks_to_discard: RwSignal::new(false),
            toasts: use_toasts(),
        }
    }

    /// The address of another tab. There is a draft before there is a way to one.
    fn address_of(self, step: Step) -> String {
        self.saver.address_of(step).unwrap_or_else(paths::client_new)
    }

    /// Leads to the next tab, unless something on this one is wrong.
    fn next(self) {
        let here = self.step.get_untracked();
        let wrong = self.form.violations.with_untracked(|violations| fields_of(here, violations));
        if let Some(first) = wrong.first() {
            focus(ui::field_id(first));
            wrong.into_iter().for_each(|field| self.form.errors.leave(field).run(()));
        } else if let Some(next) = here.next() {
            self.go.run((untrack(|| self.address_of(next)), false));
        }
    }

    /// Makes the client.
    fn finish(self) {
        let Self { form, saver, .. } = self;
        if !form.errors.pass() {
            return focus(SUMMARY);
        }
        let finished = async move {
            saver.stop().await;
            let (id, version) = saver.draft().await?;
            finish_draft(id, version, form.draft.get_untracked()).await
        };
        self.finishing.run(finished, move |answer| self.finished(answer));
    }

    fn finished(self, answer: Result<ClientId, UiError>) {
        let Self { form, saver, .. } = self;
        match answer {
            Ok(client) => {
                self.toasts.success(format!("{} was created.", form.fields.name.get_untracked().trim()));
                self.go.run((paths::client(client), true));
            }
            Err(error) => {
                saver.resume();
                if error.is_conflict() {
                    leptos::task::spawn_local(async move { _ = saver.merge_theirs().await });
                }
                form.errors.refuse(error);
                focus(SUMMARY);
            }
        }
    }

    /// Deletes the draft.
    fn discard(self) {
        let saver = self.saver;
        let discarded = async move {
            saver.stop().await;
            saver.discard().await
        };
        self.discarding.run(discarded, move |answer| match answer {
            Ok(()) => {
                self.toasts.success("The draft was discarded.");
                self.go.run((paths::clients(&ClientQuery::default()), true));
            }
            Err(error) => {
                self.asks_to_discard.set(false);
                saver.resume();
                self.toasts.error(error.to_string());
            }
        });
    }

    /// Why the client can't be made yet.
    fn unready(self) -> Option<String> {
        let is_gone = self.saver.state().get() == SaveState::Gone;
        is_gone.then(|| "This draft was finished or discarded elsewhere.".to_owned()).or_else(|| self.form.uploads.pending())
    }
}

/// The bar.
#[component]
pub(super) fn Buttons(form: ClientForm, saver: Saver, step: Signal<Step>) -> impl IntoView {
    let actions = Actions::new(form, saver, step);
    let open = actions.asks_to_discard;
    let discard = move || {
        saver.has_begun().then(|| view! { <Button variant=ButtonVariant::Quiet icon=Glyph::Trash on_click=move || open.set(true)>"Discard"</Button> })
    };
    let finish = move || {
        let variant = if step.get().next().is_none() { ButtonVariant::Primary } else { ButtonVariant::Secondary };
        let (busy, unready) = (actions.finishing.busy(), Signal::derive(move || actions.unready()));
        view! { <Button variant busy disabled_because=unready on_click=move || actions.finish()>"Finish"</Button> }
    };
    // The way on is always the last button, so it stays at one place from tab to tab.
    view! {
        <div class="form-bar">
            {discard}
            <div class="actions push">
                {move || step.get().back().map(|back| view! { <ButtonLink href=actions.address_of(back)>"Back"</ButtonLink> })}
                {move || skip(step.get(), |step| actions.address_of(step))}
                {finish}
                {move || step.get().next().map(|_| view! { <Button variant=ButtonVariant::Primary on_click=move || actions.next()>"Next"</Button> })}
            </div>
        </div>
        <ConfirmDialog
            id="discard-draft"
            title="Discard this draft?"
            body="Everything you entered is deleted."
            confirm="Discard"
            danger=true
            open
            busy=actions.discarding.busy()
            on_confirm=move |()| actions.discard()
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
