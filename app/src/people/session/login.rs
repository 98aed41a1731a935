//! The sign-in page.

use domain::limits;
use leptos::{prelude::*, server::SharedValue, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{Refusal, rpc::CreateSession};
use crate::{
    paths,
    ui::{Button, ButtonLink, ButtonVariant, CenteredShell, Notice, PasswordField, TextField, Tone, WindowTitle},
};

/// A plain form: the browser sends it, and what comes back is a new page. That is quick, works without scripts, and pleases password managers.
#[component]
pub fn LoginPage() -> impl IntoView {
    let Refusal { login, message } = Refusal::carried();
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    let next = paths::own(&next);
    #[cfg(feature = "ssr")]
    if crate::caller::caller_if_any().is_some() {
        leptos_axum::redirect(&next);
    }

    let has_mail = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return crate::rpc::services().is_ok_and(|services| services.password_is_mailed());
        #[cfg(not(feature = "ssr"))]
        return false;
    })
    .into_inner();

    let with_passkey = crate::people::factor::passkeys_offered().then(|| crate::people::factor::passkey_sign_in(next.clone()));
    focus_first_gap(!login.is_empty());
    let (login, password) = (RwSignal::new(login), RwSignal::new(String::new()));
    let sent = RwSignal::new(false);
    view! {
        <WindowTitle page="Sign in" />
        <CenteredShell title="Sign in">
            {(!message.is_empty()).then(|| view! { <Notice tone=Tone::Danger title=message /> })}
            <form class="form" method="post" action=CreateSession::url() on:submit=move |_| sent.set(true)>
                <input type="hidden" name="next" value=next />
                <TextField name=LOGIN label="Login name" value=login autocomplete="username" input_mode="email" required=true max_length=limits::LOGIN />
                <PasswordField name=PASSWORD label="Password" value=password required=true />
                <Button variant=ButtonVariant::Primary submit=true busy=sent>"Sign in"</Button>
                {if has_mail {
                    view! { <ButtonLink href=paths::forgotten_password()>"Forgot your password?"</ButtonLink> }.into_any()
                } else {
                    view! { <p class="muted">"Forgot your password? Ask your administrator for a link."</p> }.into_any()
                }}
            </form>
            {with_passkey}
        </CenteredShell>
    }
}

const LOGIN: &str = "draft[login]";
const PASSWORD: &str = "draft[password]";

/// The focus goes to the first field that is still empty, unless the reader was quicker.
fn focus_first_gap(login_known: bool) {
    Effect::new(move |_| {
        use leptos::wasm_bindgen::JsCast;
        let page = document();
        let untouched = page.active_element().is_none_or(|element| element.tag_name() == "BODY");
        let field = page.get_element_by_id(&crate::ui::field_id(if login_known { PASSWORD } else { LOGIN }));
        if let (true, Some(field)) = (untouched, field.and_then(|field| field.dyn_into::<leptos::web_sys::HtmlElement>().ok())) {
            _ = field.focus();
        }
    });
}
