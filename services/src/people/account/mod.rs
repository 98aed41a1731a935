//! Accounts: verifying and changing passwords.

mod email_change;
mod forgotten;
mod link;
mod store;

use domain::{Caller, Draft, Error, NewPassword, Origin, PasswordChangeDraft, UserId};

use crate::{
    Result, Services, SessionToken,
    kernel::{
        Tx,
        fold::password as normal,
        mail::{Mail, Mailer},
        password::{Names, Queue, Verified, guessable},
    },
    people::{api_key::token, session, session::throttle::AttemptBy, user},
};
pub(crate) use link::{MailedLink, forget_expired as forget_expired_links, withdraw as withdraw_links};
pub(crate) use store::{Account, account_columns};

/// A verified password. The transaction that uses it must check the account again with
/// [`Tx::account_of_password`](crate::kernel::Tx::account_of_password).
pub(crate) struct Proved {
    pub(crate) account: Account,
    pub(crate) hash: String,
}

impl Services {
    /// Hashes a new password, after the rules that need more than itself.
    ///
    /// # Errors
    /// `Invalid` under the field for a password that is among the most used or contains one of the names.
    pub(crate) async fn password_hash(&self, password: &NewPassword, names: &Names, field: &str) -> Result<String> {
        if let Some(sentence) = guessable(password, names) {
            return Err(Error::invalid(field, sentence).into());
        }
        self.passwords.hash(password, self.ids.secret()).await
    }

    /// Checks a login name and password. `None` if either is wrong; both cases take the same time and are audited as the action `failure`. The right
    /// password is forgiven its attempt at once: what refuses the caller afterwards isn't its fault.
    ///
    /// # Errors
    /// `Invalid` under the field after too many attempts.
    pub(crate) async fn password_prove(
        &self,
        by: AttemptBy,
        login: &str,
        password: &str,
        origin: &Origin,
        field: &str,
        failure: &str,
    ) -> Result<Option<Proved>> {
        let attempt = self.attempt(by, login, origin, field).await?;
        let queue = if attempt.is_unrecognized() { Queue::Stranger(origin) } else { Queue::Known };
        let (account, hash) = self.store.account_by_login(login).await?.unzip();
        let verified = self.passwords.verify(queue, password, hash.as_deref()).await?;
        match (account, hash) {
            (Some(account), Some(hash)) if verified != Verified::Wrong => {
                let hash = match verified {
                    Verified::Outdated => {
                        let renewed = self.passwords.hash_text(normal(password).into_owned(), self.ids.secret()).await?;
                        if self.store.user_password_renew(account.user.id, &hash, &renewed).await? { renewed } else { hash }
                    }
                    _ => hash,
                };
                let mut tx = self.system("the right password takes its attempt back", account.partner).await?;
                tx.attempt_forgive(&attempt).await?;
                tx.commit().await?;
                Ok(Some(Proved { account, hash }))
            }
            (account, _) => {
                self.attempt_failed(&attempt, account.as_ref(), failure, origin).await?;
                Ok(None)
            }
        }
    }

    /// Verifies the current password before it is changed, by somebody with a session.
    ///
    /// # Errors
    /// `Invalid` under `current` if it is wrong, or after too many attempts.
    pub(crate) async fn current_password_prove(&self, login: &str, current: &str, origin: &Origin) -> Result<Proved> {
        let proved = self.password_prove(AttemptBy::Session, login, current, origin, "current", "password.change-failed").await?;
        Ok(proved.ok_or_else(wrong_current)?)
    }

    /// Changes the caller's own password. This session continues with a new token, all others end.
    ///
    /// # Errors
    /// `Unproved`; `Invalid` for a current password that is wrong or a new one that breaks a rule.
    pub async fn password_change(&self, caller: &Caller, draft: PasswordChangeDraft) -> Result<SessionToken> {
        let session = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
        // Before the password, so that sending the form again with a code doesn’t cost a second password attempt.
        drop(self.authorize_self_proved(caller).await?);
        let new = draft.clone().check(true)?;
        let proved = self.current_password_prove(&caller.user.login, &draft.current, &caller.origin).await?;
        let hash = self.password_hash(&new, &Names::of(&caller.user, &caller.organization), "new").await?;
        let token = SessionToken::new(self.ids.secret());
        let mut tx = self.authorize_self_proved(caller).await?;
        use_current_password(&mut tx, caller.user.id, &proved).await?;
        if !session::continue_only(&mut tx, caller.user.id, session, &token.key()).await? {
            return Err(Error::Unauthenticated.into());
        }
        user::set_password(&mut tx, caller.user.id, &hash, false).await?;
        self.audit(&mut tx, "password.change", caller.user.id, caller.client, &[]).await?;
        tx.commit().await?;
        self.mail_later(|mailer| vec![mailer.password_changed(&caller.user, self.clock.now())]);
        Ok(token)
    }

    /// Sends mails in the background, if there is a mail server.
    pub(crate) fn mail_later(&self, mails: impl FnOnce(&Mailer) -> Vec<Mail>) {
        if let Some(mailer) = &self.mailer {
            mailer.clone().send_later(mails(mailer), self.clock.now());
        }
    }
}

/// Checks in the transaction that the proved password is still the current one.
pub(crate) async fn use_current_password(tx: &mut Tx, user: UserId, proved: &Proved) -> Result<()> {
    tx.account_of_password(user, &proved.hash).await?.ok_or_else(wrong_current)?;
    Ok(())
}

/// A user as a caller without a session, with the rights of this moment: who made a link, or asked for a job. None if they can't act any more.
pub(crate) async fn acting(tx: &mut Tx, user: UserId) -> Result<Option<Caller>> {
    let Some((account, grants)) = tx.account_with_grants(user).await? else { return Ok(None) };
    let program = tx.program_by_user(user).await?;
    let acts = account.active && program.is_none_or(|program| token::in_force(&program, tx.now).is_ok());
    Ok(acts.then(|| account.caller(grants, &Origin::unknown())))
}

fn wrong_current() -> Error {
    Error::invalid("current", "The current password is wrong.")
}
