//! Deleting a role, after a question that says who would lose it.

use domain::{RoleCounts, RoleQuery, RoleSummary, grouped};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::rpc::delete_role;
use crate::{
    forms::{Sending, replacing},
    paths,
    ui::{ConfirmDialog, use_toasts},
};

/// The question.
pub(super) fn remove_dialog(role: &RoleSummary, counts: &RoleCounts, open: RwSignal<bool>) -> AnyView {
    let (id, name) = (StoredValue::new(role.id.clone()), StoredValue::new(role.name.clone()));
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let remove = move |()| {
        let navigate = navigate.clone();
        sending.run(delete_role(id.get_value()), move |answer| {
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.success(format!("{} was deleted.", name.get_value()));
                    navigate(&paths::roles(&RoleQuery::default()), replacing());
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    };
    view! {
        <ConfirmDialog
            id="remove-role"
            title=format!("Delete {}?", role.name)
            body=consequence(counts)
            confirm="Delete"
            danger=true
            open
            busy=sending.busy()
            on_confirm=remove
        />
    }
    .into_any()
}

/// Who would lose the role.
fn consequence(counts: &RoleCounts) -> String {
    let part = |count: u64, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{} {many}", grouped(count))),
    };
    let holders = [
        part(counts.users, "user", "users"),
        part(counts.user_groups, "user group", "user groups"),
        part(counts.keys, "API key, which can then do nothing", "API keys, which can then do nothing"),
    ];
    let holders: Vec<_> = holders.into_iter().flatten().collect();
    let losing = match holders.split_last() {
        None => return "Nobody has this role. This can’t be undone.".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    };
    format!("The role is removed from {losing}. Access from other roles stays. This can’t be undone.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_says_who_loses_the_role() {
        let sentence = |users, user_groups, keys| consequence(&RoleCounts { users, user_groups, keys, ..RoleCounts::default() });
        assert!(sentence(0, 0, 0).starts_with("Nobody has this role."));
        assert!(sentence(1, 0, 0).starts_with("The role is removed from 1 user. "));
        assert!(sentence(2000, 1, 1).starts_with("The role is removed from 2,000 users, 1 user group and 1 API key, which can then do nothing. "));
    }
}
