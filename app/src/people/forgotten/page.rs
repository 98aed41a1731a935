//! The page that asks for the login name and mails a link to choose a new password.

use domain::limits;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::rpc::RequestPasswordLink;
use crate::{
    paths,
    people::session::Refusal,
    ui::{Button, ButtonLink, ButtonVariant, CenteredShell, Notice, TextField, Tone, WindowTitle},
};

/// A plain form, and what it leads to.
#[component]
pub fn ForgottenPasswordPage() -> impl IntoView {
    let is_sent = use_query_map().with_untracked(|query| query.get("sent").is_some());
    if is_sent { view! { <Sent /> }.into_any() } else { view! { <Ask /> }.into_any() }
}

#[component]
fn Ask() -> impl IntoView {
    let Refusal { login, message } = Refusal::carried();
    let (login, sent) = (RwSignal::new(login), RwSignal::new(false));
    view! {
        <WindowTitle page="Forgot your password?" />
        <CenteredShell title="Forgot your password?" description="Enter your login name. We’ll email you a link to choose a new password.">
            {(!message.is_empty()).then(|| view! { <Notice tone=Tone::Danger title=message /> })}
            <form class="form" method="post" action=RequestPasswordLink::url() on:submit=move |_| sent.set(true)>
                <TextField name="login" label="Login name" value=login autocomplete="username" input_mode="email" required=true max_length=limits::LOGIN />
                <Button variant=ButtonVariant::Primary submit=true busy=sent>"Send link"</Button>
                <ButtonLink href=paths::login()>"Back to sign-in"</ButtonLink>
            </form>
        </CenteredShell>
    }
}

/// The same for every name, so that nobody can find out who has an account.
#[component]
fn Sent() -> impl IntoView {
    view! {
        <WindowTitle page="Check your email" />
        <CenteredShell title="Check your email" description="If there is an account with this login name, we’ve mailed it a link. The link expires in 30 minutes and works once.">
            <p>"No mail? Check the spelling of your login name and your spam folder, or ask your administrator for a link."</p>
            <ButtonLink href=paths::login()>"Back to sign-in"</ButtonLink>
        </CenteredShell>
    }
}
