//! A device group as its page saves it: name, description and devices at once.

use domain::{Caller, Change, DeviceGroup, DeviceGroupDraft, DeviceGroupId, DeviceId, Draft, Error, Violation, shortened};

use super::members;
use crate::{Fault, Result, Services, inventory::device::both, kernel::refusal::somebody_else};

impl Services {
    /// Changes a group, puts devices into it and takes others out: all of it or nothing. Devices that are in, or out, already stay so.
    ///
    /// # Errors
    /// `NotFound` or `Forbidden` for the group; `Invalid` with every wrong field, `devices` for each device that isn't there;
    /// `Conflict` when the version is not the current one.
    pub async fn device_group_edit(
        &self,
        caller: &Caller,
        id: &DeviceGroupId,
        version: i64,
        draft: DeviceGroupDraft,
        add: &[DeviceId],
        remove: &[DeviceId],
    ) -> Result<DeviceGroup> {
        let (mut tx, before) = self.device_group_to_change(caller, id).await?;
        if version != before.version {
            return Err(somebody_else("device group"));
        }
        let found = both(members(&mut tx, &before, add).await, members(&mut tx, &before, remove).await).map_err(of_the_picker);
        let (details, (added, removed)) = both(draft.check(Some(&before.details)).map_err(Into::into), found)?;
        let mut changes = before.details.changes(&details);
        changes.extend(Change::of("devices", "Devices", &shortened(remove.iter()), &shortened(add.iter())));
        if changes.is_empty() {
            return Ok(before);
        }
        tx.device_group_devices_insert(id, &added).await?;
        tx.device_group_devices_delete(id, &removed).await?;
        let group = self.device_group_write(&mut tx, &before, &details, "device_group.update", &changes).await?;
        tx.commit().await?;
        Ok(group)
    }
}

/// The page has one field for all devices.
fn of_the_picker(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Error::Invalid { violations }) => {
            let told = violations.into_iter().map(|violation| Violation { field: "devices".to_owned(), ..violation });
            Error::Invalid { violations: told.collect() }.into()
        }
        other => other,
    }
}
