//! Checks the rows of a file of clients: by the rules of the wizard, and that no client is there twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use domain::{
    CLIENT_COLUMNS, ClientColumn, ClientDraft, ClientFileColumn, ClientProfile, CountryNames, CsvFault, LEFT_OUT, MAX_FILE_COLUMNS, Violations,
};

use super::{super::shape, store::Key};
use crate::{
    Result,
    kernel::{
        Tx,
        csv_file::{CsvFile, CsvPlace, CsvRow, CsvRows},
        fold::fold,
    },
};

/// Rows that are checked, or written, together: few enough that nobody waits for them.
pub(super) const PORTION: usize = 500;

/// The longest value that a fault repeats, in characters.
const LONGEST_VALUE: usize = 200;

static COUNTRIES: LazyLock<CountryNames> = LazyLock::new(|| CountryNames::new(fold));

/// A file's columns, and the place of its first row.
pub(super) struct Columns {
    pub(super) all: Vec<ClientFileColumn>,
    pub(super) first_row: CsvPlace,
}

impl Columns {
    /// The columns of a file: as `fields` says, or else as their headings do.
    ///
    /// # Errors
    /// A sentence for headings that can't be read.
    pub(super) fn of(file: &CsvFile, fields: &[String]) -> std::result::Result<Self, String> {
        let (headings, first_row) = file.headings()?;
        if headings.len() > MAX_FILE_COLUMNS {
            return Err(format!("The file has too many columns: keep at most {MAX_FILE_COLUMNS}."));
        }
        let first = file.rows(first_row).next().transpose()?.map(|row| row.cells).unwrap_or_default();
        let column = |(at, heading): (usize, &str)| ClientFileColumn {
            heading: if heading.is_empty() { format!("Column {}", at + 1) } else { short(heading) },
            example: short(first.get(at).unwrap_or_default()),
            field: match fields.get(at) {
                Some(field) if field == LEFT_OUT || ClientColumn::of_field(field).is_some() => field.clone(),
                Some(_) => String::new(),
                None => ClientColumn::of_heading(heading).map_or("", |column| column.field).to_owned(),
            },
        };
        Ok(Self { all: headings.iter().enumerate().map(column).collect(), first_row })
    }
}

/// The state of a check, portion after portion.
pub(super) struct Check {
    rows: CsvRows,
    headings: Vec<String>,
    /// The field of each column of the file; none for one that is left out.
    columns: Vec<Option<&'static ClientColumn>>,
    /// The first line of each name and external id.
    names: BTreeMap<String, u64>,
    external_ids: BTreeMap<String, u64>,
    /// Whether staged clients count as there: those of the import itself, when it goes on.
    with_staged: bool,
}

/// A row, and what is wrong with it.
pub(super) struct CheckedRow {
    pub(super) row: CsvRow,
    /// Its folded name and external id, by which no two clients are the same.
    keys: [String; 2],
    /// The client, if its own fields are right.
    pub(super) profile: Option<ClientProfile>,
    pub(super) faults: Vec<CsvFault>,
}

impl Check {
    /// Checks the rows from a place on. `with_staged` is for an import that goes on: the clients that it has written count as there.
    pub(super) fn from(file: &CsvFile, columns: &[ClientFileColumn], place: CsvPlace, with_staged: bool) -> Self {
        Self {
            rows: file.rows(place),
            headings: columns.iter().map(|column| column.heading.clone()).collect(),
            columns: columns.iter().map(|column| ClientColumn::of_field(&column.field)).collect(),
            names: BTreeMap::new(),
            external_ids: BTreeMap::new(),
            with_staged,
        }
    }

    /// The place behind the rows that were checked.
    pub(super) fn place(&self) -> CsvPlace {
        self.rows.place()
    }

    /// The next rows, at most [`PORTION`], with what is wrong with each for itself; none at the end of the file.
    ///
    /// # Errors
    /// A sentence for a row that can't be read.
    pub(super) fn portion(&mut self) -> std::result::Result<Vec<CheckedRow>, String> {
        let rows = self.rows.by_ref().take(PORTION).collect::<std::result::Result<Vec<_>, _>>()?;
        Ok(rows.into_iter().map(|row| self.checked(row)).collect())
    }

    fn checked(&self, row: CsvRow) -> CheckedRow {
        let (draft, violations) = self.draft(&row);
        let keys = [fold(&draft.name), fold(&draft.external_id)];
        let (profile, violations) = match violations.join(shape(draft)) {
            Ok(profile) => (Some(profile), Violations::new()),
            Err(violations) => (None, violations),
        };
        let faults = violations.into_iter().map(|wrong| self.fault(&row, &wrong.field, wrong.message)).collect();
        CheckedRow { row, keys, profile, faults }
    }

    fn draft(&self, row: &CsvRow) -> (ClientDraft, Violations) {
        let mut draft = ClientDraft::default();
        let mut violations = Violations::new();
        for (column, cell) in self.columns.iter().zip(&row.cells) {
            if let Some(column) = column {
                cell.clone_into((column.of)(&mut draft));
            }
        }
        if let Some(country) = COUNTRIES.find(&draft.country, fold) {
            country.code.clone_into(&mut draft.country);
        }
        let message = "This line has more cells than there are columns: put quotes around a cell that has a separator in it.";
        violations.add_if(row.cells.len() > self.columns.len(), "line", message);
        (draft, violations)
    }

    /// Adds the faults of rows whose name or external id is there already: in the file, or of a client.
    pub(super) async fn compare(&mut self, tx: &mut Tx, rows: &mut [CheckedRow]) -> Result<()> {
        for (at, column, field, noun) in [(0, Key::Name, "name", "name"), (1, Key::ExternalId, "external_id", "external ID")] {
            let keys: BTreeSet<String> = rows.iter().filter_map(|row| row.keys.get(at)).filter(|key| !key.is_empty()).cloned().collect();
            let keys: Vec<String> = keys.into_iter().collect();
            let taken: BTreeSet<String> = tx.client_keys_taken(column, &keys, self.with_staged).await?.into_iter().collect();
            for CheckedRow { row, keys, profile, faults } in &mut *rows {
                let Some(key) = keys.get(at).filter(|key| !key.is_empty()) else { continue };
                let lines = if at == 0 { &mut self.names } else { &mut self.external_ids };
                let first = *lines.entry(key.clone()).or_insert(row.line);
                let message = if taken.contains(key) {
                    format!("There is already a client with this {noun}: remove the row, or change the {noun}.")
                } else if first != row.line {
                    format!("Line {first} has the same {noun}: remove one of the rows, or change the {noun}.")
                } else {
                    continue;
                };
                faults.push(self.fault(row, field, message));
                *profile = None;
            }
        }
        Ok(())
    }

    /// A fault in the words of the file.
    fn fault(&self, row: &CsvRow, field: &str, message: String) -> CsvFault {
        let at = self.columns.iter().position(|column| column.is_some_and(|column| column.field == field));
        let own = || CLIENT_COLUMNS.iter().find(|column| column.field == field).map(|column| column.name.to_owned());
        let column = at.and_then(|at| self.headings.get(at).cloned()).or_else(own).unwrap_or_default();
        let value = at.and_then(|at| row.cells.get(at)).unwrap_or_default();
        let message = match (field, value) {
            ("country", value) if !value.is_empty() && message.starts_with("Choose") => {
                "Unknown country. Use its English name, or its code of two or three letters.".to_owned()
            }
            ("time_zone", value) if !value.is_empty() && message.starts_with("Choose") => {
                "Unknown time zone. Use a name like Europe/Berlin, or UTC.".to_owned()
            }
            ("country", "") if message.starts_with("Choose") => "Enter the country.".to_owned(),
            ("time_zone", "") if message.starts_with("Choose") => "Enter the time zone.".to_owned(),
            _ => message,
        };
        CsvFault { line: row.line, column, value: short(value), message }
    }
}

/// As much of a cell as a report repeats.
fn short(text: &str) -> String {
    if text.chars().nth(LONGEST_VALUE).is_none() { text.to_owned() } else { text.chars().take(LONGEST_VALUE).chain(['…']).collect() }
}
