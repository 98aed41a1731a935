//! Writes roles: all violations are reported at once, and a refused write leaves nothing behind.

use std::mem;

use domain::{Change, ClientId, Draft, Error, RoleDraft, RoleId, RoleList, RoleProfile, RoleScope, RoleSummary, Timestamp, UserId, Violations};

use super::lists::{ListChange, resolve};
use crate::{
    Fault, Result, Services,
    kernel::{
        Tx,
        names::{Named, alike},
        refusal::duplicate,
    },
};

const NAME_TAKEN: &str = "Another role has this name already.";

/// A planned change of a role. Version 0 in `before` means a new role.
pub(super) struct RoleChange {
    before: RoleSummary,
    after: RoleSummary,
    /// The lists that change.
    lists: Vec<ListChange>,
    violations: Violations,
}

impl RoleChange {
    const fn is_new(&self) -> bool {
        self.before.version == 0
    }

    /// Whether only users and groups are added or removed.
    fn only_gives(&self) -> bool {
        self.before == self.after && self.lists.iter().all(|change| matches!(change.list, RoleList::Users | RoleList::UserGroups))
    }

    /// Whether the role's users may lose access.
    fn takes(&self) -> bool {
        let matters = |change: &&ListChange| !matches!(change.list, RoleList::Users | RoleList::UserGroups);
        lowered(&self.before, &self.after) || self.lists.iter().filter(matters).any(|change| !change.removed.is_empty())
    }

    /// The role after the change.
    fn written(self, now: Timestamp) -> RoleSummary {
        RoleSummary { version: self.before.version + 1, updated: now, ..self.after }
    }
}

impl Services {
    /// Creates a role within a transaction, for the client that the transaction is limited to or else for the partner.
    pub(crate) async fn role_add(&self, tx: &mut Tx, mut draft: RoleDraft) -> Result<RoleSummary> {
        if tx.only_client.is_some() {
            draft.scope.get_or_insert_with(|| RoleScope::Client.key().to_owned());
        }
        let checked = draft.clone().check(None);
        let scope = draft.scope.as_deref().and_then(RoleScope::from_key).unwrap_or(RoleScope::Client);
        let mut violations = Violations::new();
        let wrong = tx.only_client.is_some() && scope == RoleScope::Msp;
        violations.add_if(wrong, "scope", "A client's role is for the client's users: choose CLIENT.");
        let id = RoleId::of_uuid(&self.ids.uuid()).map_err(|_| Fault::Failed("the source of ids gave no UUID".to_owned()))?;
        let number = tx.next_number("role").await?;
        let new = RoleSummary {
            id,
            number,
            client: tx.only_client,
            name: String::new(),
            description: String::new(),
            scope,
            is_default: false,
            all_clients: false,
            all_devices: false,
            all_credentials: false,
            created: tx.now,
            updated: tx.now,
            version: 0,
        };
        let change = plan(tx, new, draft, violations.join(checked)).await?;
        self.role_write(tx, change).await
    }

    /// Writes a change within a transaction.
    pub(super) async fn role_write(&self, tx: &mut Tx, mut change: RoleChange) -> Result<RoleSummary> {
        let mut violations = mem::take(&mut change.violations);
        // Assigning a role to a client's users affects only that client; any other change affects everybody who has the role.
        let to = tx.only_client.filter(|_| change.only_gives());
        if !change.is_new() && tx.caller.is_some() {
            self.role_outrank_check(tx, &change, to).await?;
        }
        let (RoleChange { before, after, lists, .. }, is_new) = (&change, change.is_new());
        if before == after && lists.is_empty() && !is_new {
            return violations.into_result().map(|()| change.before).map_err(Into::into);
        }
        if before.name != after.name
            && violations.of("name").is_none()
            && tx.name_taken(Named::Roles, after.client, after.number, &after.name).await?
        {
            let other = tx.name_alike(Named::Roles, after.client, after.id.as_str(), &after.name).await?;
            violations.add("name", other.map_or_else(|| NAME_TAKEN.to_owned(), |other| alike("role", &other)));
        }
        // An invalid name is replaced by the id so that the checks below find a row; the transaction is dropped in the end.
        let is_named = violations.of("name").is_none();
        let written = RoleSummary { name: if is_named { after.name.clone() } else { after.id.to_string() }, ..after.clone() };
        let done = if is_new { tx.role_insert(&written).await.map(|()| true) } else { tx.role_update(before, &written).await };
        if !done.map_err(duplicate("name", NAME_TAKEN))? {
            return Err(Error::stale("role").into());
        }
        for list in lists {
            write_list(tx, after, list).await?;
        }
        misfits(tx, before, after, lists, &mut violations).await?;
        queries(tx, lists, &mut violations).await?;
        violations.into_result()?;

        if gains(before, after, lists) {
            self.outrank_check(tx, &[after.number], to).await?;
        }
        if tx.caller.is_some() {
            self.users_outrank_check(tx, &touched(lists), after.client.or(tx.only_client)).await?;
        }
        if !is_new && may_demote(before, after, lists) {
            self.administrator_check(tx).await?;
        }
        let action = if is_new { "role.create" } else { "role.update" };
        self.audit(tx, action, &after.id, after.client.or(tx.only_client), &changes(before, after, lists)).await?;
        Ok(change.written(tx.now))
    }

    /// Refuses to change a role that grants more than the caller holds, and changes by which users who hold more would lose something.
    async fn role_outrank_check(&self, tx: &mut Tx, change: &RoleChange, to: Option<ClientId>) -> Result<()> {
        let role = &change.before;
        self.outrank_check(tx, &[role.number], to).await?;
        if change.takes() {
            let losing = tx.users_of_roles(&[role.number]).await?;
            return self.users_outrank_check(tx, &losing, role.client).await;
        }
        let groups = change.lists.iter().filter(|list| list.list == RoleList::UserGroups).flat_map(|list| list.numbers().1);
        let losing = tx.users_of_groups(&groups.collect::<Vec<_>>()).await?;
        self.users_outrank_check(tx, &losing, role.client.or(tx.only_client)).await
    }
}

/// Plans the change that a draft makes to a role.
pub(super) async fn change(tx: &mut Tx, role: RoleSummary, draft: RoleDraft) -> Result<RoleChange> {
    let checked = draft.clone().check(Some(&role));
    let mut violations = Violations::new();
    let other = draft.scope.as_deref().is_some_and(|scope| RoleScope::from_key(scope).is_some_and(|scope| scope != role.scope));
    violations.add_if(other, "scope", "The scope of a role can't change: make another role.");
    plan(tx, role, draft, violations.join(checked)).await
}

async fn plan(tx: &mut Tx, before: RoleSummary, draft: RoleDraft, checked: std::result::Result<RoleProfile, Violations>) -> Result<RoleChange> {
    let draft = draft.settled();
    let (after, mut violations) = match checked {
        Ok(RoleProfile { name, description, all_clients, all_devices, all_credentials, .. }) => {
            (RoleSummary { name, description, all_clients, all_devices, all_credentials, ..before.clone() }, Violations::new())
        }
        // Of a wrong draft only what the other rules need, so that all violations are reported at once.
        Err(violations) => {
            let named = draft.name.as_deref().filter(|_| violations.of("name").is_none());
            let after = RoleSummary {
                name: named.unwrap_or(&before.name).trim().to_owned(),
                all_clients: draft.all_clients.unwrap_or(before.all_clients),
                all_devices: draft.all_devices.unwrap_or(before.all_devices),
                all_credentials: draft.all_credentials.unwrap_or(before.all_credentials),
                ..before.clone()
            };
            (after, violations)
        }
    };
    let lists = resolve(tx, &after, &draft, false, &mut violations).await?;
    let lists: Vec<ListChange> = lists.into_iter().filter(|change| change.is_change).collect();
    only_assigned(tx, &before, after != before, &lists)?;
    Ok(RoleChange { before, after, lists, violations })
}

/// Default roles, and for a client's user the partner's roles, can only be assigned; nothing else of them changes.
fn only_assigned(tx: &Tx, before: &RoleSummary, itself: bool, lists: &[ListChange]) -> Result<()> {
    let of_provider = before.client.is_none() && before.version > 0 && tx.caller.as_ref().is_some_and(|caller| caller.client.is_some());
    let more = itself || lists.iter().any(|change| !matches!(change.list, RoleList::Users | RoleList::UserGroups));
    match (more, before.is_default, of_provider) {
        (true, true, _) => {
            Err(Error::forbidden("Default roles can be given to users and groups, but nothing else of them changes. Copy it instead.").into())
        }
        (true, false, true) => {
            let reason = "This role is your provider's: you can give it to your users and groups, but not change it. Copy it instead.";
            Err(Error::forbidden(reason).into())
        }
        _ => Ok(()),
    }
}

async fn write_list(tx: &mut Tx, role: &RoleSummary, change: &ListChange) -> Result<()> {
    let (added, mut removed) = change.numbers();
    if change.list == RoleList::PermissionSets {
        // Permission sets are few and ordered, so all are rewritten.
        let ordered: Vec<i64> = change.ordered.iter().map(|set| set.number).collect();
        removed.extend(&ordered);
        tx.role_list_delete(role.number, change.list, &removed).await?;
        return tx.role_list_insert(role.number, change.list, &ordered).await;
    }
    tx.role_list_delete(role.number, change.list, &removed).await?;
    tx.role_list_insert(role.number, change.list, &added).await
}

/// Adds a violation for each entry that the role must not list, checking only lists that the change affects.
async fn misfits(tx: &mut Tx, before: &RoleSummary, after: &RoleSummary, lists: &[ListChange], violations: &mut Violations) -> Result<()> {
    let of = |list: RoleList| lists.iter().find(|change| change.list == list);
    let adds = |list| of(list).is_some_and(|change| !change.added.is_empty());
    let narrower = of(RoleList::Clients).is_some() || before.all_clients != after.all_clients;
    let for_some = after.client.is_none() && !after.all_clients;
    let for_listed = for_some && after.scope == RoleScope::Client && {
        let matters = narrower || adds(RoleList::Users) || adds(RoleList::UserGroups);
        matters && tx.role_lists_clients(after.number).await?
    };
    let checks = [
        // A permission set's owner controls what the role grants.
        (RoleList::PermissionSets, adds(RoleList::PermissionSets), false),
        (RoleList::Users, adds(RoleList::Users), for_listed),
        (RoleList::UserGroups, adds(RoleList::UserGroups), for_listed),
        (RoleList::Devices, after.client.is_some() && adds(RoleList::Devices), false),
        (RoleList::DeviceGroups, after.client.is_some() && adds(RoleList::DeviceGroups), false),
        (
            RoleList::CredentialSets,
            after.client.is_some() && adds(RoleList::CredentialSets),
            for_some && (narrower || adds(RoleList::CredentialSets)),
        ),
    ];
    for (list, tenant, beyond) in checks {
        for (is_wanted, beyond) in [(tenant, false), (beyond, true)] {
            if !is_wanted {
                continue;
            }
            let mut names = tx.role_misfits(after, list, beyond).await?;
            // Invisible entries are reported once, so their number stays hidden.
            names.sort_by_key(String::is_empty);
            names.dedup_by(|one, other| one.is_empty() && other.is_empty());
            for name in names {
                violations.add(list.key(), misfit(after, list, beyond, &name));
            }
        }
    }
    Ok(())
}

/// Adds a violation for each added device group whose query can match devices that the caller doesn't manage: it would give those to come.
async fn queries(tx: &mut Tx, lists: &[ListChange], violations: &mut Violations) -> Result<()> {
    let Some(groups) = lists.iter().find(|change| change.list == RoleList::DeviceGroups) else { return Ok(()) };
    for (name, client) in tx.device_groups_with_query(&groups.numbers().0).await? {
        if !tx.manages_every_device(client).await? {
            let whose = if client.is_some() { "its client" } else { "every client" };
            let sentence = format!("The device group “{name}” has a query: only somebody who manages all devices of {whose} can list it.");
            violations.add(RoleList::DeviceGroups.key(), sentence);
        }
    }
    Ok(())
}

/// The message for such an entry.
fn misfit(role: &RoleSummary, list: RoleList, beyond: bool, name: &str) -> String {
    let noun = list.noun();
    let what = if name.is_empty() { format!("A {noun} that you don't see") } else { format!("The {noun} “{name}”") };
    match (beyond, role.client, role.scope) {
        (false, None, _) if list == RoleList::PermissionSets => format!("{what} belongs to a client: only that client's roles can have it."),
        (true, ..) => format!("{what} belongs to a client that the role doesn't list: list the client too, or leave it out."),
        (false, Some(client), _) => format!("{what} doesn't belong to {client}, whose role this is: leave it out."),
        (false, None, RoleScope::Msp) => format!("{what} belongs to a client: a partner role is for partner users only."),
        (false, None, RoleScope::Client) => format!("{what} belongs to the partner: a client role is for client users only."),
    }
}

/// The users who are added to the role or removed from it.
fn touched(lists: &[ListChange]) -> Vec<UserId> {
    let users = lists.iter().filter(|change| change.list == RoleList::Users);
    users.flat_map(|change| change.added.iter().chain(&change.removed)).map(|user| UserId::new(user.number)).collect()
}

/// Whether anybody may gain access.
fn gains(before: &RoleSummary, after: &RoleSummary, lists: &[ListChange]) -> bool {
    let flags = |role: &RoleSummary| [role.all_clients, role.all_devices, role.all_credentials];
    let raised = flags(before).into_iter().zip(flags(after)).any(|(before, after)| after && !before);
    raised || lists.iter().any(|change| !change.added.is_empty())
}

/// Whether the change can remove a full administrator.
fn may_demote(before: &RoleSummary, after: &RoleSummary, lists: &[ListChange]) -> bool {
    let takes =
        |change: &ListChange| matches!(change.list, RoleList::Users | RoleList::UserGroups | RoleList::PermissionSets) && !change.removed.is_empty();
    before.scope == RoleScope::Msp && before.all_clients && (lowered(before, after) || lists.iter().any(takes))
}

/// Whether the role loses one of its `all_…` flags.
fn lowered(before: &RoleSummary, after: &RoleSummary) -> bool {
    let flags = |role: &RoleSummary| [role.all_clients, role.all_devices, role.all_credentials];
    flags(before).into_iter().zip(flags(after)).any(|(before, after)| before && !after)
}

/// What changed, in words.
fn changes(before: &RoleSummary, after: &RoleSummary, lists: &[ListChange]) -> Vec<Change> {
    let yes_no = |value| if value { "Yes" } else { "No" };
    let fields = [
        ("name", "Name", before.name.as_str(), after.name.as_str()),
        ("description", "Description", before.description.as_str(), after.description.as_str()),
        ("all_clients", "All clients", yes_no(before.all_clients), yes_no(after.all_clients)),
        ("all_devices", "All devices", yes_no(before.all_devices), yes_no(after.all_devices)),
        ("all_credentials", "All credential sets", yes_no(before.all_credentials), yes_no(after.all_credentials)),
    ];
    let fields = fields.into_iter().filter_map(|(field, label, before, after)| Change::of(field, label, before, after));
    fields.chain(lists.iter().map(|list| list.audit_change(after.client.is_some()))).collect()
}
