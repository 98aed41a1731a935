//! Exports of the audit log (docs/spec/audit.md, "Export"): a job writes them part by part, and who asked for one downloads it.

use bytes::Bytes;
use domain::{
    AuditExportDraft, AuditFormat, AuditId, AuditRecord, Caller, Error, JobId, JobKind, JobProgress, PartnerId, Permission, Scope, Timestamp, UserId,
    action_label, counted, file_size,
};
use serde::{Deserialize, Serialize};

use crate::{
    Result, Services, StoredFile,
    kernel::{Tx, authz::NO_PARTNER, spreadsheet::Part},
    leaving::job::{NewJob, Next, Work, owner_is_gone},
    people::account,
};

/// Records of a part.
const RECORDS: u32 = 2500;

/// How long a file is stored.
const STORED_SECONDS: i64 = 7 * 24 * 60 * 60;

/// The folder of all exports' folders.
const FOLDER: &str = "exports";

/// Files that are looked up at a time.
const AT_A_TIME: usize = 100;

const TITLES: [&str; 12] =
    ["ID", "Time", "Who", "User ID", "IP Address", "Through", "Reference", "Action", "Action Key", "Object", "Client", "Changes"];

/// Where the next step goes on, and in the end how large the file is.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Cursor {
    pub(super) parts: u32,
    rows: u64,
    pub(super) bytes: u64,
    at: (Timestamp, i64),
}

/// The folder of an export's parts.
fn folder(job: JobId) -> String {
    format!("{FOLDER}/{}", job.number())
}

/// The key of a part. Its number names it, so a step that is repeated writes the same file again.
fn key(job: JobId, part: u32) -> String {
    format!("{}/{part}", folder(job))
}

impl Services {
    /// Asks for a file of the records that the caller sees, as far as a filter and a text choose them.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view the audit log.
    pub async fn audit_export(&self, caller: &Caller, draft: &AuditExportDraft) -> Result<JobId> {
        caller.can(Permission::AuditView, Scope::Visible)?;
        let mut tx = self.authorize_self(caller).await?;
        self.decide(&mut tx, Permission::AuditView, Scope::Visible).await?;
        let client = tx.only_client;
        let new =
            NewJob { kind: JobKind::AuditExport, client, subject: draft.format.label().to_owned(), input: serde_json::to_string(draft)?, total: 0 };
        let job = self.job_create(&mut tx, &new).await?;
        self.audit(&mut tx, "audit.export", job, client, &[]).await?;
        tx.commit().await?;
        Ok(job)
    }

    /// Writes the next part, of what the job's owner sees by now.
    pub(crate) async fn audit_export_step(&self, work: &mut Work) -> Result<Next> {
        let draft: AuditExportDraft = serde_json::from_str(&work.input)?;
        let mut cursor: Cursor = if work.cursor.is_empty() { Cursor::default() } else { serde_json::from_str(&work.cursor)? };
        let mut reading = self.audit_as_owner(work.partner, work.owner).await?;
        let (at, id) = cursor.at;
        let part = reading.audit_part(&draft.filter, &draft.search, (at, AuditId::new(id)), RECORDS);
        let records = self.job_while_held(work, part).await?;
        drop(reading);
        let bytes = written(&records, draft.format, cursor.parts == 0)?;
        let number = cursor.parts;
        let is_last = records.len() < RECORDS as usize;
        cursor.parts += 1;
        cursor.rows += records.len() as u64;
        cursor.bytes += bytes.len() as u64;
        cursor.at = records.last().map_or(cursor.at, |last| (last.at, last.id.number()));

        let mut tx = self.job_begin(work).await?;
        // What was read can be of a client that was erased meanwhile.
        if tx.job_is_cancelled(work.id).await? {
            return Ok(Next::Continue);
        }
        // Within the transaction, which another server that has the job by now doesn't let begin.
        self.files()?.put(&key(work.id, number), bytes.into()).await?;
        work.progress = JobProgress { done: cursor.rows, total: if is_last { cursor.rows } else { 0 }, doing: "Writing records".to_owned() };
        work.cursor = serde_json::to_string(&cursor)?;
        let outcome = || format!("{}, {}.", counted(cursor.rows, "record", "records"), file_size(cursor.bytes));
        let next = if is_last { Next::Ended(outcome()) } else { Next::Continue };
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    /// A reading transaction of an export's owner, with the rights of this moment.
    async fn audit_as_owner(&self, partner: PartnerId, owner: UserId) -> Result<Tx> {
        let mut tx = self.system_read("an export reads as its owner", partner).await?;
        let owner = account::acting(&mut tx, owner).await?.ok_or_else(owner_is_gone)?;
        drop(tx);
        self.authorize_read(&owner, Permission::AuditView, Scope::Visible).await
    }

    /// The file of an export of the caller's, and as what it is written.
    ///
    /// # Errors
    /// `NotFound` for what isn't a finished export of the caller's; `Forbidden` without the permission to view the audit log; `Conflict` if its time is over.
    pub async fn audit_export_file(&self, caller: &Caller, job: JobId) -> Result<(StoredFile, AuditFormat)> {
        let mut tx = self.authorize_again(caller, Permission::AuditView, Scope::Visible).await?;
        let (input, cursor, ended) = tx.audit_export_get(job).await?.ok_or(Error::NotFound)?;
        if tx.now >= ended.plus_seconds(STORED_SECONDS) {
            return Err(Error::conflict("The file was deleted because its time was over. Export the audit log again.").into());
        }
        let draft: AuditExportDraft = serde_json::from_str(&input)?;
        let Cursor { parts, bytes, .. } = serde_json::from_str(&cursor)?;
        let day: String = ended.rfc3339().chars().take(10).collect();
        Ok((StoredFile { name: format!("audit-log-{day}.{}", draft.format.key()), bytes, parts }, draft.format))
    }

    /// A part of the file. Checks again what the caller may, because a file can take long to be sent.
    ///
    /// # Errors
    /// As [`Services::audit_export_file`].
    pub async fn audit_export_part(&self, caller: &Caller, job: JobId, part: u32) -> Result<Bytes> {
        self.audit_export_file(caller, job).await?;
        Ok(self.files()?.get(&key(job, part)).await?.ok_or(Error::NotFound)?)
    }

    /// Deletes the partner's exports, which can list a client that is erased, and stops those that are written.
    pub(crate) async fn audit_exports_erase(&self, tx: &mut Tx) -> Result<()> {
        for job in tx.audit_exports_end().await? {
            self.files()?.delete_folder(&folder(job)).await?;
        }
        Ok(())
    }

    /// Deletes the files of exports whose time is over, or that came to nothing, and returns of how many. For background jobs.
    ///
    /// # Errors
    /// Only failures.
    pub async fn audit_export_sweep(&self) -> Result<usize> {
        let mut swept = 0;
        for some in self.files()?.folders(FOLDER).await?.chunks(AT_A_TIME) {
            let mut tx = self.system_read("files whose time is over are deleted", NO_PARTNER).await?;
            let since = tx.now.plus_seconds(-STORED_SECONDS);
            let stored = tx.audit_exports_among(some, since).await?;
            drop(tx);
            for name in some.iter().filter(|name| !stored.contains(*name)) {
                self.files()?.delete_folder(&format!("{FOLDER}/{name}")).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

/// The bytes of a part.
fn written(records: &[AuditRecord], format: AuditFormat, is_first: bool) -> Result<Vec<u8>> {
    match format {
        AuditFormat::JsonLines => {
            let mut bytes = Vec::new();
            for record in records {
                serde_json::to_writer(&mut bytes, &line(record))?;
                bytes.push(b'\n');
            }
            Ok(bytes)
        }
        AuditFormat::Csv => {
            let mut part = Part::new(is_first, TITLES)?;
            for record in records {
                part.line(cells(record))?;
            }
            Ok(part.finish()?.0)
        }
    }
}

/// A record as programs read it.
fn line(record: &AuditRecord) -> serde_json::Value {
    let AuditRecord { id, at, actor, through, reference, action, object, client, changes } = record;
    serde_json::json!({
        "id": id, "time": millis(*at), "login": actor.as_ref().map(|actor| &actor.login), "user": actor.as_ref().and_then(|actor| actor.user),
        "ip": actor.as_ref().map(|actor| &actor.ip), "through": through, "reference": reference, "action": action, "object": object, "client": client,
        "changes": changes,
    })
}

fn cells(record: &AuditRecord) -> [String; 12] {
    let AuditRecord { id, at, actor, through, reference, action, object, client, changes } = record;
    let (login, user, ip) = actor
        .as_ref()
        .map_or_else(Default::default, |actor| (actor.login.clone(), actor.user.map(|user| user.to_string()).unwrap_or_default(), actor.ip.clone()));
    let changes: Vec<_> = changes.iter().map(|change| format!("{}: {} → {}", change.label, change.before, change.after)).collect();
    [
        id.to_string(),
        millis(*at),
        login,
        user,
        ip,
        through.map(|through| through.label().to_owned()).unwrap_or_default(),
        reference.clone(),
        action_label(action).to_owned(),
        action.clone(),
        object.clone(),
        client.map(|client| client.to_string()).unwrap_or_default(),
        changes.join("\n"),
    ]
}

/// To the millisecond, so that the order of records shows.
fn millis(at: Timestamp) -> String {
    format!("{}.{:03}Z", at.rfc3339().trim_end_matches('Z'), at.millis().rem_euclid(1000))
}
