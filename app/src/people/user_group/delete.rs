//! Deleting a group, after a question that says what hangs on it.

use domain::{UserGroupId, UserGroupQuery, UserGroupUsage};
use leptos::prelude::*;

use super::rpc::{delete_user_group, get_user_group_usage};
use crate::{
    forms::{Deletion, delete_dialog},
    paths,
};

/// The question.
pub(super) fn deletion(id: UserGroupId, name: String, open: RwSignal<bool>) -> AnyView {
    let list = paths::user_groups(&UserGroupQuery::default());
    delete_dialog(Deletion { id, name, usage: get_user_group_usage, words, delete: delete_user_group, list }, open)
}

/// What hangs on a group, in sentences.
fn words(usage: &UserGroupUsage) -> String {
    let users = match usage.users {
        0 => "Nobody is in it.".to_owned(),
        1 => "1 user is in it, and stays.".to_owned(),
        many => format!("{many} users are in it, and stay."),
    };
    match (usage.users, usage.roles.as_slice()) {
        (_, []) => format!("{users} It has no roles."),
        (0, roles) => format!("{users} It is taken out of: {}.", roles.join(", ")),
        (_, roles) => format!("{users} They lose what they have by it: {}.", roles.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_group_is_told() {
        let sentence = |users, roles: &[&str]| words(&UserGroupUsage { users, roles: roles.iter().map(|role| (*role).to_owned()).collect() });
        assert_eq!(sentence(0, &[]), "Nobody is in it. It has no roles.");
        assert_eq!(sentence(2, &["Technician"]), "2 users are in it, and stay. They lose what they have by it: Technician.");
    }
}
