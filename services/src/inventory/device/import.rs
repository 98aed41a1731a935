//! Imports devices from a CSV file: every row is validated first, then all are imported or none.

mod existing;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Caller, Change, ClientId, CsvReading, DeviceDetails, DeviceDraft, DeviceId, DeviceImport, DeviceImported, Draft, Error, ExistingDevices,
    Permission, Scope, Violation, Violations, check_lengths,
};

use super::{
    change_check,
    store::{NewDevice, StoredDevice},
};
use crate::{
    Fault, Result, Services,
    kernel::{
        Tx,
        fold::fold,
        refusal::{not_listed, unseen},
    },
};
use existing::Existing;

/// Rows that are checked before others go on.
const ROWS_AT_ONCE: usize = 100;

/// The message for a file without clients where they are required.
const NO_CLIENTS: &str = "The file names no client: add a column “client” with the unique ID of each device’s client, such as client_9, or its name.";

impl Services {
    /// Validates a file with some of [`domain::DEVICE_COLUMNS`] and reports every row, without importing anything. What `reading` doesn't say of its
    /// letters and cells is recognized.
    ///
    /// # Errors
    /// `Forbidden` without the permission to manage devices.
    pub async fn device_import_preview(&self, caller: &Caller, file: &[u8], reading: CsvReading) -> Result<DeviceImport> {
        let import = read(caller, file, reading).await?;
        let mut tx = self.authorize_read(caller, Permission::DeviceManage, Scope::Visible).await?;
        let (import, _) = checked(&mut tx, import).await?;
        Ok(import)
    }

    /// Imports all rows of a file, or none, and counts the results. `existing` decides about rows whose devices already exist.
    ///
    /// # Errors
    /// `Invalid` with all that [`Services::device_import_preview`] finds wrong, the fields named `rows.7.ip_address` by their line, and under `file`
    /// for one that would replace too many devices; `Forbidden` without the permission, or where the caller would not see the devices.
    pub async fn device_import(&self, caller: &Caller, file: &[u8], reading: CsvReading, existing: ExistingDevices) -> Result<DeviceImported> {
        let import = read(caller, file, reading).await?;
        let mut tx = self.authorize(caller, Permission::DeviceManage, Scope::Visible).await?;
        let (import, rows) = checked(&mut tx, import).await?;
        if !import.is_faultless() {
            return Err(Error::Invalid { violations: violations(import) }.into());
        }
        let Rows { all, devices: stored } = rows;
        let (mut new, mut replaced, mut skipped) = (Vec::new(), Vec::new(), 0);
        for row in all {
            match (row.existing, existing) {
                (None, _) | (Some(_), ExistingDevices::Add) => new.push((row.client, row.details)),
                (Some(at), ExistingDevices::Replace) => replaced.push((at, row)),
                (Some(_), ExistingDevices::Skip) => skipped += 1,
            }
        }
        check_lengths(&[("file", replaced.len())])?;
        // One audit record per client, not per device, so that the client's administrator finds it.
        let mut of_clients: BTreeMap<ClientId, (usize, usize)> = BTreeMap::new();
        new.iter().for_each(|(client, _)| of_clients.entry(*client).or_default().0 += 1);
        replaced.iter().for_each(|(_, row)| of_clients.entry(row.client).or_default().1 += 1);
        let imported = DeviceImported { added: new.len() as u64, replaced: replaced.len() as u64, skipped };
        self.devices_add(&mut tx, new).await?;
        devices_replace(&mut tx, stored, replaced).await?;
        for (client, (added, replaced)) in of_clients {
            let count = |field: &str, label: &str, count: usize| (count > 0).then(|| Change::of(field, label, "", &count.to_string())).flatten();
            let changes: Vec<_> = count("devices", "Devices", added).into_iter().chain(count("replaced", "Devices updated", replaced)).collect();
            self.audit(&mut tx, "device.import", client, Some(client), &changes).await?;
        }
        tx.commit().await?;
        Ok(imported)
    }

    /// Inserts devices; fails if the caller would not see or couldn't change one of them.
    async fn devices_add(&self, tx: &mut Tx, new: Vec<(ClientId, DeviceDetails)>) -> Result<()> {
        let first = tx.next_numbers("device", i64::try_from(new.len()).unwrap_or_default()).await?;
        let mut devices = Vec::new();
        for (number, (client, details)) in (first..).zip(new) {
            let id = DeviceId::of_uuid(&self.ids.uuid_at(tx.now)).map_err(|_| Fault::Failed("a new id is wrong".to_owned()))?;
            devices.push(NewDevice { number, id, client, details, created: tx.now, updated: tx.now });
        }
        tx.devices_insert(&devices).await?;
        let ids: Vec<DeviceId> = devices.into_iter().map(|device| device.id).collect();
        change_check(tx, &ids, unseen).await
    }
}

/// Reads a file, if the caller can import: before a transaction is opened, which holds SQLite's only writing connection.
async fn read(caller: &Caller, file: &[u8], reading: CsvReading) -> Result<DeviceImport> {
    caller.can(Permission::DeviceManage, Scope::Visible)?;
    let file = file.to_vec();
    // A large file takes long, and others go on meanwhile.
    let read = tokio::task::spawn_blocking(move || table::read(&file, reading)).await;
    read.map_err(|error| Fault::Failed(error.to_string()))
}

/// Checks a file's rows. Those with faults are not returned.
async fn checked(tx: &mut Tx, mut import: DeviceImport) -> Result<(DeviceImport, Rows)> {
    let clients = Clients::named(tx, &import).await?;
    if clients.here.is_none() && !import.rows.is_empty() && import.rows.iter().all(|row| row.client.is_empty()) {
        // One message instead of the same one for every row.
        let faults = vec![Violation { field: "file".to_owned(), message: NO_CLIENTS.to_owned() }];
        import = DeviceImport { faults, read: import.read, rows: Vec::new() };
    }
    let mut all = Vec::new();
    for (at, row) in import.rows.iter_mut().enumerate() {
        give_way(at).await;
        match clients.find(&row.client) {
            Ok(client) => row.client_id = Some(client),
            Err(message) => row.faults.push(Violation { field: "client".to_owned(), message }),
        }
        match (row.device.clone().check(None), row.client_id) {
            (Ok(details), Some(client)) => all.push((client, details, row)),
            (Ok(_), None) => {}
            (Err(violations), _) => row.faults.extend(violations),
        }
    }
    let named: BTreeSet<ClientId> = all.iter().map(|(client, ..)| *client).collect();
    let mut existing = Existing::at(tx, &named.into_iter().collect::<Vec<_>>()).await?;
    let mut rows = Vec::new();
    for (number, (client, details, row)) in all.into_iter().enumerate() {
        give_way(number).await;
        let found = existing.find(client, &details);
        let at = found.as_ref().map(|(at, _)| *at);
        row.existing = found.map(|(_, device)| device);
        rows.push(Row { client, details, draft: row.device.clone(), existing: at });
    }
    Ok((import, Rows { all: rows, devices: existing.devices }))
}

/// Lets others go on after so many rows: checking a whole file takes longer than they should wait.
async fn give_way(row: usize) {
    if row.is_multiple_of(ROWS_AT_ONCE) {
        tokio::task::yield_now().await;
    }
}

/// The rows of a file that have no faults.
struct Rows {
    all: Vec<Row>,
    /// The existing devices of the file's clients.
    devices: Vec<StoredDevice>,
}

struct Row {
    client: ClientId,
    details: DeviceDetails,
    draft: DeviceDraft,
    /// The index of the existing device that it matches.
    existing: Option<usize>,
}

/// Updates existing devices from rows, if the caller can change all of them. A later row of the same device builds on an earlier one.
async fn devices_replace(tx: &mut Tx, mut stored: Vec<StoredDevice>, rows: Vec<(usize, Row)>) -> Result<()> {
    let ids: Vec<DeviceId> = rows.iter().filter_map(|(at, _)| stored.get(*at).map(|device| device.id.clone())).collect();
    change_check(tx, &ids, || not_listed(Permission::DeviceManage, "one of the existing devices")).await?;
    let mut numbers = Vec::new();
    for (at, row) in rows {
        let Some(device) = stored.get_mut(at) else { continue };
        let details = row.draft.check(Some(&device.details))?;
        if details == device.details {
            continue;
        }
        numbers.push(tx.device_write(&device.id, device.version, (&device.details, &details)).await?.ok_or_else(|| Error::stale("device"))?);
        device.details = details;
        device.version += 1;
    }
    tx.device_memberships_update(&numbers).await
}

/// The refusal of a file whose encoding was guessed and not confirmed.
const GUESSED: &str = "Choose the encoding of the file: it can’t be recognized with certainty.";

/// All violations of a file.
fn violations(import: DeviceImport) -> Violations {
    if import.read.as_ref().is_some_and(|read| read.is_guess) {
        return Violations::of_field("file", GUESSED);
    }
    let rows = import.rows.into_iter().flat_map(|row| {
        let line = row.line;
        row.faults.into_iter().map(move |fault| Violation { field: format!("rows.{line}.{}", fault.field), ..fault })
    });
    import.faults.into_iter().chain(rows).collect()
}

/// The clients that a file names and at which the caller can manage devices.
struct Clients {
    /// The client in which the caller works, the default.
    here: Option<ClientId>,
    by_id: BTreeSet<ClientId>,
    by_name: BTreeMap<String, Vec<ClientId>>,
}

impl Clients {
    async fn named(tx: &mut Tx, import: &DeviceImport) -> Result<Self> {
        let mut words: Vec<&str> = import.rows.iter().map(|row| row.client.as_str()).filter(|client| !client.is_empty()).collect();
        words.sort_unstable();
        words.dedup();
        let ids: Vec<ClientId> = words.iter().filter_map(|word| word.parse().ok()).collect();
        let names: Vec<String> = words.iter().filter(|word| word.parse::<ClientId>().is_err()).map(|word| fold(word)).collect();
        let by_id = tx.clients_by_number(Permission::DeviceManage, &ids).await?.into_iter().collect();
        let mut clients = Self { here: tx.only_client, by_id, by_name: BTreeMap::new() };
        for (name, id) in tx.clients_by_name(Permission::DeviceManage, &names).await? {
            clients.by_name.entry(name).or_default().push(id);
        }
        Ok(clients)
    }

    fn find(&self, word: &str) -> std::result::Result<ClientId, String> {
        let missing = || format!("There is no client “{word}” at which you may add devices.");
        if let (true, Some(here)) = (word.is_empty(), self.here) {
            return Ok(here);
        }
        if word.is_empty() {
            return Err("Enter the client: its unique id, such as client_9, or its name.".to_owned());
        }
        if let Ok(id) = word.parse::<ClientId>() {
            return if self.by_id.contains(&id) { Ok(id) } else { Err(missing()) };
        }
        match self.by_name.get(&fold(word)).map(Vec::as_slice) {
            Some([id]) => Ok(*id),
            None | Some([]) => Err(missing()),
            Some(_) => Err(format!("Several clients are named “{word}”: enter the unique id, such as client_9.")),
        }
    }
}
