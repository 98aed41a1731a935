//! Uploaded files, stored outside the database.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use futures::StreamExt;
use object_store::{Error, ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path as Key};

use crate::{Fault, Result};

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
        Ok(Self { store: Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true)), folder: folder.to_owned() })
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

    /// Deletes every file of a folder.
    pub(crate) async fn delete_folder(&self, key: &str) -> Result<()> {
        let mut files = self.store.list(Some(&Key::from(key)));
        while let Some(file) = files.next().await {
            match self.store.delete(&file?.location).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Deleting a missing file is no error.
    pub(crate) async fn delete(&self, key: &str) -> Result<()> {
        match self.store.delete(&Key::from(key)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
