//! The second page of a sign-in, which asks for a code.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    passkey::{finish, finish_button},
    rpc::{FinishSignIn, may_trust_browser},
};
use crate::{
    forms::Sending,
    loading::{Loaded, ask},
    paths,
    people::session::{Refusal, rpc::DeleteSession},
    ui::{Button, ButtonVariant, CenteredShell, CheckboxField, CodeField, Notice, Tone, WindowTitle, focus},
};

/// A plain form, as the one before it. Who isn't asked for a code is led on.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let Refusal { message, .. } = Refusal::carried();
    let next = paths::own(&use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default());
    #[cfg(feature = "ssr")]
    if crate::rpc::lacking() != Some(domain::SignInStep::Prove) {
        leptos_axum::redirect(&next);
    }
    let (code, trust, sent) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(false));
    let may_trust = ask(|| (), |()| may_trust_browser());
    let trust_field = move |allowed: bool| {
        let field = || view! { <CheckboxField name="draft[trust]" label="Trust this browser for 30 days" value=trust hint="Don’t ask for a code here. Not for shared devices." /> };
        allowed.then(field).into_any()
    };
    let (sending, refusal) = (Sending::new(), RwSignal::new(message));
    let left_for = next.clone();
    let by_passkey = Callback::new(move |()| {
        let next = left_for.clone();
        refusal.set(String::new());
        sending.run(finish(trust.get_untracked()), move |answer| match answer {
            // Somebody is signed in now, which needs a new page.
            Ok(()) => _ = window().location().set_href(&next),
            // The sign-in page says why, or leads on if it was finished in another tab.
            Err(error) if error.is_signed_out() => _ = window().location().set_href(&paths::login_then(&next)),
            Err(error) => refusal.set(error.into_violations().iter().map(|violation| violation.message.clone()).collect()),
        });
    });
    Effect::new(|_| focus(crate::ui::field_id(CODE)));
    view! {
        <WindowTitle page="Confirm it’s you" />
        <CenteredShell title="Confirm it’s you" description="Finish signing in with your second factor.">
            {move || (!refusal.get().is_empty()).then(|| view! { <Notice tone=Tone::Danger title=refusal.get() /> })}
            <form class="form" method="post" action=FinishSignIn::url() on:submit=move |_| sent.set(true)>
                <input type="hidden" name="next" value=next />
                <CodeField name=CODE value=code hint="The 6 digits that your authenticator app shows, or a recovery code." />
                <Loaded resource=may_trust view=Callback::new(trust_field) skeleton=ViewFn::from(|| ()) />
                <Button variant=ButtonVariant::Primary submit=true busy=sent>"Sign in"</Button>
            </form>
            {finish_button(sending, by_passkey)}
            <form method="post" action=DeleteSession::url()>
                <Button variant=ButtonVariant::Quiet submit=true>"Use another account"</Button>
            </form>
        </CenteredShell>
    }
}

const CODE: &str = "draft[code]";
