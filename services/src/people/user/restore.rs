//! Makes a user again that a backup holds.

use bytes::Bytes;
use domain::{ClientId, Draft, User, UserDraft, UserId, UserPicture, UserProfile, UserRow, UserStatus, checked_reason};

use super::{change::changes, picture};
use crate::{
    Fault, Result, Services,
    clients::image::Picture,
    kernel::{Tx, email, fold::login_key, refusal::unseen},
};

/// A user as a backup holds it.
pub(crate) struct RestoredUser {
    pub(crate) profile: UserProfile,
    pub(crate) status: UserStatus,
    pub(crate) reason: String,
    pub(crate) picture: Option<Picture>,
}

impl Services {
    /// Makes a user without a password, within a transaction; none if the login name is taken. Returns the files of its picture, to be written before the
    /// transaction commits.
    ///
    /// # Errors
    /// `Invalid` for what no user can have.
    pub(crate) async fn user_restore(&self, tx: &mut Tx, client: ClientId, user: RestoredUser) -> Result<Option<(UserId, Option<(String, Bytes)>)>> {
        let RestoredUser { profile, status, reason, picture } = user;
        let reason = checked_reason(&reason)?;
        let draft = UserDraft::from(profile);
        let addresses = [("email", draft.email.as_deref()), ("alternate_email", draft.alternate_email.as_deref())];
        let profile = email::checked(draft.check(None), &addresses)?.profile;
        if tx.login_is_taken(&login_key(&profile.login)).await? {
            return Ok(None);
        }
        self.all_user_groups_check(tx, Some(client), &UserProfile::default(), &profile).await?;
        let id = self.user_write(tx, Some(client), &profile, "").await?;
        self.audit(tx, "user.create", id, Some(client), &changes(&UserProfile::default(), &profile)).await?;
        let new = match picture {
            Some(picture) => {
                let id = self.ids.uuid().parse().map_err(|_| Fault::Failed("a new id is no UUID".to_owned()))?;
                Some((UserPicture { id, format: picture.format }, picture.bytes))
            }
            None => None,
        };
        if status != UserStatus::Active || new.is_some() {
            let user = tx.user_get(id).await?.ok_or_else(unseen)?;
            let kept = new.as_ref().map(|(picture, _)| picture.clone());
            let row = UserRow { status, ..user.row.clone() };
            tx.user_update(&User { row, reason, picture: kept, ..user }).await?;
        }
        let file = new.map(|(picture, bytes)| (picture::file(tx.partner, &picture.id), bytes));
        Ok(Some((id, file)))
    }
}
