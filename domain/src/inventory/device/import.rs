//! Devices from a file of comma-separated values: the columns, what a file says row by row, and the report of it that people read.

use serde::{Deserialize, Serialize};

use crate::{ClientId, CsvFault, CsvRead, DeviceDraft, DeviceId, MAX_LISTED_FAULTS, Violation, choice::choice};

/// The largest file of devices that is read, in bytes.
pub const MAX_IMPORT_BYTES: usize = 10 * 1024 * 1024;

/// The refusal of a file larger than [`MAX_IMPORT_BYTES`].
pub const DEVICE_FILE_TOO_LARGE: &str = "The file is too large: split it into files of at most 10 MiB.";

/// The most devices in a file.
pub const MAX_IMPORT_ROWS: usize = 50_000;

choice!(
    /// What to do with rows whose devices already exist.
    ExistingDevices {
        /// The devices stay unchanged.
        Skip = "skip", "Skip them";
        /// The file's values overwrite theirs; empty cells change nothing.
        Replace = "replace", "Update them from the file";
        /// The rows become new devices.
        Add = "add", "Import them again";
    }
);

choice!(
    /// What a row and an existing device have in common.
    SameBy {
        /// The serial number, which counts first.
        SerialNumber = "serial_number", "Serial number";
        /// The name, ignoring case.
        Name = "name", "Name";
        /// Any one of the IP addresses.
        IpAddress = "ip_address", "IP address";
    }
);

/// An existing device of the client that matches a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingDevice {
    /// Which.
    pub id: DeviceId,
    /// Its name.
    pub name: String,
    /// What is the same.
    pub same: SameBy,
}

/// The result of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceImported {
    /// New devices.
    pub added: u64,
    /// Existing devices that were updated from the file.
    pub replaced: u64,
    /// Rows skipped because their devices exist.
    pub skipped: u64,
}

/// A column of the file.
#[derive(Clone, Copy, Debug)]
pub struct DeviceColumn {
    /// What it is called.
    pub name: &'static str,
    /// The field of the draft, as violations name it.
    pub field: &'static str,
    /// How its head may be spelled, without its case, spaces and signs.
    pub keys: &'static [&'static str],
    /// What stands in it, for people.
    pub about: &'static str,
    /// What it could hold, for two devices.
    pub examples: [&'static str; 2],
    /// Puts a cell where it belongs.
    pub put: fn(&mut DeviceImportRow, String),
}

/// The columns, which may come in any order. All but a name, a host name or an IP address may be missing.
#[rustfmt::skip]
pub const DEVICE_COLUMNS: &[DeviceColumn] = &[
    DeviceColumn { name: "client", field: "client", keys: &["client", "clientid", "clientname", "clientuniqueid"], about: "The client’s unique ID or its name.", examples: ["client_9", "client_9"], put: |row, cell| row.client = cell },
    DeviceColumn { name: "name", field: "name", keys: &["name"], about: "What people call the device.", examples: ["Mail server", "Reception"], put: |row, cell| row.device.name = Some(cell) },
    DeviceColumn { name: "host name", field: "host_name", keys: &["hostname", "host"], about: "Its name in the network.", examples: ["srv-mail-1", "pc-0042"], put: |row, cell| row.device.host_name = Some(cell) },
    DeviceColumn { name: "IP address", field: "ip_address", keys: &["ipaddress", "ip"], about: "For example 10.1.2.7. Put multiple values in quotes, separated by commas.", examples: ["10.1.2.7", "10.1.2.42"], put: |row, cell| row.device.ip_address = Some(cell) },
    DeviceColumn { name: "type", field: "resource_type", keys: &["type", "resourcetype"], about: "Like Desktop, Laptop, Server, Linux, Switch, Firewall or Printer. Anything else counts as other device.", examples: ["Server", "Desktop"], put: |row, cell| row.device.resource_type = Some(cell) },
    DeviceColumn { name: "make", field: "make", keys: &["make"], about: "Its maker.", examples: ["Dell", "Lenovo"], put: |row, cell| row.device.make = Some(cell) },
    DeviceColumn { name: "model", field: "model", keys: &["model"], about: "Its model.", examples: ["PowerEdge R760", "ThinkCentre M70q"], put: |row, cell| row.device.model = Some(cell) },
    DeviceColumn { name: "OS", field: "os_name", keys: &["os", "osname", "operatingsystem"], about: "Its operating system.", examples: ["Debian 13", "Windows 11"], put: |row, cell| row.device.os_name = Some(cell) },
    DeviceColumn { name: "serial number", field: "serial_number", keys: &["serialnumber", "serial"], about: "Its serial number.", examples: ["8XK2M13", "PF3QZ7AB"], put: |row, cell| row.device.serial_number = Some(cell) },
    DeviceColumn { name: "alias", field: "alias_name", keys: &["alias", "aliasname"], about: "Another name.", examples: ["mail", ""], put: |row, cell| row.device.alias_name = Some(cell) },
    DeviceColumn { name: "tags", field: "tags", keys: &["tags"], about: "Words to find it by, separated by semicolons.", examples: ["critical;monitored", ""], put: |row, cell| row.device.tags = Some(cell.split([';', '|']).map(ToOwned::to_owned).collect()) },
];

impl DeviceColumn {
    /// A file that can be filled in: the heads and two devices, of the columns that are wanted.
    #[must_use]
    pub fn example_file(wanted: impl Fn(&Self) -> bool) -> String {
        let line =
            |cell: &dyn Fn(&Self) -> &'static str| DEVICE_COLUMNS.iter().filter(|column| wanted(column)).map(cell).collect::<Vec<_>>().join(",");
        [line(&|column| column.name), line(&|column| column.examples[0]), line(&|column| column.examples[1])].join("\r\n") + "\r\n"
    }
}

/// What a file of devices says, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceImport {
    /// What is wrong with the file as a whole, such as its columns.
    pub faults: Vec<Violation>,
    /// How it was read; none if that wasn't possible.
    pub read: Option<CsvRead>,
    /// Its rows, in order.
    pub rows: Vec<DeviceImportRow>,
}

/// A row of a file of devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceImportRow {
    /// The line of the file on which it begins, counted from 1.
    pub line: u64,
    /// The client as the row names it: by unique id or name.
    pub client: String,
    /// The client that is meant, if there is one.
    pub client_id: Option<ClientId>,
    /// The device.
    pub device: DeviceDraft,
    /// The client's existing device that it matches, if any.
    pub existing: Option<ExistingDevice>,
    /// What is wrong with it; the fields are the draft's, and `client`.
    pub faults: Vec<Violation>,
}

impl DeviceImport {
    /// Whether every row can be imported.
    #[must_use]
    pub fn is_faultless(&self) -> bool {
        self.faults.is_empty() && self.read.as_ref().is_none_or(|read| !read.is_guess) && self.rows.iter().all(|row| row.faults.is_empty())
    }

    /// A summary that fits on a page, even for a file with thousands of wrong rows.
    #[must_use]
    pub fn report(&self) -> DeviceImportReport {
        let faulty = self.rows.iter().filter(|row| !row.faults.is_empty());
        let mut faults = faulty.clone().flat_map(DeviceImportRow::faults);
        let first = faults.by_ref().take(MAX_LISTED_FAULTS).collect();
        let mut clients: Vec<_> = self.rows.iter().filter_map(|row| row.client_id).collect();
        clients.sort_unstable();
        clients.dedup();
        let existing = || self.rows.iter().filter_map(|row| Some((row.line, row.existing.as_ref()?)));
        let first_existing = existing().take(MAX_LISTED_FAULTS).map(|(line, device)| DeviceImportExisting {
            line,
            id: device.id.clone(),
            name: device.name.clone(),
            same: device.same,
        });
        DeviceImportReport {
            existing: existing().count() as u64,
            first_existing: first_existing.collect(),
            read: self.read.clone(),
            file: self.faults.iter().map(|fault| fault.message.clone()).collect(),
            devices: self.rows.len() as u64,
            clients: clients.len() as u64,
            faulty_rows: faulty.count() as u64,
            faults: first,
            more_faults: faults.count() as u64,
        }
    }
}

impl DeviceImportRow {
    /// What is wrong with it, in the words of the file.
    fn faults(&self) -> impl Iterator<Item = CsvFault> {
        self.faults.iter().map(|Violation { field, message }| {
            let column = DEVICE_COLUMNS.iter().find(|column| column.field == *field);
            let value = if field == "client" { self.client.clone() } else { self.device.typed(field) };
            CsvFault { line: self.line, column: column.map(|column| column.name.to_owned()).unwrap_or_default(), value, message: message.clone() }
        })
    }
}

/// What would become of a file of devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceImportReport {
    /// What is wrong with the file as a whole. Then it has no rows.
    pub file: Vec<String>,
    /// How it was read; none if that wasn't possible.
    #[serde(default)]
    pub read: Option<CsvRead>,
    /// How many devices it has.
    pub devices: u64,
    /// At how many clients.
    pub clients: u64,
    /// How many rows are wrong.
    pub faulty_rows: u64,
    /// The first faults.
    pub faults: Vec<CsvFault>,
    /// How many more there are.
    pub more_faults: u64,
    /// How many rows match existing devices.
    #[serde(default)]
    pub existing: u64,
    /// The first of them, at most a hundred.
    #[serde(default)]
    pub first_existing: Vec<DeviceImportExisting>,
}

/// A row whose device already exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceImportExisting {
    /// The line of the file on which it begins.
    pub line: u64,
    /// The existing device.
    pub id: DeviceId,
    /// Its name.
    pub name: String,
    /// What is the same.
    pub same: SameBy,
}

impl DeviceImportReport {
    /// Whether the file can be imported.
    #[must_use]
    pub fn is_faultless(&self) -> bool {
        self.file.is_empty() && self.faulty_rows == 0 && self.read.as_ref().is_none_or(|read| !read.is_guess)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64, ip_address: &str, faults: &[&str]) -> DeviceImportRow {
        let fault = |field: &&str| Violation { field: (*field).to_owned(), message: "Wrong.".to_owned() };
        let device = DeviceDraft { ip_address: Some(ip_address.to_owned()), ..DeviceDraft::default() };
        DeviceImportRow {
            line,
            client: "Lab".to_owned(),
            client_id: Some(ClientId::new(8)),
            device,
            existing: None,
            faults: faults.iter().map(fault).collect(),
        }
    }

    #[test]
    fn a_report_names_the_first_faults_and_counts_the_others() {
        let mut rows = vec![row(2, "10.1.2.3", &[]), row(3, "10.1", &["ip_address", "client"]), row(4, "", &["line"])];
        let report = DeviceImport { rows: rows.clone(), ..DeviceImport::default() }.report();
        let reported: Vec<_> = report.faults.iter().map(|fault| (fault.line, fault.column.as_str(), fault.value.as_str())).collect();
        assert_eq!(reported, [(3, "IP address", "10.1"), (3, "client", "Lab"), (4, "", "")]);
        assert_eq!((report.devices, report.clients, report.faulty_rows, report.more_faults), (3, 1, 2, 0));
        rows.extend((5..205).map(|line| row(line, "x", &["ip_address"])));
        let report = DeviceImport { rows, ..DeviceImport::default() }.report();
        assert_eq!((report.faults.len(), report.more_faults, report.faulty_rows), (100, 103, 202));
        assert!(!report.is_faultless());
    }

    #[test]
    fn the_sentence_names_the_limit() {
        assert!(DEVICE_FILE_TOO_LARGE.contains(&format!("{} MiB", MAX_IMPORT_BYTES / 1024 / 1024)));
    }

    #[test]
    fn the_example_has_the_columns_that_are_wanted() {
        let file = DeviceColumn::example_file(|column| matches!(column.name, "name" | "type"));
        assert_eq!(file, "name,type\r\nMail server,Server\r\nReception,Desktop\r\n");
    }
}
