//! Profile pictures.

use bytes::Bytes;
use domain::{Caller, Error, ImageFormat, ImageId, PartnerId, Permission, Scope, User, UserId, UserPicture};

use crate::{Fault, Result, Services, kernel::Tx};

impl Services {
    /// Replaces or removes a user's picture. It is re-encoded without metadata. Users can change their own.
    ///
    /// # Errors
    /// As [`Services::user_update`]; `Invalid` under `file` for a file that is no image or too large.
    pub async fn user_picture_set(&self, caller: &Caller, id: UserId, bytes: Option<Bytes>) -> Result<User> {
        let (tx, before) = self.picture_change(caller, id).await?;
        drop(tx);
        let picture = match bytes {
            Some(bytes) if self.has_picture(caller, &before, &bytes).await? => return Ok(before),
            Some(bytes) => Some(self.picture_new(caller, bytes).await?),
            None => None,
        };
        let (mut tx, before) = self.picture_change(caller, id).await?;
        let kept = picture.as_ref().map(|(picture, _)| picture.clone());
        if !tx.user_update(&User { picture: kept, ..before.clone() }).await? {
            return Err(Error::stale("user").into());
        }
        self.audit(&mut tx, "user.picture", id, before.row.client, &[]).await?;
        let after = tx.user_get(id).await?.ok_or(Error::NotFound)?;
        self.commit_with_picture(tx, picture).await?;
        if let Some(old) = &before.picture {
            self.picture_delete(caller.partner, &old.id).await?;
        }
        Ok(after)
    }

    /// Re-encodes a picture and gives it an id.
    pub(super) async fn picture_new(&self, caller: &Caller, bytes: Bytes) -> Result<(UserPicture, Bytes)> {
        let id: ImageId = self.ids.uuid().parse().map_err(|_| Fault::Failed("a new id is no UUID".to_owned()))?;
        let picture = self.decoding.renew(caller.user.id, bytes).await?;
        Ok((UserPicture { id, format: picture.format }, picture.bytes))
    }

    pub(super) async fn commit_with_picture(&self, tx: Tx, picture: Option<(UserPicture, Bytes)>) -> Result<()> {
        let partner = tx.partner;
        self.commit_with_files(tx, picture.into_iter().map(|(picture, bytes)| (file(partner, &picture.id), bytes)).collect()).await
    }

    /// Whether the user's picture has exactly these bytes, as when an API client sends back what it read.
    async fn has_picture(&self, caller: &Caller, user: &User, bytes: &Bytes) -> Result<bool> {
        let Some(picture) = &user.picture else { return Ok(false) };
        Ok(self.files()?.get(&file(caller.partner, &picture.id)).await?.is_some_and(|stored| stored == bytes))
    }

    /// Checks a picture without storing it, so that a form can report it together with its other errors.
    ///
    /// # Errors
    /// `Forbidden` without the permission to manage users; `Invalid` under `file` for a file that is no image or too large.
    pub async fn user_picture_check(&self, caller: &Caller, bytes: Bytes) -> Result<()> {
        caller.can(Permission::UserManage, Scope::Visible)?;
        self.decoding.renew(caller.user.id, bytes).await.map(drop)
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
            tx.caller()?.password_is_chosen()?;
            let user = tx.user_get(id).await?.ok_or(Error::NotFound)?;
            return Ok((tx, user));
        }
        self.user_to_change(caller, id).await
    }

    pub(crate) async fn picture_delete(&self, partner: PartnerId, id: &ImageId) -> Result<()> {
        self.files()?.delete(&file(partner, id)).await
    }
}

/// The file's path, made of our own ids only.
pub(crate) fn file(partner: PartnerId, id: &ImageId) -> String {
    format!("pictures/{partner}/{id}")
}
