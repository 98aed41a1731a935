//! What stands in a file of devices, before it is compared with any data.

use csv::{ReaderBuilder, StringRecord, Trim};
use domain::{DeviceDraft, DeviceImport, DeviceImportRow, MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, Violation};

/// A column: how its head is told, whatever its case, spaces and signs, and where its cells go.
struct Column {
    name: &'static str,
    keys: &'static [&'static str],
    put: fn(&mut DeviceImportRow, String),
}

const COLUMNS: &[Column] = &[
    Column { name: "client", keys: &["client", "clientid", "clientname", "clientuniqueid"], put: |row, cell| row.client = cell },
    Column { name: "name", keys: &["name"], put: |row, cell| row.device.name = Some(cell) },
    Column { name: "host name", keys: &["hostname", "host"], put: |row, cell| row.device.host_name = Some(cell) },
    Column { name: "IP address", keys: &["ipaddress", "ip"], put: |row, cell| row.device.ip_address = Some(cell) },
    Column { name: "type", keys: &["type", "resourcetype"], put: |row, cell| row.device.resource_type = Some(cell) },
    Column { name: "make", keys: &["make"], put: |row, cell| row.device.make = Some(cell) },
    Column { name: "model", keys: &["model"], put: |row, cell| row.device.model = Some(cell) },
    Column { name: "OS", keys: &["os", "osname", "operatingsystem"], put: |row, cell| row.device.os_name = Some(cell) },
    Column { name: "serial number", keys: &["serialnumber", "serial"], put: |row, cell| row.device.serial_number = Some(cell) },
    Column { name: "alias", keys: &["alias", "aliasname"], put: |row, cell| row.device.alias_name = Some(cell) },
    Column { name: "tags", keys: &["tags"], put: |row, cell| row.device.tags = Some(cell.split([';', '|']).map(ToOwned::to_owned).collect()) },
];

/// Reads a file. What is wrong with it as a whole leaves no rows.
pub(super) fn read(file: &[u8]) -> DeviceImport {
    rows(file).unwrap_or_else(|message| DeviceImport { faults: vec![Violation { field: "file".to_owned(), message }], rows: Vec::new() })
}

fn rows(file: &[u8]) -> Result<DeviceImport, String> {
    if file.len() > MAX_IMPORT_BYTES {
        return Err(format!("The file is too large: split it into files of at most {} MiB.", MAX_IMPORT_BYTES / 1024 / 1024));
    }
    let text = std::str::from_utf8(file).map_err(|_| "The file is not UTF-8: save it as “CSV UTF-8”.".to_owned())?;
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    // Spreadsheets of some languages part cells by semicolons.
    let delimiter = if head.contains(';') && !head.contains(',') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let columns = columns(reader.headers().map_err(|error| error.to_string())?)?;
    let mut import = DeviceImport::default();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        if import.rows.len() == MAX_IMPORT_ROWS {
            return Err(format!("The file has too many rows: split it into files of at most {MAX_IMPORT_ROWS} devices."));
        }
        import.rows.push(row(&record, &columns));
    }
    if import.rows.is_empty() { Err("The file has no devices: put one on each line below the names of the columns.".to_owned()) } else { Ok(import) }
}

/// Which column each head is.
fn columns(heads: &StringRecord) -> Result<Vec<&'static Column>, String> {
    let names = || COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
    let mut columns: Vec<&'static Column> = Vec::new();
    for head in heads {
        let key: String = head.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
        let Some(column) = COLUMNS.iter().find(|column| column.keys.contains(&key.as_str())) else {
            return Err(format!("There is no column “{head}”. The first line names the columns: {}.", names()));
        };
        if columns.iter().any(|other| other.name == column.name) {
            return Err(format!("The column “{}” is there twice: remove one.", column.name));
        }
        columns.push(column);
    }
    Ok(columns)
}

fn row(record: &StringRecord, columns: &[&Column]) -> DeviceImportRow {
    let line = record.position().map_or(0, csv::Position::line);
    let mut row = DeviceImportRow { line, client: String::new(), client_id: None, device: DeviceDraft::default(), faults: Vec::new() };
    for (column, cell) in columns.iter().zip(record) {
        (column.put)(&mut row, cell.to_owned());
    }
    if record.len() > columns.len() {
        let message = "This line has more cells than there are columns: put quotes around a cell that has a comma in it.".to_owned();
        row.faults.push(Violation { field: "line".to_owned(), message });
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(file: &[u8]) -> String {
        read(file).faults.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn rows_are_read_whatever_the_order_of_the_columns() {
        let file = "\u{feff}Host Name,CLIENT,ip_address,Tags,type\r\n pc-1 ,client_9,10.1.2.3,a;b,Desktop\n\n\"x,y\",\"Léo, \"\"Lab\"\"\",,,\n";
        let import = read(file.as_bytes());
        let [first, second] = &import.rows[..] else { panic!("{import:?}") };
        assert_eq!((first.line, first.client.as_str(), first.device.host_name.as_deref()), (2, "client_9", Some("pc-1")));
        assert_eq!(first.device.tags, Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!((second.line, second.client.as_str(), second.device.host_name.as_deref()), (4, "Léo, \"Lab\"", Some("x,y")));
        assert_eq!(read(b"name;client\nA;client_1\n").rows[0].client, "client_1");
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_in_a_sentence() {
        assert!(fault(b"").contains("no devices"));
        assert!(fault(b"name,client\n").contains("no devices"));
        assert!(fault(b"name,colour\nx,red\n").contains("no column \u{201c}colour\u{201d}"));
        assert!(fault(b"name,Name\nx,y\n").contains("twice"));
        assert!(fault(b"name\n\xff\n").contains("UTF-8"));
        assert!(fault(&vec![b'a'; MAX_IMPORT_BYTES + 1]).contains("10 MiB"));
        let many = format!("name\n{}", "x\n".repeat(MAX_IMPORT_ROWS + 1));
        assert!(fault(many.as_bytes()).contains("50000"));
        assert_eq!(read(b"name\nx,y\n").rows[0].faults.len(), 1);
    }
}
