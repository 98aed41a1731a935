//! The page of a link by which a user confirms a new e-mail address.

use domain::EmailChangeLink;
use leptos::prelude::*;

use super::rpc::{check_email_link, confirm_email};
use crate::{
    forms::Sending,
    paths,
    people::link_page::{ExpiredLink, link_page},
    ui::{Button, ButtonLink, ButtonVariant, CenteredShell, Notice, Tone},
};

/// Asks first, because mail programs open links by themselves.
#[component]
pub fn EmailLinkPage() -> impl IntoView {
    let shown = |token, link| view! { <Confirm token link /> }.into_any();
    let expired = || {
        view! {
            <ExpiredLink because="It was used already, it is older than 24 hours, or there is a newer one.">
                <p>"If your e-mail address isn’t changed yet, begin again on your account page."</p>
                <ButtonLink href=paths::account()>"Go to your account"</ButtonLink>
            </ExpiredLink>
        }
        .into_any()
    };
    link_page("Confirm your e-mail address", check_email_link, shown, expired)
}

#[component]
fn Confirm(token: String, link: EmailChangeLink) -> impl IntoView {
    let (done, refused, sending) = (RwSignal::new(false), RwSignal::new(String::new()), Sending::new());
    let confirm = move || {
        sending.run(confirm_email(token.clone()), move |answer| match answer {
            Ok(()) => done.set(true),
            Err(error) => refused.set(error.to_string()),
        });
    };
    let (link, confirm) = (StoredValue::new(link), Callback::new(move |()| confirm()));
    move || {
        let EmailChangeLink { login, email } = link.get_value();
        if done.get() {
            return view! {
                <CenteredShell title="Your e-mail address is changed" description=format!("{login} now uses {email}.")>
                    <ButtonLink href=paths::account() variant=ButtonVariant::Primary>"Go to your account"</ButtonLink>
                </CenteredShell>
            }
            .into_any();
        }
        let notice = move || (!refused.with(String::is_empty)).then(|| view! { <Notice tone=Tone::Danger title=refused.get() /> });
        view! {
            <CenteredShell title="Confirm your e-mail address" description=format!("Use {email} for {login}?")>
                {notice}
                <Button variant=ButtonVariant::Primary busy=sending.busy() on_click=confirm>"Confirm"</Button>
            </CenteredShell>
        }
        .into_any()
    }
}
