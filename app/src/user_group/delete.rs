//! Deleting a group, after a question that says what hangs on it.

use domain::{ListQuery, UserGroupId, UserGroupUsage};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::rpc::{delete_user_group, get_user_group_usage};
use crate::{
    forms::Sending,
    json::ask,
    loading::Loaded,
    paths,
    ui::{Button, ButtonVariant, Dialog, use_toasts},
};

/// The question.
pub(super) fn delete_dialog(id: UserGroupId, name: String, open: RwSignal<bool>) -> AnyView {
    let view = move || open.get().then(|| view! { <Question id=id.clone() name=name.clone() open /> });
    IntoAny::into_any(view)
}

#[component]
fn Question(id: UserGroupId, name: String, open: RwSignal<bool>) -> impl IntoView {
    let asked = id.clone();
    let usage = ask(move || asked.clone(), get_user_group_usage);
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let told = name.clone();
    let go = Callback::new(move |()| {
        let (navigate, name) = (navigate.clone(), told.clone());
        sending.run(delete_user_group(id.clone()), move |answer| {
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.success(format!("{name} is deleted."));
                    navigate(&paths::user_groups(&ListQuery::default()), NavigateOptions::default());
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
        <Dialog id="delete-group" title=format!("Delete {name}?") open actions><Loaded resource=usage view=Callback::new(words) /></Dialog>
    }
}

/// What hangs on a group, in sentences.
fn words(usage: &UserGroupUsage) -> String {
    let users = match usage.users {
        0 => "Nobody is in it.".to_owned(),
        1 => "1 user is in it, and stays.".to_owned(),
        many => format!("{many} users are in it, and stay."),
    };
    match (usage.users, usage.roles.as_slice()) {
        (_, []) => format!("{users} It gives no role."),
        (0, roles) => format!("{users} It is taken out of: {}.", roles.join(", ")),
        (_, roles) => format!("{users} They lose what they have by it: {}.", roles.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_group_is_told() {
        let told = |users, roles: &[&str]| words(&UserGroupUsage { users, roles: roles.iter().map(|role| (*role).to_owned()).collect() });
        assert_eq!(told(0, &[]), "Nobody is in it. It gives no role.");
        assert_eq!(told(2, &["Technician"]), "2 users are in it, and stay. They lose what they have by it: Technician.");
    }
}
