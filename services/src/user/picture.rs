//! Profile pictures.

use bytes::Bytes;
use domain::{Caller, Error, IMAGE_TOO_LARGE, ImageFormat, ImageId, MAX_IMAGE_BYTES, PartnerId, Permission, Scope, User, UserId, UserPicture};

use super::somebody_else;
use crate::{
    Fault, Result, Services,
    network_image::{Picture, renew},
    store::Tx,
};

impl Services {
    /// Gives a user another picture, or none. It is decoded and encoded anew, so that only the picture is kept. Everybody may change his own.
    ///
    /// # Errors
    /// As [`Services::user_update`]; `Invalid` under `file` for what is no image, or too large a one.
    pub async fn user_picture_set(&self, caller: &Caller, id: UserId, bytes: Option<Bytes>) -> Result<User> {
        drop(self.picture_change(caller, id).await?);
        let picture = match bytes {
            Some(bytes) => Some(self.picture_put(caller.partner, bytes).await?),
            None => None,
        };
        let (mut tx, before) = self.picture_change(caller, id).await?;
        if !tx.user_update(&User { picture, ..before.clone() }).await? {
            return Err(somebody_else());
        }
        self.audit(&mut tx, "user.picture", id, before.row.client, &[]).await?;
        let after = tx.user_get(id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        if let Some(old) = &before.picture {
            self.picture_delete(caller.partner, &old.id).await?;
        }
        Ok(after)
    }

    /// Looks whether bytes are a picture that a user can have, so that a form can tell it together with all else that is wrong.
    ///
    /// # Errors
    /// `Forbidden` for one who may not change users; `Invalid` under `file` for what is no image, or too large a one.
    pub async fn user_picture_check(&self, caller: &Caller, bytes: Bytes) -> Result<()> {
        caller.can(Permission::UserManage, Scope::Visible)?;
        renewed(bytes).await.map(drop)
    }

    /// A user's picture.
    ///
    /// # Errors
    /// As [`Services::user_get`]; `NotFound` where there is none.
    pub async fn user_picture(&self, caller: &Caller, id: UserId) -> Result<(ImageFormat, Bytes)> {
        let picture = self.user_get(caller, id).await?.picture.ok_or(Error::NotFound)?;
        let bytes = self.files()?.get(&file(caller.partner, &picture.id)).await?.ok_or(Error::NotFound)?;
        Ok((picture.format, bytes))
    }

    async fn picture_change(&self, caller: &Caller, id: UserId) -> Result<(Tx, User)> {
        if id == caller.user.id {
            let mut tx = self.authorize_self(caller).await?;
            let user = tx.user_get(id).await?.ok_or(Error::NotFound)?;
            return Ok((tx, user));
        }
        self.user_to_change(caller, id).await
    }

    /// The file first: a row without a file would be a broken picture, a file without a row is only a little waste.
    async fn picture_put(&self, partner: PartnerId, bytes: Bytes) -> Result<UserPicture> {
        let picture = renewed(bytes).await?;
        let id: ImageId = self.ids.uuid().parse().map_err(|_| Fault::Failed("a new id is no UUID".to_owned()))?;
        self.files()?.put(&file(partner, &id), picture.bytes).await?;
        Ok(UserPicture { id, format: picture.format })
    }

    pub(super) async fn picture_delete(&self, partner: PartnerId, id: &ImageId) -> Result<()> {
        self.files()?.delete(&file(partner, id)).await
    }
}

/// Decodes and encodes anew, where it is in nobody's way.
async fn renewed(bytes: Bytes) -> Result<Picture> {
    if bytes.len() > MAX_IMAGE_BYTES {
        return Err(Error::invalid("file", IMAGE_TOO_LARGE).into());
    }
    let decoding = tokio::task::spawn_blocking(move || renew(&bytes)).await;
    decoding.map_err(|error| Fault::Failed(format!("An image could not be decoded: {error}")))?
}

/// Made of our own ids only.
fn file(partner: PartnerId, id: &ImageId) -> String {
    format!("pictures/{partner}/{id}")
}
