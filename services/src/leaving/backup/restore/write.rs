//! Makes a client of an archive, in one transaction: everything gets a new id, and is checked like what somebody types.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bytes::Bytes;
use domain::{
    CatalogueId, CatalogueKind, Catalogues, ClientDraft, ClientId, ClientStatus, CredentialField, CredentialSetDraft, CredentialSetId, DeviceDraft,
    DeviceGroupDetails, DeviceGroupDraft, DeviceGroupId, DeviceId, Draft, Error, Permission, PermissionBits, PermissionSetDraft, RoleDraft,
    RoleScope, Selection, UserGroupDraft, UserGroupId, UserId, UserProfile, UserStatus, counted,
};

use super::{
    lines::*,
    pictures::{Pictures, formats, image_name, user_picture_name},
    source::{Secrets, Source, wrong},
};
use crate::{
    Fault, Result, Services,
    access::restriction,
    inventory::device::NewDevice,
    kernel::Tx,
    people::user::{Details, RestoredUser},
};

/// Devices per statement and so in memory at a time.
const DEVICES: usize = 2000;

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Restored {
    /// How many of each kind are there again.
    came: Vec<(u64, &'static str, &'static str)>,
    /// What isn't, in words.
    skipped: Vec<String>,
}

impl Restored {
    fn came(&mut self, count: usize, one: &'static str, many: &'static str) {
        if count > 0 {
            self.came.push((count as u64, one, many));
        }
    }

    fn skipped(&mut self, count: u64, one: &str, many: &str) {
        if count > 0 {
            self.skipped.push(counted(count, one, many));
        }
    }

    /// In sentences.
    pub(crate) fn sentence(&self, client: ClientId) -> String {
        let came: Vec<String> = self.came.iter().map(|(count, one, many)| counted(*count, one, many)).collect();
        let came = if came.is_empty() { String::new() } else { format!(" with {}", listed(&came)) };
        let skipped = if self.skipped.is_empty() { String::new() } else { format!(" Not restored: {}.", self.skipped.join(", ")) };
        format!("Created {client}{came}.{skipped}")
    }
}

fn listed(parts: &[String]) -> String {
    match parts {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        parts => parts.join(""),
    }
}

/// Old ids and what they are now.
#[derive(Default)]
struct Ids {
    devices: HashMap<String, (DeviceId, i64)>,
    device_groups: HashMap<String, DeviceGroupId>,
    credential_sets: HashMap<String, CredentialSetId>,
    users: HashMap<String, UserId>,
    user_groups: HashMap<String, (UserGroupId, i64)>,
    permission_sets: HashMap<String, String>,
}

/// A client being made again.
pub(super) struct Restoring<'a> {
    pub(super) services: &'a Services,
    pub(super) tx: &'a mut Tx,
    pub(super) source: &'a mut Source,
    pub(super) pictures: Pictures,
    pub(super) secrets: Option<Secrets>,
    pub(super) restored: Restored,
    /// To be written before the transaction commits.
    pub(super) files: Vec<(String, Bytes)>,
}

impl Restoring<'_> {
    /// Makes everything, and returns the new client.
    pub(super) async fn run(&mut self, name: &str) -> Result<ClientId> {
        let (line, suspended) = self.client_line()?;
        let client = self.client(ClientDraft { name: name.to_owned(), ..line }).await?;
        self.services.work_within(self.tx, client);
        let mut ids = Ids::default();
        self.devices(client, &mut ids).await?;
        self.device_groups(client, &mut ids).await?;
        self.credential_sets(&mut ids).await?;
        self.users(client, &mut ids).await?;
        self.user_groups(&mut ids).await?;
        self.permission_sets(&mut ids).await?;
        self.roles(client, &ids).await?;
        self.restrictions(client).await?;
        if suspended {
            self.tx.client_status_update(client, ClientStatus::Active, ClientStatus::Suspended).await?;
        }
        for (name, one, many) in [
            ("api_keys", "API key", "API keys"),
            ("reports", "report", "reports"),
            ("login_history", "sign-in record", "sign-in records"),
            ("audit_log", "audit record", "audit records"),
        ] {
            self.restored.skipped(self.source.records(name), one, many);
        }
        Ok(client)
    }

    fn client_line(&mut self) -> Result<(ClientDraft, bool)> {
        let line = self.source.lines::<ClientLine>("client")?.next().ok_or_else(|| wrong("The backup holds no client."))??;
        match ClientStatus::from_key(&line.status) {
            Some(status @ (ClientStatus::Active | ClientStatus::Suspended)) => Ok((line.details, status == ClientStatus::Suspended)),
            _ => Err(wrong(&format!("client.jsonl: a client that is {} can’t be restored.", line.status))),
        }
    }

    async fn client(&mut self, mut draft: ClientDraft) -> Result<ClientId> {
        self.images(&mut draft).await?;
        self.catalogue(&mut draft).await?;
        let secrets = self.secrets.as_ref().and_then(|secrets| secrets.get(&self.source.manifest.client.to_string()).cloned()).unwrap_or_default();
        let mut lost = 0;
        for row in &mut draft.access {
            row.password = secrets.get(&row.key).cloned().unwrap_or_default();
            lost += u64::from(row.password_kept && row.password.is_empty());
            row.password_kept = false;
        }
        self.restored.skipped(lost, "password of an alternate access", "passwords of alternate accesses");
        self.services.client_make(self.tx, draft).await.map_err(|fault| within("client", &self.source.manifest.client.to_string(), fault))
    }

    /// Gives the images new ids.
    async fn images(&mut self, draft: &mut ClientDraft) -> Result<()> {
        let formats = formats(self.source)?;
        let (mut images, wanted) = (Vec::new(), draft.images.len());
        for mut image in std::mem::take(&mut draft.images) {
            let picture = formats.get(image.id.as_str()).and_then(|format| self.pictures.remove(&image_name(image.id.as_str(), format)));
            let Some(picture) = picture else { continue };
            let (stored, bytes) = self.services.image_of(picture)?;
            self.files.push((self.services.image_insert(self.tx, &stored).await?, bytes));
            image.id = stored.id;
            images.push(image);
        }
        self.restored.came(images.len(), "image", "images");
        self.restored.skipped((wanted - images.len()) as u64, "image that isn’t in the archive", "images that aren’t in the archive");
        draft.images = images;
        Ok(())
    }

    /// Replaces numbers of catalogue items by those of the items that have the same names here.
    async fn catalogue(&mut self, draft: &mut ClientDraft) -> Result<()> {
        let here = self.tx.catalogue_list().await?;
        let there: Vec<CatalogueLine> = self.source.lines("catalogue")?.collect::<Result<_>>()?;
        let known = Known { here: &here, there: &there };
        let mut lost = 0;
        let mut replace = |ids: &mut Vec<CatalogueId>| {
            let before = ids.len();
            *ids = ids.iter().filter_map(|id| known.item(*id)).collect();
            lost += (before - ids.len()) as u64;
        };
        for ids in [&mut draft.integrations, &mut draft.remote_access, &mut draft.agent_policies, &mut draft.packages, &mut draft.add_ons] {
            replace(ids);
        }
        draft.services.retain_mut(|service| {
            replace(&mut service.technologies);
            let found = known.item(service.id);
            service.id = found.unwrap_or(service.id);
            found.is_some()
        });
        for row in &mut draft.access {
            row.technology = row.technology_id().and_then(|id| known.item(id)).map(|id| id.to_string()).unwrap_or_default();
        }
        self.restored.skipped(lost, "item of a catalogue that isn’t offered here", "items of catalogues that aren’t offered here");
        Ok(())
    }

    async fn devices(&mut self, client: ClientId, ids: &mut Ids) -> Result<()> {
        let now = self.tx.now;
        let mut lines = self.source.lines::<DeviceLine>("devices")?;
        loop {
            let some: Vec<DeviceLine> = lines.by_ref().take(DEVICES).collect::<Result<_>>()?;
            if some.is_empty() {
                break;
            }
            let first = self.tx.next_numbers("device", i64::try_from(some.len()).unwrap_or(i64::MAX)).await?;
            let mut new = Vec::new();
            for (number, line) in (first..).zip(some) {
                let details = DeviceDraft::from(line.details).check(None).map_err(|violations| inside("devices", &line.id, violations))?;
                let id = DeviceId::of_uuid(&self.services.ids.uuid_at(now)).map_err(unusable)?;
                if ids.devices.insert(line.id.clone(), (id.clone(), number)).is_some() {
                    return Err(wrong(&format!("devices.jsonl has {} twice.", line.id)));
                }
                new.push(NewDevice { number, id, client, details, created: now, updated: now });
            }
            self.tx.devices_insert(&new).await?;
        }
        self.restored.came(ids.devices.len(), "resource", "resources");
        Ok(())
    }

    async fn device_groups(&mut self, client: ClientId, ids: &mut Ids) -> Result<()> {
        let lines: Vec<DeviceGroupLine> = self.source.lines("device_groups")?.collect::<Result<_>>()?;
        let (mut by_hand, mut parents) = (BTreeSet::new(), Vec::new());
        for line in lines {
            let draft = DeviceGroupDraft {
                name: Some(line.name),
                description: Some(line.description),
                parent: None,
                criteria_id: Some(line.criteria_id),
                search_query: Some(line.search_query),
            };
            let details = draft.check(None).map_err(|violations| inside("device_groups", &line.id, violations))?;
            if details.search_query.is_empty() {
                by_hand.insert(line.id.clone());
            }
            let group = self.services.device_group_add(self.tx, Some(client), details).await;
            let group = group.map_err(|fault| within("device_groups", &line.id, fault))?;
            if !line.parent.is_empty() {
                parents.push((group.clone(), line.parent));
            }
            ids.device_groups.insert(line.id, group.id);
        }
        // A parent can stand behind its child.
        for (group, parent) in parents {
            match ids.device_groups.get(&parent) {
                Some(parent) => {
                    let details = DeviceGroupDetails { parent: parent.to_string(), ..group.details };
                    self.tx.device_group_update(&group.id, group.version, &details).await?;
                }
                None => self.restored.skipped.push(format!("the parent of the device group “{}”", group.details.name)),
            }
        }
        let mut members: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for line in self.source.lines::<DeviceMemberLine>("device_group_devices")? {
            let DeviceMemberLine { device_group, device } = line?;
            // Those of a group with a query are found by it.
            if let (true, Some((_, number))) = (by_hand.contains(&device_group), ids.devices.get(&device)) {
                members.entry(device_group).or_default().push(*number);
            }
        }
        for (group, devices) in members {
            if let Some(id) = ids.device_groups.get(&group) {
                self.tx.device_group_devices_insert(id, &devices).await?;
            }
        }
        self.restored.came(ids.device_groups.len(), "device group", "device groups");
        Ok(())
    }

    async fn credential_sets(&mut self, ids: &mut Ids) -> Result<()> {
        let lines: Vec<CredentialSetLine> = self.source.lines("credential_sets")?.collect::<Result<_>>()?;
        let count = lines.len();
        for line in lines {
            let secrets = self.secrets.as_ref().and_then(|secrets| secrets.get(&line.id).cloned()).unwrap_or_default();
            let secrets = secrets.into_iter().filter_map(|(field, secret)| Some((CredentialField::from_key(&field)?, secret)));
            let draft = CredentialSetDraft {
                name: Some(line.name),
                description: Some(line.description),
                credential_type: Some(line.credential_type),
                fields: line.fields.into_iter().filter(|(field, _)| !field.is_secret()).chain(secrets).collect(),
            };
            let id = self.services.credential_set_add(self.tx, draft).await.map_err(|fault| within("credential_sets", &line.id, fault))?;
            ids.credential_sets.insert(line.id, id);
        }
        self.restored.came(count, "credential set", "credential sets");
        if self.secrets.is_none() {
            self.restored.skipped(count as u64, "credential set’s secrets", "credential sets’ secrets");
        }
        Ok(())
    }

    async fn users(&mut self, client: ClientId, ids: &mut Ids) -> Result<()> {
        let lines: Vec<UserLine> = self.source.lines("users")?.collect::<Result<_>>()?;
        let (mut taken, mut terminated) = (Vec::new(), 0);
        for line in lines {
            let status =
                UserStatus::from_key(&line.status).ok_or_else(|| wrong(&format!("users.jsonl, {}: unknown status {}.", line.id, line.status)))?;
            if status == UserStatus::Terminated {
                terminated += 1;
                continue;
            }
            let details: Details = serde_json::from_value(line.details).map_err(|error| wrong(&format!("users.jsonl, {}: {error}.", line.id)))?;
            let picture = user_picture_name(&details).and_then(|name| self.pictures.remove(&name));
            let profile = UserProfile {
                login: line.login.clone(),
                first_name: line.first_name,
                last_name: line.last_name,
                email: line.email,
                all_user_groups: line.all_user_groups,
                change_password: false,
                ..details.profile
            };
            let user = RestoredUser { profile, status, reason: details.reason, picture };
            match self.services.user_restore(self.tx, client, user).await.map_err(|fault| within("users", &line.id.to_string(), fault))? {
                Some((id, file)) => {
                    ids.users.insert(line.id.to_string(), id);
                    self.files.extend(file);
                }
                None => taken.push(line.login),
            }
        }
        self.restored.came(ids.users.len(), "user", "users");
        self.restored.skipped(ids.users.len() as u64, "password (send an invitation)", "passwords (send invitations)");
        if let [first, rest @ ..] = &*taken {
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            let users = counted(taken.len() as u64, "user whose login name is in use", "users whose login names are in use");
            self.restored.skipped.push(format!("{users} ({first}{more})"));
        }
        self.restored.skipped(terminated, "terminated user", "terminated users");
        Ok(())
    }

    async fn user_groups(&mut self, ids: &mut Ids) -> Result<()> {
        let lines: Vec<UserGroupLine> = self.source.lines("user_groups")?.collect::<Result<_>>()?;
        for line in lines {
            let draft =
                UserGroupDraft { name: Some(line.name), description: Some(line.description), email: Some(line.email), ..UserGroupDraft::default() };
            let added = self.services.user_group_add(self.tx, &draft).await.map_err(|fault| within("user_groups", &line.id, fault))?;
            ids.user_groups.insert(line.id, added);
        }
        let members: Vec<UserMemberLine> = self.source.lines("user_group_users")?.collect::<Result<_>>()?;
        for UserMemberLine { user_group, user } in members {
            if let (Some(group), Some(user)) = (ids.user_groups.get(&user_group), ids.users.get(&user.to_string())) {
                self.tx.user_groups_change(*user, &[group.1], &[]).await?;
            }
        }
        self.restored.came(ids.user_groups.len(), "user group", "user groups");
        Ok(())
    }

    async fn permission_sets(&mut self, ids: &mut Ids) -> Result<()> {
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
    async fn roles(&mut self, client: ClientId, ids: &Ids) -> Result<()> {
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
    async fn role_sets(&mut self, ids: &Ids, mut members: Vec<RoleMemberLine>) -> Result<Vec<String>> {
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
    async fn provider_roles(&mut self, client: ClientId, ids: &Ids, users: Vec<RoleMemberLine>, groups: Vec<RoleMemberLine>) -> Result<()> {
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

    async fn restrictions(&mut self, client: ClientId) -> Result<()> {
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

/// Catalogue items of the archive and of this console.
struct Known<'a> {
    here: &'a Catalogues,
    there: &'a [CatalogueLine],
}

impl Known<'_> {
    /// The item here that is called the same as an item there.
    fn item(&self, id: CatalogueId) -> Option<CatalogueId> {
        let line = self.line(id.number())?;
        let parent = match line.kind {
            CatalogueKind::Technology => Some(self.named(self.line(line.parent).filter(|line| line.kind == CatalogueKind::Service)?, None)?),
            _ => None,
        };
        self.named(line, parent)
    }

    fn line(&self, id: i64) -> Option<&CatalogueLine> {
        self.there.iter().find(|line| line.id == id)
    }

    fn named(&self, line: &CatalogueLine, parent: Option<CatalogueId>) -> Option<CatalogueId> {
        let found = self.here.of(line.kind).find(|item| item.name == line.name && item.parent == parent)?;
        Some(found.id)
    }
}

/// What was given; none if that was refused.
fn unless_refused<T>(given: Result<T>) -> Result<Option<T>> {
    match given {
        Ok(given) => Ok(Some(given)),
        Err(Fault::Refused(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// A refusal of what stands in a file, which it names.
fn within(file: &str, id: &str, fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Error::Invalid { violations }) => inside(file, id, violations),
        Fault::Refused(error) => wrong(&format!("{file}.jsonl, {id}: {error}")),
        failure => failure,
    }
}

fn inside(file: &str, id: &str, violations: domain::Violations) -> Fault {
    let sentences: Vec<_> = violations.iter().map(|violation| format!("{}: {}", violation.field, violation.message)).collect();
    wrong(&format!("{file}.jsonl, {id}: {}", sentences.join(" ")))
}

fn unusable(_: domain::UnknownId) -> Fault {
    Fault::Failed("a new id is wrong".to_owned())
}
