//! Clients from a file: the columns, which of them a file has, and the report that people read before they import it (docs/spec/clients.md, "Import").

use serde::{Deserialize, Serialize};

use crate::{ClientDraft, ClientImportId, CsvFault, CsvRead, CsvReading};

/// The largest file of clients, in bytes.
pub const MAX_CLIENT_FILE_BYTES: usize = 32 * 1024 * 1024;

/// The refusal of a file larger than [`MAX_CLIENT_FILE_BYTES`].
pub const CLIENT_FILE_TOO_LARGE: &str = "The file is too large: split it into files of at most 32 MiB.";

/// The most clients in a file.
pub const MAX_CLIENT_ROWS: usize = 100_000;

/// The refusal of a file with more than [`MAX_CLIENT_ROWS`].
pub const CLIENT_FILE_TOO_LONG: &str = "The file has too many rows: split it into files of at most 100,000 clients.";

/// The most columns of a file.
pub const MAX_FILE_COLUMNS: usize = 200;

/// Stands for the field of a column that is left out.
pub const LEFT_OUT: &str = "-";

/// A column that a file of clients can have.
#[derive(Clone, Copy, Debug)]
pub struct ClientColumn {
    /// What it is called.
    pub name: &'static str,
    /// The field of the draft, as violations name it.
    pub field: &'static str,
    /// How its heading may be spelled, without case, spaces and signs.
    pub keys: &'static [&'static str],
    /// What stands in it, for people.
    pub about: &'static str,
    /// What it could hold, for two clients.
    pub examples: [&'static str; 2],
    /// Whether a file must have it.
    pub is_required: bool,
    /// Where a cell belongs.
    pub of: fn(&mut ClientDraft) -> &mut String,
}

/// The columns, which may come in any order.
#[rustfmt::skip]
pub const CLIENT_COLUMNS: &[ClientColumn] = &[
    ClientColumn { name: "name", field: "name", keys: &["name", "client", "clientname", "company", "companyname", "organization", "organisation"], about: "The client’s name.", examples: ["Acme GmbH", "Northwind Ltd"], is_required: true, of: |draft| &mut draft.name },
    ClientColumn { name: "address", field: "address", keys: &["address", "street", "streetaddress"], about: "Street and number.", examples: ["Hauptstraße 1", "12 Harbour Road"], is_required: true, of: |draft| &mut draft.address },
    ClientColumn { name: "city", field: "city", keys: &["city", "town"], about: "City.", examples: ["Berlin", "Bristol"], is_required: false, of: |draft| &mut draft.city },
    ClientColumn { name: "state", field: "state", keys: &["state", "region", "province", "stateprovince"], about: "State or region.", examples: ["", ""], is_required: false, of: |draft| &mut draft.state },
    ClientColumn { name: "country", field: "country", keys: &["country", "countrycode", "countryname"], about: "Its English name, or its code of two or three letters.", examples: ["Germany", "GB"], is_required: true, of: |draft| &mut draft.country },
    ClientColumn { name: "zip", field: "zip", keys: &["zip", "zipcode", "postcode", "postalcode"], about: "Postal code.", examples: ["10115", "BS1 4ST"], is_required: false, of: |draft| &mut draft.zip },
    ClientColumn { name: "time zone", field: "time_zone", keys: &["timezone", "tz"], about: "For example Europe/Berlin, or UTC.", examples: ["Europe/Berlin", "Europe/London"], is_required: true, of: |draft| &mut draft.time_zone },
    ClientColumn { name: "phone", field: "phone", keys: &["phone", "phonenumber", "telephone", "tel"], about: "Phone number.", examples: ["+49 30 1234567", ""], is_required: false, of: |draft| &mut draft.phone },
    ClientColumn { name: "mobile", field: "mobile", keys: &["mobile", "mobilenumber", "mobilephone", "cell", "cellphone"], about: "Mobile number.", examples: ["", "+44 7700 900123"], is_required: false, of: |draft| &mut draft.mobile },
    ClientColumn { name: "contact person", field: "contact_person", keys: &["contactperson", "contact", "contactname"], about: "Whom to ask for.", examples: ["Erika Muster", "John Smith"], is_required: false, of: |draft| &mut draft.contact_person },
    ClientColumn { name: "email", field: "email", keys: &["email", "emailaddress", "mail"], about: "E-mail address.", examples: ["it@acme.example", "john@northwind.example"], is_required: false, of: |draft| &mut draft.email },
    ClientColumn { name: "external ID", field: "external_id", keys: &["externalid", "customerid", "customernumber", "clientnumber"], about: "The client’s ID in another system. No two clients can have the same.", examples: ["K-1001", "K-1002"], is_required: false, of: |draft| &mut draft.external_id },
];

impl ClientColumn {
    /// The column of a field.
    #[must_use]
    pub fn of_field(field: &str) -> Option<&'static Self> {
        CLIENT_COLUMNS.iter().find(|column| column.field == field)
    }

    /// The column that a heading names.
    #[must_use]
    pub fn of_heading(heading: &str) -> Option<&'static Self> {
        let key: String = heading.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        CLIENT_COLUMNS.iter().find(|column| column.keys.contains(&key.as_str()))
    }

    /// A file that can be filled in: the headings and two clients.
    #[must_use]
    pub fn template() -> String {
        let line = |cell: &dyn Fn(&Self) -> &'static str| CLIENT_COLUMNS.iter().map(cell).collect::<Vec<_>>().join(",");
        [line(&|column| column.name), line(&|column| column.examples[0]), line(&|column| column.examples[1])].join("\r\n") + "\r\n"
    }
}

/// The encoding, separator and columns that the user chose for a file of clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientImportReading {
    /// Its letters and cells.
    pub csv: CsvReading,
    /// The field of each column of the file, [`LEFT_OUT`], or empty where that isn't decided. Without any, the headings decide.
    pub fields: Vec<String>,
}

/// A column of a file, and which field it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientFileColumn {
    /// Its heading.
    pub heading: String,
    /// What it holds in the first row.
    pub example: String,
    /// A field of [`CLIENT_COLUMNS`], [`LEFT_OUT`], or empty where that isn't decided.
    pub field: String,
}

impl ClientFileColumn {
    /// What must be decided before the rows of a file with these columns can be checked, each a sentence.
    #[must_use]
    pub fn faults(columns: &[Self]) -> Vec<String> {
        let count = |field: &str| columns.iter().filter(|column| column.field == field).count();
        let undecided = columns.iter().filter(|column| column.field.is_empty());
        let undecided = undecided.map(|column| format!("Choose what the column “{}” is, or leave it out.", column.heading));
        let missing = CLIENT_COLUMNS.iter().filter(|column| column.is_required && count(column.field) == 0);
        let missing = missing.map(|column| format!("No column is the {}: choose one.", column.name));
        let twice = CLIENT_COLUMNS.iter().filter(|column| count(column.field) > 1);
        let twice = twice.map(|column| format!("Only one column can be the {}.", column.name));
        missing.chain(undecided).chain(twice).collect()
    }
}

/// What would become of a file of clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientImportReport {
    /// The import.
    pub id: ClientImportId,
    /// What the file is called.
    pub file_name: String,
    /// What is wrong with the file as a whole or with its columns. Then no row is checked.
    pub file: Vec<String>,
    /// How it was read; none if that wasn't possible.
    pub read: Option<CsvRead>,
    /// Its columns.
    pub columns: Vec<ClientFileColumn>,
    /// How many clients it has.
    pub clients: u64,
    /// How many rows are wrong.
    pub faulty_rows: u64,
    /// The first faults.
    pub faults: Vec<CsvFault>,
    /// How many more there are.
    pub more_faults: u64,
}

impl ClientImportReport {
    /// Whether the file can be imported.
    #[must_use]
    pub fn is_faultless(&self) -> bool {
        self.file.is_empty() && self.faulty_rows == 0 && self.read.as_ref().is_some_and(|read| !read.is_guess)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(fields: &[&str]) -> Vec<ClientFileColumn> {
        fields.iter().map(|field| ClientFileColumn { heading: format!("[{field}]"), example: String::new(), field: (*field).to_owned() }).collect()
    }

    #[test]
    fn headings_are_matched_without_case_spaces_and_signs() {
        let field = |heading| ClientColumn::of_heading(heading).map(|column| column.field);
        let cases = [("Client Name", "name"), ("TIME_ZONE", "time_zone"), ("E-Mail", "email"), ("Zip/Code", "zip"), ("External ID", "external_id")];
        for (heading, expected) in cases {
            assert_eq!(field(heading), Some(expected), "{heading}");
        }
        assert_eq!([field(""), field("Größe"), field("Colour")], [None; 3]);
    }

    #[test]
    fn no_heading_names_two_columns() {
        let mut keys: Vec<_> = CLIENT_COLUMNS.iter().flat_map(|column| column.keys).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
        for column in CLIENT_COLUMNS {
            assert_eq!(ClientColumn::of_heading(column.name).map(|found| found.field), Some(column.field));
        }
    }

    #[test]
    fn every_cell_has_its_own_place_in_the_draft() {
        let mut draft = ClientDraft::default();
        for column in CLIENT_COLUMNS {
            column.field.clone_into((column.of)(&mut draft));
        }
        for column in CLIENT_COLUMNS {
            assert_eq!((column.of)(&mut draft), column.field);
        }
    }

    #[test]
    fn required_columns_must_be_there_and_each_column_decided_once() {
        assert_eq!(ClientFileColumn::faults(&columns(&["name", "address", "country", "time_zone", LEFT_OUT, LEFT_OUT])), [""; 0]);
        assert_eq!(
            ClientFileColumn::faults(&columns(&["name", "address", "country", "", "city", "city"])),
            ["No column is the time zone: choose one.", "Choose what the column “[]” is, or leave it out.", "Only one column can be the city."]
        );
    }

    #[test]
    fn the_sentences_name_the_limits() {
        assert!(CLIENT_FILE_TOO_LARGE.contains(&format!("{} MiB", MAX_CLIENT_FILE_BYTES / 1024 / 1024)));
        assert!(CLIENT_FILE_TOO_LONG.contains(&crate::counted(MAX_CLIENT_ROWS as u64, "client", "clients")));
    }

    #[test]
    fn a_guessed_encoding_must_be_confirmed() {
        let (encoding, separator) = (crate::TextEncoding::Windows1252, crate::CellSeparator::Comma);
        let read = CsvRead { encoding, has_mark: false, is_guess: true, separator, samples: Vec::new() };
        let id = "2912ca9f-5c62-451f-82a8-8c08ca9c9447".parse().unwrap();
        let report = ClientImportReport {
            id,
            file_name: String::new(),
            file: Vec::new(),
            read: Some(read.clone()),
            columns: Vec::new(),
            clients: 1,
            faulty_rows: 0,
            faults: Vec::new(),
            more_faults: 0,
        };
        assert!(!report.is_faultless());
        assert!(ClientImportReport { read: Some(CsvRead { is_guess: false, ..read }), ..report }.is_faultless());
    }
}
