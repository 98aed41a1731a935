//! Ending sessions one by one: one's own, and those of users whom one manages.

use domain::{Caller, Change, ClientId, Error, Permission, Scope, SessionId, SessionRow, User, UserId, UserStatus};

use super::{alive, distrust_browsers, end_all};
use crate::{Result, Services, kernel::Tx};

impl Services {
    /// Ends another session of the caller's user.
    ///
    /// # Errors
    /// `NotFound` if it isn't one of the caller's or has ended; `Conflict` for the session that asks.
    pub async fn session_end(&self, caller: &Caller, session: SessionId) -> Result<()> {
        let mut tx = self.authorize_self(caller).await?;
        let caller = tx.caller()?;
        let found = alive(&mut tx, caller.user.id, own_key(&caller)).await?.into_iter().find(|row| row.id == session);
        if found.as_ref().is_some_and(|row| row.current) {
            return Err(Error::conflict("You’re using this session: sign out instead.").into());
        }
        self.session_end_one(&mut tx, (caller.user.id, caller.client), found).await?;
        tx.commit().await
    }

    /// Ends all sessions of the caller's user but the one that asks.
    ///
    /// # Errors
    /// Only failures.
    pub async fn session_end_others(&self, caller: &Caller) -> Result<()> {
        let mut tx = self.authorize_self(caller).await?;
        let caller = tx.caller()?;
        tx.session_delete_others(caller.user.id, own_key(&caller)).await?;
        distrust_browsers(&mut tx, caller.user.id).await?;
        self.audit(&mut tx, "session.end-others", caller.user.id, caller.client, &[]).await?;
        tx.commit().await
    }

    /// The sessions of a user whom the caller manages, the last used first.
    ///
    /// # Errors
    /// As [`Services::session_end_of`].
    pub async fn session_list_of(&self, caller: &Caller, user: UserId) -> Result<Vec<SessionRow>> {
        not_oneself(caller, user)?;
        let mut tx = self.authorize(caller, Permission::UserView, Scope::Visible).await?;
        let user = tx.user_get(user).await?.ok_or(Error::NotFound)?;
        self.permit(&mut tx, Permission::UserManage, user.row.client).await?;
        not_terminated(&user)?;
        self.users_outrank_check(&mut tx, &[user.row.id], user.row.client).await?;
        alive(&mut tx, user.row.id, "").await
    }

    /// Ends a session of a user whom the caller manages.
    ///
    /// # Errors
    /// `NotFound` for a user who isn't visible and a session that isn't theirs or has ended; `Forbidden` without the permission to manage users, for the
    /// caller themselves, and for a user who holds more than the caller; `Conflict` for a terminated user.
    pub async fn session_end_of(&self, caller: &Caller, user: UserId, session: SessionId) -> Result<()> {
        not_oneself(caller, user)?;
        let (mut tx, user) = self.user_to_change(caller, user).await?;
        let found = alive(&mut tx, user.row.id, "").await?.into_iter().find(|row| row.id == session);
        self.session_end_one(&mut tx, (user.row.id, user.row.client), found).await?;
        tx.commit().await
    }

    /// Ends all sessions of a user whom the caller manages.
    ///
    /// # Errors
    /// As [`Services::session_end_of`].
    pub async fn session_end_all_of(&self, caller: &Caller, user: UserId) -> Result<()> {
        not_oneself(caller, user)?;
        let (mut tx, user) = self.user_to_change(caller, user).await?;
        end_all(&mut tx, user.row.id).await?;
        self.audit(&mut tx, "session.end-all", user.row.id, user.row.client, &[]).await?;
        tx.commit().await
    }

    async fn session_end_one(&self, tx: &mut Tx, (user, client): (UserId, Option<ClientId>), found: Option<SessionRow>) -> Result<()> {
        let found = found.ok_or(Error::NotFound)?;
        tx.session_delete_one(user, found.id).await?;
        let which = format!("{}, signed in {}", found.ip, found.created.minute());
        self.audit(tx, "session.end", user, client, Change::of("session", "Session", &which, "Ended").as_slice()).await
    }
}

fn own_key(caller: &Caller) -> &str {
    caller.session.as_deref().unwrap_or_default()
}

fn not_oneself(caller: &Caller, user: UserId) -> Result<()> {
    if caller.user.id == user { Err(Error::forbidden("Your own sessions are on your account page.").into()) } else { Ok(()) }
}

fn not_terminated(user: &User) -> Result<()> {
    match user.row.status {
        UserStatus::Terminated => Err(Error::conflict("A terminated user has no sessions.").into()),
        UserStatus::Active | UserStatus::Inactive => Ok(()),
    }
}
