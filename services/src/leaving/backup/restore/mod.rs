//! Makes a new client of the archive of a backup: all of it or nothing (docs/spec/leaving.md, "Restore").

mod lines;
mod source;
mod store;
mod upload;
mod write;

use std::{fs::File, path::Path};

use domain::{ClientId, PartnerId, RESTORE_PERMISSIONS, Scope};
use tokio::{runtime::Handle, task};

use crate::{Fault, Operator, Result, Services, kernel::Tx};
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
                let mut tx = services.system("the operator restores a client", partner).await?;
                let (client, restored) = services.client_restore(&mut tx, &mut source, secrets, &name).await?;
                tx.commit().await?;
                Ok(restored.sentence(client))
            })
        });
        restoring.await.map_err(|error| Fault::Failed(format!("restoring: {error}")))?
    }
}

impl Services {
    /// Makes everything that an archive holds, within a transaction. Reads files meanwhile: for threads that may wait.
    async fn client_restore(&self, tx: &mut Tx, source: &mut Source, secrets: Option<Secrets>, name: &str) -> Result<(ClientId, Restored)> {
        if tx.caller.is_some() {
            may_restore(tx)?;
        }
        let mut restoring = Restoring { services: self, tx, source, secrets, restored: Restored::default(), files: Vec::new() };
        let client = restoring.run(name).await?;
        let Restoring { restored, files, .. } = restoring;
        // Before the transaction commits: a row without its file is a broken picture, a file without its row only takes room.
        for (key, bytes) in files {
            self.files()?.put(&key, bytes).await?;
        }
        self.audit(tx, "client.restore", client, Some(client), &[]).await?;
        Ok((client, restored))
    }
}

/// Refuses a caller who may not make everything that a client has.
fn may_restore(tx: &Tx) -> Result<()> {
    let caller = tx.caller()?;
    RESTORE_PERMISSIONS.into_iter().try_for_each(|permission| caller.can(permission, Scope::Partner(tx.partner)))?;
    Ok(())
}
