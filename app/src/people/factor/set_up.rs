//! Setting an authenticator app up.

use domain::{FactorOnDraft, FactorSetUp, RecoveryCodes, SignInStep, limits};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    codes::NewRecoveryCodes,
    passkey::{AddPasskey, passkeys_offered},
    rpc::{confirm_second_factor, set_up_second_factor},
};
use crate::{
    forms::{Form, FormErrors, Sending, Unsaved},
    loading::{Loaded, ask},
    paths,
    people::session::rpc::DeleteSession,
    ui::{Button, ButtonVariant, CenteredShell, CodeField, CopyField, Glyph, PasswordField, TextField, WindowTitle, field_id, focus},
};

/// The page of who has to set a second factor up before anything else.
#[component]
pub fn SetUpSecondFactorPage() -> impl IntoView {
    let next = paths::own(&use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default());
    #[cfg(feature = "ssr")]
    if crate::rpc::lacking() != Some(SignInStep::SetUp) {
        leptos_axum::redirect(&next);
        return ().into_any();
    }
    let (offered, by_passkey) = (passkeys_offered(), RwSignal::new(false));
    // The page was made for nobody: load one for the user who is signed in now.
    let done = Callback::new(move |()| _ = window().location().set_href(&next));
    view! {
        <WindowTitle page="Set up two-factor authentication" />
        <CenteredShell title="Set up two-factor authentication" description=SignInStep::SetUp.sentence()>
            {move || if by_passkey.get() {
                view! { <AddPasskey signs_in=true on_done=done on_cancel=move || by_passkey.set(false) /> }.into_any()
            } else {
                view! { <SetUp signs_in=true on_done=done /> }.into_any()
            }}
            {move || (offered && !by_passkey.get()).then(|| view! {
                <div data-needs-script="">
                    <Button icon=Glyph::Key on_click=move || by_passkey.set(true)>"Use a passkey instead"</Button>
                </div>
            })}
            <form method="post" action=DeleteSession::url()>
                <Button variant=ButtonVariant::Quiet submit=true>"Sign out"</Button>
            </form>
        </CenteredShell>
    }
    .into_any()
}

/// The secret to scan or type, the first code, and then the recovery codes if it is the first second factor.
#[component]
pub(super) fn SetUp(
    /// Whether that finishes a sign-in, which began with the password.
    #[prop(optional)]
    signs_in: bool,
    /// The second factor is on, and the recovery codes are stored.
    #[prop(into)]
    on_done: Callback<()>,
    /// Nothing is set up, where one can do without.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let answer = ask(|| (), |()| set_up_second_factor());
    let codes = RwSignal::new(None::<RecoveryCodes>);
    let form = move |set_up| view! { <ConfirmForm set_up signs_in codes on_done on_cancel /> }.into_any();
    move || match codes.get() {
        Some(codes) => view! { <NewRecoveryCodes codes on_done /> }.into_any(),
        None => view! { <Loaded resource=answer view=Callback::new(form) /> }.into_any(),
    }
}

#[component]
fn ConfirmForm(
    set_up: FactorSetUp,
    signs_in: bool,
    codes: RwSignal<Option<RecoveryCodes>>,
    on_done: Callback<()>,
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let FactorSetUp { secret, address, qr } = set_up;
    let [name, code, password] = [(); 3].map(|()| RwSignal::new(String::new()));
    let (errors, unsaved, sending) = (FormErrors::new(), Unsaved::of(move || [name.get(), code.get(), password.get()]), Sending::new());
    let confirm = move || {
        let draft = FactorOnDraft { name: name.get_untracked(), code: code.get_untracked(), password: password.get_untracked() };
        sending.run(confirm_second_factor(draft), move |answer| match answer {
            Ok(new) => {
                unsaved.saved();
                match new {
                    Some(new) => codes.set(Some(new)),
                    None => on_done.run(()),
                }
            }
            Err(error) => errors.refuse(error),
        });
    };
    let edge = format!("0 0 {0} {0}", qr.size);
    // What was pressed to come here is gone.
    Effect::new(|_| focus(field_id("code")));
    view! {
        <Form errors unsaved on_submit=confirm>
            <p>"Scan the QR code with any authenticator app, or type the key into it."</p>
            <div class="qr-code">
                <svg role="img" aria-label="QR code" viewBox=edge.clone() shape-rendering="crispEdges">
                    <path fill="#fff" d=format!("M0 0h{0}v{0}H0z", qr.size) />
                    <path fill="#000" d=qr.path />
                </svg>
            </div>
            <p><a href=address>"Open in an authenticator app on this device"</a></p>
            <CopyField name="secret" label="Key" value=Signal::stored(secret) hint="Time-based, 6 digits." />
            <CodeField name="code" value=code error=errors.of("code") on_blur=errors.leave("code") hint="The 6 digits that the app shows now." />
            <TextField
                name="name"
                label="Name"
                value=name
                error=errors.of("name")
                on_blur=errors.leave("name")
                max_length=limits::SHORT_NAME
                hint="Which app or device it is, such as “Work phone”."
            />
            {(!signs_in).then(|| view! { <PasswordField name="password" label="Password" value=password error=errors.of("password") required=true /> })}
            <div class="actions">
                <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Turn on"</Button>
                {on_cancel.map(|on_cancel| view! { <Button on_click=on_cancel>"Cancel"</Button> })}
            </div>
        </Form>
    }
}
