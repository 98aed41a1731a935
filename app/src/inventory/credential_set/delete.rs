//! Deleting a credential set, after a question that says what hangs on it.

use domain::{CredentialSetId, CredentialSetQuery, InventoryUsage};
use leptos::prelude::*;

use super::rpc::{delete_credential_set, get_credential_set_usage};
use crate::{
    forms::{Deletion, delete_dialog},
    paths,
};

/// The question.
pub(super) fn deletion(id: CredentialSetId, name: String, open: RwSignal<bool>) -> AnyView {
    let list = paths::credential_sets(&CredentialSetQuery::default());
    delete_dialog(Deletion { id, name, usage: get_credential_set_usage, words, delete: delete_credential_set, list }, open)
}

/// What hangs on a set, in sentences.
fn words(usage: &InventoryUsage) -> String {
    let roles = match usage.roles {
        0 => "No role lists it.".to_owned(),
        1 => "1 role lists it, and loses it.".to_owned(),
        many => format!("{many} roles list it, and lose it."),
    };
    format!("{roles} Its secrets are erased and can no longer be used to sign in. This can’t be undone.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_set_is_told() {
        let sentence = |roles| words(&InventoryUsage { roles, ..InventoryUsage::default() });
        assert!(sentence(0).starts_with("No role lists it. Its secrets are erased"));
        assert!(sentence(1).starts_with("1 role lists it, and loses it."));
        assert!(sentence(3).starts_with("3 roles list it, and lose it."));
    }
}
