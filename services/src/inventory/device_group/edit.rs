//! Saves a device group's page: name, description and devices at once.

use domain::{Caller, Change, DeviceGroup, DeviceGroupDraft, DeviceGroupId, DeviceId, Draft, Error, Violation, shortened};

use super::members;
use crate::{Fault, Result, Services, inventory::device::both};

impl Services {
    /// Changes a group, adds devices and removes others, all or nothing. Adding a member or removing a non-member changes nothing.
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
            return Err(Error::stale("device group").into());
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

/// Reports violations under the page's one field for all devices.
fn of_the_picker(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Error::Invalid { violations }) => {
            let violations = violations.into_iter().map(|violation| Violation { field: "devices".to_owned(), ..violation });
            Error::Invalid { violations: violations.collect() }.into()
        }
        other => other,
    }
}
