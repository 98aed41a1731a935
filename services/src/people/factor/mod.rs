//! The second factor: setting it up, proving it, turning it off, and resetting another's.

mod code;
mod enrol;
mod prove;
mod qr;
mod store;
mod totp;

use domain::{Caller, Draft, Error, FactorOffDraft, Permission, RecoveryCodes, Scope, SecondFactor, UserId};

pub use enrol::Enrolling;

use crate::{
    Result, Services, SessionToken,
    kernel::{Tx, proof::proved},
    people::{account::use_current_password, session, session::throttle::AttemptBy},
};

impl Services {
    /// The caller's own second factor.
    ///
    /// # Errors
    /// Only failures.
    pub async fn factor_get(&self, caller: &Caller) -> Result<SecondFactor> {
        self.authorize_self_read(caller).await?.factor_get(caller.user.id).await
    }

    /// Another user's second factor.
    ///
    /// # Errors
    /// `NotFound`, or `Forbidden` without the permission to view users.
    pub async fn factor_of(&self, caller: &Caller, user: UserId) -> Result<SecondFactor> {
        let mut tx = self.authorize(caller, Permission::UserView, Scope::Visible).await?;
        let user = tx.user_get(user).await?.ok_or(Error::NotFound)?;
        tx.factor_get(user.row.id).await
    }

    /// Gives the caller new recovery codes. The earlier ones stop working. This session continues with a new token, all others end.
    ///
    /// # Errors
    /// `Unproved`; `Conflict` for who has no second factor.
    pub async fn recovery_codes_renew(&self, caller: &Caller) -> Result<(SessionToken, RecoveryCodes)> {
        let session = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
        let mut tx = self.authorize_self_proved(caller).await?;
        if !tx.caller()?.second_factor {
            return Err(none().into());
        }
        let codes = self.recovery_codes_make(&mut tx, caller.user.id).await?;
        let token = self.only_this_session(&mut tx, caller.user.id, session).await?;
        self.audit(&mut tx, "second_factor.renew-recovery-codes", caller.user.id, caller.client, &[]).await?;
        tx.commit().await?;
        Ok((token, codes))
    }

    /// Turns the caller's second factor off. This session continues with a new token, all others end.
    ///
    /// # Errors
    /// `Invalid` for a wrong password or code, or after too many attempts; `Conflict` where the organization requires a second factor, and for who has
    /// none; `Unauthenticated` after too many wrong codes, which end the session.
    pub async fn factor_turn_off(&self, caller: &Caller, draft: &FactorOffDraft) -> Result<SessionToken> {
        let session = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
        let code = draft.check(())?;
        let by = AttemptBy::Session;
        let proved =
            self.password_prove(by, &caller.user.login, &draft.password, &caller.origin, "password", "second_factor.turn-off-failed").await?;
        let proved = proved.ok_or_else(wrong_password)?;
        if proved.account.second_factor_required {
            return Err(Error::conflict("Your organization requires two-factor authentication: it can’t be turned off.").into());
        }
        let tx = self.authorize_self(caller).await?;
        let mut tx = self.caller_proves(tx, &code).await?;
        use_current_password(&mut tx, caller.user.id, &proved).await?;
        tx.factor_delete(caller.user.id).await?;
        let token = self.only_this_session(&mut tx, caller.user.id, session).await?;
        self.audit(&mut tx, "second_factor.turn-off", caller.user.id, caller.client, &[]).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Removes another user's second factor, because they lost it. Their sessions end, and they are told by mail. One's own is never removed like this.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission to manage users, for the caller themselves, and for a user who holds more than the caller;
    /// `Unproved`; `Conflict` for who has no second factor.
    pub async fn factor_reset(&self, caller: &Caller, user: UserId) -> Result<SecondFactor> {
        let (mut tx, user) = self.user_to_change_by(caller, user, proved(Permission::UserManage)).await?;
        let id = user.row.id;
        if id == caller.user.id {
            return Err(Error::forbidden("Ask another administrator to reset yours, or sign in with a recovery code.").into());
        }
        if !tx.factor_delete(id).await? {
            return Err(Error::conflict("This user has no second factor.").into());
        }
        session::distrust_browsers(&mut tx, id).await?;
        session::end_all(&mut tx, id).await?;
        self.audit(&mut tx, "second_factor.reset", id, user.row.client, &[]).await?;
        let left = tx.factor_get(id).await?;
        tx.commit().await?;
        if let Some(mailer) = self.mailer.clone() {
            let mail = mailer.factor_reset(&user.row.profile, &caller.user);
            mailer.send_later(vec![mail], self.clock.now());
        }
        Ok(left)
    }

    /// Ends all sessions of a user but one, which continues with a new token, and trusts no browser any more: the second factor is another.
    async fn only_this_session(&self, tx: &mut Tx, user: UserId, session: &str) -> Result<SessionToken> {
        let token = SessionToken::new(self.ids.secret());
        if !session::continue_only(tx, user, session, &token.key()).await? {
            return Err(Error::Unauthenticated.into());
        }
        session::distrust_browsers(tx, user).await?;
        Ok(token)
    }
}

/// Deletes the second factor of a user who is terminated.
pub(crate) async fn delete(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.factor_delete(user).await.map(drop)
}

fn none() -> Error {
    Error::conflict("You have no second factor.")
}

fn wrong_password() -> Error {
    Error::invalid("password", "The password is wrong.")
}
