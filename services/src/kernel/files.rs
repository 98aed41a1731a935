//! Uploaded files, stored outside the database.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use domain::Timestamp;
use object_store::{Error, ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path as Key};

use crate::{Fault, Result, Services};

/// How long a write can take, in seconds. What is older was left by a server that died.
const LONGEST_WRITE: i64 = 60 * 60;

/// The name of the file that [`Files::write_probe`] writes.
const PROBE: &str = "readiness";

/// A file that is stored in parts, to be read one after the other.
pub struct StoredFile {
    /// What it is called: letters, digits and dashes.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The number of its parts.
    pub parts: u32,
}

/// The store of uploaded files. Keys are generated paths, never names that users typed.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    folder: PathBuf,
}

impl Files {
    /// A local folder, which is created if it is missing.
    ///
    /// # Errors
    /// [`Fault::Files`] or [`Fault::Failed`] if it can't be used.
    pub fn local(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|error| Fault::Failed(format!("The folder {} can't be made: {error}", folder.display())))?;
        Ok(Self { store: Arc::new(LocalFileSystem::new_with_prefix(folder)?), folder: folder.to_owned() })
    }

    /// Fails if the folder is missing, because writing would recreate it empty.
    pub(super) fn is_in_place(&self) -> Result<()> {
        if self.folder.is_dir() { Ok(()) } else { Err(Fault::Failed(format!("The folder for files {} is gone.", self.folder.display()))) }
    }

    /// Writes and removes a file to test that the folder is writable.
    pub(super) async fn write_probe(&self) -> Result<()> {
        self.put(PROBE, Bytes::from_static(b"ready")).await?;
        self.delete(PROBE).await
    }

    pub(crate) async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.store.put(&Key::from(key), bytes.into()).await?;
        Ok(())
    }

    pub(crate) async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        match self.store.get(&Key::from(key)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// A new file without a name, which is gone when it is closed. Beside the stored ones, because it can be as large as they are.
    pub(crate) fn nameless(&self) -> Result<fs::File> {
        tempfile::tempfile_in(&self.folder).map_err(|error| Fault::Failed(format!("A temporary file can't be made: {error}")))
    }

    /// Deletes a folder with all that is in it, also what the store doesn't list because it isn't written to its end.
    pub(crate) async fn delete_folder(&self, key: &str) -> Result<()> {
        let deleted = unless_gone(tokio::fs::remove_dir_all(self.folder.join(key)).await);
        deleted.map(drop).map_err(|error| Fault::Failed(format!("The folder {key} can't be deleted: {error}")))
    }

    /// The names of the folders in a folder.
    pub(crate) async fn folders(&self, key: &str) -> Result<Vec<String>> {
        let found = self.store.list_with_delimiter(Some(&Key::from(key))).await?;
        Ok(found.common_prefixes.iter().filter_map(|folder| folder.filename().map(str::to_owned)).collect())
    }

    /// Deletes what writes that didn't end before a moment have left, and returns how many files.
    async fn sweep(&self, before: Timestamp) -> Result<usize> {
        let (folder, before) = (self.folder.clone(), UNIX_EPOCH + Duration::from_millis(u64::try_from(before.millis()).unwrap_or_default()));
        let swept = tokio::task::spawn_blocking(move || sweep(&folder, before)).await;
        let swept = swept.map_err(|error| Fault::Failed(error.to_string()))?;
        swept.map_err(|error| Fault::Failed(format!("What unfinished writes have left can't be deleted: {error}")))
    }

    /// Deleting a missing file is no error.
    pub(crate) async fn delete(&self, key: &str) -> Result<()> {
        match self.store.delete(&Key::from(key)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Services {
    /// Deletes what servers that died have left half written, and returns how many files. For background jobs.
    ///
    /// # Errors
    /// Only failures.
    pub async fn files_sweep(&self) -> Result<usize> {
        self.files()?.sweep(self.clock.now().plus_seconds(-LONGEST_WRITE)).await
    }
}

/// Deletes the unfinished files below a folder that were last written before a moment.
fn sweep(folder: &Path, before: SystemTime) -> io::Result<usize> {
    let mut swept = 0;
    for entry in unless_gone(fs::read_dir(folder))?.into_iter().flatten() {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            swept += sweep(&entry.path(), before)?;
        } else if is_unfinished(&entry.file_name().to_string_lossy())
            && let Some(file) = unless_gone(entry.metadata())?
            && file.modified()? < before
        {
            swept += usize::from(unless_gone(fs::remove_file(entry.path()))?.is_some());
        }
    }
    Ok(swept)
}

/// None for what others deleted or renamed meanwhile.
fn unless_gone<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the store gave a file this name while it was written; it is renamed in the end.
fn is_unfinished(name: &str) -> bool {
    name.rsplit_once('#').is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit()))
}
