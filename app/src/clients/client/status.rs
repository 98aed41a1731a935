//! A client's state: how it looks, and how it is changed.

use domain::{Caller, Client, ClientId, ClientStatus, Erasure, Permission, PermissionBits};
use leptos::prelude::*;

use super::rpc::{activate_client, suspend_client};
use crate::{
    forms::Sending,
    leaving::job::use_jobs,
    ui::{Badge, ConfirmDialog, Tone, use_toasts},
};

/// The state in a word and a colour.
pub(crate) fn status_badge(status: ClientStatus) -> AnyView {
    let tone = match status {
        ClientStatus::Active => Tone::Positive,
        ClientStatus::Suspended => Tone::Warning,
        ClientStatus::Terminating => Tone::Danger,
        ClientStatus::Terminated => Tone::Neutral,
    };
    view! { <Badge tone text=status.label() /> }.into_any()
}

/// As [`status_badge`], and how much of the client is erased.
pub(crate) fn live_badge(status: ClientStatus, erasure: Option<Erasure>) -> AnyView {
    let Some(erasure) = erasure else { return status_badge(status) };
    let erased = use_jobs().erased(erasure);
    let badge = move || match erased.get() {
        Some(percent) => view! { <Badge tone=Tone::Danger text=format!("{} {percent} %", status.label()) /> }.into_any(),
        None => status_badge(status),
    };
    IntoAny::into_any(badge)
}

/// The words for the change that a state allows: the verb, what becomes of the client, and what would follow.
#[derive(Clone, Copy)]
pub(crate) struct StatusChange {
    /// On the button.
    pub(crate) verb: &'static str,
    /// In the message afterwards.
    pub(crate) done: &'static str,
    consequence: &'static str,
    suspends: bool,
}

impl StatusChange {
    /// The change that a state allows; none brings a terminated client back.
    pub(crate) const fn of(status: ClientStatus) -> Option<Self> {
        match status {
            ClientStatus::Active => Some(Self {
                verb: "Suspend",
                done: "is suspended",
                consequence: "Its users are signed out at once and can’t sign in until you activate it again. Nothing is deleted.",
                suspends: true,
            }),
            ClientStatus::Suspended => {
                Some(Self { verb: "Activate", done: "is active", consequence: "Its users can sign in again.", suspends: false })
            }
            ClientStatus::Terminating | ClientStatus::Terminated => None,
        }
    }

    /// Whether it suspends the client; otherwise it activates it.
    pub(crate) const fn suspends(self) -> bool {
        self.suspends
    }

    /// The change, if the caller may make it.
    pub(crate) fn allowed(caller: &Caller, may: PermissionBits, status: ClientStatus) -> Option<Self> {
        Self::of(status).filter(|_| may_end(caller, may))
    }
}

/// Whether the caller may suspend and terminate some client.
pub(crate) fn may_end_some(caller: &Caller) -> bool {
    may_end(caller, caller.permissions())
}

/// Whether the caller may suspend and terminate a client: none does that to itself.
pub(crate) fn may_end(caller: &Caller, may: PermissionBits) -> bool {
    caller.client.is_none() && may.contains(Permission::ClientManage)
}

/// What is to be confirmed.
#[derive(Clone)]
struct Asked {
    id: ClientId,
    name: String,
    change: StatusChange,
}

/// The question before a change, one for a whole page.
#[derive(Clone, Copy)]
pub(crate) struct StatusQuestion {
    asked: RwSignal<Option<Asked>>,
    open: RwSignal<bool>,
    /// The id of its dialog.
    id: &'static str,
}

impl StatusQuestion {
    /// Nothing is asked yet.
    pub(crate) fn new() -> Self {
        Self::of("change-status")
    }

    /// As [`StatusQuestion::new`], beside that of the page.
    pub(crate) fn of(id: &'static str) -> Self {
        Self { asked: RwSignal::new(None), open: RwSignal::new(false), id }
    }

    /// Asks.
    pub(crate) fn ask(self, id: ClientId, name: String, change: StatusChange) {
        self.asked.set(Some(Asked { id, name, change }));
        self.open.set(true);
    }
}

impl Default for StatusQuestion {
    fn default() -> Self {
        Self::new()
    }
}

/// Where the question appears; `on_done` is told what became of the client.
pub(crate) fn status_dialog(question: StatusQuestion, on_done: Callback<Client>) -> AnyView {
    let (sending, toasts) = (Sending::new(), use_toasts());
    let open = question.open;
    let confirm = move |Asked { id, name, change }: Asked| {
        let done = move |answer| {
            open.set(false);
            match answer {
                Ok(client) => {
                    toasts.success(format!("{name} {}.", change.done));
                    on_done.run(client);
                }
                Err(error) => toasts.error(crate::error::UiError::to_string(&error)),
            }
        };
        if change.suspends {
            sending.run(suspend_client(id), done);
        } else {
            sending.run(activate_client(id), done);
        }
    };
    let view = move || {
        question.asked.get().map(|asked| {
            let Asked { name, change, .. } = asked.clone();
            view! {
                <ConfirmDialog
                    id=question.id
                    title=format!("{} {name}?", change.verb)
                    body=change.consequence
                    confirm=change.verb
                    danger=change.suspends
                    open
                    busy=sending.busy()
                    on_confirm=move |()| confirm(asked.clone())
                />
            }
        })
    };
    IntoAny::into_any(view)
}
