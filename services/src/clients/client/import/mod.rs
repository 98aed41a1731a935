//! Imports clients from a file: it is uploaded and checked row by row, as often as one likes; then a job makes all of its clients, or none.

mod check;
mod run;
mod store;
mod sweep;

use bytes::Bytes;
use domain::{
    CLIENT_FILE_TOO_LARGE, CLIENT_FILE_TOO_LONG, Caller, Change, ClientFileColumn, ClientImportId, ClientImportReading, ClientImportReport,
    CsvReading, Error, JobId, JobKind, MAX_CLIENT_FILE_BYTES, MAX_CLIENT_ROWS, MAX_LISTED_FAULTS, Permission, Scope,
};
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};

use crate::{
    Fault, Result, Services,
    kernel::{
        Tx,
        csv_file::{CsvFile, csv_line},
    },
    leaving::job::NewJob,
};
use check::{Check, Columns};
use run::Input;
use store::StoredImport;

/// The most files of a user that wait for their import; an older one is deleted.
const MAX_WAITING: usize = 5;

/// The longest name of a file that is kept.
const MAX_FILE_NAME: usize = 120;

impl Services {
    /// Stores a file of clients, and says what would become of it.
    ///
    /// # Errors
    /// `Forbidden` without the permission to create clients, `NotFound` for a client's user; `Invalid` under `file` for a file that is too large.
    pub async fn client_import_upload(&self, caller: &Caller, file_name: &str, file: Bytes) -> Result<ClientImportReport> {
        if file.len() > MAX_CLIENT_FILE_BYTES {
            return Err(Error::invalid("file", CLIENT_FILE_TOO_LARGE).into());
        }
        let mut tx = self.authorize(caller, Permission::ClientCreate, Scope::Partner(caller.partner)).await?;
        let id = ClientImportId::of_uuid(&self.ids.uuid()).map_err(|_| Fault::Failed("a new id is no UUID".to_owned()))?;
        let file_name = file_name.chars().filter(|letter| !letter.is_control()).take(MAX_FILE_NAME).collect::<String>();
        tx.client_import_insert(&id, file_name.trim()).await?;
        let forgotten = tx.client_import_forget(MAX_WAITING).await?;
        let change = Change::of("file", "File", "", file_name.trim());
        self.audit(&mut tx, "client_import.upload", &id, None, change.as_slice()).await?;
        self.commit_with_files(tx, vec![(key(&id), file)]).await?;
        for old in &forgotten {
            self.files()?.delete(&key(old)).await?;
        }
        self.client_import_preview(caller, &id, ClientImportReading::default()).await
    }

    /// Checks a stored file again, with the encoding, separator and columns that the user chose.
    ///
    /// # Errors
    /// As [`Services::client_import_upload`]; `NotFound` for a file that isn't the caller's, or no longer there.
    pub async fn client_import_preview(&self, caller: &Caller, id: &ClientImportId, reading: ClientImportReading) -> Result<ClientImportReport> {
        let scope = Scope::Partner(caller.partner);
        let mut tx = self.authorize_read(caller, Permission::ClientCreate, scope).await?;
        let stored = tx.client_import_get(id).await?;
        let report = match self.opened(id, reading.csv).await? {
            Err(sentence) => report(&stored, vec![sentence]),
            Ok(file) => self.client_import_report(&mut tx, &stored, &file, &reading).await?,
        };
        drop(tx);
        let clients = if report.is_faultless() { report.clients } else { 0 };
        let fields = report.columns.iter().map(|column| column.field.clone()).collect();
        let mut tx = self.authorize(caller, Permission::ClientCreate, scope).await?;
        tx.client_import_update(id, &ClientImportReading { fields, ..reading }, clients).await?;
        tx.commit().await?;
        Ok(report)
    }

    /// All faults of a stored file as lines of a CSV file, as it was read last.
    ///
    /// # Errors
    /// As [`Services::client_import_preview`].
    pub async fn client_import_faults(&self, caller: &Caller, id: &ClientImportId) -> Result<BoxStream<'static, Result<String>>> {
        let mut tx = self.authorize_read(caller, Permission::ClientCreate, Scope::Partner(caller.partner)).await?;
        let ClientImportReading { csv, fields } = tx.client_import_get(id).await?.reading;
        drop(tx);
        let file = self.opened(id, csv).await?.map_err(|sentence| Error::invalid("file", sentence))?;
        let columns = Columns::of(&file, &fields).map_err(|sentence| Error::invalid("file", sentence))?;
        let check = Check::from(&file, &columns.all, columns.first_row, false);
        // A spreadsheet recognizes UTF-8 by the mark alone.
        let heading = format!("\u{feff}{}", csv_line(&["Line", "Column", "Value", "Error"]));
        let state = (self.clone(), caller.clone(), check, Some(heading));
        let lines = stream::try_unfold(state, async |(services, caller, mut check, heading)| {
            if let Some(heading) = heading {
                return Ok(Some((heading, (services, caller, check, None))));
            }
            let mut rows = check.portion().map_err(Fault::Failed)?;
            if rows.is_empty() {
                return Ok(None);
            }
            // A transaction for each portion: whoever downloads slowly holds no connection.
            let mut tx = services.authorize_read(&caller, Permission::ClientCreate, Scope::Partner(caller.partner)).await?;
            check.compare(&mut tx, &mut rows).await?;
            let faults = rows.into_iter().flat_map(|row| row.faults);
            let lines = faults.map(|fault| csv_line(&[&fault.line.to_string(), &fault.column, &fault.value, &fault.message])).collect();
            drop(tx);
            Ok(Some((lines, (services, caller, check, None))))
        });
        Ok(lines.boxed())
    }

    /// Starts the job that imports a file, whose last check found nothing wrong. Started once more, it answers the same job.
    ///
    /// # Errors
    /// As [`Services::client_import_preview`]; `Conflict` for a file that isn't right, or was imported.
    pub async fn client_import_start(&self, caller: &Caller, id: &ClientImportId) -> Result<JobId> {
        let mut tx = self.authorize(caller, Permission::ClientCreate, Scope::Partner(caller.partner)).await?;
        let stored = tx.client_import_get(id).await?;
        if let Some(job) = stored.job {
            return Ok(job);
        }
        if stored.clients == 0 {
            return Err(Error::conflict("Nothing is imported while a row has errors. Correct the file and choose it again.").into());
        }
        let input = serde_json::to_string(&Input { import: id.clone(), clients: stored.clients, reading: stored.reading })?;
        let new = NewJob { kind: JobKind::Import, client: None, subject: stored.file_name.clone(), input, total: stored.clients };
        let job = self.job_create(&mut tx, &new).await?;
        tx.client_import_start(id, job).await?;
        let change = Change::of("file", "File", "", &stored.file_name);
        self.audit(&mut tx, "client_import.start", id, None, change.as_slice()).await?;
        tx.commit().await?;
        Ok(job)
    }

    /// A stored file, opened on a thread of its own: decoding a large one takes long. A sentence if it can't be read.
    ///
    /// # Errors
    /// `NotFound` for a file that is no longer there.
    async fn opened(&self, id: &ClientImportId, reading: CsvReading) -> Result<std::result::Result<CsvFile, String>> {
        let file = self.files()?.get(&key(id)).await?.ok_or(Error::NotFound)?;
        let opened = tokio::task::spawn_blocking(move || CsvFile::open(&file, reading)).await;
        opened.map_err(|error| Fault::Failed(format!("A file could not be opened: {error}")))
    }

    /// Checks all rows of a file, and remembers the first faults.
    async fn client_import_report(
        &self,
        tx: &mut Tx,
        stored: &StoredImport,
        file: &CsvFile,
        reading: &ClientImportReading,
    ) -> Result<ClientImportReport> {
        let columns = match Columns::of(file, &reading.fields) {
            Ok(columns) => columns,
            Err(sentence) => return Ok(report(stored, vec![sentence])),
        };
        let faults = ClientFileColumn::faults(&columns.all);
        let mut report = ClientImportReport { read: Some(file.read.clone()), ..report(stored, faults) };
        let mut check = Check::from(file, &columns.all, columns.first_row, false);
        report.columns = columns.all;
        if !report.file.is_empty() {
            return Ok(report);
        }
        loop {
            let mut rows = match check.portion() {
                Ok(rows) if rows.is_empty() => break,
                Ok(rows) => rows,
                Err(sentence) => return Ok(ClientImportReport { file: vec![sentence], ..report }),
            };
            report.clients += rows.len() as u64;
            if report.clients > MAX_CLIENT_ROWS as u64 {
                return Ok(ClientImportReport { file: vec![CLIENT_FILE_TOO_LONG.to_owned()], clients: 0, ..report });
            }
            check.compare(tx, &mut rows).await?;
            report.faulty_rows += rows.iter().filter(|row| !row.faults.is_empty()).count() as u64;
            for fault in rows.into_iter().flat_map(|row| row.faults) {
                if report.faults.len() < MAX_LISTED_FAULTS {
                    report.faults.push(fault);
                } else {
                    report.more_faults += 1;
                }
            }
        }
        if report.clients == 0 {
            report.file.push("The file has no clients: put one on each line below the names of the columns.".to_owned());
        }
        Ok(report)
    }
}

/// A report of a file whose rows aren't checked.
fn report(stored: &StoredImport, file: Vec<String>) -> ClientImportReport {
    ClientImportReport {
        id: stored.id.clone(),
        file_name: stored.file_name.clone(),
        file,
        read: None,
        columns: Vec::new(),
        clients: 0,
        faulty_rows: 0,
        faults: Vec::new(),
        more_faults: 0,
    }
}

/// The key of a file in the store of files.
fn key(id: &ClientImportId) -> String {
    format!("client-imports/{id}.csv")
}
