//! The page of a one-time link, on which an invited user chooses a password.

use domain::{Caller, Draft, Error, InvitationDraft, Invitee};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::rpc;
use crate::{
    caller::caller_if_any,
    error::UiError,
    forms::{Form, FormErrors, NewPasswordFields, Sending, Unsaved, violations_of},
    loading::{Failure, ask},
    paths,
    people::session::rpc::DeleteSession,
    ui::{Button, ButtonLink, ButtonVariant, CenteredShell, Skeleton, WindowTitle},
};

/// Leads to the form, unless the link is used or too old.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let token = Memo::new(move |_| use_params_map().with(|params| params.get("token")).unwrap_or_default());
    let checked = ask(move || token.get(), rpc::check_invitation);
    let retry = Callback::new(move |()| checked.refetch());
    let page = move |answer| match answer {
        Ok(invitee) => match caller_if_any() {
            Some(caller) => view! { <SignOutFirst token=token.get_untracked() invitee caller /> }.into_any(),
            None => view! { <PasswordForm token=token.get_untracked() invitee /> }.into_any(),
        },
        Err(UiError::Refused(Error::NotFound)) => view! { <LinkIsOver /> }.into_any(),
        Err(error) => view! { <CenteredShell title="Invitation"><Failure error retry /></CenteredShell> }.into_any(),
    };
    view! {
        <WindowTitle page="Invitation" />
        <Transition fallback=|| view! { <Skeleton /> }>{move || checked.get().map(page)}</Transition>
    }
}

#[component]
fn LinkIsOver() -> impl IntoView {
    view! {
        <CenteredShell title="This link has expired" description="It was used already, it is older than 72 hours, or there is a newer one.">
            <p>"If you have chosen a password, sign in with it. Otherwise ask whoever invited you for a new link."</p>
            <ButtonLink href=paths::login()>"Sign in"</ButtonLink>
        </CenteredShell>
    }
}

/// Asks the signed-in user to sign out first, because using the link would end their session. A plain form, so it works without scripts.
#[component]
fn SignOutFirst(token: String, invitee: Invitee, caller: Caller) -> impl IntoView {
    let description = format!("This link is for {} ({}). To use it, sign out first.", invitee.user.name(), invitee.user.login);
    view! {
        <CenteredShell title=format!("You’re signed in as {}", caller.user.name()) description>
            <form class="form" method="post" action=DeleteSession::url()>
                <input type="hidden" name="next" value=paths::invitation(&token) />
                <Button variant=ButtonVariant::Primary submit=true>"Sign out and continue"</Button>
                <ButtonLink href=paths::home()>"Stay signed in"</ButtonLink>
            </form>
        </CenteredShell>
    }
}

#[component]
fn PasswordForm(token: String, invitee: Invitee) -> impl IntoView {
    let (password, confirmation) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let draft = Signal::derive(move || InvitationDraft { password: password.get(), confirmation: confirmation.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(()))));
    let (sending, unsaved) = (Sending::new(), Unsaved::of(move || [password.get(), confirmation.get()]));
    let accept = move || {
        sending.run(rpc::accept_invitation(token.clone(), draft.get_untracked()), move |answer| match answer {
            // Somebody is signed in now, which needs a new page.
            Ok(()) => {
                unsaved.saved();
                _ = window().location().set_href(&paths::cookie_check(&paths::home()));
            }
            Err(error) => errors.refuse(error),
        });
    };
    let Invitee { user, organization } = invitee;
    let description = format!("{organization} invites you to Tenantry. You sign in as {}.", user.login);
    view! {
        <CenteredShell title=format!("Welcome, {}", user.name()) description>
            <Form errors unsaved on_submit=accept>
                // Tells password managers whose password it is.
                <input class="visually-hidden" type="text" autocomplete="username" readonly tabindex="-1" aria-hidden="true" value=user.login />
                <NewPasswordFields name="password" password confirmation errors />
                <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Set password and sign in"</Button>
            </Form>
        </CenteredShell>
    }
}
