//! Device groups: list, search, read, create, change, delete, and the devices in them.

mod edit;
mod save;
mod store;

use domain::{
    Caller, Change, ClientId, Device, DeviceGroup, DeviceGroupDetails, DeviceGroupDraft, DeviceGroupId, DeviceGroupQuery, DeviceGroupSummary,
    DeviceId, DeviceRow, Draft, Error, InventoryUsage, ListPage, NameQuery, Permission, Scope, Slice, Sliced, Violations, check_lengths, shortened,
};

use crate::{
    Fault, Result, Services,
    kernel::{
        Tx, names,
        names::Named,
        refusal::{duplicate, unseen},
    },
};
pub use save::DeviceGroupToSave;
pub(crate) use store::NewDeviceGroup;

const NAME_TAKEN: &str = "Another device group has this name already.";

const NAMED: (Named, &str) = (Named::DeviceGroups, "device group");

/// The most groups with a query of a client, and of the partner itself.
const MAX_QUERIES: i64 = 200;

/// The permissions to see a group, and to change it.
const TO_CHANGE: (Permission, Permission) = (Permission::DeviceView, Permission::DeviceManage);

impl Services {
    /// A page of the device groups that the caller sees, by name: the partner's own, and those of the clients it sees.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view devices.
    pub async fn device_group_list(&self, caller: &Caller, query: &DeviceGroupQuery) -> Result<ListPage<DeviceGroup>> {
        self.authorize(caller, Permission::DeviceView, Scope::Visible).await?.device_group_list(query).await
    }

    /// The device groups that the caller sees and whose names have a text, by name.
    ///
    /// # Errors
    /// As [`Services::device_group_list`].
    pub async fn device_group_search(&self, caller: &Caller, name: &str, slice: Slice) -> Result<Sliced<DeviceGroup>> {
        self.authorize(caller, Permission::DeviceView, Scope::Visible).await?.device_group_search(name, slice).await
    }

    /// Id and name of every device group that the caller sees, by name.
    ///
    /// # Errors
    /// As [`Services::device_group_list`].
    pub async fn device_group_names(&self, caller: &Caller) -> Result<Vec<DeviceGroupSummary>> {
        self.authorize(caller, Permission::DeviceView, Scope::Visible).await?.device_group_names().await
    }

    /// A device group.
    ///
    /// # Errors
    /// `NotFound` for one that doesn't exist or that the caller doesn't see.
    pub async fn device_group_get(&self, caller: &Caller, id: &DeviceGroupId) -> Result<DeviceGroup> {
        read(&mut self.authorize(caller, Permission::DeviceView, Scope::Visible).await?, id).await
    }

    /// How many devices a group has and how many roles list it, for the confirmation of its deletion.
    ///
    /// # Errors
    /// As [`Services::device_group_get`].
    pub async fn device_group_usage(&self, caller: &Caller, id: &DeviceGroupId) -> Result<InventoryUsage> {
        let mut tx = self.authorize(caller, Permission::DeviceView, Scope::Visible).await?;
        read(&mut tx, id).await?;
        tx.device_group_usage(id).await
    }

    /// A page of a group's devices, by name, of those that the caller sees.
    ///
    /// # Errors
    /// As [`Services::device_group_get`].
    pub async fn device_group_devices(&self, caller: &Caller, id: &DeviceGroupId, query: &NameQuery) -> Result<ListPage<DeviceRow>> {
        let mut tx = self.authorize(caller, Permission::DeviceView, Scope::Visible).await?;
        read(&mut tx, id).await?;
        tx.device_group_devices(id, query).await
    }

    /// As [`Services::device_group_devices`], by position.
    ///
    /// # Errors
    /// As there.
    pub async fn device_group_devices_search(&self, caller: &Caller, id: &DeviceGroupId, slice: Slice) -> Result<Sliced<Device>> {
        let mut tx = self.authorize(caller, Permission::DeviceView, Scope::Visible).await?;
        read(&mut tx, id).await?;
        tx.device_group_devices_search(id, slice).await
    }

    /// Creates a device group of the given client or the one the caller works in, or else of the partner.
    ///
    /// # Errors
    /// `Invalid` with every wrong field, also for a name that is taken.
    pub async fn device_group_create(&self, caller: &Caller, client: Option<ClientId>, draft: DeviceGroupDraft) -> Result<DeviceGroup> {
        let mut tx = self.authorize_at(caller, Permission::DeviceManage, client).await?;
        let details = draft.check(None)?;
        let client = tx.only_client;
        let group = self.device_group_add(&mut tx, client, details).await?;
        tx.commit().await?;
        Ok(group)
    }

    /// Changes a group. Without a version, there is no version check.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Invalid` with every wrong field, or `Conflict` when the version is not the current one.
    pub async fn device_group_update(
        &self,
        caller: &Caller,
        id: &DeviceGroupId,
        version: Option<i64>,
        draft: DeviceGroupDraft,
    ) -> Result<DeviceGroup> {
        let (mut tx, before) = self.device_group_to_change(caller, id).await?;
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::stale("device group").into());
        }
        let details = draft.check(Some(&before.details))?;
        let changes = before.details.changes(&details);
        if changes.is_empty() {
            return Ok(before);
        }
        let group = self.device_group_write(&mut tx, &before, &details, "device_group.update", &changes).await?;
        tx.commit().await?;
        Ok(group)
    }

    /// Adds devices to a group: devices of its client, or of any client for a group of the partner. Members stay.
    ///
    /// # Errors
    /// `NotFound` or `Forbidden` for the group; `Invalid` for `devices.3` and every other device that isn't there or isn't its client's.
    pub async fn device_group_devices_add(&self, caller: &Caller, id: &DeviceGroupId, devices: &[DeviceId]) -> Result<DeviceGroup> {
        let (mut tx, group) = self.device_group_to_change(caller, id).await?;
        let numbers = members(&mut tx, &group, devices).await?;
        tx.device_group_devices_insert(id, &numbers).await?;
        let change = Change::of("devices", "Devices", "", &shortened(devices.iter()));
        let group = self.device_group_write(&mut tx, &group, &group.details, "device_group.add", change.as_slice()).await?;
        tx.commit().await?;
        Ok(group)
    }

    /// Removes devices from a group. Other devices are ignored.
    ///
    /// # Errors
    /// As [`Services::device_group_devices_add`].
    pub async fn device_group_devices_remove(&self, caller: &Caller, id: &DeviceGroupId, devices: &[DeviceId]) -> Result<DeviceGroup> {
        let (mut tx, group) = self.device_group_to_change(caller, id).await?;
        let numbers = members(&mut tx, &group, devices).await?;
        tx.device_group_devices_delete(id, &numbers).await?;
        let change = Change::of("devices", "Devices", &shortened(devices.iter()), "");
        let group = self.device_group_write(&mut tx, &group, &group.details, "device_group.remove", change.as_slice()).await?;
        tx.commit().await?;
        Ok(group)
    }

    /// Deletes a group and removes it from every role. Its devices stay.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden`, also for a group with devices that the caller can't change, and for one in a role that gives more than the caller
    /// holds.
    pub async fn device_group_delete(&self, caller: &Caller, id: &DeviceGroupId) -> Result<()> {
        let (mut tx, group) = self.device_group_to_change(caller, id).await?;
        if tx.device_group_has_unchangeable(id).await? {
            return Err(Error::forbidden("The group has devices that you can’t change: ask somebody who manages all of them.").into());
        }
        // Whoever has such a role loses the group's devices.
        let roles = tx.device_group_roles(id).await?;
        self.outrank_check(&mut tx, &roles, group.client.as_ref().map(|client| client.id)).await?;
        tx.device_group_delete(id).await?;
        let changes = group.details.changes(&DeviceGroupDetails::default());
        self.audit(&mut tx, "device_group.delete", id, group.client.map(|client| client.id), &changes).await?;
        tx.commit().await
    }

    async fn device_group_to_change(&self, caller: &Caller, id: &DeviceGroupId) -> Result<(Tx, DeviceGroup)> {
        self.authorize_change(caller, TO_CHANGE, async |tx| tx.device_group_get(id).await).await
    }

    /// Creates a group within a transaction.
    pub(crate) async fn device_group_add(&self, tx: &mut Tx, client: Option<ClientId>, details: DeviceGroupDetails) -> Result<DeviceGroup> {
        query_allowed(tx, client, "", &details.search_query).await?;
        let changes = DeviceGroupDetails::default().changes(&details);
        let id = DeviceGroupId::of_uuid(&self.ids.uuid()).map_err(|_| Fault::Failed("a new id is wrong".to_owned()))?;
        let (number, now) = (tx.next_number("device_group").await?, tx.now);
        let group = NewDeviceGroup { number, id: id.clone(), client, details, created: now, updated: now };
        names::check(tx, NAMED, client, id.as_str(), &group.details.name).await?;
        tx.device_group_insert(&group).await.map_err(duplicate("name", NAME_TAKEN))?;
        self.audit(tx, "device_group.create", &id, client, &changes).await?;
        tx.device_group_get(&id).await?.ok_or_else(unseen)
    }

    /// Updates a group and writes the audit record.
    async fn device_group_write(
        &self,
        tx: &mut Tx,
        before: &DeviceGroup,
        details: &DeviceGroupDetails,
        action: &str,
        changes: &[Change],
    ) -> Result<DeviceGroup> {
        let (id, client) = (&before.id, before.client.as_ref().map(|client| client.id));
        names::check(tx, NAMED, client, id.as_str(), &details.name).await?;
        query_allowed(tx, client, &before.details.search_query, &details.search_query).await?;
        if !tx.device_group_update(id, before.version, details).await.map_err(duplicate("name", NAME_TAKEN))? {
            return Err(Error::stale("device group").into());
        }
        self.audit(tx, action, id, client, changes).await?;
        read(tx, id).await
    }
}

/// Refuses a new query to a caller who doesn't manage all devices it can match, because roles that list the group would give them; and one more than
/// [`MAX_QUERIES`], because each of them is run whenever a device is written.
async fn query_allowed(tx: &mut Tx, client: Option<ClientId>, before: &str, after: &str) -> Result<()> {
    if before == after || after.is_empty() {
        return Ok(());
    }
    if before.is_empty() && tx.device_group_queries(client).await? >= MAX_QUERIES {
        let whose = if client.is_some() { "A client" } else { "The partner itself" };
        return Err(Error::invalid("search_query", format!("{whose} can have at most {MAX_QUERIES} device groups with a query.")).into());
    }
    if tx.manages_every_device(client).await? {
        return Ok(());
    }
    let whose = if client.is_some() { "the client" } else { "every client" };
    let sentence =
        format!("Only somebody who manages all devices of {whose} can say by a query which ones a group holds: put the devices in one by one.");
    Err(Error::invalid("search_query", sentence).into())
}

async fn read(tx: &mut Tx, id: &DeviceGroupId) -> Result<DeviceGroup> {
    Ok(tx.device_group_get(id).await?.ok_or(Error::NotFound)?)
}

/// The numbers of devices that can be in a group, or a violation for each that can't.
async fn members(tx: &mut Tx, group: &DeviceGroup, devices: &[DeviceId]) -> Result<Vec<i64>> {
    if !devices.is_empty() && !group.details.search_query.is_empty() {
        let reason = "This group holds the devices that fit its query: change the query, or take it away first.";
        return Err(Error::conflict(reason).into());
    }
    check_lengths(&[("devices", devices.len())])?;
    let client = group.client.as_ref().map(|client| client.id);
    let missing = match tx.device_numbers_or_missing(devices, client).await? {
        Ok(numbers) => return Ok(numbers),
        Err(missing) => missing,
    };
    let whose = group.client.as_ref().map(|client| format!(" of “{}”", client.name)).unwrap_or_default();
    let mut violations = Violations::new();
    for (at, id) in missing.into_iter().filter_map(|at| devices.get(at).map(|id| (at, id))) {
        violations.add(format!("devices.{at}"), format!("There is no device {id}{whose}: choose another."));
    }
    Err(Error::Invalid { violations }.into())
}
