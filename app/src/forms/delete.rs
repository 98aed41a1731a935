//! Deleting a thing, after a question that says what uses it.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use serde::{Serialize, de::DeserializeOwned};

use super::{Sending, replacing};
use crate::{
    error::UiError,
    loading::{Loaded, ask},
    ui::{Button, ButtonVariant, Dialog, use_toasts},
};

/// What would be deleted, and how.
pub(crate) struct Deletion<I, U, Asked, Done> {
    /// The thing.
    pub(crate) id: I,
    /// What it is called.
    pub(crate) name: String,
    /// Asks the server what uses it.
    pub(crate) usage: fn(I) -> Asked,
    /// That in sentences.
    pub(crate) words: fn(&U) -> String,
    /// Deletes it.
    pub(crate) delete: fn(I) -> Done,
    /// The list, to which deleting leads.
    pub(crate) list: String,
}

// Derived, it would want the answers to be clonable too.
impl<I: Clone, U, Asked, Done> Clone for Deletion<I, U, Asked, Done> {
    fn clone(&self) -> Self {
        let Self { id, name, usage, words, delete, list } = self;
        Self { id: id.clone(), name: name.clone(), usage: *usage, words: *words, delete: *delete, list: list.clone() }
    }
}

/// The question, while `open` is true.
pub(crate) fn delete_dialog<I, U, Asked, Done>(deletion: Deletion<I, U, Asked, Done>, open: RwSignal<bool>) -> AnyView
where
    I: Clone + PartialEq + Send + Sync + 'static,
    U: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Asked: Future<Output = Result<U, UiError>> + Send + 'static,
    Done: Future<Output = Result<(), UiError>> + Send + 'static,
{
    let view = move || open.get().then(|| question(deletion.clone(), open));
    IntoAny::into_any(view)
}

fn question<I, U, Asked, Done>(deletion: Deletion<I, U, Asked, Done>, open: RwSignal<bool>) -> AnyView
where
    I: Clone + PartialEq + Send + Sync + 'static,
    U: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Asked: Future<Output = Result<U, UiError>> + Send + 'static,
    Done: Future<Output = Result<(), UiError>> + Send + 'static,
{
    let Deletion { id, name, usage, words, delete, list } = deletion;
    let asked = id.clone();
    let usage = ask(move || asked.clone(), usage);
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let title = format!("Delete {name}?");
    let go = Callback::new(move |()| {
        let (navigate, name, list) = (navigate.clone(), name.clone(), list.clone());
        sending.run(delete(id.clone()), move |answer| {
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.success(format!("{name} was deleted."));
                    navigate(&list, replacing());
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    });
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Danger busy=sending.busy() on_click=go>"Delete"</Button>
        }
    };
    let shown = move |usage: U| view! { <p>{words(&usage)}</p> }.into_any();
    view! { <Dialog id="delete-thing" title open actions><Loaded resource=usage view=Callback::new(shown) /></Dialog> }.into_any()
}
