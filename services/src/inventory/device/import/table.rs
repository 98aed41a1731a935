//! Parses a file of devices, before it is compared with any data.

use csv::StringRecord;
use domain::{
    CsvReading, DEVICE_COLUMNS, DEVICE_FILE_TOO_LARGE, DeviceColumn, DeviceDraft, DeviceImport, DeviceImportRow, MAX_IMPORT_BYTES, MAX_IMPORT_ROWS,
    Violation,
};

use crate::kernel::csv_file::{CsvFile, CsvRow};

/// Parses a file. A file with an error as a whole has no rows.
pub(super) fn read(file: &[u8], reading: CsvReading) -> DeviceImport {
    let whole = |message| DeviceImport { faults: vec![Violation { field: "file".to_owned(), message }], ..DeviceImport::default() };
    if file.len() > MAX_IMPORT_BYTES {
        return whole(DEVICE_FILE_TOO_LARGE.to_owned());
    }
    match CsvFile::open(file, reading) {
        Err(message) => whole(message),
        Ok(file) => DeviceImport { read: Some(file.read.clone()), ..rows(&file).unwrap_or_else(whole) },
    }
}

fn rows(file: &CsvFile) -> Result<DeviceImport, String> {
    let (headings, place) = file.headings()?;
    let columns = columns(&headings)?;
    let mut import = DeviceImport::default();
    for read in file.rows(place) {
        let read = read?;
        if import.rows.len() == MAX_IMPORT_ROWS {
            return Err(format!("The file has too many rows: split it into files of at most {MAX_IMPORT_ROWS} devices."));
        }
        import.rows.push(row(&read, &columns));
    }
    if import.rows.is_empty() { Err("The file has no devices: put one on each line below the names of the columns.".to_owned()) } else { Ok(import) }
}

/// Maps the header to columns.
fn columns(heads: &StringRecord) -> Result<Vec<&'static DeviceColumn>, String> {
    let names = || DEVICE_COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
    let mut columns: Vec<&'static DeviceColumn> = Vec::new();
    for head in heads {
        let key: String = head.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
        let Some(column) = DEVICE_COLUMNS.iter().find(|column| column.keys.contains(&key.as_str())) else {
            let head: String = head.chars().take(60).collect();
            return Err(format!("There is no column “{head}”. The first line names the columns: {}.", names()));
        };
        if columns.iter().any(|other| other.name == column.name) {
            return Err(format!("The column “{}” is there twice: remove one.", column.name));
        }
        columns.push(column);
    }
    if !columns.iter().any(|column| matches!(column.field, "name" | "host_name" | "ip_address")) {
        return Err("The file has none of the columns name, host name and IP address: add one of them, to tell the devices apart.".to_owned());
    }
    Ok(columns)
}

fn row(CsvRow { line, cells }: &CsvRow, columns: &[&DeviceColumn]) -> DeviceImportRow {
    let (line, device) = (*line, DeviceDraft::default());
    let mut row = DeviceImportRow { line, client: String::new(), client_id: None, device, existing: None, faults: Vec::new() };
    // An empty cell leaves the value of an updated device unchanged.
    for (column, cell) in columns.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        (column.put)(&mut row, cell.to_owned());
    }
    if cells.len() > columns.len() {
        let message = "This line has more cells than there are columns: put quotes around a cell that has a comma in it.".to_owned();
        row.faults.push(Violation { field: "line".to_owned(), message });
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &[u8]) -> DeviceImport {
        super::read(file, CsvReading::default())
    }

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
        assert_eq!(read(b"name\tclient\rA\tclient_1\r").rows[0].client, "client_1");
    }

    #[test]
    fn the_example_is_right() {
        let import = read(DeviceColumn::example_file(|_| true).as_bytes());
        assert_eq!((import.rows.len(), import.is_faultless()), (2, true));
        let [first, _] = &import.rows[..] else { panic!("{import:?}") };
        assert!(domain::Draft::check(first.device.clone(), None).is_ok());
    }

    #[test]
    fn a_guessed_encoding_must_be_confirmed() {
        let guessed = read(b"name\nM\xfcller\n");
        assert_eq!((guessed.rows[0].device.name.as_deref(), guessed.is_faultless()), (Some("Müller"), false));
        let encoding = guessed.read.map(|read| read.encoding);
        let confirmed = super::read(b"name\nM\xfcller\n", CsvReading { encoding, separator: None });
        assert!(confirmed.is_faultless());
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_in_a_sentence() {
        assert!(fault(b"").contains("empty"));
        assert!(fault(b" \n").contains("empty"));
        assert!(fault(b"name,client\n").contains("no devices"));
        assert!(fault(b"name,client\n,,\n,\n").contains("no devices"));
        assert!(fault(b"make,model\nx,y\n").contains("none of the columns name, host name and IP address"));
        assert!(fault(b"PK\x03\x04\x14\xff").contains("UTF-8"), "a spreadsheet's own file");
        assert!(fault(b"name,colour\nx,red\n").contains("no column \u{201c}colour\u{201d}"));
        assert!(fault(b"name,Name\nx,y\n").contains("twice"));
        assert!(fault(&vec![b'a'; MAX_IMPORT_BYTES + 1]).contains("10 MiB"));
        let many = format!("name\n{}", "x\n".repeat(MAX_IMPORT_ROWS + 1));
        assert!(fault(many.as_bytes()).contains("50000"));
        assert_eq!(read(b"name\nx,y\n").rows[0].faults.len(), 1);
    }
}
