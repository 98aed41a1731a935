//! Accounts: how their passwords are proved and changed.

mod store;

use domain::{Caller, Draft, Error, NewPassword, Origin, PasswordChangeDraft};

use crate::{
    Result, Services, SessionToken,
    kernel::{
        fold::password as normal,
        password::{Queue, Verified},
    },
    people::{
        session,
        session::throttle::{Attempt, Prover},
        user,
    },
};
pub(crate) use store::{Account, account_columns};

/// A proved password. The transaction that uses it must check the account again by [`Tx::account_of_password`](crate::kernel::Tx::account_of_password) and forgive the attempt.
pub(crate) struct Proved {
    pub(crate) account: Account,
    pub(crate) hash: String,
    pub(crate) attempt: Attempt,
}

impl Services {
    pub(crate) async fn password_hash(&self, password: &NewPassword) -> Result<String> {
        self.passwords.hash(password, self.ids.secret()).await
    }

    /// Checks a login name and password. `None` if either is wrong, which takes the same time in both cases and is audited as the action `failure`.
    ///
    /// # Errors
    /// `Invalid` under the field if there were too many attempts.
    pub(crate) async fn password_prove(
        &self,
        prover: Prover,
        login: &str,
        password: &str,
        origin: &Origin,
        field: &str,
        failure: &str,
    ) -> Result<Option<Proved>> {
        let attempt = self.attempt(prover, login, origin, field).await?;
        let queue = if attempt.is_strangers() { Queue::Stranger(origin) } else { Queue::Known };
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
                Ok(Some(Proved { account, hash, attempt }))
            }
            (account, _) => {
                self.attempt_failed(&attempt, account.as_ref(), failure, origin).await?;
                Ok(None)
            }
        }
    }

    /// Changes the caller's own password. All its other sessions end, and this one goes on under a new token.
    ///
    /// # Errors
    /// `Invalid` for a current password that is wrong or a new one that breaks a rule.
    pub async fn password_change(&self, caller: &Caller, draft: PasswordChangeDraft) -> Result<SessionToken> {
        let session = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
        let new = draft.clone().check(true)?;

        let (login, origin) = (&caller.user.login, &caller.origin);
        let wrong = || Error::invalid("current", "The current password is wrong.");
        let proved = self.password_prove(Prover::SignedIn, login, &draft.current, origin, "current", "password.change-failed").await?;
        let proved = proved.ok_or_else(wrong)?;

        let hash = self.password_hash(&new).await?;
        let token = SessionToken::new(self.ids.secret());
        let mut tx = self.authorize_self(caller).await?;
        tx.account_of_password(caller.user.id, &proved.hash).await?.ok_or_else(wrong)?;
        if !session::keep_only(&mut tx, caller.user.id, session, &token.key()).await? {
            return Err(Error::Unauthenticated.into());
        }
        user::set_password(&mut tx, caller.user.id, &hash, false).await?;
        tx.attempt_forgive(&proved.attempt).await?;
        self.audit(&mut tx, "password.change", caller.user.id, caller.client, &[]).await?;
        tx.commit().await?;
        Ok(token)
    }
}
