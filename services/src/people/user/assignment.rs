//! Assigns roles and groups to users.

use domain::{Caller, Change, ClientId, Error, Permission, Reference, RoleId, Scope, Selection, UserGroupId, UserId, UserProfile};

use super::store::assignment::AssignableRole;
use crate::{Result, Services, kernel::Tx};

impl Services {
    /// Resolves the API's references to roles for a [`domain::UserDraft`] of a client or of the partner, among the roles that the caller sees or `user`
    /// has.
    ///
    /// # Errors
    /// `Forbidden` without the permission to manage users; `Invalid` under `roles` for one that doesn't exist, isn't visible, or has another scope.
    pub async fn user_roles_referred(
        &self,
        caller: &Caller,
        user: Option<UserId>,
        client: Option<ClientId>,
        references: &[Reference],
    ) -> Result<Vec<RoleId>> {
        caller.can(Permission::UserManage, Scope::Visible)?;
        let mut tx = self.authorize(caller, Permission::UserView, Scope::Visible).await?;
        roles_referred(&mut tx, user, client, references).await
    }

    /// As [`Services::user_roles_referred`], for a user group of a client or of the partner.
    ///
    /// # Errors
    /// As there; `Forbidden` without the permission to manage user groups.
    pub async fn user_group_roles_referred(&self, caller: &Caller, client: Option<ClientId>, references: &[Reference]) -> Result<Vec<RoleId>> {
        caller.can(Permission::UserGroupManage, Scope::Visible)?;
        let mut tx = self.authorize(caller, Permission::UserGroupView, Scope::Visible).await?;
        roles_referred(&mut tx, None, client, references).await
    }

    /// As [`Services::user_roles_referred`], of groups.
    ///
    /// # Errors
    /// As there, under `user_groups`.
    pub async fn user_groups_referred(
        &self,
        caller: &Caller,
        user: Option<UserId>,
        client: Option<ClientId>,
        references: &[Reference],
    ) -> Result<Vec<UserGroupId>> {
        caller.can(Permission::UserManage, Scope::Visible)?;
        let mut tx = self.authorize(caller, Permission::UserView, Scope::Visible).await?;
        let mut groups = Vec::new();
        for reference in references {
            let found = tx.user_group_referred(user, client, reference).await?.and_then(|id| id.parse().ok());
            let sentence = || Error::invalid("user_groups", format!("There is no user group {reference} in the user's organization."));
            groups.push(found.ok_or_else(sentence)?);
        }
        Ok(groups)
    }

    /// Assigns the selected roles to a user and returns what changed. Partner users get partner roles, client users client roles; callers can't grant
    /// more than they hold.
    ///
    /// # Errors
    /// `Invalid` under `roles`, `Forbidden`, or `Conflict` when no full administrator would be left.
    pub(crate) async fn roles_assign(
        &self,
        tx: &mut Tx,
        (user, client): (UserId, Option<ClientId>),
        selection: Option<&Selection<RoleId>>,
    ) -> Result<Option<Change>> {
        let Some(selection) = selection else { return Ok(None) };
        let mut current = tx.user_roles(user).await?;
        current.retain(|role| !role.by_group);
        let ids: Vec<RoleId> = current.iter().map(|role| role.id.clone()).collect();
        let wanted = selection.applied(&ids);
        let new: Vec<RoleId> = wanted.iter().filter(|id| !ids.contains(id)).cloned().collect();
        let added = assignable_roles(tx, &new, client).await?;
        let removed: Vec<_> = current.iter().filter(|role| !wanted.contains(&role.id)).collect();
        if added.is_empty() && removed.is_empty() {
            return Ok(None);
        }
        let add: Vec<i64> = added.iter().map(|role| role.number).collect();
        let remove: Vec<i64> = removed.iter().map(|role| role.number).collect();
        self.outrank_check(tx, &add, client).await?;
        tx.user_roles_change(user, &add, &remove).await?;
        if !remove.is_empty() {
            self.administrator_check(tx).await?;
        }
        let before = names(current.iter().map(|role| &role.name));
        let kept = current.iter().filter(|role| wanted.contains(&role.id)).map(|role| &role.name);
        Ok(Change::of("roles", "Roles", &before, &names(kept.chain(added.iter().map(|role| &role.name)))))
    }

    /// Assigns the selected roles to a group and returns what changed. Callers can't grant more than they hold.
    ///
    /// # Errors
    /// As [`Services::roles_assign`].
    pub(crate) async fn user_group_roles_assign(
        &self,
        tx: &mut Tx,
        (group, client): (i64, Option<ClientId>),
        selection: Option<&Selection<RoleId>>,
    ) -> Result<Option<Change>> {
        let Some(selection) = selection else { return Ok(None) };
        let current = tx.user_group_role_list(group).await?;
        let ids: Vec<RoleId> = current.iter().map(|role| role.id.clone()).collect();
        let wanted = selection.applied(&ids);
        let new: Vec<RoleId> = wanted.iter().filter(|id| !ids.contains(id)).cloned().collect();
        let added = assignable_roles(tx, &new, client).await?;
        let removed: Vec<i64> = current.iter().filter(|role| !wanted.contains(&role.id)).map(|role| role.number).collect();
        if added.is_empty() && removed.is_empty() {
            return Ok(None);
        }
        let add: Vec<i64> = added.iter().map(|role| role.number).collect();
        if !removed.is_empty() {
            let members = tx.users_of_groups(&[group]).await?;
            self.users_outrank_check(tx, &members, client).await?;
        }
        self.outrank_check(tx, &add, client).await?;
        tx.user_group_roles_change(group, &add, &removed).await?;
        if !removed.is_empty() {
            self.administrator_check(tx).await?;
        }
        let kept = current.iter().filter(|role| wanted.contains(&role.id)).map(|role| &role.name);
        let after = names(kept.chain(added.iter().map(|role| &role.name)));
        Ok(Change::of("roles", "Roles", &names(current.iter().map(|role| &role.name)), &after))
    }

    /// Refuses to put a user into all groups, also those to come, by a caller who couldn't give every role: a later group may have any.
    ///
    /// # Errors
    /// `Invalid` under `user_group_type`.
    pub(crate) async fn all_user_groups_check(&self, tx: &mut Tx, client: Option<ClientId>, before: &UserProfile, after: &UserProfile) -> Result<()> {
        if before.all_user_groups || !after.all_user_groups || self.can_give_every_role(tx, client).await? {
            return Ok(());
        }
        let whose = if client.is_some() { "a role for this client’s users" } else { "a role" };
        let sentence = format!(
            "Only somebody who has every permission that {whose} can give puts a user into every group, because later groups count too: choose the groups."
        );
        Err(Error::invalid("user_group_type", sentence).into())
    }

    /// Assigns a user to the selected groups, or to all of the tenant, and returns what changed. Members have the groups' roles.
    ///
    /// # Errors
    /// As [`Services::roles_assign`], under `user_groups`.
    pub(crate) async fn user_groups_assign(
        &self,
        tx: &mut Tx,
        (user, client): (UserId, Option<ClientId>),
        profile: &UserProfile,
        selection: Option<&Selection<UserGroupId>>,
    ) -> Result<Option<Change>> {
        let before = tx.user_groups(user).await?;
        let current: Vec<i64> = before.iter().map(|group| group.number).collect();
        let wanted = match selection {
            _ if profile.all_user_groups => tx.user_group_numbers(client).await?,
            None => return Ok(None),
            Some(selection) => {
                let ids: Vec<UserGroupId> = before.iter().map(|group| group.id.clone()).collect();
                let wanted = selection.applied(&ids);
                let new: Vec<UserGroupId> = wanted.iter().filter(|id| !ids.contains(id)).cloned().collect();
                let added = tx.user_groups_assignable(&new, client).await?;
                if added.len() < new.len() {
                    return Err(Error::invalid("user_groups", "Choose groups of the user's own organization.").into());
                }
                let kept = before.iter().filter(|group| wanted.contains(&group.id));
                kept.chain(&added).map(|group| group.number).collect()
            }
        };
        let add: Vec<i64> = wanted.iter().filter(|group| !current.contains(group)).copied().collect();
        let remove: Vec<i64> = current.iter().filter(|group| !wanted.contains(group)).copied().collect();
        if add.is_empty() && remove.is_empty() {
            return Ok(None);
        }
        tx.user_groups_change(user, &add, &remove).await?;
        let roles = tx.user_group_roles(&add).await?;
        self.outrank_check(tx, &roles, client).await?;
        if !remove.is_empty() {
            self.administrator_check(tx).await?;
        }
        let after = tx.user_groups(user).await?;
        let [before, after] = [&before, &after].map(|groups| names(groups.iter().map(|group| &group.name)));
        Ok(Change::of("user_groups", "User Groups", &before, &after))
    }
}

async fn roles_referred(tx: &mut Tx, user: Option<UserId>, client: Option<ClientId>, references: &[Reference]) -> Result<Vec<RoleId>> {
    let mut roles = Vec::new();
    for reference in references {
        let found = tx.role_referred(user, client, reference).await?.and_then(|id| id.parse().ok());
        roles.push(found.ok_or_else(|| Error::invalid("roles", format!("There is no role {reference} for such a user.")))?);
    }
    Ok(roles)
}

/// The roles with these ids. Refuses roles that the caller doesn't see or whose scope doesn't fit users of the client, or of the partner.
pub(crate) async fn assignable_roles(tx: &mut Tx, ids: &[RoleId], client: Option<ClientId>) -> Result<Vec<AssignableRole>> {
    let roles = tx.roles_assignable(ids, client).await?;
    if roles.len() < ids.len() {
        return Err(Error::invalid("roles", "One of the roles doesn't exist: choose another.").into());
    }
    if let Some(role) = roles.iter().find(|role| !role.fits) {
        let whose = if client.is_some() { "this client's" } else { "the partner's" };
        return Err(Error::invalid("roles", format!("The role “{}” is not for {whose} users: choose another.", role.name)).into());
    }
    Ok(roles)
}

fn names<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(String::as_str).collect::<Vec<_>>().join(", ")
}
