//! Deleting a credential set, after a question that says what hangs on it.

use domain::{CredentialSetId, ListQuery, Usage};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::rpc::{delete_credential_set, get_credential_set_usage};
use crate::{
    forms::Sending,
    json::ask,
    loading::Loaded,
    paths,
    ui::{Button, ButtonVariant, Dialog, use_toasts},
};

/// The question.
pub(super) fn delete_dialog(id: CredentialSetId, name: String, open: RwSignal<bool>) -> AnyView {
    let view = move || open.get().then(|| view! { <Question id=id.clone() name=name.clone() open /> });
    IntoAny::into_any(view)
}

#[component]
fn Question(id: CredentialSetId, name: String, open: RwSignal<bool>) -> impl IntoView {
    let asked = id.clone();
    let usage = ask(move || asked.clone(), get_credential_set_usage);
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let told = name.clone();
    let go = Callback::new(move |()| {
        let (navigate, name) = (navigate.clone(), told.clone());
        sending.run(delete_credential_set(id.clone()), move |answer| {
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.success(format!("{name} is deleted."));
                    navigate(&paths::credential_sets(&ListQuery::default()), NavigateOptions::default());
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
    let words = |usage| view! { <p>{words(&usage)}</p> }.into_any();
    view! {
        <Dialog id="delete-credential-set" title=format!("Delete {name}?") open actions>
            <Loaded resource=usage view=Callback::new(words) />
        </Dialog>
    }
}

/// What hangs on a set, in sentences.
fn words(usage: &Usage) -> String {
    let roles = match usage.roles {
        0 => "No role lists it.".to_owned(),
        1 => "1 role lists it, and loses it.".to_owned(),
        many => format!("{many} roles list it, and lose it."),
    };
    format!("{roles} Its secrets are erased: nothing can sign in with them from here any more. This can’t be undone.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_set_is_told() {
        let told = |roles| words(&Usage { roles, ..Usage::default() });
        assert!(told(0).starts_with("No role lists it. Its secrets are erased"));
        assert!(told(1).starts_with("1 role lists it, and loses it."));
        assert!(told(3).starts_with("3 roles list it, and lose it."));
    }
}
