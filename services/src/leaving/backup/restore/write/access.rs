//! Permission sets, roles, assignments of the provider's roles, and restrictions.

use std::collections::{BTreeSet, HashMap};

use domain::{ClientId, Permission, PermissionBits, PermissionSetDraft, RoleDraft, RoleScope, Selection};

use super::{Ids, Restoring, outcome::listed, unless_refused, within};
use crate::{
    Result,
    access::restriction,
    leaving::backup::restore::lines::{PermissionLine, PermissionSetLine, RestrictionLine, RoleLine, RoleMemberLine},
};

impl Restoring<'_> {
    pub(super) async fn permission_sets(&mut self, ids: &mut Ids) -> Result<()> {
        let (mut held, mut unknown): (HashMap<String, Vec<Permission>>, u64) = (HashMap::new(), 0);
        for line in self.source.lines::<PermissionLine>("permission_set_permissions")? {
            let PermissionLine { permission_set, permission } = line?;
            match Permission::from_key(&permission) {
                Some(known) => held.entry(permission_set).or_default().push(known),
                None => unknown += 1,
            }
        }
        self.restored.skipped(unknown, "permission that this console doesn’t know", "permissions that this console doesn’t know");
        let lines: Vec<PermissionSetLine> = self.source.lines("permission_sets")?.collect::<Result<_>>()?;
        for line in lines {
            let draft = PermissionSetDraft {
                name: line.name,
                description: line.description,
                scope: RoleScope::Client.key().to_owned(),
                permissions: held.remove(&line.id).unwrap_or_default().into_iter().collect::<PermissionBits>(),
                unenforced: line.unenforced.unwrap_or_default(),
            };
            let set = self.services.permission_set_add(self.tx, draft).await.map_err(|fault| within("permission_sets", &line.id, fault))?;
            ids.permission_sets.insert(line.id, set.id.to_string());
        }
        self.restored.came(ids.permission_sets.len(), "permission set", "permission sets");
        Ok(())
    }

    /// The client's roles with their lists, and then the provider's roles that its users and groups have.
    pub(super) async fn roles(&mut self, client: ClientId, ids: &Ids) -> Result<()> {
        let lines: Vec<RoleLine> = self.source.lines("roles")?.collect::<Result<_>>()?;
        let mut lists: HashMap<&'static str, HashMap<String, Vec<RoleMemberLine>>> = HashMap::new();
        for name in ["role_permission_sets", "role_users", "role_user_groups", "role_devices", "role_device_groups", "role_credential_sets"] {
            let mut by_role: HashMap<String, Vec<RoleMemberLine>> = HashMap::new();
            for line in self.source.lines::<RoleMemberLine>(name)? {
                let line = line?;
                by_role.entry(line.role.clone()).or_default().push(line);
            }
            lists.insert(name, by_role);
        }
        let mut of = |name: &str, role: &str| lists.get_mut(name).and_then(|by_role| by_role.remove(role)).unwrap_or_default();
        let exactly = |members: Vec<RoleMemberLine>, find: &dyn Fn(&str) -> Option<String>| {
            Some(Selection::Exactly(members.iter().filter_map(|line| find(&line.member)).collect()))
        };
        let count = lines.len();
        for line in lines {
            let sets = self.role_sets(ids, of("role_permission_sets", &line.id)).await?;
            let draft = RoleDraft {
                name: Some(line.name),
                description: Some(line.description),
                scope: Some(RoleScope::Client.key().to_owned()),
                all_clients: None,
                all_devices: Some(line.all_devices),
                all_credentials: Some(line.all_credential_sets),
                permission_sets: Some(Selection::Exactly(sets)),
                users: exactly(of("role_users", &line.id), &|id| ids.users.get(id).map(ToString::to_string)),
                user_groups: exactly(of("role_user_groups", &line.id), &|id| ids.user_groups.get(id).map(|(id, _)| id.to_string())),
                clients: None,
                devices: exactly(of("role_devices", &line.id), &|id| ids.devices.get(id).map(|(id, _)| id.to_string())),
                device_groups: exactly(of("role_device_groups", &line.id), &|id| ids.device_groups.get(id).map(ToString::to_string)),
                credential_sets: exactly(of("role_credential_sets", &line.id), &|id| ids.credential_sets.get(id).map(ToString::to_string)),
            };
            self.services.role_add(self.tx, draft).await.map_err(|fault| within("roles", &line.id, fault))?;
        }
        self.restored.came(count, "role", "roles");
        // Those of the client's own roles are taken out: what is left are the provider's.
        let rest = |name: &str| lists.get(name).into_iter().flat_map(HashMap::values).flatten().cloned().collect();
        let (users, groups) = (rest("role_users"), rest("role_user_groups"));
        self.provider_roles(client, ids, users, groups).await
    }

    /// The permission sets of a role here: its own anew, and the provider's by their ids or, on another console, by their names.
    pub(super) async fn role_sets(&mut self, ids: &Ids, mut members: Vec<RoleMemberLine>) -> Result<Vec<String>> {
        members.sort_by_key(|line| line.position);
        let mut sets = Vec::new();
        for line in members {
            let found = match ids.permission_sets.get(&line.member) {
                Some(own) => Some(own.clone()),
                None => self.tx.permission_set_of_provider(&line.member, &line.name).await?,
            };
            match found {
                Some(found) => sets.push(found),
                None => self.restored.skipped.push(format!("your organization’s permission set “{}”", line.name)),
            }
        }
        Ok(sets)
    }

    /// Gives users and groups the provider's roles that they had, as far as they are there and the caller may give them.
    pub(super) async fn provider_roles(
        &mut self,
        client: ClientId,
        ids: &Ids,
        users: Vec<RoleMemberLine>,
        groups: Vec<RoleMemberLine>,
    ) -> Result<()> {
        let (mut skipped, services) = (BTreeSet::new(), self.services);
        for line in users {
            let Some(user) = ids.users.get(&line.member) else { continue };
            let Some(role) = self.tx.role_of_provider(&line.role, &line.name).await? else {
                skipped.insert(line.name);
                continue;
            };
            let selection = Selection::Changed { add: vec![role], remove: Vec::new() };
            let given = services.roles_assign(self.tx, (*user, Some(client)), Some(&selection)).await;
            match unless_refused(given)? {
                Some(change) => services.audit(self.tx, "user.update", user, Some(client), change.as_slice()).await?,
                None => _ = skipped.insert(line.name),
            }
        }
        for line in groups {
            let Some((group, number)) = ids.user_groups.get(&line.member) else { continue };
            let Some(role) = self.tx.role_of_provider(&line.role, &line.name).await? else {
                skipped.insert(line.name);
                continue;
            };
            let selection = Selection::Changed { add: vec![role], remove: Vec::new() };
            let given = services.user_group_roles_assign(self.tx, (*number, Some(client)), Some(&selection)).await;
            match unless_refused(given)? {
                Some(change) => services.audit(self.tx, "user_group.update", group, Some(client), change.as_slice()).await?,
                None => _ = skipped.insert(line.name),
            }
        }
        if !skipped.is_empty() {
            let names: Vec<_> = skipped.iter().map(|name| format!("“{name}”")).collect();
            self.restored.skipped.push(format!("assignments of your organization’s roles {}", listed(&names)));
        }
        Ok(())
    }

    pub(super) async fn restrictions(&mut self, client: ClientId) -> Result<()> {
        let lines: Vec<RestrictionLine> = self.source.lines("restrictions")?.collect::<Result<_>>()?;
        let known = lines.iter().filter_map(|line| Permission::from_key(&line.permission));
        // As on the page, only what one holds for all clients.
        let held = self.tx.caller.as_ref().map_or_else(PermissionBits::all, |caller| caller.permissions_everywhere());
        let permissions: PermissionBits = known.filter(|permission| permission.is_restrictable() && held.contains(*permission)).collect();
        if !permissions.is_empty() {
            restriction::restrict(self.tx, client, permissions).await?;
        }
        let count = permissions.iter().count();
        self.restored.came(count, "restricted permission", "restricted permissions");
        self.restored.skipped((lines.len() - count) as u64, "restriction", "restrictions");
        Ok(())
    }
}
