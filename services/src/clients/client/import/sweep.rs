//! Clears away what imports leave: clients that were written by one that was stopped, and files.

use domain::{ClientImportId, PartnerId};

use super::{key, run::erase};
use crate::{Result, Services, kernel::Tx};

/// How long a file waits for its import, or for being imported once more, in seconds.
const KEPT_SECONDS: i64 = 7 * 24 * 60 * 60;

impl Services {
    /// Erases the clients that stopped imports have written, and deletes files that were uploaded seven days ago. For background jobs.
    ///
    /// # Errors
    /// `Database` or `Files`.
    pub async fn client_import_sweep(&self) -> Result<()> {
        let mut tx = self.system_read("a job looks for what imports have left", PartnerId::new(0)).await?;
        let before = tx.now.plus_seconds(-KEPT_SECONDS);
        let (old, partners) = (tx.client_imports_old(before).await?, tx.partners_with_staged_clients().await?);
        drop(tx);
        for partner in partners {
            self.client_import_clear(partner).await?;
        }
        for (partner, import) in old {
            let mut tx = self.system("a job forgets a file of clients", partner).await?;
            if !client_import_is_running(&mut tx, &import).await? {
                tx.client_import_delete(&import).await?;
                tx.commit().await?;
                self.files()?.delete(&key(&import)).await?;
            }
        }
        Ok(())
    }

    /// Erases what a partner's stopped import has written, in portions between which others can write.
    pub(crate) async fn client_import_clear(&self, partner: PartnerId) -> Result<()> {
        loop {
            let mut tx = self.system("a job clears away an import that was stopped", partner).await?;
            let Some(staged) = tx.staged_clients().await? else { return Ok(()) };
            // Somebody can have let it run again meanwhile.
            if let Some(import) = &staged.import
                && client_import_is_running(&mut tx, import).await?
            {
                return Ok(());
            }
            erase(&mut tx, &staged).await?;
            tx.commit().await?;
        }
    }

    /// Deletes the file of an import that made its clients. If it can't, the sweep does.
    pub(super) async fn client_import_file_delete(&self, import: &ClientImportId) {
        let deleted = async { self.files()?.delete(&key(import)).await };
        if let Err(fault) = deleted.await {
            tracing::warn!(cause = %fault, %import, "the file of an import is left");
        }
    }
}

/// Whether the job of an import isn't over.
pub(super) async fn client_import_is_running(tx: &mut Tx, import: &ClientImportId) -> Result<bool> {
    match tx.client_import_find(import).await?.and_then(|stored| stored.job) {
        Some(job) => tx.job_is_unfinished(job).await,
        None => Ok(false),
    }
}
