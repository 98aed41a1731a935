//! Roles: who may do what, and on what.

mod candidates;
mod grant;
mod lists;
mod preview;
mod store;
mod write;

use domain::{
    Caller, ClientId, Error, ListPage, NameQuery, Permission, Role, RoleDraft, RoleId, RoleList, RoleMember, RoleOverview, RoleQuery, RoleScope,
    RoleSummary, Scope, Selection, Slice, Sliced, UserId,
};

use crate::{
    Result, Services,
    kernel::{
        Tx,
        authz::Owned,
        proof::{Demand, proved},
    },
};
pub(crate) use store::grant::scope;

/// The permissions to see a role and to change it.
const CHANGE: (Permission, Demand) = (Permission::RoleView, proved(Permission::RoleManage));

/// A role and the client at which the right to change it is checked. A client's user can assign the partner's client roles, so that is their client.
struct Found {
    role: RoleSummary,
    place: Option<ClientId>,
}

impl Owned for Found {
    fn owner(&self) -> Option<ClientId> {
        self.place
    }
}

impl Services {
    /// A page of the roles that the caller sees: those of its tenant, and for a client also the partner's that are for its users. The filter is
    /// `MSP`, `CLIENT`, `default` or `own`.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view roles.
    pub async fn role_list(&self, caller: &Caller, query: &RoleQuery) -> Result<ListPage<RoleSummary>> {
        self.authorize(caller, Permission::RoleView, Scope::Visible).await?.role_list(query).await
    }

    /// The same by position, of those with a text in their name; empty for all.
    ///
    /// # Errors
    /// As [`Services::role_list`].
    pub async fn role_search(&self, caller: &Caller, slice: Slice, name: &str) -> Result<Sliced<RoleSummary>> {
        self.authorize(caller, Permission::RoleView, Scope::Visible).await?.role_search(slice, name).await
    }

    /// A role with everything it lists that the caller sees.
    ///
    /// # Errors
    /// `NotFound` for a role that doesn't exist or that the caller doesn't see.
    pub async fn role_get(&self, caller: &Caller, id: &RoleId) -> Result<Role> {
        let mut tx = self.authorize(caller, Permission::RoleView, Scope::Visible).await?;
        Ok(tx.role_read(id).await?.ok_or(Error::NotFound)?)
    }

    /// A role for its page: how much it lists, and where it is used. [`Services::role_members`] returns the lists.
    ///
    /// # Errors
    /// As [`Services::role_get`].
    pub async fn role_overview(&self, caller: &Caller, id: &RoleId) -> Result<RoleOverview> {
        let mut tx = self.authorize(caller, Permission::RoleView, Scope::Visible).await?;
        let summary = read(&mut tx, id).await?;
        let permission_sets = tx.role_permission_sets(summary.number).await?;
        let counts = tx.role_counts(summary.number).await?;
        Ok(RoleOverview { summary, permission_sets, counts })
    }

    /// A page of what a role lists.
    ///
    /// # Errors
    /// As [`Services::role_get`].
    pub async fn role_members(&self, caller: &Caller, id: &RoleId, list: RoleList, query: &NameQuery) -> Result<ListPage<RoleMember>> {
        let mut tx = self.authorize(caller, Permission::RoleView, Scope::Visible).await?;
        let role = read(&mut tx, id).await?;
        tx.role_members(role.number, list, query).await
    }

    /// Makes a role for the caller's tenant, or for the client that it works within.
    ///
    /// # Errors
    /// `Invalid` with every wrong field; `Forbidden` when the role would give more than the caller has; `NotFound` for a client that is terminated.
    pub async fn role_create(&self, caller: &Caller, draft: RoleDraft) -> Result<RoleSummary> {
        let mut tx = self.authorize_at(caller, proved(Permission::RoleManage), None).await?;
        let role = self.role_add(&mut tx, draft).await?;
        tx.commit().await?;
        Ok(role)
    }

    /// As [`Services::role_create`]; returns the role with all that it lists.
    ///
    /// # Errors
    /// As there, and `Forbidden` without the permission to view roles.
    pub async fn role_create_read(&self, caller: &Caller, draft: RoleDraft) -> Result<Role> {
        let mut tx = self.authorize_at(caller, proved(Permission::RoleManage), None).await?;
        tx.caller()?.can(Permission::RoleView, Scope::Visible)?;
        let role = self.role_add(&mut tx, draft).await?;
        let role = tx.role_read(&role.id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(role)
    }

    /// Changes the fields of a role that the draft names. List entries that the caller doesn't see stay. Of a default role, and of a partner's role
    /// for a client's user, only the users and groups change.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when the version is given and not the current one, or no full administrator would be left; `Invalid` with every wrong
    /// field; `Forbidden` for what can't change, if the role grants or would grant more than the caller holds, and if users who hold more than the
    /// caller would lose something.
    pub async fn role_update(&self, caller: &Caller, id: &RoleId, version: Option<i64>, draft: RoleDraft) -> Result<RoleSummary> {
        let (mut tx, role) = self.role_find(caller, id).await?;
        if version.is_some_and(|version| version != role.version) {
            return Err(Error::stale("role").into());
        }
        let change = write::change(&mut tx, role, draft).await?;
        let role = self.role_write(&mut tx, change).await?;
        tx.commit().await?;
        Ok(role)
    }

    /// As [`Services::role_update`] without a version check; returns the role with all that it lists.
    ///
    /// # Errors
    /// As [`Services::role_update`].
    pub async fn role_update_read(&self, caller: &Caller, id: &RoleId, draft: RoleDraft) -> Result<Role> {
        let (mut tx, role) = self.role_find(caller, id).await?;
        let change = write::change(&mut tx, role, draft).await?;
        self.role_write(&mut tx, change).await?;
        let role = tx.role_read(id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(role)
    }

    /// Deletes a role. [`Services::role_overview`] counts its users, for a confirmation.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` for a default role, and for one that grants more than the caller holds or that users who hold more have; `Conflict`
    /// when no full administrator would be left.
    pub async fn role_delete(&self, caller: &Caller, id: &RoleId) -> Result<()> {
        let (mut tx, role) = self.role_find(caller, id).await?;
        self.outrank_check(&mut tx, &[role.number], None).await?;
        if role.is_default {
            return Err(Error::forbidden("Default roles can't be deleted.").into());
        }
        if role.client.is_none() && caller.client.is_some() {
            return Err(Error::forbidden("This role is your provider's: only your provider can delete it.").into());
        }
        let holders = tx.users_of_roles(&[role.number]).await?;
        self.users_outrank_check(&mut tx, &holders, role.client).await?;
        if !tx.role_delete(&role).await? {
            return Err(Error::stale("role").into());
        }
        if role.scope == RoleScope::Msp && role.all_clients {
            self.administrator_check(&mut tx).await?;
        }
        let gone = domain::Change { field: "name".into(), label: "Name".into(), before: role.name.clone(), after: String::new() };
        self.audit(&mut tx, "role.delete", &role.id, role.client, &[gone]).await?;
        tx.commit().await
    }

    /// Copies a role under another name, without its users and groups.
    ///
    /// # Errors
    /// As [`Services::role_create`], and `NotFound`.
    pub async fn role_copy(&self, caller: &Caller, id: &RoleId, name: String) -> Result<RoleSummary> {
        let role = self.role_get(caller, id).await?;
        let mut draft = copy(&role);
        draft.name = Some(name);
        self.role_create(caller, draft).await
    }

    /// Opens a transaction to change a role. The caller's rights are compared with the users' once the change is known: [`Services::role_write`],
    /// [`Services::role_delete`].
    async fn role_find(&self, caller: &Caller, id: &RoleId) -> Result<(Tx, RoleSummary)> {
        let find = async |tx: &mut Tx| {
            let role = tx.role_get(id).await?;
            Ok(role.map(|role| Found { place: role.client.or(caller.client), role }))
        };
        let (tx, found) = self.authorize_change(caller, CHANGE, find).await?;
        Ok((tx, found.role))
    }
}

async fn read(tx: &mut Tx, id: &RoleId) -> Result<RoleSummary> {
    Ok(tx.role_get(id).await?.ok_or(Error::NotFound)?)
}

/// A draft with the same settings, without name, users and groups.
fn copy(role: &Role) -> RoleDraft {
    fn ids<T>(things: &[T], id: impl Fn(&T) -> String) -> Option<Selection<String>> {
        Some(Selection::Exactly(things.iter().map(id).collect()))
    }
    let summary = &role.summary;
    RoleDraft {
        description: Some(summary.description.clone()),
        scope: Some(summary.scope.key().to_owned()),
        all_clients: Some(summary.all_clients),
        all_devices: Some(summary.all_devices),
        all_credentials: Some(summary.all_credentials),
        permission_sets: ids(&role.permission_sets, |set| set.id.to_string()),
        clients: ids(&role.clients, |client| client.id.to_string()),
        devices: ids(&role.devices, |device| device.id.to_string()),
        device_groups: ids(&role.device_groups, |group| group.id.to_string()),
        credential_sets: ids(&role.credential_sets, |set| set.id.to_string()),
        ..RoleDraft::default()
    }
}

/// Creates a default role of a new partner, with one permission set.
pub(crate) async fn make_default(tx: &mut Tx, role: &RoleSummary, permission_set: i64) -> Result<()> {
    tx.role_insert(role).await?;
    tx.role_list_insert(role.number, RoleList::PermissionSets, &[permission_set]).await
}

/// Gives a new user its first role.
pub(crate) async fn give(tx: &mut Tx, role: i64, user: UserId) -> Result<()> {
    tx.role_user_insert(role, user).await
}
