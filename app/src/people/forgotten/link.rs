//! The page of a link on which whoever forgot their password chooses a new one.

use domain::{Draft, InvitationDraft, Invitee};
use leptos::prelude::*;

use super::rpc;
use crate::{
    forms::{Form, FormErrors, NewPasswordFields, Sending, Unsaved, violations_of},
    paths,
    people::link_page::link_page,
    ui::{Button, ButtonLink, ButtonVariant, CenteredShell},
};

/// Leads to the form, unless the link is used or too old.
#[component]
pub fn PasswordLinkPage() -> impl IntoView {
    let shown = |token, invitee| view! { <PasswordForm token invitee /> }.into_any();
    link_page("Choose a new password", rpc::check_password_link, shown, || view! { <LinkIsOver /> }.into_any())
}

#[component]
fn LinkIsOver() -> impl IntoView {
    view! {
        <CenteredShell title="This link has expired" description="It was used already, it is older than 30 minutes, or there is a newer one.">
            <ButtonLink href=paths::forgotten_password() variant=ButtonVariant::Primary>"Send another link"</ButtonLink>
            <ButtonLink href=paths::login()>"Sign in"</ButtonLink>
        </CenteredShell>
    }
}

#[component]
fn PasswordForm(token: String, invitee: Invitee) -> impl IntoView {
    let (password, confirmation, done) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let draft = Signal::derive(move || InvitationDraft { password: password.get(), confirmation: confirmation.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(()))));
    let (sending, unsaved) = (Sending::new(), Unsaved::of(move || [password.get(), confirmation.get()]));
    let change = move || {
        sending.run(rpc::reset_password(token.clone(), draft.get_untracked()), move |answer| match answer {
            Ok(()) => {
                unsaved.saved();
                done.set(true);
            }
            Err(error) => errors.refuse(error),
        });
    };
    let login = StoredValue::new(invitee.user.login);
    let change = StoredValue::new(change);
    move || {
        if done.get() {
            return view! {
                <CenteredShell title="Your password is changed" description="You were signed out everywhere. Sign in with your new password.">
                    <ButtonLink href=paths::login() variant=ButtonVariant::Primary>"Sign in"</ButtonLink>
                </CenteredShell>
            }
            .into_any();
        }
        view! {
            <CenteredShell title="Choose a new password" description=format!("You sign in as {}.", login.get_value())>
                <Form errors unsaved on_submit=move || change.with_value(|change| change())>
                    // Tells password managers whose password it is.
                    <input class="visually-hidden" type="text" autocomplete="username" readonly tabindex="-1" aria-hidden="true" value=login.get_value() />
                    <NewPasswordFields name="password" password confirmation errors />
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Set password"</Button>
                </Form>
            </CenteredShell>
        }
        .into_any()
    }
}
