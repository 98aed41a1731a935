//! Permission sets: named lists of permissions, used by roles.

mod store;

use domain::{
    Caller, Change, ClientId, Draft, Error, ListPage, Permission, PermissionBits, PermissionSet, PermissionSetDraft, PermissionSetId,
    PermissionSetProfile, PermissionSetQuery, RoleScope, Scope, Slice, Sliced, Standing, UnenforcedPermission, Violations,
};

use crate::{
    Fault, Result, Services,
    kernel::{
        Tx,
        authz::Owned,
        names::{Named, alike},
        proof::proved,
        refusal::duplicate,
    },
};

const NAME_TAKEN: &str = "Another permission set has this name already.";

/// A permission set and the client at which the right to change it is checked.
struct Found {
    set: PermissionSet,
    place: Option<ClientId>,
}

impl Owned for Found {
    fn owner(&self) -> Option<ClientId> {
        self.place
    }
}

impl Services {
    /// A page of the permission sets that the caller sees: those of its tenant, and for a client also the partner's that are for its users. The
    /// filter is `MSP`, `CLIENT`, `default` or `own`.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view roles.
    pub async fn permission_set_list(&self, caller: &Caller, query: &PermissionSetQuery) -> Result<ListPage<PermissionSet>> {
        self.authorize(caller, Permission::RoleView, Scope::Visible).await?.permission_set_list(query).await
    }

    /// The same by position, with a text in the name.
    ///
    /// # Errors
    /// As [`Services::permission_set_list`].
    pub async fn permission_set_search(&self, caller: &Caller, name: &str, slice: Slice) -> Result<Sliced<PermissionSet>> {
        self.authorize(caller, Permission::RoleView, Scope::Visible).await?.permission_set_search(name, slice).await
    }

    /// One permission set.
    ///
    /// # Errors
    /// `NotFound` for one that doesn't exist or that the caller doesn't see.
    pub async fn permission_set_get(&self, caller: &Caller, id: &PermissionSetId) -> Result<PermissionSet> {
        let mut tx = self.authorize(caller, Permission::RoleView, Scope::Visible).await?;
        Ok(tx.permission_set_get(id).await?.ok_or(Error::NotFound)?)
    }

    /// Makes a permission set for the caller's tenant, or for the client that it works within.
    ///
    /// # Errors
    /// `Invalid` with every wrong field, including permissions that the caller doesn't hold.
    pub async fn permission_set_create(&self, caller: &Caller, draft: PermissionSetDraft) -> Result<PermissionSet> {
        let mut tx = self.authorize_at(caller, proved(Permission::RoleManage), None).await?;
        let set = self.permission_set_add(&mut tx, draft).await?;
        tx.commit().await?;
        Ok(set)
    }

    /// Makes a permission set within a transaction, for the client that it is limited to or else for the partner.
    pub(crate) async fn permission_set_add(&self, tx: &mut Tx, draft: PermissionSetDraft) -> Result<PermissionSet> {
        let (profile, mut violations) = checked(draft);
        let scope = profile.scope;
        let wrong = tx.only_client.is_some() && scope == RoleScope::Msp;
        violations.add_if(wrong, "scope", "A client's permission set is for the client's users: choose CLIENT.");
        let owner = tx.only_client;
        if tx.caller.is_some() {
            not_held(held(tx, owner).await?, profile.permissions, &mut violations);
        }
        let id = PermissionSetId::of_uuid(&self.ids.uuid()).map_err(|_| Fault::Failed("the source of ids gave no UUID".to_owned()))?;
        let (number, client, created) = (tx.next_number("permission_set").await?, tx.only_client, tx.now);
        let PermissionSetProfile { name, description, permissions, unenforced, .. } = profile;
        let set = PermissionSet {
            id,
            number,
            client,
            name,
            description,
            scope,
            is_default: false,
            permissions,
            unenforced,
            created,
            updated: created,
            version: 1,
        };
        name_free(tx, &set, violations).await?;
        tx.permission_set_insert(&set).await.map_err(duplicate("name", NAME_TAKEN))?;
        let nothing = PermissionSet {
            name: String::new(),
            description: String::new(),
            permissions: PermissionBits::default(),
            unenforced: Vec::new(),
            ..set.clone()
        };
        self.audit(tx, "permission_set.create", &set.id, set.client, &changes(&nothing, &set)).await?;
        Ok(set)
    }

    /// Changes a permission set, which changes every role that has it.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` for a default set, when a role would grant more than the caller holds, and when users who hold more than the caller
    /// would lose something; `Conflict` when the version is given and not the current one, or no full administrator would be left; `Invalid` with
    /// every wrong field.
    pub async fn permission_set_update(
        &self,
        caller: &Caller,
        id: &PermissionSetId,
        version: Option<i64>,
        draft: PermissionSetDraft,
    ) -> Result<PermissionSet> {
        let (mut tx, before) = self.permission_set_find(caller, id).await?;
        if before.is_default {
            return Err(Error::forbidden("Default permission sets can't be changed. Copy it instead.").into());
        }
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::stale("permission set").into());
        }
        let (profile, mut violations) = checked(draft);
        violations.add_if(
            profile.scope != before.scope && violations.of("scope").is_none(),
            "scope",
            "The scope of a permission set can't change: make another one.",
        );
        let held = held(&mut tx, before.client).await?;
        not_held(held, profile.permissions.without(before.permissions), &mut violations);
        let PermissionSetProfile { name, description, permissions, unenforced, .. } = profile;
        let mut after = PermissionSet { name, description, permissions, unenforced, ..before.clone() };
        name_free(&mut tx, &after, violations).await?;
        let changes = changes(&before, &after);
        if changes.is_empty() {
            return Ok(before);
        }
        if !before.permissions.without(after.permissions).is_empty() {
            let roles = tx.permission_set_roles(before.number).await?;
            let holders = tx.users_of_roles(&roles).await?;
            self.users_outrank_check(&mut tx, &holders, before.client).await?;
        }
        if !tx.permission_set_update(&after, before.version).await.map_err(duplicate("name", NAME_TAKEN))? {
            return Err(Error::stale("permission set").into());
        }
        if !after.permissions.without(before.permissions).is_empty() {
            let roles = tx.permission_set_roles(after.number).await?;
            self.outrank_check(&mut tx, &roles, None).await?;
            fits_roles(&mut tx, &after, &roles).await?;
        }
        if !before.permissions.without(after.permissions).is_empty() {
            self.administrator_check(&mut tx).await?;
        }
        self.audit(&mut tx, "permission_set.update", &after.id, after.client, &changes).await?;
        (after.version, after.updated) = (before.version + 1, tx.now);
        tx.commit().await?;
        Ok(after)
    }

    /// Deletes a permission set that isn't used by any role.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` for a default set; `Conflict` while a role uses it.
    pub async fn permission_set_delete(&self, caller: &Caller, id: &PermissionSetId) -> Result<()> {
        let (mut tx, set) = self.permission_set_find(caller, id).await?;
        if set.is_default {
            return Err(Error::forbidden("Default permission sets can't be deleted.").into());
        }
        let seen = tx.permission_set_roles_seen(set.number).await?;
        let reason = match (tx.permission_set_roles(set.number).await?.is_empty(), seen) {
            (true, _) => None,
            (false, 0) => Some("Roles that you don't see have this permission set.".to_owned()),
            (false, 1) => Some("1 role has this permission set: take it out there first.".to_owned()),
            (false, roles) => Some(format!("{roles} roles have this permission set: take it out there first.")),
        };
        if let Some(reason) = reason {
            return Err(Error::conflict(reason).into());
        }
        if !tx.permission_set_delete(&set).await? {
            return Err(Error::stale("permission set").into());
        }
        let gone = Change::of("name", "Name", &set.name, "");
        self.audit(&mut tx, "permission_set.delete", &set.id, set.client, gone.as_slice()).await?;
        tx.commit().await
    }

    /// Opens a transaction to change a permission set.
    async fn permission_set_find(&self, caller: &Caller, id: &PermissionSetId) -> Result<(Tx, PermissionSet)> {
        let find = async |tx: &mut Tx| {
            let set = tx.permission_set_get(id).await?;
            Ok(set.map(|set| Found { place: set.client.or(caller.client), set }))
        };
        let (mut tx, Found { set, .. }) = self.authorize_change(caller, (Permission::RoleView, proved(Permission::RoleManage)), find).await?;
        if set.client.is_none() && caller.client.is_some() && !set.is_default {
            return Err(Error::forbidden("This permission set is your provider's. Copy it instead.").into());
        }
        if !set.is_default {
            let roles = tx.permission_set_roles(set.number).await?;
            self.outrank_check(&mut tx, &roles, set.client).await?;
            let more = set.permissions.without(held(&mut tx, set.client).await?);
            if let Some(permission) = more.iter().next() {
                let sentence = format!("The permission set “{}” holds more than you have yourself: “{}”.", set.name, permission.name());
                return Err(Error::forbidden(sentence).into());
            }
        }
        Ok((tx, set))
    }
}

/// The permissions that the caller holds at a client, or at the partner itself. Restricted permissions count as held.
async fn held(tx: &mut Tx, owner: Option<ClientId>) -> Result<PermissionBits> {
    let caller = tx.caller()?;
    let Some(client) = owner else { return Ok(caller.permissions_everywhere()) };
    let standing = Standing { restricted: PermissionBits::default(), ..tx.client_standing(&caller, client).await? };
    Ok(caller.permissions_at(client, &standing))
}

/// What a draft says, and what is wrong with it. Of a wrong draft only what the other rules need, so that all violations are reported at once.
fn checked(draft: PermissionSetDraft) -> (PermissionSetProfile, Violations) {
    let scope = RoleScope::from_key(&draft.scope).unwrap_or(RoleScope::Client);
    let (name, permissions) = (draft.name.trim().to_owned(), draft.permissions);
    let rest = |violations| (PermissionSetProfile { name, description: String::new(), scope, permissions, unenforced: Vec::new() }, violations);
    draft.check(()).map_or_else(rest, |profile| (profile, Violations::new()))
}

/// Adds a violation for each permission that the caller doesn't hold.
fn not_held(held: PermissionBits, permissions: PermissionBits, violations: &mut Violations) {
    for permission in permissions.without(held).iter() {
        violations.add("permissions", format!("You don't hold the permission “{}” yourself: leave it out.", permission.name()));
    }
}

/// Checks that the name is free, and fails if there are any violations.
async fn name_free(tx: &mut Tx, set: &PermissionSet, mut violations: Violations) -> Result<()> {
    if violations.of("name").is_none() && tx.name_taken(Named::PermissionSets, set.client, set.number, &set.name).await? {
        let other = tx.name_alike(Named::PermissionSets, set.client, set.id.as_str(), &set.name).await?;
        violations.add("name", other.map_or_else(|| NAME_TAKEN.to_owned(), |other| alike("permission set", &other)));
    }
    violations.into_result().map_err(Into::into)
}

/// Refuses permissions that a role with this set must not grant.
async fn fits_roles(tx: &mut Tx, set: &PermissionSet, roles: &[i64]) -> Result<()> {
    for role in tx.given_roles(roles).await? {
        if !domain::set_fits_role(set.scope, set.permissions, role.scope) {
            let sentence = format!("The role “{}” is for client users: leave out what only the partner does.", role.grant.role);
            return Err(Error::invalid("permissions", sentence).into());
        }
    }
    Ok(())
}

fn changes(before: &PermissionSet, after: &PermissionSet) -> Vec<Change> {
    let held = |set: &PermissionSet| set.permissions.iter().map(Permission::name).collect::<Vec<_>>().join(", ");
    let other = |set: &PermissionSet| set.unenforced.iter().map(UnenforcedPermission::title).collect::<Vec<_>>().join(", ");
    let fields = [
        Change::of("name", "Name", &before.name, &after.name),
        Change::of("description", "Description", &before.description, &after.description),
        Change::of("permissions", "Permissions", &held(before), &held(after)),
        Change::of("unenforced", "Permissions not enforced here", &other(before), &other(after)),
    ];
    fields.into_iter().flatten().collect()
}

/// Creates a default permission set of a new partner.
pub(crate) async fn make_default(tx: &mut Tx, set: &PermissionSet) -> Result<()> {
    tx.permission_set_insert(set).await
}
