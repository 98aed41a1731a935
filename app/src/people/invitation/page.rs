//! The page of a one-time link, on which an invited user chooses a password.

use domain::{Caller, Invitee};
use leptos::{prelude::*, server_fn::ServerFn};

use super::rpc;
use crate::{
    caller::caller_if_any,
    paths,
    people::{
        link_page::{ChoosePassword, ExpiredLink, link_page},
        session::rpc::DeleteSession,
    },
    ui::{Button, ButtonLink, ButtonVariant, CenteredShell},
};

/// Leads to the form, unless the link is used or too old.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let shown = |token, invitee| match caller_if_any() {
        Some(caller) => view! { <SignOutFirst token invitee caller /> }.into_any(),
        None => password_form(token, invitee),
    };
    let expired = || {
        view! {
            <ExpiredLink because="It was already used, is older than 72 hours, or was replaced by a newer one.">
                <p>"If you have chosen a password, sign in with it. Otherwise ask whoever invited you for a new link."</p>
                <ButtonLink href=paths::login()>"Sign in"</ButtonLink>
            </ExpiredLink>
        }
        .into_any()
    };
    link_page("Invitation", rpc::check_invitation, shown, expired)
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

fn password_form(token: String, invitee: Invitee) -> AnyView {
    let Invitee { user, organization } = invitee;
    let description = format!("{organization} invites you to Tenantry. You sign in as {}.", user.login);
    let send = move |draft| rpc::accept_invitation(token.clone(), draft);
    // The page was made for nobody: load one for the user who is signed in now.
    let on_done = || _ = window().location().set_href(&paths::cookie_check(&paths::home()));
    view! {
        <ChoosePassword title=format!("Welcome, {}", user.name()) description login=user.login button="Set password and sign in" send on_done />
    }
    .into_any()
}
