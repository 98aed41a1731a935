//! Effective access of a role, and what saving a draft would change.

use std::collections::BTreeMap;

use domain::{
    Caller, Permission, PermissionBits, RoleAmount, RoleDifference, RoleDraft, RoleId, RoleScope, RoleSummary, Scope, Violations, partner_changes,
};

use super::{
    lists::{ListChange, holds, resolve},
    read,
    store::amount::RoleState,
};
use crate::{Fault, Result, Services, kernel::Tx};

impl Services {
    /// How much a role gives access to, counting what the caller sees.
    ///
    /// # Errors
    /// `NotFound` for a role that doesn't exist or that the caller doesn't see.
    pub async fn role_amount(&self, caller: &Caller, id: &RoleId) -> Result<RoleAmount> {
        Ok(self.role_difference(caller, Some(id), RoleDraft::default()).await?.before)
    }

    /// What saving a draft of a role, or of a new one, would change, counting what the caller sees. Invalid fields are ignored here; saving reports
    /// them.
    ///
    /// # Errors
    /// As [`Services::role_amount`].
    pub async fn role_difference(&self, caller: &Caller, id: Option<&RoleId>, draft: RoleDraft) -> Result<RoleDifference> {
        let mut tx = self.authorize(caller, Permission::RoleView, Scope::Visible).await?;
        let role = match id {
            Some(id) => read(&mut tx, id).await?,
            None => self.role_blank(&tx, &draft)?,
        };
        let (before, after) = states(&mut tx, role, &draft).await?;
        let [was, will, both] = tx.role_amounts(&before, &after).await?;
        let minus = |amount: &RoleAmount, other: PermissionBits| RoleAmount {
            permissions: amount.permissions.without(other),
            clients: amount.clients.saturating_sub(both.clients),
            devices: amount.devices.saturating_sub(both.devices),
            credential_sets: amount.credential_sets.saturating_sub(both.credential_sets),
            users: amount.users.saturating_sub(both.users),
        };
        let (was, will) = (RoleAmount { permissions: before.permissions, ..was }, RoleAmount { permissions: after.permissions, ..will });
        let (gained, lost) = (minus(&will, was.permissions), minus(&was, will.permissions));
        let joining = tx.role_users_between(&after, &before).await?;
        let leaving = tx.role_users_between(&before, &after).await?;
        let lists_clients = after.role.client.is_none() && after.role.scope == RoleScope::Msp && !after.role.all_clients;
        let without_effect = partner_changes().filter(|only| lists_clients && !only.acts_at_clients() && will.permissions.contains(*only)).collect();
        Ok(RoleDifference { before: was, after: will, gained, lost, joining, leaving, without_effect })
    }

    /// A role that doesn't exist yet: without a number it lists nothing.
    fn role_blank(&self, tx: &Tx, draft: &RoleDraft) -> Result<RoleSummary> {
        let id = RoleId::of_uuid(&self.ids.uuid()).map_err(|_| Fault::Failed("the source of ids gave no UUID".to_owned()))?;
        let fallback = if tx.only_client.is_some() { RoleScope::Client } else { RoleScope::Msp };
        Ok(RoleSummary {
            id,
            number: 0,
            client: tx.only_client,
            name: String::new(),
            description: String::new(),
            scope: draft.scope.as_deref().and_then(RoleScope::from_key).unwrap_or(fallback),
            is_default: false,
            all_clients: false,
            all_devices: false,
            all_credentials: false,
            created: tx.now,
            updated: tx.now,
            version: 0,
        })
    }
}

/// The role as it is and as the draft would make it.
async fn states(tx: &mut Tx, role: RoleSummary, draft: &RoleDraft) -> Result<(RoleState, RoleState)> {
    let lists = resolve(tx, &role, draft, true, &mut Violations::new()).await?;
    let united = |sets: Vec<&super::store::list::Candidate>| sets.into_iter().fold(PermissionBits::default(), |all, set| all.union(holds(set).1));
    let of_sets = lists.iter().find(|change| change.list == domain::RoleList::PermissionSets);
    let after = united(of_sets.map(|change| change.ordered.iter().collect()).unwrap_or_default());
    let before = united(of_sets.map(|change| change.ordered.iter().filter(|set| set.listed).chain(&change.removed).collect()).unwrap_or_default());
    let changes: BTreeMap<_, _> =
        lists.iter().filter(|change| change.is_change).map(|change| (change.list.key(), ListChange::numbers(change))).collect();
    let will = RoleSummary {
        all_clients: draft.all_clients.unwrap_or(role.all_clients),
        all_devices: draft.all_devices.unwrap_or(role.all_devices),
        all_credentials: draft.all_credentials.unwrap_or(role.all_credentials),
        ..role.clone()
    };
    let before = RoleState { role, permissions: before, changes: BTreeMap::new() };
    Ok((before, RoleState { role: will, permissions: after, changes }))
}
