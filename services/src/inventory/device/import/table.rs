//! Parses a file of devices, before it is compared with any data.

use csv::{ReaderBuilder, StringRecord, Trim};
use domain::{
    DEVICE_COLUMNS, DEVICE_FILE_TOO_LARGE, DeviceColumn, DeviceDraft, DeviceImport, DeviceImportRow, MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, Violation,
};

/// Parses a file. A file with an error as a whole has no rows.
pub(super) fn read(file: &[u8]) -> DeviceImport {
    rows(file).unwrap_or_else(|message| DeviceImport { faults: vec![Violation { field: "file".to_owned(), message }], rows: Vec::new() })
}

fn rows(file: &[u8]) -> Result<DeviceImport, String> {
    if file.len() > MAX_IMPORT_BYTES {
        return Err(DEVICE_FILE_TOO_LARGE.to_owned());
    }
    let text = std::str::from_utf8(file).map_err(|_| "This isn’t a CSV file in UTF-8: save it as “CSV UTF-8”, and choose that file.".to_owned())?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err("The file is empty: it has no devices.".to_owned());
    }
    let head = text.split(['\r', '\n']).next().unwrap_or_default();
    // Spreadsheets separate cells by semicolons in some languages.
    let delimiter = if head.contains(';') && !head.contains(',') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let columns = columns(reader.headers().map_err(|error| error.to_string())?)?;
    let mut import = DeviceImport::default();
    let mut lines = Lines { text: text.as_bytes(), byte: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        // Spreadsheets write cleared rows as lines of commas.
        if record.iter().all(str::is_empty) {
            continue;
        }
        if import.rows.len() == MAX_IMPORT_ROWS {
            return Err(format!("The file has too many rows: split it into files of at most {MAX_IMPORT_ROWS} devices."));
        }
        let line = record.position().and_then(|position| usize::try_from(position.byte()).ok()).map_or(0, |byte| lines.at(byte));
        import.rows.push(row(line, &record, &columns));
    }
    if import.rows.is_empty() { Err("The file has no devices: put one on each line below the names of the columns.".to_owned()) } else { Ok(import) }
}

/// Line numbers as editors count them. The CSV reader's own positions begin before line breaks and empty lines.
struct Lines<'a> {
    text: &'a [u8],
    byte: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line at a byte offset. Offsets must be requested in ascending order.
    fn at(&mut self, byte: usize) -> u64 {
        let rest = self.text.get(byte..).unwrap_or_default();
        let start = byte + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.text.get(self.byte..start).unwrap_or_default();
        // A line break is a line feed, or a carriage return without one.
        let follows = passed.iter().skip(1).map(Some).chain([None]);
        self.line += passed.iter().zip(follows).filter(|(byte, next)| **byte == b'\n' || (**byte == b'\r' && *next != Some(&b'\n'))).count() as u64;
        self.byte = start;
        self.line
    }
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

fn row(line: u64, record: &StringRecord, columns: &[&DeviceColumn]) -> DeviceImportRow {
    let mut row =
        DeviceImportRow { line, client: String::new(), client_id: None, device: DeviceDraft::default(), existing: None, faults: Vec::new() };
    // An empty cell leaves the value of an updated device unchanged.
    for (column, cell) in columns.iter().zip(record).filter(|(_, cell)| !cell.is_empty()) {
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
    fn lines_are_counted_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let file = ["name,client", "a,x", "", "b,y", "\"c", "d\",z", "e,z", ",,", " , ", ""].join(end);
            let lines: Vec<_> = read(file.as_bytes()).rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [2, 4, 5, 7], "{end:?}");
        }
        assert_eq!(read(b"name;client\rA;client_1\r").rows[0].client, "client_1");
        assert!(fault(b"name,client\n,,\n,\n").contains("no devices"));
    }

    #[test]
    fn the_example_is_right() {
        let import = read(DeviceColumn::example_file(|_| true).as_bytes());
        assert_eq!((import.rows.len(), import.is_faultless()), (2, true));
        let [first, _] = &import.rows[..] else { panic!("{import:?}") };
        assert!(domain::Draft::check(first.device.clone(), None).is_ok());
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_in_a_sentence() {
        assert!(fault(b"").contains("no devices"));
        assert!(fault(b"name,client\n").contains("no devices"));
        assert!(fault(b" \n").contains("empty"));
        assert!(fault(b"make,model\nx,y\n").contains("none of the columns name, host name and IP address"));
        assert!(fault(b"PK\x03\x04\x14\xff").contains("UTF-8"), "a spreadsheet's own file");
        assert!(fault(b"name,colour\nx,red\n").contains("no column \u{201c}colour\u{201d}"));
        assert!(fault(b"name,Name\nx,y\n").contains("twice"));
        assert!(fault(b"name\n\xff\n").contains("UTF-8"));
        assert!(fault(&vec![b'a'; MAX_IMPORT_BYTES + 1]).contains("10 MiB"));
        let many = format!("name\n{}", "x\n".repeat(MAX_IMPORT_ROWS + 1));
        assert!(fault(many.as_bytes()).contains("50000"));
        assert_eq!(read(b"name\nx,y\n").rows[0].faults.len(), 1);
    }
}
