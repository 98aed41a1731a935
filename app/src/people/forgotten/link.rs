//! The page of a link on which whoever forgot their password chooses a new one.

use domain::Invitee;
use leptos::prelude::*;

use super::rpc;
use crate::{
    paths,
    people::link_page::{ChoosePassword, ExpiredLink, link_page},
    ui::{ButtonLink, ButtonVariant, CenteredShell},
};

const TITLE: &str = "Choose a new password";

/// Leads to the form, unless the link is used or too old.
#[component]
pub fn PasswordLinkPage() -> impl IntoView {
    let expired = || {
        view! {
            <ExpiredLink because="It was used already, it is older than 30 minutes, or there is a newer one.">
                <ButtonLink href=paths::forgotten_password() variant=ButtonVariant::Primary>"Send another link"</ButtonLink>
                <ButtonLink href=paths::login()>"Sign in"</ButtonLink>
            </ExpiredLink>
        }
        .into_any()
    };
    link_page(TITLE, rpc::check_password_link, password_form, expired)
}

fn password_form(token: String, invitee: Invitee) -> AnyView {
    let done = RwSignal::new(false);
    let page = move || {
        if done.get() {
            return view! {
                <CenteredShell title="Your password is changed" description="You were signed out everywhere. Sign in with your new password.">
                    <ButtonLink href=paths::login() variant=ButtonVariant::Primary>"Sign in"</ButtonLink>
                </CenteredShell>
            }
            .into_any();
        }
        let (token, login) = (token.clone(), invitee.user.login.clone());
        let description = format!("You sign in as {login}.");
        let send = move |draft| rpc::reset_password(token.clone(), draft);
        view! { <ChoosePassword title=TITLE description login button="Set password" send on_done=move || done.set(true) /> }.into_any()
    };
    page.into_any()
}
