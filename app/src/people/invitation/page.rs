//! The page of a one-time link, on which an invited user chooses a password.

use domain::{Caller, Draft, InvitationDraft, Invitee};
use leptos::{prelude::*, server_fn::ServerFn};

use super::rpc;
use crate::{
    caller::caller_if_any,
    forms::{Form, FormErrors, NewPasswordFields, Sending, Unsaved, violations_of},
    paths,
    people::{link_page::link_page, session::rpc::DeleteSession},
    ui::{Button, ButtonLink, ButtonVariant, CenteredShell},
};

/// Leads to the form, unless the link is used or too old.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let shown = |token, invitee| match caller_if_any() {
        Some(caller) => view! { <SignOutFirst token invitee caller /> }.into_any(),
        None => view! { <PasswordForm token invitee /> }.into_any(),
    };
    link_page("Invitation", rpc::check_invitation, shown, || view! { <LinkIsOver /> }.into_any())
}

#[component]
fn LinkIsOver() -> impl IntoView {
    view! {
        <CenteredShell title="This link has expired" description="It was already used, is older than 72 hours, or was replaced by a newer one.">
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
