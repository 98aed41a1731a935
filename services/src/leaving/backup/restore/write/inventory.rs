//! Devices, their groups, and credential sets.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ClientId, CredentialField, CredentialSetDraft, DeviceDraft, DeviceGroupDetails, DeviceGroupDraft, DeviceId, Draft};

use super::{Ids, Restoring, inside, unusable, within};
use crate::{
    Result,
    inventory::device::NewDevice,
    leaving::backup::restore::{
        lines::{CredentialSetLine, DeviceGroupLine, DeviceLine, DeviceMemberLine},
        source::wrong,
    },
};

/// Devices per statement and so in memory at a time.
const DEVICES: usize = 2000;

impl Restoring<'_> {
    pub(super) async fn devices(&mut self, client: ClientId, ids: &mut Ids) -> Result<()> {
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

    pub(super) async fn device_groups(&mut self, client: ClientId, ids: &mut Ids) -> Result<()> {
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

    pub(super) async fn credential_sets(&mut self, ids: &mut Ids) -> Result<()> {
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
}
