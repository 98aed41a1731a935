//! Images sent together with a client, by API clients.

use bytes::Bytes;
use domain::{Caller, ClientId, Error, IMAGE_WAS_CUT, MAX_IMAGES, NetworkImage, NetworkImageDraft, Violations};

use super::file;
use crate::{Result, Services, kernel::Tx};

/// An image as sent, not yet checked.
#[derive(Clone, Debug)]
pub struct SentImage {
    /// Title.
    pub title: String,
    /// The bytes of its file, unchecked.
    pub bytes: Bytes,
}

/// Checked images. Their files are written with the client, or not at all.
#[derive(Default)]
pub struct SentImages {
    drafts: Vec<NetworkImageDraft>,
    new: Vec<(NetworkImage, Bytes)>,
    /// A warning about dropped content, by index.
    warnings: Vec<(usize, &'static str)>,
}

impl SentImages {
    /// Their entries in a client's draft.
    #[must_use]
    pub fn drafts(&self) -> Vec<NetworkImageDraft> {
        self.drafts.clone()
    }

    /// Warnings about dropped content, by the image's index.
    #[must_use]
    pub fn warnings(&self) -> &[(usize, &'static str)] {
        &self.warnings
    }
}

impl Services {
    /// Checks the images sent for a client, without writing. An image that the client has, byte for byte, is reused without decoding.
    ///
    /// # Errors
    /// `Invalid` under `images.0.file` for no image or too large a one; `Busy` if too many of the user's images wait; as
    /// [`Services::client_get`].
    pub async fn client_images_read(&self, caller: &Caller, client: Option<ClientId>, images: Vec<SentImage>) -> Result<SentImages> {
        if images.len() > MAX_IMAGES {
            return Err(Error::invalid("images", format!("Keep at most {MAX_IMAGES} images.")).into());
        }
        let mut stored = self.images_of(caller, client).await?;
        let (mut read, mut violations) = (SentImages::default(), Violations::new());
        for (at, SentImage { title, bytes }) in images.into_iter().enumerate() {
            if let Some(same) = stored.iter().position(|(_, of_stored)| *of_stored == bytes) {
                let (image, _) = stored.remove(same);
                read.drafts.push(NetworkImageDraft { id: image.id, title });
                continue;
            }
            match self.decoding.renew(caller.user.id, bytes).await.map_err(Error::from) {
                Ok(picture) => {
                    let (image, bytes) = self.image_of(picture)?;
                    if image.is_cut {
                        read.warnings.push((at, IMAGE_WAS_CUT));
                    }
                    read.drafts.push(NetworkImageDraft { id: image.id.clone(), title });
                    read.new.push((image, bytes));
                }
                Err(Error::Invalid { violations: wrong }) => {
                    let sentences = wrong.into_iter().map(|wrong| (format!("images.{at}.file"), wrong.message));
                    sentences.for_each(|(field, message)| violations.add(field, message));
                }
                Err(error) => return Err(error.into()),
            }
        }
        violations.into_result()?;
        Ok(read)
    }

    /// The images that a client has, with their bytes.
    async fn images_of(&self, caller: &Caller, client: Option<ClientId>) -> Result<Vec<(NetworkImage, Bytes)>> {
        let Some(client) = client else { return Ok(Vec::new()) };
        let ids: Vec<_> = self.client_get(caller, client).await?.details.images.into_iter().map(|image| image.id).collect();
        let mut images = Vec::new();
        for image in self.image_list(caller, &ids).await? {
            // An image whose file is lost is stored again.
            if let Some(bytes) = self.files()?.get(&file(caller.partner, &image.id)).await? {
                images.push((image, bytes));
            }
        }
        Ok(images)
    }

    /// Inserts the rows of new images, so that the client in the same transaction can refer to them.
    pub(crate) async fn images_insert(&self, tx: &mut Tx, images: &SentImages) -> Result<()> {
        for (image, _) in &images.new {
            tx.network_image_insert(image).await?;
        }
        Ok(())
    }

    /// Commits the transaction with the files of the images inserted in it.
    pub(crate) async fn images_commit(&self, tx: Tx, images: SentImages) -> Result<()> {
        let partner = tx.partner;
        let files = images.new.into_iter().map(|(image, bytes)| (file(partner, &image.id), bytes)).collect();
        self.commit_with_files(tx, files).await
    }
}
