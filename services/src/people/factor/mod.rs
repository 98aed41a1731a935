//! The second factor: setting it up, proving it, turning it off, and resetting another's.

mod code;
mod enrol;
mod passkey;
mod prove;
mod qr;
mod store;
mod totp;

use domain::{Caller, ClientId, Draft, Error, FactorOffDraft, Permission, RecoveryCodes, Scope, SecondFactor, UserId};

pub use enrol::Enrolling;
pub use passkey::Passkeys;

use crate::{
    Operator, Result, Services, SessionToken,
    kernel::{Tx, proof::proved},
    people::{
        account::{Proved, use_current_password},
        session,
        session::throttle::AttemptBy,
    },
};

impl Operator<'_> {
    /// Removes a user's second factor, for administrators who lost theirs and have nobody who could. Their sessions end, and they are told by mail.
    ///
    /// # Errors
    /// `NotFound` for a login name that nobody has; `Conflict` for who has no second factor.
    pub async fn factor_reset(&self, login: &str) -> Result<()> {
        let (account, _) = self.0.store.account_by_login(login).await?.ok_or(Error::NotFound)?;
        let mut tx = self.0.command("the operator resets a second factor", account.partner).await?;
        self.0.factor_remove(&mut tx, (account.user.id, account.client)).await?;
        tx.commit().await?;
        if let Some(mailer) = &self.0.mailer {
            mailer.send(mailer.factor_reset(&account.user, "The operator of the server"), self.0.clock.now()).await;
        }
        Ok(())
    }
}

impl Services {
    /// The caller's own second factor.
    ///
    /// # Errors
    /// Only failures.
    pub async fn factor_get(&self, caller: &Caller) -> Result<SecondFactor> {
        let mut tx = self.authorize_self_read(caller).await?;
        self.factor_seen(&mut tx, caller.user.id).await
    }

    /// Another user's second factor.
    ///
    /// # Errors
    /// `NotFound`, or `Forbidden` without the permission to view users.
    pub async fn factor_of(&self, caller: &Caller, user: UserId) -> Result<SecondFactor> {
        let mut tx = self.authorize(caller, Permission::UserView, Scope::Visible).await?;
        let user = tx.user_get(user).await?.ok_or(Error::NotFound)?;
        let mut factor = self.factor_seen(&mut tx, user.row.id).await?;
        // What authenticators call them is only for their owner to use.
        factor.passkeys.iter_mut().for_each(|passkey| passkey.id.clear());
        Ok(factor)
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
        let now = tx.now;
        tx.commit().await?;
        self.mail_later(|mailer| vec![mailer.factor_changed(&caller.user, "Your recovery codes were replaced", now)]);
        Ok((token, codes))
    }

    /// Turns the caller's second factor off, of every kind, by password and code. Who has passkeys alone proves one beforehand instead. This session
    /// continues with a new token, all others end.
    ///
    /// # Errors
    /// `Invalid` for a wrong password or code, or after too many attempts; `Unproved` for who has passkeys alone, without a proof for this; `Conflict`
    /// where the organization requires a second factor, and for who has none; `Unauthenticated` after too many wrong codes, which end the session.
    pub async fn factor_turn_off(&self, caller: &Caller, draft: &FactorOffDraft) -> Result<SessionToken> {
        let session = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
        let has_app = self.factor_get(caller).await?.app.is_some();
        let code = draft.check(has_app)?;
        let proved = self.factor_password_prove(caller, &draft.password, "second_factor.turn-off-failed").await?;
        if proved.account.second_factor_required {
            return Err(Error::conflict("Your organization requires two-factor authentication: it can’t be turned off.").into());
        }
        let mut tx = self.authorize_self(caller).await?;
        use_current_password(&mut tx, caller.user.id, &proved).await?;
        let mut tx = match &code {
            Some(code) => self.caller_proves(tx, code).await?,
            None => self.caller_has_proved(tx).await?,
        };
        tx.factor_delete(caller.user.id).await?;
        let token = self.only_this_session(&mut tx, caller.user.id, session).await?;
        self.audit(&mut tx, "second_factor.turn-off", caller.user.id, caller.client, &[]).await?;
        let now = tx.now;
        tx.commit().await?;
        self.mail_later(|mailer| vec![mailer.factor_changed(&caller.user, "Two-factor authentication was turned off", now)]);
        Ok(token)
    }

    /// Removes another user's second factor, because they lost it. Their sessions end, and they are told by mail. One's own is never removed like this.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission to manage users, for the caller themselves, and for a user who holds more than the caller;
    /// `Unproved`; `Conflict` for who has no second factor.
    pub async fn factor_reset(&self, caller: &Caller, user: UserId) -> Result<SecondFactor> {
        let (mut tx, user) = self.user_to_change_by(caller, user, proved(Permission::UserManage)).await?;
        let (id, client) = (user.row.id, user.row.client);
        if id == caller.user.id {
            return Err(Error::forbidden("Ask another administrator to reset yours, or sign in with a recovery code.").into());
        }
        self.factor_remove(&mut tx, (id, client)).await?;
        let left = self.factor_seen(&mut tx, id).await?;
        tx.commit().await?;
        self.mail_later(|mailer| vec![mailer.factor_reset(&user.row.summary(), &caller.user.name())]);
        Ok(left)
    }

    /// A user's second factor with what the server offers.
    async fn factor_seen(&self, tx: &mut Tx, user: UserId) -> Result<SecondFactor> {
        Ok(SecondFactor { offers_passkeys: self.passkeys_are_offered(), ..tx.factor_get(user).await? })
    }

    /// Removes a user's second factor and ends their sessions.
    async fn factor_remove(&self, tx: &mut Tx, (user, client): (UserId, Option<ClientId>)) -> Result<()> {
        if !tx.factor_delete(user).await? {
            return Err(Error::conflict("Two-factor authentication isn’t on for this user.").into());
        }
        session::end_all(tx, user).await?;
        self.audit(tx, "second_factor.reset", user, client, &[]).await
    }

    /// Proves the password of who changes their second factor. A wrong one is recorded under `failed`.
    async fn factor_password_prove(&self, caller: &Caller, password: &str, failed: &str) -> Result<Proved> {
        let proved = self.password_prove(AttemptBy::Session, &caller.user.login, password, &caller.origin, "password", failed).await?;
        Ok(proved.ok_or_else(wrong_password)?)
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

/// Deletes what browsers were asked and didn't answer in time.
pub(crate) async fn forget_expired(tx: &mut Tx) -> Result<()> {
    tx.ceremonies_delete_expired().await
}

/// Deletes the second factor of a user who is terminated.
pub(crate) async fn delete(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.factor_delete(user).await.map(drop)
}

fn none() -> Error {
    Error::conflict("Two-factor authentication isn’t on.")
}

fn wrong_password() -> Error {
    Error::invalid("password", "The password is wrong.")
}
