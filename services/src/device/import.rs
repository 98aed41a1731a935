//! Devices from a file of comma-separated values: first a look at every row, then all of them or none.

mod table;

use std::collections::{BTreeMap, BTreeSet};

use domain::{Caller, Change, ClientId, DeviceDetails, DeviceId, DeviceImport, Error, Permission, Scope, Violation, Violations};

use super::unseen;
use crate::{
    Fault, Result, Services,
    fold::fold,
    store::{NewDevice, Tx},
};

/// What is said to a file that names no client anywhere, where one must be named.
const NO_CLIENTS: &str = "The file names no client: add a column “client” with the unique ID of each device’s client, such as client_9, or its name.";

impl Services {
    /// What would become of a file of devices with some of [`domain::DEVICE_COLUMNS`]: every row, and what is wrong with it. Nothing is made.
    ///
    /// # Errors
    /// `Forbidden` without the permission to manage devices.
    pub async fn device_import_preview(&self, caller: &Caller, file: &[u8]) -> Result<DeviceImport> {
        let (_, import, _) = self.device_import_checked(caller, file).await?;
        Ok(import)
    }

    /// Makes all devices of a file, or none, and says how many.
    ///
    /// # Errors
    /// `Invalid` with all that [`Services::device_import_preview`] finds wrong, the fields named `rows.7.ip_address` by their line;
    /// `Forbidden` without the permission, or where the caller would not see the devices.
    pub async fn device_import(&self, caller: &Caller, file: &[u8]) -> Result<u64> {
        let (mut tx, import, details) = self.device_import_checked(caller, file).await?;
        if !import.is_faultless() {
            return Err(Error::Invalid { violations: violations(import) }.into());
        }
        let count = i64::try_from(details.len()).unwrap_or_default();
        let first = tx.next_numbers("device", count).await?;
        let mut devices = Vec::new();
        for (number, (client, details)) in (first..).zip(details) {
            let id = DeviceId::of_uuid(&self.ids.uuid()).map_err(|_| Fault::Failed("a new id is wrong".to_owned()))?;
            devices.push(NewDevice { number, id, client, details, created: tx.now, updated: tx.now });
        }
        tx.devices_insert(&devices).await?;
        // One record for each client, not for each device: its administrator finds it among the client's.
        let mut of_clients: BTreeMap<ClientId, usize> = BTreeMap::new();
        for device in &devices {
            *of_clients.entry(device.client).or_default() += 1;
        }
        for (client, devices) in of_clients {
            let change = Change::of("devices", "Devices", "", &devices.to_string());
            self.audit(&mut tx, "device.import", client, Some(client), change.as_slice()).await?;
        }
        if let Some(device) = devices.first() {
            tx.device_get(&device.id).await?.ok_or_else(unseen)?;
        }
        tx.commit().await?;
        Ok(count.unsigned_abs())
    }

    /// Reads and checks a file. The details are those of the rows without faults.
    async fn device_import_checked(&self, caller: &Caller, file: &[u8]) -> Result<(Tx, DeviceImport, Vec<(ClientId, DeviceDetails)>)> {
        // Before the file is looked at, and before the database's one writer is taken for it.
        caller.can(Permission::DeviceManage, Scope::Visible)?;
        let mut import = table::read(file);
        let mut tx = self.authorize(caller, Permission::DeviceManage, Scope::Visible).await?;
        let clients = Clients::named(&mut tx, &import).await?;
        if clients.here.is_none() && !import.rows.is_empty() && import.rows.iter().all(|row| row.client.is_empty()) {
            // One sentence says more than the same one for every row.
            import = DeviceImport { faults: vec![Violation { field: "file".to_owned(), message: NO_CLIENTS.to_owned() }], rows: Vec::new() };
        }
        let mut all = Vec::new();
        for row in &mut import.rows {
            match clients.find(&row.client) {
                Ok(client) => row.client_id = Some(client),
                Err(message) => row.faults.push(Violation { field: "client".to_owned(), message }),
            }
            match (row.device.clone().apply(&DeviceDetails::default()), row.client_id) {
                (Ok(details), Some(client)) => all.push((client, details)),
                (Ok(_), None) => {}
                (Err(Error::Invalid { violations }), _) => row.faults.extend(violations),
                (Err(error), _) => return Err(error.into()),
            }
        }
        Ok((tx, import, all))
    }
}

/// Everything that is wrong with a file, in one list.
fn violations(import: DeviceImport) -> Violations {
    let rows = import.rows.into_iter().flat_map(|row| {
        let line = row.line;
        row.faults.into_iter().map(move |fault| Violation { field: format!("rows.{line}.{}", fault.field), ..fault })
    });
    import.faults.into_iter().chain(rows).collect()
}

/// The clients that a file names, of those at which the caller may manage devices.
struct Clients {
    /// Where the caller works, which needn't be named.
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
