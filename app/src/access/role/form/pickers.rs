//! Picking what a role lists.

use domain::{RoleId, RoleList};
use leptos::prelude::*;

use super::RoleForm;
use crate::{
    access::role::{
        open::choice,
        rpc::{list_role_candidates, list_role_members},
    },
    lists::search_address,
    ui::{Candidates, Found, Picker},
};

impl RoleForm {
    /// The picker of a list.
    pub(super) fn picker(self, list: RoleList, none: &'static str) -> AnyView {
        let (picked, candidates, error) = (self.lists.of(list), self.candidates(list), self.errors.of(list.key()));
        view! { <Picker name=list.key() label=list.label() picked candidates error none /> }.into_any()
    }

    /// What a list may have. Where not all that it has is shown, what it has of the wanted comes first, to be found and taken away.
    fn candidates(self, list: RoleList) -> Candidates {
        let scope = self.scope;
        // A choice must not make the picker anew while it is open.
        let hides = leptos::reactive::graph::untrack(|| self.lists.of(list).hidden() > 0);
        let role: Option<RoleId> = self.role.get_value().filter(|_| hides);
        Candidates::new(move |words| {
            let (role, query) = (role.clone(), search_address((), words));
            async move {
                let listed = match role {
                    Some(role) => list_role_members(role, list, query.clone()).await.map_err(|error| error.to_string())?.rows,
                    None => Vec::new(),
                };
                let page = list_role_candidates(list, scope, query).await.map_err(|error| error.to_string())?;
                let others = page.rows.iter().filter(|member| !listed.iter().any(|other| other.id == member.id));
                let choices = listed.iter().map(|member| (choice(member), true)).chain(others.map(|member| (choice(member), false))).collect();
                Ok(Found { choices, more: page.next.is_some() })
            }
        })
    }
}
