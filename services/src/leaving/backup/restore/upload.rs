//! Archives that are uploaded in parts, looked at, and then restored by a job.

use std::{fs::File, io::Write};

use bytes::Bytes;
use domain::{
    ARCHIVE_TOO_LARGE, Caller, Draft, Error, JobId, JobKind, JobProgress, MAX_ARCHIVE_BYTES, Permission, RESTORE_PART_BYTES, RestoreDraft, RestoreId,
    RestorePreview, Scope, TenantId, Timestamp,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use tokio::{runtime::Handle, task};

use super::{SecretsKey, Source, may_restore, store::StoredRestore};
use crate::{
    Fault, Files, Result, Services,
    kernel::{Tx, authz::NO_PARTNER, password::Queue, proof::proved},
    leaving::job::{NewJob, Next, Work},
};

/// How long an archive waits to be restored, or to be tried again.
const STORED_SECONDS: i64 = 24 * 60 * 60;

/// Where the folders of uploads are.
const FOLDER: &str = "restores";

/// The most archives of a user that wait; an older one is deleted.
const MAX_WAITING: usize = 3;

/// What comes back, as people read it, by the files that hold it.
const SHOWN: [(&str, &str); 8] = [
    ("devices", "Resources"),
    ("device_groups", "Device groups"),
    ("credential_sets", "Credential sets"),
    ("users", "Users"),
    ("user_groups", "User groups"),
    ("permission_sets", "Permission sets"),
    ("roles", "Roles"),
    ("images", "Images"),
];

/// What the job has to know.
#[derive(Serialize, Deserialize)]
struct Input {
    restore: RestoreId,
    name: String,
    /// What opens the secrets, encrypted with the partner's key; none to leave them out.
    key: Option<String>,
}

impl Services {
    /// Begins an upload.
    ///
    /// # Errors
    /// `Forbidden` for who may not make everything that a client has.
    pub async fn restore_upload(&self, caller: &Caller) -> Result<RestoreId> {
        let mut tx = self.restoring(caller, true).await?;
        let id = RestoreId::of_uuid(&self.ids.uuid()).map_err(|_| Fault::Failed("a new id is no UUID".to_owned()))?;
        tx.restore_insert(&id).await?;
        let forgotten = tx.restore_forget(MAX_WAITING).await?;
        tx.commit().await?;
        for old in &forgotten {
            self.folder_delete(&folder(old)).await;
        }
        Ok(id)
    }

    /// Stores a part of an archive. Parts are numbered from 0, and sent one after the other; one that was sent already is stored again.
    ///
    /// # Errors
    /// `NotFound` for an upload that isn't the caller's; `Invalid` under `file` for too large a one; `Conflict` out of turn.
    pub async fn restore_upload_part(&self, caller: &Caller, id: &RestoreId, part: u32, bytes: Bytes) -> Result<()> {
        let turn = |stored: &StoredRestore| part == stored.parts || part + 1 == stored.parts;
        let missed = || Error::conflict("A part of the file is missing: upload it again.");
        // Before the file is written, which takes long; the writing transaction begins after it.
        let stored = waiting(&mut self.restoring(caller, false).await?, id).await?;
        let behind = (u64::from(part) * RESTORE_PART_BYTES as u64).saturating_add(bytes.len() as u64);
        if bytes.len() > RESTORE_PART_BYTES || behind > MAX_ARCHIVE_BYTES as u64 {
            return Err(Error::invalid("file", ARCHIVE_TOO_LARGE).into());
        }
        if !turn(&stored) {
            return Err(missed().into());
        }
        self.files()?.put(&key(id, part), bytes).await?;
        let mut tx = self.restoring(caller, true).await?;
        let stored = waiting(&mut tx, id).await?;
        if !turn(&stored) {
            return Err(missed().into());
        }
        if part == stored.parts {
            tx.restore_grow(id).await?;
        }
        tx.commit().await
    }

    /// What an uploaded archive holds.
    ///
    /// # Errors
    /// `NotFound` for an upload that isn't the caller's; `Invalid` under `file` for what is no archive of ours.
    pub async fn restore_preview(&self, caller: &Caller, id: &RestoreId) -> Result<RestorePreview> {
        let stored = waiting(&mut self.restoring(caller, false).await?, id).await?;
        let source = self.restore_source(id, stored.parts).await?;
        let records = SHOWN.map(|(name, label)| (label.to_owned(), source.records(name))).into_iter().filter(|(_, records)| *records > 0);
        Ok(RestorePreview {
            id: id.clone(),
            client: source.manifest.client,
            name: source.manifest.name.clone(),
            made: Timestamp::parse_rfc3339(&source.manifest.made),
            records: records.collect(),
            has_secrets: source.has_secrets(),
        })
    }

    /// Starts the job that makes a client of an archive. Started once more, it answers the same job.
    ///
    /// # Errors
    /// As [`Services::restore_preview`]; `Unproved`, because users and roles come with the client; `Invalid` for a name that won't do, and for a
    /// passphrase that opens nothing.
    pub async fn restore_start(&self, caller: &Caller, id: &RestoreId, draft: RestoreDraft) -> Result<JobId> {
        let mut tx = self.restoring_proved(caller).await?;
        let stored = tx.restore_get(id).await?.ok_or(Error::NotFound)?;
        if let Some(job) = running(&mut tx, &stored).await? {
            return Ok(job);
        }
        drop(tx);
        let (name, passphrase) = draft.check(())?;
        let mut source = self.restore_source(id, stored.parts).await?;
        let (secrets_key, total) = match passphrase {
            // Trying it takes as much as hashing passwords, so it waits where they do.
            Some(passphrase) => {
                let tried = self.passwords.run(Queue::Known, move || source.key(&passphrase).map(|key| (key, source.records_in_all())));
                let (key, total) = tried.await??;
                (Some(key), total)
            }
            None => (None, source.records_in_all()),
        };
        let mut tx = self.restoring_proved(caller).await?;
        let stored = tx.restore_get(id).await?.ok_or(Error::NotFound)?;
        if let Some(job) = running(&mut tx, &stored).await? {
            return Ok(job);
        }
        let key = match secrets_key {
            Some(key) => Some(self.tenant_key(&mut tx, TenantId::Partner(caller.partner)).await?.seal(&key.expose(), self.ids.secret())?),
            None => None,
        };
        let input = serde_json::to_string(&Input { restore: id.clone(), name: name.clone(), key })?;
        let job = self.job_create(&mut tx, &NewJob { kind: JobKind::Restore, client: None, subject: name, input, total }).await?;
        tx.restore_job_set(id, job).await?;
        self.audit(&mut tx, "restore.start", id, None, &[]).await?;
        tx.commit().await?;
        Ok(job)
    }

    /// The one step of the job: everything is made in one transaction, while others' writes wait.
    ///
    /// # Errors
    /// `Forbidden` for an owner who may not make everything any more; `Invalid` under `file` for a damaged archive.
    pub(crate) async fn restore_step(&self, work: &mut Work) -> Result<Next> {
        let again = || Error::conflict("The archive is no longer stored. Upload it again.");
        let input: Input = serde_json::from_str(&work.input).map_err(|_| again())?;
        let mut tx = self.system_read("a restore looks for its archive", work.partner).await?;
        let stored = tx.restore_of_job(&input.restore).await?.ok_or_else(again)?;
        drop(tx);
        let mut source = self.restore_source(&input.restore, stored.parts).await?;
        let comparing = task::spawn_blocking(move || source.compare().map(|()| source));
        let mut source = self.job_while_held(work, comparing).await.map_err(failed)??;
        let pictures = self.job_while_held(work, self.restore_pictures(&mut source, work.owner)).await?;

        let (services, runtime, mut work) = (self.clone(), Handle::current(), work.clone());
        let restoring = task::spawn_blocking(move || {
            runtime.block_on(async {
                let mut tx = services.job_begin(&work).await?;
                let secrets = match &input.key {
                    Some(sealed) => {
                        let key = services.tenant_key(&mut tx, TenantId::Partner(work.partner)).await?.open(sealed)?;
                        Some(source.secrets(&SecretsKey::of(key.expose_secret())?)?)
                    }
                    None => None,
                };
                let made = services.client_restore(&mut tx, &mut source, pictures, secrets, &input.name).await?;
                tx.restore_end(&input.restore).await?;
                let total = work.progress.total;
                work.progress = JobProgress { done: total, total, doing: String::new() };
                tx.restore_job_finish(work.id, made.client).await?;
                let next = Next::Ended(made.restored.sentence(made.client));
                services.files_then(made.files, services.job_save(tx, &work, &next)).await?;
                services.folder_delete(&folder(&input.restore)).await;
                Ok(next)
            })
        });
        restoring.await.map_err(failed)?
    }

    /// Deletes archives of all partners that were uploaded a day ago, and files without an upload. For background jobs.
    ///
    /// # Errors
    /// `Database` or `Files`.
    pub async fn restore_sweep(&self) -> Result<()> {
        let mut tx = self.system_read("archives that nobody restores are deleted", NO_PARTNER).await?;
        let old = tx.restores_old(tx.now.plus_seconds(-STORED_SECONDS)).await?;
        drop(tx);
        for id in old {
            let mut tx = self.system("archives that nobody restores are deleted", NO_PARTNER).await?;
            tx.restore_end(&id).await?;
            tx.commit().await?;
        }
        self.folders_sweep(FOLDER, "restores").await.map(drop)
    }

    /// A transaction of somebody who may make everything that a client has.
    async fn restoring(&self, caller: &Caller, write: bool) -> Result<Tx> {
        let (permission, scope) = (Permission::ClientCreate, Scope::Partner(caller.partner));
        let tx = if write { self.authorize(caller, permission, scope).await? } else { self.authorize_read(caller, permission, scope).await? };
        may_restore(&tx)?;
        Ok(tx)
    }

    async fn restoring_proved(&self, caller: &Caller) -> Result<Tx> {
        let tx = self.authorize(caller, proved(Permission::ClientCreate), Scope::Partner(caller.partner)).await?;
        may_restore(&tx)?;
        Ok(tx)
    }

    /// Opens an uploaded archive. It is copied to a file without a name, because reading it takes going back and forth.
    async fn restore_source(&self, id: &RestoreId, parts: u32) -> Result<Source> {
        let (files, runtime, id) = (self.files()?.clone(), Handle::current(), id.clone());
        task::spawn_blocking(move || Source::open(copied(&files, &runtime, &id, parts)?)).await.map_err(failed)?
    }
}

fn copied(files: &Files, runtime: &Handle, id: &RestoreId, parts: u32) -> Result<File> {
    let mut file = files.nameless()?;
    for part in 0..parts {
        let bytes = runtime.block_on(files.get(&key(id, part)))?.ok_or_else(|| Fault::Failed("a part of an archive is gone".to_owned()))?;
        file.write_all(&bytes).map_err(failed)?;
    }
    Ok(file)
}

/// An upload of the caller's that isn't being restored yet.
async fn waiting(tx: &mut Tx, id: &RestoreId) -> Result<StoredRestore> {
    let stored = tx.restore_get(id).await?.ok_or(Error::NotFound)?;
    match running(tx, &stored).await? {
        Some(_) => Err(Error::conflict("This archive is being restored already.").into()),
        None => Ok(stored),
    }
}

/// The job that restores an upload, unless it failed: then it can be started once more.
async fn running(tx: &mut Tx, stored: &StoredRestore) -> Result<Option<JobId>> {
    match stored.job {
        Some(job) if tx.job_is_unfinished(job).await? => Ok(Some(job)),
        _ => Ok(None),
    }
}

fn folder(id: &RestoreId) -> String {
    format!("{FOLDER}/{id}")
}

fn key(id: &RestoreId, part: u32) -> String {
    format!("{}/{part}", folder(id))
}

fn failed(error: impl std::fmt::Display) -> Fault {
    Fault::Failed(format!("restoring: {error}"))
}
