//! Devices: list, search, read, create, change, delete.

mod import;
mod store;

use std::slice;

use domain::{
    Caller, ClientId, DEVICE_WITHOUT_CLIENT, Device, DeviceDetails, DeviceDraft, DeviceFilter, DeviceId, DeviceKind, DeviceQuery, DeviceRow, Draft,
    Error, InventoryUsage, ListPage, Permission, Scope, Slice, Sliced,
};

use crate::{
    Fault, Result, Services,
    kernel::{
        Tx,
        refusal::{not_listed, unseen},
    },
};
pub(crate) use store::{NewDevice, search_devices, search_key};

/// The permissions to see a device, and to change it.
const TO_CHANGE: (Permission, Permission) = (Permission::DeviceView, Permission::DeviceManage);

impl Services {
    /// A page of the devices that the caller sees, by name. The filter is the key of a [`DeviceKind`].
    ///
    /// # Errors
    /// `Forbidden` without the permission to view devices.
    pub async fn device_list(&self, caller: &Caller, query: &DeviceQuery) -> Result<ListPage<DeviceRow>> {
        self.authorize(caller, Permission::DeviceView, Scope::Visible).await?.device_list(query).await
    }

    /// Every device that the caller sees, by name: for programs that want them all at once.
    ///
    /// # Errors
    /// As [`Services::device_list`].
    pub async fn device_rows(&self, caller: &Caller) -> Result<Vec<DeviceRow>> {
        self.authorize(caller, Permission::DeviceView, Scope::Visible).await?.device_rows().await
    }

    /// The devices that a filter leaves of those that the caller sees, by name.
    ///
    /// # Errors
    /// As [`Services::device_list`]; `Invalid` under the key of an attribute with too many or too long values.
    pub async fn device_search(&self, caller: &Caller, filter: &DeviceFilter, slice: Slice) -> Result<Sliced<Device>> {
        filter.check()?;
        self.authorize(caller, Permission::DeviceView, Scope::Visible).await?.device_search(filter, slice).await
    }

    /// How many devices of each kind the caller sees: every kind once.
    ///
    /// # Errors
    /// As [`Services::device_list`].
    pub async fn device_counts(&self, caller: &Caller) -> Result<Vec<(DeviceKind, u64)>> {
        self.authorize(caller, Permission::DeviceView, Scope::Visible).await?.device_counts().await
    }

    /// A device.
    ///
    /// # Errors
    /// `NotFound` for one that doesn't exist or that the caller doesn't see.
    pub async fn device_get(&self, caller: &Caller, id: &DeviceId) -> Result<Device> {
        read(&mut self.authorize(caller, Permission::DeviceView, Scope::Visible).await?, id).await
    }

    /// How many roles and groups include a device, for the confirmation of its deletion.
    ///
    /// # Errors
    /// As [`Services::device_get`].
    pub async fn device_usage(&self, caller: &Caller, id: &DeviceId) -> Result<InventoryUsage> {
        let mut tx = self.authorize(caller, Permission::DeviceView, Scope::Visible).await?;
        read(&mut tx, id).await?;
        tx.device_usage(id).await
    }

    /// Creates a device at the given client, or at the one the caller works in.
    ///
    /// # Errors
    /// `Invalid` with every wrong field, `client` if none is given; `NotFound` for a client that isn't seen or is terminated; `Forbidden` where the
    /// caller would not see the device.
    pub async fn device_create(&self, caller: &Caller, client: Option<ClientId>, draft: DeviceDraft) -> Result<Device> {
        let mut tx = self.authorize_at(caller, Permission::DeviceManage, client).await?;
        let details = draft.check(None);
        let client = tx.only_client.ok_or_else(|| Error::invalid("client", DEVICE_WITHOUT_CLIENT));
        let (client, details) = both(client.map_err(Into::into), details.map_err(Into::into))?;
        // Fails with the reason if devices are restricted at the client.
        self.permit(&mut tx, Permission::DeviceView, Some(client)).await?;
        let id = DeviceId::of_uuid(&self.ids.uuid_at(tx.now)).map_err(|_| Fault::Failed("a new id is wrong".to_owned()))?;
        let number = tx.next_number("device").await?;
        let changes = DeviceDetails::default().changes(&details);
        tx.devices_insert(&[NewDevice { number, id: id.clone(), client, details, created: tx.now, updated: tx.now }]).await?;
        self.audit(&mut tx, "device.create", &id, Some(client), &changes).await?;
        let device = tx.device_get(&id).await?.ok_or_else(unseen)?;
        change_check(&mut tx, slice::from_ref(&id), unseen).await?;
        tx.commit().await?;
        Ok(device)
    }

    /// Changes a device. Without a version, there is no version check.
    ///
    /// # Errors
    /// `NotFound`, `Invalid` with every wrong field, or `Conflict` when the version is not the current one.
    pub async fn device_update(&self, caller: &Caller, id: &DeviceId, version: Option<i64>, draft: DeviceDraft) -> Result<Device> {
        let (mut tx, before) = self.device_to_change(caller, id).await?;
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::stale("device").into());
        }
        let details = draft.check(Some(&before.details))?;
        let changes = before.details.changes(&details);
        if changes.is_empty() {
            return Ok(before);
        }
        if !tx.device_update(id, before.version, (&before.details, &details)).await? {
            return Err(Error::stale("device").into());
        }
        self.audit(&mut tx, "device.update", id, Some(before.client.id), &changes).await?;
        let device = read(&mut tx, id).await?;
        tx.commit().await?;
        Ok(device)
    }

    /// Deletes a device and removes it from every role and group.
    ///
    /// # Errors
    /// `NotFound` or `Forbidden`.
    pub async fn device_delete(&self, caller: &Caller, id: &DeviceId) -> Result<()> {
        let (mut tx, device) = self.device_to_change(caller, id).await?;
        tx.device_delete(id, device.kind).await?;
        let changes = device.details.changes(&DeviceDetails::default());
        self.audit(&mut tx, "device.delete", id, Some(device.client.id), &changes).await?;
        tx.commit().await
    }

    /// Opens a transaction to change a device that the caller sees. A role with the permission to change devices must include it.
    async fn device_to_change(&self, caller: &Caller, id: &DeviceId) -> Result<(Tx, Device)> {
        let (mut tx, device) = self.authorize_change(caller, TO_CHANGE, async |tx| tx.device_get(id).await).await?;
        change_check(&mut tx, slice::from_ref(id), || not_listed(Permission::DeviceManage, "this device")).await?;
        Ok((tx, device))
    }
}

/// Refuses if the caller can't change one of the devices.
async fn change_check(tx: &mut Tx, ids: &[DeviceId], refusal: impl FnOnce() -> Fault) -> Result<()> {
    tx.device_numbers_or_missing(ids, None).await?.map(drop).map_err(|_| refusal())
}

async fn read(tx: &mut Tx, id: &DeviceId) -> Result<Device> {
    Ok(tx.device_get(id).await?.ok_or(Error::NotFound)?)
}

/// Both values, or every violation of both.
pub(crate) fn both<A, B>(one: Result<A>, other: Result<B>) -> Result<(A, B)> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(Fault::Refused(Error::Invalid { mut violations })), Err(Fault::Refused(Error::Invalid { violations: others }))) => {
            violations.extend(others);
            Err(Error::Invalid { violations }.into())
        }
        (Err(fault), _) | (_, Err(fault)) => Err(fault),
    }
}
