//! Passwords: how they are hashed, and how a user changes the own one.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    thread,
};

use argon2::{
    Argon2,
    password_hash::{PasswordVerifier, phc::PasswordHash},
};
use domain::{Caller, Error, NewPassword, Origin, PasswordChangeDraft, Violations};
use tokio::{
    sync::{AcquireError, Semaphore, SemaphorePermit},
    task,
};

use crate::{
    Fault, Result, Services, SessionToken,
    fold::password as normal,
    sign_in_throttle::{Attempt, Prover, network_of},
    store::Account,
};

/// A hash of nothing that anybody could type. Checking it takes as long as checking a real one, so that an account that doesn't
/// exist can't be told by the time of the answer.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The result of checking a password against a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verified {
    Right,
    /// Right, but the hash is of the unnormalized password and must be replaced.
    Outdated,
    Wrong,
}

/// Hashes passwords by Argon2id with the parameters that OWASP recommends (19 MiB, two passes), which are the crate's own. Each takes
/// a core for tens of milliseconds, so there are hardly more of them than cores, and never one in the way of other requests.
#[derive(Clone)]
pub(crate) struct PasswordHasher(Arc<Queues>);

/// Known users and strangers have separate queues, and strangers from one address enter theirs one at a time: a flood of sign-ins from one address
/// delays known users not at all, and other strangers by one hash at most.
struct Queues {
    known: Semaphore,
    strangers: Semaphore,
    /// One permit each; an address uses the one that its hash selects.
    addresses: [Semaphore; ADDRESS_QUEUES],
}

const ADDRESS_QUEUES: usize = 64;

/// The queue in which a password waits.
#[derive(Clone, Copy)]
pub(crate) enum Queue<'a> {
    /// For users known by a session, a link, or a browser with an earlier sign-in.
    Known,
    /// For everybody else, by address.
    Stranger(&'a Origin),
}

impl PasswordHasher {
    pub(crate) fn new() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let known = cores.div_ceil(2);
        let strangers = cores.saturating_sub(known).max(1);
        Self(Arc::new(Queues::new(known, strangers)))
    }

    pub(crate) async fn hash(&self, password: &NewPassword, salt: [u8; 32]) -> Result<String> {
        self.hash_text(normal(password.expose()).into_owned(), salt).await
    }

    async fn hash_text(&self, password: String, salt: [u8; 32]) -> Result<String> {
        let hashed = self.run(Queue::Known, move || {
            let hasher: &dyn argon2::PasswordHasher<PasswordHash> = &Argon2::default();
            hasher.hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
        });
        hashed.await?.map_err(|error| Fault::Failed(format!("password: {error}")))
    }

    /// Checks a password against a hash; `None` stands for an account that doesn't exist and is always wrong. Hashes from before normalization are of the
    /// password as typed, so that is tried too.
    async fn verify(&self, queue: Queue<'_>, password: &str, hash: Option<&str>) -> Result<Verified> {
        let normal = normal(password).into_owned();
        let is_right = self.verify_as(queue, normal.clone(), hash).await?;
        let is_outdated = normal != password && !is_right && self.verify_as(queue, password.to_owned(), hash).await?;
        Ok(match (is_right, is_outdated) {
            (true, _) => Verified::Right,
            (false, true) => Verified::Outdated,
            (false, false) => Verified::Wrong,
        })
    }

    async fn verify_as(&self, queue: Queue<'_>, password: String, hash: Option<&str>) -> Result<bool> {
        let (exists, hash) = (hash.is_some(), hash.unwrap_or(NOBODYS_HASH).to_owned());
        let verified = self.run(queue, move || {
            let hash = PasswordHash::new(&hash)?;
            Ok::<_, argon2::password_hash::phc::Error>(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        });
        let right = verified.await?.map_err(|error| Fault::Failed(format!("password hash: {error}")))?;
        Ok(right && exists)
    }

    async fn run<T: Send + 'static>(&self, queue: Queue<'_>, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _turn = self.0.turn(queue).await.map_err(|error| Fault::Failed(format!("password: {error}")))?;
        task::spawn_blocking(work).await.map_err(|error| Fault::Failed(format!("password: {error}")))
    }
}

impl Queues {
    /// Sets how many passwords of each kind are hashed at a time.
    fn new(known: usize, strangers: usize) -> Self {
        let addresses = std::array::from_fn(|_| Semaphore::new(1));
        Self { known: Semaphore::new(known), strangers: Semaphore::new(strangers), addresses }
    }

    /// Waits for a turn, which lasts while the permits are held.
    async fn turn(&self, queue: Queue<'_>) -> std::result::Result<(Option<SemaphorePermit<'_>>, SemaphorePermit<'_>), AcquireError> {
        let Queue::Stranger(origin) = queue else { return Ok((None, self.known.acquire().await?)) };
        let mut hasher = DefaultHasher::new();
        network_of(origin).hash(&mut hasher);
        let at = usize::try_from(hasher.finish()).unwrap_or_default() % ADDRESS_QUEUES;
        let address = match self.addresses.get(at) {
            Some(address) => Some(address.acquire().await?),
            None => None,
        };
        Ok((address, self.strangers.acquire().await?))
    }
}

/// A proved password. The transaction that uses it must check the account again by [`crate::store::Tx::account_of_password`] and forgive the attempt.
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
        let mut violations = Violations::new();
        let new = NewPassword::check(&draft.new, &draft.confirmation, "new", "confirmation", &mut violations);
        violations.add_if(!draft.new.is_empty() && draft.new == draft.current, "new", "Choose a password that differs from the current one.");
        let (Some(new), true) = (new, violations.is_empty()) else { return Err(Error::Invalid { violations }.into()) };

        let (login, origin) = (&caller.user.login, &caller.origin);
        let wrong = || Error::invalid("current", "The current password is wrong.");
        let proved = self.password_prove(Prover::SignedIn, login, &draft.current, origin, "current", "password.change-failed").await?;
        let proved = proved.ok_or_else(wrong)?;

        let hash = self.password_hash(&new).await?;
        let token = SessionToken::new(self.ids.secret());
        let mut tx = self.authorize_self(caller).await?;
        tx.account_of_password(caller.user.id, &proved.hash).await?.ok_or_else(wrong)?;
        if !tx.session_rekey(session, &token.key()).await? {
            return Err(Error::Unauthenticated.into());
        }
        tx.session_delete_others(caller.user.id, &token.key()).await?;
        tx.user_password_set(caller.user.id, &hash, false).await?;
        tx.attempt_forgive(&proved.attempt).await?;
        self.audit(&mut tx, "password.change", caller.user.id, caller.client, &[]).await?;
        tx.commit().await?;
        Ok(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn strangers_keep_nobody_waiting_who_is_known() {
        let hasher = PasswordHasher::new();
        let _busy = hasher.0.strangers.acquire_many(u32::try_from(hasher.0.strangers.available_permits()).unwrap()).await.unwrap();
        assert_eq!(hasher.verify(Queue::Known, "Kiwi#2026", None).await.unwrap(), Verified::Wrong);
    }

    #[tokio::test]
    async fn a_flood_from_one_address_takes_one_turn_at_a_time() {
        let queues = PasswordHasher::new().0;
        let [flood, honest] = ["192.0.2.1", "198.51.100.7"].map(|ip| Origin { ip: ip.parse().ok(), user_agent: String::new() });
        let first = queues.turn(Queue::Stranger(&flood)).await.unwrap();
        let mut second = std::pin::pin!(queues.turn(Queue::Stranger(&flood)));
        assert!(futures::poll!(&mut second).is_pending(), "it waits for the first");
        let mut other = std::pin::pin!(queues.turn(Queue::Stranger(&honest)));
        _ = futures::poll!(&mut other);
        drop(first);
        assert!(futures::poll!(&mut other).is_ready(), "somebody elsewhere is next");
    }
}
