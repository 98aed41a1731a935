//! Groups of users. They belong to the partner or to a client, and so do their users.

mod store;

use std::collections::BTreeSet;

use domain::{
    Caller, Change, ClientId, Draft, Error, ListPage, NameQuery, Permission, Scope, Slice, Sliced, UserGroup, UserGroupDraft, UserGroupId,
    UserGroupProfile, UserGroupQuery, UserGroupRow, UserGroupUsage, UserId, UserRow, check_lengths, shortened,
};

use crate::{
    Fault, Result, Services,
    kernel::{
        Tx,
        authz::Owned,
        email, names,
        names::Named,
        proof::proved,
        refusal::{duplicate, unseen},
    },
};

const NAME_TAKEN: &str = "Another user group has this name already.";

const NAMED: (Named, &str) = (Named::UserGroups, "user group");

impl Owned for UserGroup {
    fn owner(&self) -> Option<ClientId> {
        self.row.client
    }
}

impl Services {
    /// A page of the groups that the caller sees.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view user groups.
    pub async fn user_group_list(&self, caller: &Caller, query: &UserGroupQuery) -> Result<ListPage<UserGroupRow>> {
        self.authorize(caller, Permission::UserGroupView, Scope::Visible).await?.user_group_list(query).await
    }

    /// A part of the groups that the caller sees, with a text in the name; empty for all.
    ///
    /// # Errors
    /// As [`Services::user_group_list`].
    pub async fn user_group_search(&self, caller: &Caller, name: &str, slice: Slice) -> Result<Sliced<UserGroupRow>> {
        self.authorize(caller, Permission::UserGroupView, Scope::Visible).await?.user_group_search(name, slice).await
    }

    /// A group.
    ///
    /// # Errors
    /// `NotFound` for one that doesn't exist or isn't visible.
    pub async fn user_group_get(&self, caller: &Caller, id: &UserGroupId) -> Result<UserGroup> {
        let mut tx = self.authorize(caller, Permission::UserGroupView, Scope::Visible).await?;
        read(&mut tx, id).await
    }

    /// The users and roles of a group, for the confirmation of its deletion.
    ///
    /// # Errors
    /// As [`Services::user_group_get`].
    pub async fn user_group_usage(&self, caller: &Caller, id: &UserGroupId) -> Result<UserGroupUsage> {
        let mut tx = self.authorize(caller, Permission::UserGroupView, Scope::Visible).await?;
        let group = read(&mut tx, id).await?;
        tx.user_group_usage(group.row.group.number).await
    }

    /// Creates a group of the given client, or else of the tenant the caller works in. Users with `all_user_groups` become members.
    ///
    /// # Errors
    /// `NotFound` for a client that isn't visible or is terminated; `Forbidden`; `Invalid` with every wrong field and for a name that is taken.
    pub async fn user_group_create(&self, caller: &Caller, client: Option<ClientId>, draft: &UserGroupDraft) -> Result<UserGroup> {
        let mut tx = self.authorize_at(caller, proved(Permission::UserGroupManage), client).await?;
        tx.caller()?.can(Permission::UserGroupView, Scope::Visible)?;
        let (id, _) = self.user_group_add(&mut tx, draft).await?;
        let group = tx.user_group_get(&id).await?.ok_or_else(unseen)?;
        tx.commit().await?;
        Ok(group)
    }

    /// Creates a group within a transaction, for the client that it is limited to or else for the partner, and gives its id and number.
    pub(crate) async fn user_group_add(&self, tx: &mut Tx, draft: &UserGroupDraft) -> Result<(UserGroupId, i64)> {
        let profile = email::checked(draft.clone().check(None), &[("email", draft.email.as_deref())])?;
        let id = UserGroupId::of_uuid(&self.ids.uuid()).map_err(|_| Fault::Failed("a new id is no UUID".to_owned()))?;
        let owner = tx.only_client;
        names::check(tx, NAMED, owner, id.as_str(), &profile.name).await?;
        tx.user_group_insert(&id, owner, &profile).await.map_err(duplicate("name", NAME_TAKEN))?;
        let number = tx.user_group_number(&id).await?;
        let mut changes = changes(&UserGroupProfile::default(), &profile);
        changes.extend(self.user_group_roles_assign(tx, (number, owner), draft.roles.as_ref()).await?);
        self.audit(tx, "user_group.create", &id, owner, &changes).await?;
        Ok((id, number))
    }

    /// Changes the fields of a group that the draft names. The API passes no version.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Invalid`, or `Conflict` when the version is not the current one.
    pub async fn user_group_update(&self, caller: &Caller, id: &UserGroupId, version: Option<i64>, draft: &UserGroupDraft) -> Result<UserGroup> {
        let (mut tx, before) = self.user_group_change(caller, id).await?;
        self.user_group_write(&mut tx, &before, version, draft).await?;
        let after = read(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Saves a group's page: its fields, added and removed users, all or nothing.
    ///
    /// # Errors
    /// As [`Services::user_group_update`] and [`Services::user_group_users_change`].
    pub async fn user_group_edit(
        &self,
        caller: &Caller,
        id: &UserGroupId,
        version: i64,
        draft: &UserGroupDraft,
        add: &[UserId],
        remove: &[UserId],
    ) -> Result<UserGroup> {
        let (mut tx, before) = self.user_group_change(caller, id).await?;
        self.user_group_write(&mut tx, &before, Some(version), draft).await?;
        self.user_group_users_write(&mut tx, &before, add, remove).await?;
        let after = read(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Deletes a group. Its users stay and lose the group's roles.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden`, also for a group of users who hold more than the caller; `Conflict` when no full administrator would be left.
    pub async fn user_group_delete(&self, caller: &Caller, id: &UserGroupId) -> Result<()> {
        let (mut tx, group) = self.user_group_change(caller, id).await?;
        let members = tx.users_of_groups(&[group.row.group.number]).await?;
        self.users_outrank_check(&mut tx, &members, group.row.client).await?;
        tx.user_group_delete(group.row.group.number).await?;
        self.administrator_check(&mut tx).await?;
        let name = Change::of("name", "Name", &group.row.group.name, "");
        self.audit(&mut tx, "user_group.delete", id, group.row.client, name.as_slice()).await?;
        tx.commit().await
    }

    /// A page of a group's users, as far as the caller sees them.
    ///
    /// # Errors
    /// As [`Services::user_group_get`].
    pub async fn user_group_users(&self, caller: &Caller, id: &UserGroupId, query: &NameQuery) -> Result<ListPage<UserRow>> {
        let mut tx = self.authorize(caller, Permission::UserGroupView, Scope::Visible).await?;
        let group = read(&mut tx, id).await?;
        tx.user_group_users(group.row.group.number, query).await
    }

    /// As [`Services::user_group_users`], a part by position, as the API asks for it.
    ///
    /// # Errors
    /// As there.
    pub async fn user_group_users_search(&self, caller: &Caller, id: &UserGroupId, slice: Slice) -> Result<Sliced<UserRow>> {
        let mut tx = self.authorize(caller, Permission::UserGroupView, Scope::Visible).await?;
        let group = read(&mut tx, id).await?;
        tx.user_group_users_search(group.row.group.number, slice).await
    }

    /// Adds users to a group, which gives them its roles. Members stay.
    ///
    /// # Errors
    /// As [`Services::user_group_users_change`].
    pub async fn user_group_users_add(&self, caller: &Caller, id: &UserGroupId, users: &[UserId]) -> Result<()> {
        self.user_group_users_change(caller, id, users, &[]).await
    }

    /// Removes users from a group. Other users are ignored.
    ///
    /// # Errors
    /// As [`Services::user_group_users_change`].
    pub async fn user_group_users_remove(&self, caller: &Caller, id: &UserGroupId, users: &[UserId]) -> Result<()> {
        self.user_group_users_change(caller, id, &[], users).await
    }

    /// Adds users to a group and removes others, all or nothing.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission, and for a group whose roles grant more than the caller holds; `Invalid` under `users` for
    /// users of another organization and for too many; `Conflict` when no full administrator would be left.
    pub async fn user_group_users_change(&self, caller: &Caller, id: &UserGroupId, add: &[UserId], remove: &[UserId]) -> Result<()> {
        let (mut tx, group) = self.user_group_change(caller, id).await?;
        self.user_group_users_write(&mut tx, &group, add, remove).await?;
        tx.commit().await
    }

    async fn user_group_write(&self, tx: &mut Tx, before: &UserGroup, version: Option<i64>, draft: &UserGroupDraft) -> Result<()> {
        let UserGroupRow { group, email, client, .. } = &before.row;
        let profile = UserGroupProfile { name: group.name.clone(), description: group.description.clone(), email: email.clone() };
        let changed = email::checked(draft.clone().check(Some(&profile)), &[("email", draft.email.as_deref())])?;
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::stale("group").into());
        }
        let mut changes = changes(&profile, &changed);
        changes.extend(self.user_group_roles_assign(tx, (group.number, *client), draft.roles.as_ref()).await?);
        if changes.is_empty() {
            return Ok(());
        }
        names::check(tx, NAMED, *client, group.id.as_str(), &changed.name).await?;
        if !tx.user_group_update(group.number, before.version, &changed).await.map_err(duplicate("name", NAME_TAKEN))? {
            return Err(Error::stale("group").into());
        }
        self.audit(tx, "user_group.update", &group.id, *client, &changes).await
    }

    async fn user_group_users_write(&self, tx: &mut Tx, group: &UserGroup, add: &[UserId], remove: &[UserId]) -> Result<()> {
        check_lengths(&[("users", add.len()), ("users", remove.len())])?;
        let (id, number, owner) = (&group.row.group.id, group.row.group.number, group.row.client);
        if !add.is_empty() {
            let groupable: BTreeSet<UserId> = tx.users_groupable(owner, add).await?.into_iter().collect();
            if let Some(stranger) = add.iter().find(|user| !groupable.contains(*user)) {
                let whose = if owner.is_some() { "the client" } else { "the partner" };
                return Err(Error::invalid("users", format!("{stranger} is no user of {whose} to whom the group belongs.")).into());
            }
            self.users_outrank_check(tx, add, owner).await?;
            tx.user_group_users_insert(number, add).await?;
            let roles = tx.user_group_roles(&[number]).await?;
            self.outrank_check(tx, &roles, owner).await?;
            let added = Change::of("users", "Users", "", &shortened(add.iter()));
            self.audit(tx, "user_group.users-add", id, owner, added.as_slice()).await?;
        }
        // Users whom the caller doesn't see are ignored.
        let remove = tx.users_groupable(owner, remove).await?;
        if !remove.is_empty() {
            self.users_outrank_check(tx, &remove, owner).await?;
            tx.user_group_users_delete(number, &remove).await?;
            self.administrator_check(tx).await?;
            let removed = Change::of("users", "Users", &shortened(remove.iter()), "");
            self.audit(tx, "user_group.users-remove", id, owner, removed.as_slice()).await?;
        }
        Ok(())
    }

    /// Opens a transaction to change a group. Refuses groups whose roles grant more than the caller holds.
    async fn user_group_change(&self, caller: &Caller, id: &UserGroupId) -> Result<(Tx, UserGroup)> {
        let find = async |tx: &mut Tx| tx.user_group_get(id).await;
        let (mut tx, group) = self.authorize_change(caller, (Permission::UserGroupView, proved(Permission::UserGroupManage)), find).await?;
        let roles = tx.user_group_roles(&[group.row.group.number]).await?;
        self.outrank_check(&mut tx, &roles, group.row.client).await?;
        Ok((tx, group))
    }
}

async fn read(tx: &mut Tx, id: &UserGroupId) -> Result<UserGroup> {
    Ok(tx.user_group_get(id).await?.ok_or(Error::NotFound)?)
}

fn changes(before: &UserGroupProfile, after: &UserGroupProfile) -> Vec<Change> {
    let changes = [
        Change::of("name", "Name", &before.name, &after.name),
        Change::of("description", "Description", &before.description, &after.description),
        Change::of("email", "Email", &before.email, &after.email),
    ];
    changes.into_iter().flatten().collect()
}
