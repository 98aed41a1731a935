//! Uploaded files, kept outside the database.

use std::{path::Path, sync::Arc};

use bytes::Bytes;
use object_store::{Error, ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path as Key};

use crate::{Fault, Result};

/// Where uploaded files are kept. A key is a path of our own making, never a name that somebody typed.
#[derive(Clone, Debug)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// In a local folder, which is made if it is missing.
    ///
    /// # Errors
    /// [`Fault::Files`] or [`Fault::Failed`] if it can't be used.
    pub fn local(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|error| Fault::Failed(format!("The folder {} can't be made: {error}", folder.display())))?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?)))
    }

    pub(crate) async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.0.put(&Key::from(key), bytes.into()).await?;
        Ok(())
    }

    pub(crate) async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        match self.0.get(&Key::from(key)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Deleting what is not there is no fault.
    pub(crate) async fn delete(&self, key: &str) -> Result<()> {
        match self.0.delete(&Key::from(key)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
