//! How passwords are hashed, and which are too easy to guess.

mod guessable;

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    thread,
};

use argon2::{
    Argon2,
    password_hash::{PasswordVerifier, phc::PasswordHash},
};
use domain::{NewPassword, Origin, customer_network};
use tokio::{
    sync::{AcquireError, Semaphore, SemaphorePermit},
    task,
};

use super::fold::password as normal;
use crate::{Fault, Result};
pub(crate) use guessable::{Names, guessable};

/// A hash that no password matches. Checking it takes as long as a real one, so the response time doesn't reveal whether an account exists.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The result of checking a password against a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verified {
    Right,
    /// Right, but the hash is of the unnormalized password and must be replaced.
    Outdated,
    Wrong,
}

/// Hashes passwords by Argon2id with the parameters that OWASP recommends (19 MiB, two passes), which are the crate's own. Each takes a core for tens
/// of milliseconds, so their number is limited to about that of the cores, on blocking threads.
#[derive(Clone)]
pub(crate) struct PasswordHasher(Arc<Queues>);

/// Known users and strangers have separate queues, and strangers from one address enter theirs one at a time: a flood of sign-ins from one address
/// doesn't delay known users, and delays other strangers by at most one hash.
struct Queues {
    known: Semaphore,
    strangers: Semaphore,
    /// One permit each, selected by the hash of the address.
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

    pub(crate) async fn hash_text(&self, password: String, salt: [u8; 32]) -> Result<String> {
        let hashed = self.run(Queue::Known, move || {
            let hasher: &dyn argon2::PasswordHasher<PasswordHash> = &Argon2::default();
            hasher.hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
        });
        hashed.await?.map_err(|error| Fault::Failed(format!("password: {error}")))
    }

    /// Checks a password against a hash; `None` stands for an account that doesn't exist and is always wrong. Hashes from before normalization are of the
    /// password as typed, so that is tried too.
    pub(crate) async fn verify(&self, queue: Queue<'_>, password: &str, hash: Option<&str>) -> Result<Verified> {
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

    /// Does work that takes as much as a password does.
    pub(crate) async fn run<T: Send + 'static>(&self, queue: Queue<'_>, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
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

/// The network that a request comes from, as text; all requests without an address count as one.
pub(crate) fn network_of(origin: &Origin) -> String {
    origin.ip.map_or_else(|| origin.address(), |ip| customer_network(ip).to_string())
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
        let [flood, honest] = ["192.0.2.1", "198.51.100.7"].map(|ip| Origin { ip: ip.parse().ok(), ..Origin::unknown() });
        let first = queues.turn(Queue::Stranger(&flood)).await.unwrap();
        let mut second = std::pin::pin!(queues.turn(Queue::Stranger(&flood)));
        assert!(futures::poll!(&mut second).is_pending(), "it waits for the first");
        let mut other = std::pin::pin!(queues.turn(Queue::Stranger(&honest)));
        _ = futures::poll!(&mut other);
        drop(first);
        assert!(futures::poll!(&mut other).is_ready(), "somebody elsewhere is next");
    }
}
