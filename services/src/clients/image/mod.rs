//! Images of network architectures: uploaded, re-encoded, and read by callers who see their client.

mod animation;
mod decoding;
mod picture;
mod sent;
mod store;

use bytes::Bytes;
use domain::{Caller, ClientId, Error, ImageFormat, ImageId, NetworkImage, NetworkImageDraft, PartnerId, Permission, Scope};

use crate::{Fault, Files, Result, Services, kernel::Tx};
pub(crate) use decoding::Decoding;
pub(crate) use picture::{Picture, encode};
pub use sent::{SentImage, SentImages};
use store::StoredImage;

/// How long an image without a client or draft is stored.
const ORPHAN_SECONDS: i64 = 24 * 60 * 60;

/// The most images per user without a client or draft.
const MAX_ORPHANS: usize = 100;

impl Services {
    /// Stores an image for a client that is being created or changed. It is decoded and re-encoded, which removes all metadata.
    ///
    /// # Errors
    /// `Forbidden` without the permission to create or manage clients; `Invalid` for a file that is no image or too large, or if the user has too
    /// many images without a client; `Busy` if too many of them wait.
    pub async fn image_upload(&self, caller: &Caller, bytes: Bytes) -> Result<NetworkImage> {
        // Checked before decoding, which takes long; the transaction begins after it.
        let creates = caller.can(Permission::ClientCreate, Scope::Visible).is_ok();
        let permission = if creates { Permission::ClientCreate } else { Permission::ClientManage };
        caller.can(permission, Scope::Visible)?;
        let (image, bytes) = self.image_of(self.decoding.renew(caller.user.id, bytes).await?)?;
        let mut tx = self.authorize(caller, permission, Scope::Visible).await?;
        if !tx.network_image_orphans_below(MAX_ORPHANS).await? {
            return Err(refused("You have uploaded 100 images that belong to no client. Save them with a client, or try again tomorrow."));
        }
        tx.network_image_insert(&image).await?;
        self.audit(&mut tx, "network_image.upload", &image.id, caller.client, &[]).await?;
        self.commit_with_files(tx, vec![(file(caller.partner, &image.id), bytes)]).await?;
        Ok(image)
    }

    /// Gives a picture a new id.
    pub(crate) fn image_of(&self, picture: Picture) -> Result<(NetworkImage, Bytes)> {
        let Picture { format, width, height, bytes, is_cut } = picture;
        let id = self.ids.uuid().parse().map_err(|_| Fault::Failed("a new id is no UUID".to_owned()))?;
        Ok((NetworkImage { id, format, width, height, bytes: bytes.len() as u64, created: self.clock.now(), is_cut }, bytes))
    }

    /// Inserts an image whose file is written when the transaction commits, and gives that file's name.
    pub(crate) async fn image_insert(&self, tx: &mut Tx, image: &NetworkImage) -> Result<String> {
        tx.network_image_insert(image).await?;
        Ok(file(tx.partner, &image.id))
    }

    /// Writes the file first: a row without a file is a broken image, a file without a row only wastes space.
    pub(crate) async fn image_store(&self, tx: &mut Tx, image: &NetworkImage, bytes: Bytes) -> Result<()> {
        self.files()?.put(&file(tx.partner, &image.id), bytes).await?;
        tx.network_image_insert(image).await
    }

    /// Writes files, then commits the transaction that refers to them; removes the files if it fails.
    pub(crate) async fn commit_with_files(&self, tx: Tx, files: Vec<(String, Bytes)>) -> Result<()> {
        self.files_then(files, tx.commit()).await
    }

    /// As [`Services::commit_with_files`], for a transaction that something else commits.
    pub(crate) async fn files_then(&self, files: Vec<(String, Bytes)>, commit: impl Future<Output = Result<()>>) -> Result<()> {
        let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        let mut is_undone = true;
        let committed = match self.files_put(files).await {
            Ok(()) => {
                let committed = commit.await;
                // If the outcome of the commit is unknown the files stay: a file without a row wastes space, a row without a file is a broken image.
                is_undone = matches!(committed, Err(ref fault) if fault.is_by_database());
                committed
            }
            failed => failed,
        };
        if is_undone {
            for name in &names {
                // The first failure is returned, so this one is only logged. The sweep doesn't find files without a row.
                if let Err(fault) = self.files()?.delete(name).await {
                    tracing::warn!(cause = %fault, name, "a file of a failed write is left");
                }
            }
        }
        committed
    }

    async fn files_put(&self, files: Vec<(String, Bytes)>) -> Result<()> {
        for (name, bytes) in files {
            self.files()?.put(&name, bytes).await?;
        }
        Ok(())
    }

    /// An image's file.
    ///
    /// # Errors
    /// `NotFound` for an image of a client that the caller doesn't see, or for another user's image without a client.
    pub async fn image_read(&self, caller: &Caller, id: &ImageId) -> Result<(ImageFormat, Bytes)> {
        let stored = self.images_visible(caller, std::slice::from_ref(id)).await?.pop().ok_or(Error::NotFound)?;
        let bytes = self.files()?.get(&file(caller.partner, id)).await?.ok_or(Error::NotFound)?;
        Ok((stored.image.format, bytes))
    }

    /// The metadata of images, in the order of the ids, without those that the caller doesn't see.
    ///
    /// # Errors
    /// `Forbidden` without any permission for clients.
    pub async fn image_list(&self, caller: &Caller, ids: &[ImageId]) -> Result<Vec<NetworkImage>> {
        let found = self.images_visible(caller, ids).await?;
        let image = |id: &ImageId| found.iter().find(|stored| stored.image.id == *id).map(|stored| stored.image.clone());
        Ok(ids.iter().filter_map(image).collect())
    }

    /// Deletes all partners' images that have had no client and no draft for a day, and returns how many. For background jobs.
    ///
    /// # Errors
    /// `Database` or `Files`.
    pub async fn image_sweep(&self) -> Result<usize> {
        let mut tx = self.system("a job deletes unattached images", PartnerId::new(0)).await?;
        let swept = tx.network_images_sweep(tx.now.plus_seconds(-ORPHAN_SECONDS)).await?;
        tx.commit().await?;
        for (partner, id) in &swept {
            self.files()?.delete(&file(*partner, id)).await?;
        }
        Ok(swept.len())
    }

    async fn images_visible(&self, caller: &Caller, ids: &[ImageId]) -> Result<Vec<StoredImage>> {
        let mut tx = self.authorize(caller, Permission::ClientView, Scope::Visible).await?;
        let visible = |stored: &StoredImage| stored.client.is_some() || stored.own;
        // No client has more images.
        let ids = ids.get(..100).unwrap_or(ids);
        Ok(tx.network_images_get(ids).await?.into_iter().filter(visible).collect())
    }

    pub(crate) fn files(&self) -> Result<&Files> {
        self.files.as_ref().ok_or_else(|| Fault::Failed("The program was started without a place for files.".to_owned()))
    }
}

/// The file's path, made of our own ids only.
pub(crate) fn file(partner: PartnerId, id: &ImageId) -> String {
    format!("images/{partner}/{id}")
}

fn refused(sentence: &str) -> Fault {
    Error::invalid("file", sentence).into()
}

/// The images of a client: those it has, those that were taken off it, and those that its users uploaded for it.
pub(crate) async fn of_client(tx: &mut Tx, client: ClientId) -> Result<Vec<ImageId>> {
    tx.network_images_of_client(client).await
}

/// Deletes all images of a client, files first, and returns how many.
pub(crate) async fn erase(services: &Services, tx: &mut Tx, client: ClientId) -> Result<u64> {
    let images = of_client(tx, client).await?;
    for id in &images {
        services.files()?.delete(&file(tx.partner, id)).await?;
        tx.network_image_delete(id).await?;
    }
    Ok(images.len() as u64)
}

/// Attaches the images of a client's settings, and detaches all others.
pub(crate) async fn attach(tx: &mut Tx, client: ClientId, images: &[NetworkImageDraft]) -> Result<()> {
    tx.network_images_attach(client, images).await
}
