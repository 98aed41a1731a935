//! The job of an import. It writes the clients in small transactions, where others' writes come in between, but with numbers that nobody sees. A last
//! transaction of a few rows makes all of them appear. So an import can end at any moment, and either all of its clients are there or none.
//!
//! Writing 100,000 clients with their indexes in one transaction would keep everybody else from writing for seconds, and so would changing their status
//! at the end, because every index of clients begins with it.

use domain::{Change, ClientId, ClientImportId, ClientImportReading, ClientStatus, Error, Permission, changes, counted};
use serde::{Deserialize, Serialize};

use super::{
    super::store::{Secrets, bulk::BulkClient},
    check::{Check, CheckedRow, Columns, PORTION},
    store::{Key, Staged},
    sweep::client_import_is_running,
};
use crate::{
    Fault, Result, Services,
    kernel::{Tx, csv_file::CsvPlace, row_count::Counted},
    leaving::job::{Next, Work},
};

/// The outcome for a file that was deleted because its import ended before.
const GONE: &str = "The file is no longer there. Choose it again.";

/// What an import is asked to do.
#[derive(Serialize, Deserialize)]
pub(super) struct Input {
    pub(super) import: ClientImportId,
    pub(super) clients: u64,
    pub(super) reading: ClientImportReading,
}

/// How far it is.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Cursor {
    place: CsvPlace,
    done: u64,
}

impl Services {
    /// One step of an import: clears away what another left, begins, writes a portion, or makes all clients appear.
    pub(crate) async fn client_import_step(&self, work: &mut Work) -> Result<Next> {
        let Input { import, clients, reading } = serde_json::from_str(&work.input)?;
        let cursor: Option<Cursor> = if work.cursor.is_empty() { None } else { Some(serde_json::from_str(&work.cursor)?) };
        // Read before the transaction, which keeps others from writing.
        let read = match self.opened(&import, reading.csv).await {
            Ok(file) => Some(file.map_err(|sentence| Error::invalid("file", sentence))?),
            Err(Fault::Refused(_)) => None,
            Err(fault) => return Err(fault),
        };
        let mut tx = self.job_begin(work).await?;
        self.permit(&mut tx, Permission::ClientCreate, None).await.map_err(may_not_import)?;
        let stored = tx.client_import_find(&import).await?.ok_or_else(|| Error::conflict(GONE))?;
        if stored.imported > 0 {
            let next = Next::Ended(format!("{} imported before.", counted(stored.imported, "client was", "clients were")));
            self.job_save(tx, work, &next).await?;
            return Ok(next);
        }
        let file = read.filter(|_| !stored.is_over).ok_or_else(|| Error::conflict(GONE))?;
        let columns = Columns::of(&file, &reading.fields).map_err(|sentence| Error::invalid("file", sentence))?;
        let staged = tx.staged_clients().await?;
        work.progress.total = clients;
        let (Some(staged), Some(cursor)) = (staged.as_ref().filter(|staged| staged.import.as_ref() == Some(&import)), cursor) else {
            let next = self.client_import_begin(&mut tx, work, staged, &import, columns.first_row).await?;
            self.job_save(tx, work, &next).await?;
            return Ok(next);
        };
        if cursor.done == clients {
            let next = appear(&mut tx, staged, &import, clients).await?;
            self.job_save(tx, work, &next).await?;
            self.client_import_file_delete(&import).await;
            return Ok(next);
        }
        let mut check = Check::from(&file, &columns.all, cursor.place, true);
        let mut rows = check.portion().map_err(|sentence| Error::invalid("file", sentence))?;
        check.compare(&mut tx, &mut rows).await?;
        let written = self.client_import_write(&mut tx, ClientId::new(staged.first.number() + number(cursor.done)), rows).await?;
        let cursor = Cursor { place: check.place(), done: cursor.done + written };
        if written == 0 || cursor.done > clients {
            return Err(Error::conflict(GONE).into());
        }
        work.cursor = serde_json::to_string(&cursor)?;
        work.progress.done = cursor.done;
        "Writing clients, which appear all at once".clone_into(&mut work.progress.doing);
        self.job_save(tx, work, &Next::Continue).await?;
        Ok(Next::Continue)
    }

    /// Reserves the numbers of the clients, once nothing of another import is left.
    async fn client_import_begin(
        &self,
        tx: &mut Tx,
        work: &mut Work,
        staged: Option<Staged>,
        import: &ClientImportId,
        place: CsvPlace,
    ) -> Result<Next> {
        work.progress.done = 0;
        if let Some(staged) = staged {
            let other = staged.import.as_ref().filter(|other| *other != import);
            if let Some(other) = other
                && client_import_is_running(tx, other).await?
            {
                return Err(Error::conflict("Another import of clients is running. Run this one again when it has ended.").into());
            }
            erase(tx, &staged).await?;
            work.cursor.clear();
            "Clearing away an import that was stopped".clone_into(&mut work.progress.doing);
            return Ok(Next::Continue);
        }
        tx.staged_clients_insert(import, work.progress.total).await?;
        work.cursor = serde_json::to_string(&Cursor { place, done: 0 })?;
        "Beginning".clone_into(&mut work.progress.doing);
        Ok(Next::Continue)
    }

    /// Writes clients exactly as [`Services::client_create`] does, and returns how many.
    async fn client_import_write(&self, tx: &mut Tx, first: ClientId, rows: Vec<CheckedRow>) -> Result<u64> {
        let catalogues = tx.catalogue_list().await?;
        let mut clients = Vec::new();
        let mut audited = Vec::new();
        for (number, CheckedRow { row, profile, faults, .. }) in (first.number()..).zip(rows) {
            let (Some(profile), []) = (profile, &faults[..]) else {
                let fault = faults.first().map(|fault| format!("{}: {}", fault.column, fault.message)).unwrap_or_default();
                return Err(Error::conflict(format!("Nothing was imported, because of line {}. {fault}", row.line)).into());
            };
            let id = ClientId::new(number);
            audited.push((id, changes(&domain::ClientDraft::default(), profile.draft(), &catalogues)));
            let profile = self.seal_profile(tx, id, profile, Secrets::new()).await?;
            clients.push(BulkClient { number, status: ClientStatus::Active, created: tx.now, updated: tx.now, profile });
        }
        tx.clients_insert(&clients).await?;
        self.audit_clients(tx, "client.create", audited).await?;
        Ok(clients.len() as u64)
    }
}

/// Makes all clients of an import appear, unless one of them was added by somebody else meanwhile.
async fn appear(tx: &mut Tx, staged: &Staged, import: &ClientImportId, clients: u64) -> Result<Next> {
    for (key, noun) in [(Key::Name, "name"), (Key::ExternalId, "external ID")] {
        if let Some(name) = tx.staged_client_taken(key, staged).await? {
            let sentence = format!("Nothing was imported: “{name}”, which was added or changed meanwhile, has the {noun} of a client in the file.");
            return Err(Error::conflict(sentence).into());
        }
    }
    tx.staged_clients_delete().await?;
    tx.row_count_add(Counted::Clients(ClientStatus::Active), number(clients)).await?;
    for (month, count) in tx.staged_client_months(staged).await? {
        tx.row_count_add(Counted::ClientsCreated(month), count).await?;
    }
    tx.client_import_end(import, clients).await?;
    Ok(Next::Ended(format!("{} imported.", counted(clients, "client was", "clients were"))))
}

/// Erases a portion of staged clients; once none is left, forgets them.
pub(super) async fn erase(tx: &mut Tx, staged: &Staged) -> Result<()> {
    if staged.first > staged.last {
        return tx.staged_clients_delete().await;
    }
    // The record by which the missing records of these clients are known to be no fault of the chain.
    if let Some(import) = &staged.import {
        let change = |field, label, client: ClientId| Change::of(field, label, &client.to_string(), "");
        let changes: Vec<_> =
            [change("first", "First client", staged.first), change("last", "Last client", staged.last)].into_iter().flatten().collect();
        tx.audit("client_import.discard", import.to_string(), None, &changes).await?;
    }
    let last = staged.last.min(ClientId::new(staged.first.number() + PORTION as i64 - 1));
    tx.staged_clients_erase(staged.first, last).await
}

/// The refusal of an owner's right, in words for those who look after the job.
fn may_not_import(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(_) => {
            let create = Permission::ClientCreate.name();
            let reason = format!("The person or API key that started this no longer has the permission “{create}”. Start it again yourself.");
            Error::forbidden(reason).into()
        }
        failure => failure,
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
