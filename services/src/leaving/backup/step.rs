//! Makes the archive of a backup: some thousand rows at a time, and in the end all of them into one file.
//!
//! Every step reads as the backup's owner, stores its rows under their part's number and commits where the next one goes on, so a backup whose server was
//! killed goes on with the part it was at. The archive itself is one step, which takes about a second for 20 MB of rows.

use std::collections::BTreeMap;

use domain::{BackupId, ClientId, Error, JobProgress, TenantId, counted, file_size};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use tokio::{runtime::Handle, task};

use super::{
    STORED_SECONDS,
    archive::{Contents, SECRETS, pack},
    secrets::SecretKeys,
    store::{KeyPart, folder, rows_key},
    tables::TABLES,
};
use crate::{
    Fault, Result, Services,
    kernel::Tx,
    leaving::job::{Next, Work, owner_is_gone},
    people::account,
};

/// Rows of a part: about a megabyte.
const ROWS: usize = 2500;

/// Credential sets of a part.
const SETS: usize = 500;

/// What the job of a backup has to know.
#[derive(Serialize, Deserialize)]
pub(super) struct BackupInput {
    pub(super) backup: BackupId,
    pub(super) client: ClientId,
    /// With what secrets are encrypted; none to leave them out.
    pub(super) keys: Option<SecretKeys>,
}

/// Where the next step goes on.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    /// Of each of the tables that were begun, how many parts and rows are stored.
    tables: Vec<(u32, u64)>,
    /// Behind which row the present table goes on.
    after: Vec<KeyPart>,
    /// How many of the tables are complete.
    done: usize,
    /// Behind which credential set the secrets go on, and how many parts of them are stored.
    secrets: (i64, u32),
    /// Whether only the archive is left to make.
    is_read: bool,
}

impl Services {
    /// One step of a backup.
    ///
    /// # Errors
    /// `Forbidden` if the backup's owner may not see any more what is in it; `Conflict` if the backup was deleted, or the client terminated.
    pub(crate) async fn backup_step(&self, work: &mut Work) -> Result<Next> {
        let input: BackupInput = serde_json::from_str(&work.input)?;
        let mut cursor: Cursor = if work.cursor.is_empty() { Cursor::default() } else { serde_json::from_str(&work.cursor)? };
        if cursor.is_read {
            return self.backup_pack(work, &input, &cursor).await;
        }
        let (key, bytes) = match TABLES.get(cursor.done) {
            Some(_) => self.backup_read_table(work, &input, &mut cursor).await?,
            None => self.backup_read_secrets(work, &input, &mut cursor).await?,
        };
        let mut tx = self.job_begin(work).await?;
        self.backup_wanted(&mut tx, &input).await?;
        // Within the transaction, which another server that has the job by now doesn't let begin.
        if !bytes.is_empty() {
            self.files()?.put(&key, bytes.into()).await?;
        }
        let doing = TABLES.get(cursor.done).map_or("Packing", |_| "Reading");
        let done = cursor.tables.iter().map(|(_, rows)| rows).sum();
        work.progress = JobProgress { done, total: work.progress.total.max(done), doing: doing.to_owned() };
        work.cursor = serde_json::to_string(&cursor)?;
        self.job_save(tx, work, &Next::Continue).await?;
        Ok(Next::Continue)
    }

    /// Reads a part of the present table, and says where it goes on.
    async fn backup_read_table(&self, work: &Work, input: &BackupInput, cursor: &mut Cursor) -> Result<(String, Vec<u8>)> {
        let table = TABLES.get(cursor.done).ok_or_else(|| Fault::Failed("a backup has read all tables".to_owned()))?;
        let mut tx = self.backup_as_owner(work, input).await?;
        let found = tx.backup_rows(table, input.client, &cursor.after, ROWS).await?;
        let (mut bytes, count) = (Vec::new(), found.rows.len());
        for row in found.rows {
            serde_json::to_writer(&mut bytes, &row)?;
            bytes.push(b'\n');
        }
        if cursor.tables.len() == cursor.done {
            cursor.tables.push((0, 0));
        }
        let Some((parts, rows)) = cursor.tables.last_mut() else { return Err(Fault::Failed("a backup has begun no table".to_owned())) };
        let key = rows_key(input.backup, table.name, *parts);
        *parts += u32::from(count > 0);
        *rows += count as u64;
        cursor.after = found.last;
        if count < ROWS {
            cursor.after = Vec::new();
            cursor.done += 1;
            cursor.is_read = cursor.done == TABLES.len() && input.keys.is_none();
        }
        Ok((key, bytes))
    }

    /// Reads a part of the secrets and encrypts it, and says where they go on.
    async fn backup_read_secrets(&self, work: &Work, input: &BackupInput, cursor: &mut Cursor) -> Result<(String, Vec<u8>)> {
        let keys = input.keys.as_ref().ok_or_else(|| Fault::Failed("a backup without keys reads secrets".to_owned()))?;
        let mut tx = self.backup_as_owner(work, input).await?;
        let (after, part) = cursor.secrets;
        let mut sealed = Vec::new();
        if part == 0 {
            sealed.push((input.client.to_string(), tx.backup_client_secrets(input.client).await?));
        }
        let sets = tx.backup_secrets(input.client, after, SETS).await?;
        cursor.is_read = sets.len() < SETS;
        cursor.secrets = (sets.last().map_or(after, |last| last.number), part + 1);
        sealed.extend(sets.into_iter().map(|set| (set.id, set.secrets)));
        let mut bytes = Vec::new();
        for (id, secrets) in sealed.into_iter().filter(|(_, secrets)| !secrets.is_empty()) {
            let opened = self.backup_open(&mut tx, input.client, secrets).await?;
            serde_json::to_writer(&mut bytes, &serde_json::json!({ "id": id, "secrets": opened }))?;
            bytes.push(b'\n');
        }
        Ok((rows_key(input.backup, SECRETS, part), keys.encrypt(&bytes)?))
    }

    async fn backup_open(&self, tx: &mut Tx, client: ClientId, sealed: BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
        let key = self.tenant_key(tx, TenantId::Client(client)).await?;
        sealed.into_iter().map(|(field, sealed)| Ok((field, key.open(&sealed)?.expose_secret().to_owned()))).collect()
    }

    /// Makes the archive of everything that was read.
    async fn backup_pack(&self, work: &mut Work, input: &BackupInput, cursor: &Cursor) -> Result<Next> {
        let mut tx = self.backup_as_owner(work, input).await?;
        self.backup_wanted(&mut tx, input).await?;
        let name = crate::clients::client::read_client(&mut tx, input.client).await?.details.name;
        let secrets = input.keys.clone().map(|keys| (keys, cursor.secrets.1));
        let contents =
            Contents { id: input.backup, client: input.client, name, partner: work.partner, made: tx.now, tables: cursor.tables.clone(), secrets };
        drop(tx);
        let (files, runtime) = (self.files()?.clone(), Handle::current());
        let packing = task::spawn_blocking(move || pack(&files, &runtime, &contents));
        let packed = self.job_while_held(work, packing).await.map_err(|error| Fault::Failed(format!("packing: {error}")))?;

        // Before anything else: if the backup was deleted meanwhile, what was packed since goes too.
        self.backup_wanted(&mut self.system_read("a backup looks whether it is wanted", work.partner).await?, input).await?;
        let packed = packed?;
        let mut tx = self.job_begin(work).await?;
        self.backup_wanted(&mut tx, input).await?;
        if !tx.backup_finish(input.backup, &packed, tx.now.plus_seconds(STORED_SECONDS)).await? {
            return Err(gone());
        }
        let next = Next::Ended(format!("{}, {}.", counted(packed.records, "record", "records"), file_size(packed.bytes)));
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    /// Deletes the rows that a backup has read and made no archive of: nobody else watches over them. Run again, it reads them anew.
    pub(crate) async fn backup_clear(&self, work: &Work) -> Result<()> {
        let input: BackupInput = serde_json::from_str(&work.input)?;
        let mut tx = self.system("what a backup has read is deleted", work.partner).await?;
        tx.backup_cursor_clear(work.id).await?;
        tx.commit().await?;
        self.folder_delete(&format!("{}/rows", folder(input.backup))).await;
        Ok(())
    }

    /// Refuses if the backup was deleted or its client terminated since the job began, and deletes what is stored of it.
    async fn backup_wanted(&self, tx: &mut Tx, input: &BackupInput) -> Result<()> {
        if tx.backup_exists(input.backup).await? && tx.client_in_service(input.client).await? {
            return Ok(());
        }
        self.files()?.delete_folder(&folder(input.backup)).await?;
        Err(gone())
    }

    /// A reading transaction of the backup's owner, with the rights of this moment.
    async fn backup_as_owner(&self, work: &Work, input: &BackupInput) -> Result<Tx> {
        let mut tx = self.system_read("a backup reads as its owner", work.partner).await?;
        let owner = account::acting(&mut tx, work.owner).await?.ok_or_else(owner_is_gone)?;
        self.act_as_owner(&mut tx, owner);
        match self.backup_permitted(&mut tx, input.client, input.keys.is_some()).await {
            Err(Fault::Refused(Error::NotFound)) => Err(Error::forbidden("Whoever requested the backup can no longer see the client.").into()),
            permitted => permitted.map(|()| tx),
        }
    }
}

fn gone() -> Fault {
    Error::conflict("The backup was deleted, or its client terminated.").into()
}
