//! Makes a new client of the archive of a backup: all of it or nothing (docs/spec/leaving.md, "Restore").

mod lines;
mod pictures;
mod source;
mod store;
mod upload;
mod write;

use std::{fs::File, path::Path};

use bytes::Bytes;
use domain::{ClientId, PartnerId, RESTORE_PERMISSIONS, Scope, UserId};
use tokio::{runtime::Handle, task};

use crate::{Fault, Operator, Result, Services, kernel::Tx};
use pictures::Pictures;
pub(crate) use source::Source;
use source::{Secrets, SecretsKey};
pub(crate) use write::Restored;
use write::Restoring;

impl Operator<'_> {
    /// Makes a new client of the archive in a file, and says in sentences what came of it.
    ///
    /// # Errors
    /// `NotFound` for a partner that doesn't exist; `Invalid` under `file` for what is no archive or a damaged one, under `passphrase` for a wrong one,
    /// and under `name` for a name that won't do.
    pub async fn client_restore(&self, partner: PartnerId, file: &Path, name: &str, passphrase: Option<&str>) -> Result<String> {
        let (services, runtime) = (self.0.clone(), Handle::current());
        let (file, name, passphrase) = (file.to_owned(), name.to_owned(), passphrase.map(ToOwned::to_owned));
        let restoring = task::spawn_blocking(move || {
            let opened = File::open(&file).map_err(|error| Fault::Failed(format!("{} can’t be read: {error}", file.display())))?;
            let mut source = Source::open(opened)?;
            source.compare()?;
            let secrets = match passphrase {
                Some(passphrase) => {
                    let key = source.key(&passphrase)?;
                    Some(source.secrets(&key)?)
                }
                None => None,
            };
            runtime.block_on(async {
                let pictures = services.restore_pictures(&mut source, UserId::new(0)).await?;
                let mut tx = services.system("the operator restores a client", partner).await?;
                let made = services.client_restore(&mut tx, &mut source, pictures, secrets, &name).await?;
                services.commit_with_files(tx, made.files).await?;
                Ok(made.restored.sentence(made.client))
            })
        });
        restoring.await.map_err(|error| Fault::Failed(format!("restoring: {error}")))?
    }
}

impl Services {
    /// Makes everything that an archive holds, within a transaction. Reads the archive meanwhile: for threads that may wait.
    async fn client_restore(&self, tx: &mut Tx, source: &mut Source, pictures: Pictures, secrets: Option<Secrets>, name: &str) -> Result<Made> {
        if tx.caller.is_some() {
            may_restore(tx)?;
        }
        let mut restoring = Restoring { services: self, tx, source, pictures, secrets, restored: Restored::default(), files: Vec::new() };
        let client = restoring.run(name).await?;
        let Restoring { restored, files, .. } = restoring;
        self.audit(tx, "client.restore", client, Some(client), &[]).await?;
        Ok(Made { client, restored, files })
    }
}

/// A client that was restored.
struct Made {
    client: ClientId,
    restored: Restored,
    /// Files to be written when the transaction commits.
    files: Vec<(String, Bytes)>,
}

/// Refuses a caller who may not make everything that a client has.
fn may_restore(tx: &Tx) -> Result<()> {
    let caller = tx.caller()?;
    RESTORE_PERMISSIONS.into_iter().try_for_each(|permission| caller.can(permission, Scope::Partner(tx.partner)))?;
    Ok(())
}
