//! Activates, deactivates and terminates users.

use domain::{Caller, Change, Error, Mask, Permission, User, UserId, UserRow, UserStatus, checked_reason};

use super::withdraw_links;
use crate::{
    Result, Services,
    kernel::{
        Tx,
        proof::{Demand, proved},
    },
    people::{factor, session},
};

impl Services {
    /// Activates a deactivated user.
    ///
    /// # Errors
    /// As [`Services::user_deactivate`]; `Unproved`, because it gives access; `Conflict` also for a user of a terminated client.
    pub async fn user_activate(&self, caller: &Caller, id: UserId) -> Result<User> {
        let (mut tx, before) = self.user_to_move(caller, id, proved(Permission::UserManage)).await?;
        if before.row.status == UserStatus::Active {
            return Ok(before);
        }
        if let Some(client) = before.row.client
            && !tx.client_in_service(client).await?
        {
            return Err(Error::conflict("The user’s client is terminated and can’t be activated.").into());
        }
        let after = User { row: UserRow { status: UserStatus::Active, ..before.row.clone() }, reason: String::new(), ..before.clone() };
        self.user_moved(tx, "user.activate", &before, after).await
    }

    /// Deactivates a user: their sessions end, and the API keys that they created stop working until they are activated.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission, for the caller themselves, and for a user who holds more than the caller; `Invalid` for a
    /// reason that isn't plain text; `Conflict` for a terminated user, or when no full administrator would be left.
    pub async fn user_deactivate(&self, caller: &Caller, id: UserId, reason: &str) -> Result<User> {
        let (mut tx, before) = self.user_to_move(caller, id, Permission::UserManage).await?;
        not_oneself(caller, id, "deactivate")?;
        let reason = checked_reason(reason)?;
        if before.row.status == UserStatus::Inactive {
            return Ok(before);
        }
        session::end_all(&mut tx, id).await?;
        withdraw_links(&mut tx, id).await?;
        let after = User { row: UserRow { status: UserStatus::Inactive, ..before.row.clone() }, reason, ..before.clone() };
        self.user_moved(tx, "user.deactivate", &before, after).await
    }

    /// Terminates a user for good: deletes password, sessions, roles and groups, masks personal data and frees the login name.
    ///
    /// # Errors
    /// As [`Services::user_deactivate`].
    pub async fn user_terminate(&self, caller: &Caller, id: UserId, reason: &str, mask: Mask) -> Result<User> {
        let (mut tx, before) = self.user_to_move(caller, id, Permission::UserManage).await?;
        not_oneself(caller, id, "terminate")?;
        let reason = checked_reason(reason)?;
        session::end_all(&mut tx, id).await?;
        tx.user_strip(id).await?;
        factor::delete(&mut tx, id).await?;
        let profile = mask.applied(id, &before.row.profile);
        let row = UserRow { status: UserStatus::Terminated, profile, ..before.row.clone() };
        let after = User { row, reason, picture: None, ..before.clone() };
        let after = self.user_moved(tx, "user.terminate", &before, after).await?;
        if let Some(picture) = &before.picture {
            self.picture_delete(caller.partner, &picture.id).await?;
        }
        Ok(after)
    }

    /// Opens a transaction to change a user's status. The API keys that the user created stop and start with it, so they must not grant more than the
    /// caller holds either.
    async fn user_to_move(&self, caller: &Caller, id: UserId, demand: impl Into<Demand>) -> Result<(Tx, User)> {
        let (mut tx, user) = self.user_to_change_by(caller, id, demand).await?;
        let keys = tx.users_of_keys_by(id).await?;
        self.users_outrank_check(&mut tx, &keys, user.row.client).await?;
        Ok((tx, user))
    }

    async fn user_moved(&self, mut tx: Tx, action: &str, before: &User, after: User) -> Result<User> {
        if !tx.user_update(&after).await? {
            return Err(Error::stale("user").into());
        }
        if after.row.status != UserStatus::Active {
            self.administrator_check(&mut tx).await?;
        }
        let status = Change::of("status", "Status", before.row.status.label(), after.row.status.label());
        let reason = Change::of("reason", "Reason", &before.reason, &after.reason);
        let changes: Vec<_> = status.into_iter().chain(reason).collect();
        self.audit(&mut tx, action, after.row.id, after.row.client, &changes).await?;
        let after = tx.user_get(after.row.id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(after)
    }
}

fn not_oneself(caller: &Caller, id: UserId, verb: &str) -> Result<()> {
    if caller.user.id == id { Err(Error::forbidden(format!("You can't {verb} yourself: ask another administrator.")).into()) } else { Ok(()) }
}
