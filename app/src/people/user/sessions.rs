//! Where a user is signed in, for those who manage them.

use domain::{Permission, User, UserStatus};
use leptos::prelude::*;

use crate::{
    caller::use_caller,
    forms::Sending,
    loading::ask,
    people::session::{
        rpc::{end_user_session, end_user_sessions, list_user_sessions},
        sessions_table,
    },
    thing::refusal_at,
    ui::{Button, ConfirmDialog, Glyph, Section, use_toasts},
};

/// The list of sessions, and what ends them. One's own are on the account page.
pub(super) fn user_sessions(user: &User) -> Option<AnyView> {
    let id = user.row.id;
    let is_managed = use_caller().user.id != id && refusal_at(Permission::UserManage, user.row.client).is_none();
    if !is_managed || user.row.status == UserStatus::Terminated {
        return None;
    }
    let sessions = ask(move || id, list_user_sessions);
    let (open, sending, toasts) = (RwSignal::new(false), Sending::new(), use_toasts());
    let end_all = move || {
        sending.run(end_user_sessions(id), move |answer| {
            open.set(false);
            match answer {
                Ok(()) => toasts.success("All sessions have ended."),
                Err(error) => toasts.error(error.to_string()),
            }
            sessions.refetch();
        });
    };
    let button = move || {
        let is_signed_in = sessions.get().is_some_and(|rows| rows.is_ok_and(|rows| !rows.is_empty()));
        is_signed_in.then(|| {
            view! { <span data-needs-script=""><Button icon=Glyph::SignOut on_click=move || open.set(true)>"End all sessions"</Button></span> }
        })
    };
    let actions = move || view! { <Transition>{button}</Transition> };
    let body = format!("{} is signed out on every device, and can sign in again at once. What they haven’t saved is lost.", user.row.profile.name());
    Some(
        view! {
            <Section title="Sessions" actions>
                {sessions_table("Sessions", sessions, move |session| end_user_session(id, session))}
                <ConfirmDialog
                    id="end-sessions"
                    title="End all sessions?"
                    body
                    confirm="End all sessions"
                    danger=true
                    open
                    busy=sending.busy()
                    on_confirm=end_all
                />
            </Section>
        }
        .into_any(),
    )
}
