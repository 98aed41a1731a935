//! Where one is signed in.

use leptos::prelude::*;

use crate::{
    forms::Sending,
    loading::ask,
    paths,
    people::session::{
        rpc::{delete_sessions, end_other_sessions, end_session, list_sessions},
        sessions_table,
    },
    ui::{Button, ConfirmDialog, Glyph, Section, use_toasts},
};

/// The list of sessions, and what ends them.
pub(super) fn sessions_section() -> impl IntoView {
    let sessions = ask(|| (), |()| list_sessions());
    let (asks_all, asks_others, sending, toasts) = (RwSignal::new(false), RwSignal::new(false), Sending::new(), use_toasts());
    let sign_out = move || {
        sending.run(delete_sessions(), move |answer| match answer {
            Ok(()) => _ = window().location().set_href(&paths::login()),
            Err(error) => {
                asks_all.set(false);
                toasts.error(error.to_string());
            }
        });
    };
    let end_others = move || {
        sending.run(end_other_sessions(), move |answer| {
            asks_others.set(false);
            match answer {
                Ok(()) => toasts.success("Your other sessions have ended."),
                Err(error) => toasts.error(error.to_string()),
            }
            sessions.refetch();
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move || asks_others.set(true)>"End all others"</Button>
            <Button icon=Glyph::SignOut on_click=move || asks_all.set(true)>"Sign out everywhere"</Button>
        }
    };
    view! {
        <Section title="Sessions" description="Don’t recognize one? Change your password." actions>
            {sessions_table("Your sessions", sessions, end_session)}
            <ConfirmDialog
                id="end-other-sessions"
                title="End all other sessions?"
                body="You stay signed in here, and are signed out everywhere else. What isn’t saved there is lost."
                confirm="End all others"
                danger=true
                open=asks_others
                busy=sending.busy()
                on_confirm=end_others
            />
            <ConfirmDialog
                id="sign-out-everywhere"
                title="Sign out everywhere?"
                body="You’ll be signed out on every device, including this one. Unsaved changes elsewhere are lost."
                confirm="Sign out everywhere"
                danger=true
                open=asks_all
                busy=sending.busy()
                on_confirm=sign_out
            />
        </Section>
    }
}
