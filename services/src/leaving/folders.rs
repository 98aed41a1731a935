//! Folders of stored files, each named by the id of its row. Whoever deletes a row deletes its folder beside that, and can die in between.

use crate::{Result, Services, kernel::authz::NO_PARTNER};

/// How many folders are looked up at a time.
const AT_A_TIME: usize = 100;

impl Services {
    /// Deletes the folders in a folder whose row in a table is gone, and returns how many. For background jobs.
    pub(super) async fn folders_sweep(&self, folder: &str, table: &'static str) -> Result<usize> {
        let mut swept = 0;
        for some in self.files()?.folders(folder).await?.chunks(AT_A_TIME) {
            let mut tx = self.system_read("files without a row are deleted", NO_PARTNER).await?;
            let there = tx.ids_among(table, some).await?;
            drop(tx);
            for name in some.iter().filter(|name| !there.contains(*name)) {
                self.files()?.delete_folder(&format!("{folder}/{name}")).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    /// Deletes a folder whose row is gone already. If it can't, the sweep does.
    pub(super) async fn folder_delete(&self, key: &str) {
        let deleted = async { self.files()?.delete_folder(key).await };
        if let Err(fault) = deleted.await {
            tracing::warn!(cause = %fault, key, "a folder of files is left");
        }
    }
}
