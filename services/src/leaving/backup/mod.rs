//! Backups of a client: one archive of open formats with everything about it (docs/spec/leaving.md, "Backup").

mod archive;
mod restore;
mod secrets;
mod step;
mod store;
mod tables;

use bytes::Bytes;
use domain::{
    Backup, BackupDraft, BackupId, BackupQuery, Caller, ClientId, Draft, Error, JobKind, ListPage, Permission, Scope, Standing, may_back_up,
};

use crate::{
    Result, Services, StoredFile,
    clients::client,
    kernel::{Tx, authz::NO_PARTNER, proof::proved_if},
    leaving::job::NewJob,
};
use step::BackupInput;
use store::{StoredBackup, archive_key, folder};
use tables::TABLES;

/// The tables of which an archive has a client's rows. For the test that no table is forgotten.
#[must_use]
pub fn backed_up_tables() -> Vec<&'static str> {
    let of = |table: &tables::Table| table.from.split(' ').next().unwrap_or_default();
    TABLES.iter().map(of).chain(["client_details"]).collect()
}

/// How long an archive is stored.
const STORED_SECONDS: i64 = 7 * 24 * 60 * 60;

/// Where the folders of backups are.
const FOLDER: &str = "backups";

/// The most backups that are swept at a time.
const AT_A_TIME: u32 = 100;

impl Services {
    /// A page of the backups of a client, the latest first, also of one that was terminated.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` for who couldn't make one.
    pub async fn backup_list(&self, caller: &Caller, client: ClientId, query: &BackupQuery) -> Result<ListPage<Backup>> {
        let mut tx = self.authorize(caller, Permission::ClientView, Scope::Client(client)).await?;
        self.backup_permitted(&mut tx, client, false).await?;
        client::read_client(&mut tx, client).await?;
        tx.backup_list(client, query).await
    }

    /// Asks for a backup of a client. With a passphrase, its secrets are in it.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` for who doesn't see everything about the client; `Invalid` with every wrong field; `Conflict` for a terminated client.
    pub async fn backup_create(&self, caller: &Caller, client: ClientId, draft: BackupDraft) -> Result<Backup> {
        // Before the keys are made and everything is counted, which takes long; the writing transaction begins after that.
        let mut tx = self.authorize_read(caller, Permission::ClientManage, Scope::Client(client)).await?;
        self.backup_permitted(&mut tx, client, draft.with_secrets).await?;
        let wish = draft.check(())?;
        let mut total = 0;
        for table in TABLES {
            total += tx.backup_count(table, client).await?;
        }
        drop(tx);
        let keys = match wish.passphrase {
            Some(passphrase) => Some(self.secret_keys(passphrase).await?),
            None => None,
        };
        let demand = proved_if(keys.is_some(), Permission::ClientManage);
        let mut tx = self.authorize(caller, demand, Scope::Client(client)).await?;
        self.backup_permitted(&mut tx, client, keys.is_some()).await?;
        let found = client::read_client(&mut tx, client).await?;
        if !tx.client_in_service(client).await? {
            return Err(Error::conflict("The client was terminated: there is nothing to back up.").into());
        }
        let (id, has_secrets) = (tx.backup_number().await?, keys.is_some());
        let input = serde_json::to_string(&BackupInput { backup: id, client, keys })?;
        let job = NewJob { kind: JobKind::Backup, client: Some(client), subject: found.details.name, input, total };
        let job = self.job_create(&mut tx, &job).await?;
        tx.backup_insert(id, client, job, has_secrets, tx.now.plus_seconds(STORED_SECONDS)).await?;
        self.audit(&mut tx, "backup.create", id, Some(client), &[]).await?;
        let made = read(&mut tx, id).await?.backup;
        tx.commit().await?;
        Ok(made)
    }

    /// Deletes a backup with its archive. One that is being made stops.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` for who couldn't download it.
    pub async fn backup_delete(&self, caller: &Caller, id: BackupId) -> Result<()> {
        let mut tx = self.authorize_self(caller).await?;
        let StoredBackup { backup, .. } = self.backup_readable(&mut tx, id).await?;
        // The archive first: without its row, nobody would find it again.
        self.files()?.delete_folder(&folder(id)).await?;
        tx.backup_delete(id).await?;
        // The partner's record, as that of a download: it outlives the client.
        self.audit(&mut tx, "backup.delete", id, None, &[]).await?;
        tx.commit().await?;
        tracing::info!(backup = %id, client = %backup.client, "a backup was deleted");
        Ok(())
    }

    /// The archive of a backup. Writes an audit record, because whoever has it has everything about the client.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` for who couldn't make it; `Conflict` if there is no archive yet, or no more.
    pub async fn backup_file(&self, caller: &Caller, id: BackupId) -> Result<StoredFile> {
        let mut tx = self.authorize_self(caller).await?;
        let StoredBackup { backup, parts } = self.backup_downloadable(&mut tx, id).await?;
        self.audit(&mut tx, "backup.download", id, None, &[]).await?;
        tx.commit().await?;
        let name = format!("{}-{}.zip", backup.client.to_string().replace('_', "-"), backup.created.rfc3339().get(..10).unwrap_or_default());
        Ok(StoredFile { name, bytes: backup.bytes, parts })
    }

    /// A part of the archive. Checks again what the caller may, because an archive can take long to be sent.
    ///
    /// # Errors
    /// As [`Services::backup_file`].
    pub async fn backup_file_part(&self, caller: &Caller, id: BackupId, part: u32) -> Result<Bytes> {
        let mut tx = self.authorize_again(caller, Permission::ClientView, caller.place()).await?;
        self.backup_downloadable(&mut tx, id).await?;
        Ok(self.files()?.get(&archive_key(id, part)).await?.ok_or(Error::NotFound)?)
    }

    async fn backup_downloadable(&self, tx: &mut Tx, id: BackupId) -> Result<StoredBackup> {
        let stored = self.backup_readable(tx, id).await?;
        if !stored.backup.has_file(tx.now) {
            return Err(Error::conflict("This backup isn’t ready yet, or has expired.").into());
        }
        Ok(stored)
    }

    async fn backup_readable(&self, tx: &mut Tx, id: BackupId) -> Result<StoredBackup> {
        let stored = read(tx, id).await?;
        self.backup_permitted(tx, stored.backup.client, stored.backup.has_secrets).await?;
        Ok(stored)
    }

    /// Checks that the transaction's caller sees everything that is in a backup of a client.
    pub(super) async fn backup_permitted(&self, tx: &mut Tx, client: ClientId, has_secrets: bool) -> Result<()> {
        let caller = tx.caller()?;
        let standing = if caller.depends_on_standing() { tx.client_standing(&caller, client).await? } else { Standing::default() };
        Ok(may_back_up(&caller, client, &standing, has_secrets)?)
    }

    /// Deletes what is stored of a client's unfinished backups, when the client is erased. Finished ones are the partner's until their time is over.
    pub(crate) async fn backups_erase(&self, tx: &mut Tx, client: ClientId) -> Result<()> {
        for id in tx.backups_unfinished(client).await? {
            self.files()?.delete_folder(&folder(id)).await?;
            tx.backup_delete(id).await?;
        }
        Ok(())
    }

    /// Deletes all partners' backups whose time is over, with their archives, and files without a backup; returns how many. For background jobs.
    ///
    /// # Errors
    /// `Database` or `Files`.
    pub async fn backup_sweep(&self) -> Result<usize> {
        let mut swept = self.folders_sweep(FOLDER, "backups").await?;
        loop {
            let mut tx = self.system_read("backups whose time is over are deleted", NO_PARTNER).await?;
            let over = tx.backups_over(AT_A_TIME).await?;
            drop(tx);
            if over.is_empty() {
                return Ok(swept);
            }
            for id in &over {
                self.files()?.delete_folder(&folder(*id)).await?;
            }
            let mut tx = self.system("backups whose time is over are deleted", NO_PARTNER).await?;
            for id in &over {
                tx.backup_delete(*id).await?;
            }
            tx.commit().await?;
            swept += over.len();
        }
    }
}

async fn read(tx: &mut Tx, id: BackupId) -> Result<StoredBackup> {
    Ok(tx.backup_get(id).await?.ok_or(Error::NotFound)?)
}
