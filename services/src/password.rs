//! Passwords: how they are hashed, and how a user changes the own one.

use std::{sync::Arc, thread};

use argon2::{
    Argon2,
    password_hash::{PasswordVerifier, phc::PasswordHash},
};
use domain::{Caller, Error, NewPassword, Origin, PasswordChangeDraft, Violations};
use tokio::{sync::Semaphore, task};

use crate::{Fault, Result, Services, SessionToken, fold::password as normal, sign_in_throttle::Attempt, store::Account};

/// A hash of nothing that anybody could type. Checking it takes as long as checking a real one, so that an account that doesn't
/// exist can't be told by the time of the answer.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What a hash says of a password.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verified {
    Right,
    /// Right, but the hash was made of another spelling and has to be made anew.
    Outdated,
    Wrong,
}

/// Hashes passwords by Argon2id with the parameters that OWASP recommends (19 MiB, two passes), which are the crate's own. Each takes
/// a core for tens of milliseconds, so there are never more of them than cores, and never one in the way of other requests.
#[derive(Clone)]
pub(crate) struct PasswordHasher(Arc<Semaphore>);

impl PasswordHasher {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(thread::available_parallelism().map_or(1, usize::from))))
    }

    pub(crate) async fn hash(&self, password: &NewPassword, salt: [u8; 32]) -> Result<String> {
        self.hash_text(normal(password.expose()).into_owned(), salt).await
    }

    async fn hash_text(&self, password: String, salt: [u8; 32]) -> Result<String> {
        let hashed = self.run(move || {
            let hasher: &dyn argon2::PasswordHasher<PasswordHash> = &Argon2::default();
            hasher.hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
        });
        hashed.await?.map_err(|error| Fault::Failed(format!("password: {error}")))
    }

    /// Whether the password is the one of the hash; `None` stands for an account that doesn't exist, which has no right password. Hashes that are older than
    /// the normal form were made of the password as it was typed.
    async fn verify(&self, password: &str, hash: Option<&str>) -> Result<Verified> {
        let normal = normal(password).into_owned();
        let is_right = self.verify_as(normal.clone(), hash).await?;
        let is_outdated = normal != password && !is_right && self.verify_as(password.to_owned(), hash).await?;
        Ok(match (is_right, is_outdated) {
            (true, _) => Verified::Right,
            (false, true) => Verified::Outdated,
            (false, false) => Verified::Wrong,
        })
    }

    async fn verify_as(&self, password: String, hash: Option<&str>) -> Result<bool> {
        let (exists, hash) = (hash.is_some(), hash.unwrap_or(NOBODYS_HASH).to_owned());
        let verified = self.run(move || {
            let hash = PasswordHash::new(&hash)?;
            Ok::<_, argon2::password_hash::phc::Error>(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        });
        let right = verified.await?.map_err(|error| Fault::Failed(format!("password hash: {error}")))?;
        Ok(right && exists)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _permit = self.0.acquire().await.map_err(|error| Fault::Failed(format!("password: {error}")))?;
        task::spawn_blocking(work).await.map_err(|error| Fault::Failed(format!("password: {error}")))
    }
}

impl Services {
    pub(crate) async fn password_hash(&self, password: &NewPassword) -> Result<String> {
        self.passwords.hash(password, self.ids.secret()).await
    }

    /// Whose password it is: the account, and the attempt to forgive in the transaction that makes use of it. `None` if it is wrong or
    /// nobody has the login name, which takes as long and is recorded as `failure`.
    ///
    /// # Errors
    /// `Invalid` under the field if there were too many attempts.
    pub(crate) async fn password_prove(
        &self,
        login: &str,
        password: &str,
        origin: &Origin,
        field: &str,
        failure: &str,
    ) -> Result<Option<(Account, Attempt)>> {
        let attempt = self.attempt(login, origin, field).await?;
        let (account, hash) = self.store.account_by_login(login).await?.unzip();
        let verified = self.passwords.verify(password, hash.as_deref()).await?;
        match account {
            Some(account) if verified != Verified::Wrong => {
                if let (Verified::Outdated, Some(before)) = (verified, hash) {
                    let hash = self.passwords.hash_text(normal(password).into_owned(), self.ids.secret()).await?;
                    self.store.user_password_renew(account.user.id, &before, &hash).await?;
                }
                Ok(Some((account, attempt)))
            }
            account => {
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
        let mut violations = Violations::new();
        let new = NewPassword::check(&draft.new, &draft.confirmation, "new", "confirmation", &mut violations);
        violations.add_if(!draft.new.is_empty() && draft.new == draft.current, "new", "Choose a password that differs from the current one.");
        let (Some(new), true) = (new, violations.is_empty()) else { return Err(Error::Invalid { violations }.into()) };

        let (login, origin) = (&caller.user.login, &caller.origin);
        let Some((_, attempt)) = self.password_prove(login, &draft.current, origin, "current", "password.change-failed").await? else {
            return Err(Error::invalid("current", "The current password is wrong.").into());
        };

        let hash = self.password_hash(&new).await?;
        let token = SessionToken::new(self.ids.secret());
        let mut tx = self.authorize_self(caller).await?;
        if !tx.session_rekey(session, &token.key()).await? {
            return Err(Error::Unauthenticated.into());
        }
        tx.session_delete_others(caller.user.id, &token.key()).await?;
        tx.user_password_set(caller.user.id, &hash, false).await?;
        tx.attempt_forgive(&attempt).await?;
        self.audit(&mut tx, "password.change", caller.user.id, caller.client, &[]).await?;
        tx.commit().await?;
        Ok(token)
    }
}
