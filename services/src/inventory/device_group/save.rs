//! Saves several device groups in one call of the API, all or none.

use std::collections::BTreeSet;

use domain::{
    Caller, Change, ClientId, DeviceGroup, DeviceGroupDetails, DeviceGroupDraft, DeviceGroupId, Draft, Error, Permission, Violation, Violations,
};

use crate::{Fault, Result, Services, kernel::Tx};

/// The most groups that one call saves.
const MAX_GROUPS: usize = 1000;

/// A device group to create or change.
#[derive(Clone, Debug, Default)]
pub struct DeviceGroupToSave {
    /// The id as sent; none for a new group.
    pub id: Option<String>,
    /// The client of a new group; none for the tenant in which the caller works.
    pub client: Option<ClientId>,
    /// The fields to set.
    pub draft: DeviceGroupDraft,
}

/// What to write.
enum Plan {
    Make(Option<ClientId>, DeviceGroupDetails),
    Change(DeviceGroup, DeviceGroupDetails),
}

impl Services {
    /// Creates and changes device groups, in the given order.
    ///
    /// # Errors
    /// `Forbidden`, also for a single one; `Invalid` with every wrong field of every group, as `0.name`; `Conflict` if one changes concurrently.
    pub async fn device_group_save(&self, caller: &Caller, groups: Vec<DeviceGroupToSave>) -> Result<Vec<DeviceGroup>> {
        let mut tx = self.authorize_at(caller, Permission::DeviceManage, None).await?;
        if groups.len() > MAX_GROUPS {
            return Err(Error::invalid("", format!("Send at most {MAX_GROUPS} device groups at once.")).into());
        }
        let (mut plans, mut changed, mut violations) = (Vec::new(), BTreeSet::new(), Violations::new());
        for (at, group) in groups.into_iter().enumerate() {
            match self.device_group_plan(&mut tx, group).await.map_err(|fault| inside(at, fault)) {
                Ok(Plan::Change(before, _)) if !changed.insert(before.id.clone()) => {
                    violations.add(format!("{at}.id"), "This device group stands here twice: put its changes together.");
                }
                Ok(plan) => plans.push((at, plan)),
                Err(Fault::Refused(Error::Invalid { violations: others })) => violations.extend(others),
                Err(fault) => return Err(fault),
            }
        }
        violations.into_result()?;
        let mut saved = Vec::new();
        for (at, plan) in plans {
            saved.push(self.device_group_execute(&mut tx, plan).await.map_err(|fault| inside(at, fault))?);
        }
        tx.commit().await?;
        Ok(saved)
    }

    async fn device_group_plan(&self, tx: &mut Tx, group: DeviceGroupToSave) -> Result<Plan> {
        let DeviceGroupToSave { id, client, draft } = group;
        let Some(id) = id else {
            let client = self.device_group_place(tx, client).await?;
            return Ok(Plan::Make(client, draft.check(None)?));
        };
        let found = match id.parse::<DeviceGroupId>() {
            Ok(id) => tx.device_group_get(&id).await?,
            Err(_) => None,
        };
        let before = found.ok_or_else(|| Error::invalid("id", format!("There is no device group {id}.")))?;
        self.permit(tx, Permission::DeviceManage, before.client.as_ref().map(|client| client.id)).await?;
        let details = draft.check(Some(&before.details))?;
        Ok(Plan::Change(before, details))
    }

    /// Where a new group belongs.
    async fn device_group_place(&self, tx: &mut Tx, client: Option<ClientId>) -> Result<Option<ClientId>> {
        let Some(client) = client.filter(|client| tx.only_client != Some(*client)) else { return Ok(tx.only_client) };
        let unknown = || Fault::from(Error::invalid("client", format!("There is no client {client} here.")));
        if tx.only_client.is_some() || !tx.client_in_service(client).await? {
            return Err(unknown());
        }
        match self.permit(tx, Permission::DeviceManage, Some(client)).await {
            Err(Fault::Refused(Error::NotFound)) => Err(unknown()),
            permitted => permitted.map(|()| Some(client)),
        }
    }

    async fn device_group_execute(&self, tx: &mut Tx, plan: Plan) -> Result<DeviceGroup> {
        match plan {
            Plan::Make(client, details) => self.device_group_add(tx, client, details).await,
            Plan::Change(before, details) => {
                let changes: Vec<Change> = before.details.changes(&details);
                if changes.is_empty() {
                    return Ok(before);
                }
                self.device_group_write(tx, &before, &details, "device_group.update", &changes).await
            }
        }
    }
}

/// Prefixes the fields of violations with the group's index.
fn inside(at: usize, fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Error::Invalid { violations }) => {
            let named = violations.into_iter().map(|violation| Violation { field: format!("{at}.{}", violation.field), ..violation });
            Error::Invalid { violations: named.collect() }.into()
        }
        other => other,
    }
}
