//! Caches sessions, API tokens and the partners' catalogues.
//!
//! Every committed write of this process invalidates the whole cache before the next write can begin, so a sign-out or a change of roles takes effect
//! at once. Writes of other processes are noticed within a second ([`super::watch`]). Several servers can share a PostgreSQL database, so nothing is cached there.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::Hash,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{Catalogues, PartnerId};

use super::engine::Engine;
use crate::{
    Result,
    people::{api_key::Program, session::Session},
};

/// The most entries of one kind; a full cache is cleared.
const CAPACITY: usize = 10_000;

/// All caches of a store.
pub(crate) struct Cache {
    /// By the presented key: the hash of a session's token, current or previous.
    pub(crate) sessions: Cached<String, Session>,
    /// By the hash of the presented token.
    pub(crate) programs: Cached<String, Program>,
    /// By partner.
    pub(crate) catalogues: Cached<PartnerId, Catalogues>,
}

impl Cache {
    pub(super) fn new(engine: Engine) -> Self {
        Self { sessions: Cached::new(engine), programs: Cached::new(engine), catalogues: Cached::new(engine) }
    }

    /// Drops all entries after a write.
    pub(super) fn invalidate(&self) {
        self.sessions.invalidate();
        self.programs.invalidate();
        self.catalogues.invalidate();
    }
}

/// Values that were read since the last write.
pub(crate) struct Cached<K, T> {
    enabled: bool,
    entries: Mutex<Entries<K, T>>,
}

struct Entries<K, T> {
    values: HashMap<K, T>,
    /// The number of writes, so that a value read before a write isn't cached after it.
    generation: u64,
}

impl<K: Eq + Hash, T: Clone> Cached<K, T> {
    fn new(engine: Engine) -> Self {
        Self { enabled: engine == Engine::Sqlite, entries: Mutex::new(Entries { values: HashMap::new(), generation: 0 }) }
    }

    /// The cached value, or what `read` finds, which is cached unless something was written meanwhile.
    pub(crate) async fn get_or<Q>(&self, key: &Q, read: impl Future<Output = Result<Option<T>>>) -> Result<Option<T>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let generation = {
            let entries = self.entries();
            if let Some(value) = entries.values.get(key) {
                return Ok(Some(value.clone()));
            }
            entries.generation
        };
        let found = read.await?;
        if let Some(value) = &found {
            self.put(key.to_owned(), value, generation);
        }
        Ok(found)
    }

    fn put(&self, key: K, value: &T, generation: u64) {
        let mut entries = self.entries();
        if !self.enabled || entries.generation != generation {
            return;
        }
        if entries.values.len() >= CAPACITY {
            entries.values.clear();
        }
        entries.values.insert(key, value.clone());
    }

    fn invalidate(&self) {
        let mut entries = self.entries();
        entries.generation += 1;
        let stale = mem::take(&mut entries.values);
        // Dropping thousands of values takes a while, so it happens outside the lock.
        drop(entries);
        drop(stale);
    }

    fn entries(&self) -> MutexGuard<'_, Entries<K, T>> {
        // Nothing that is done under the lock panics.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers() -> Cached<String, usize> {
        Cached::new(Engine::Sqlite)
    }

    async fn read(cached: &Cached<String, usize>, key: &str, value: usize) -> Option<usize> {
        cached.get_or(key, async { Ok(Some(value)) }).await.unwrap()
    }

    #[tokio::test]
    async fn a_value_is_cached_until_something_is_written() {
        let cached = numbers();
        assert_eq!(read(&cached, "a", 1).await, Some(1));
        assert_eq!(read(&cached, "a", 2).await, Some(1));
        cached.invalidate();
        assert_eq!(read(&cached, "a", 2).await, Some(2));
    }

    #[tokio::test]
    async fn what_is_not_found_is_not_cached() {
        let cached = numbers();
        assert_eq!(cached.get_or("a", async { Ok(None) }).await.unwrap(), None);
        assert_eq!(read(&cached, "a", 1).await, Some(1));
    }

    #[tokio::test]
    async fn a_value_read_before_a_write_is_not_cached_after_it() {
        let cached = numbers();
        let before = async {
            cached.invalidate();
            Ok(Some(1))
        };
        assert_eq!(cached.get_or("a", before).await.unwrap(), Some(1));
        assert_eq!(read(&cached, "a", 2).await, Some(2));
    }

    #[tokio::test]
    async fn the_cache_stays_within_its_capacity() {
        let cached = numbers();
        for n in 0..=CAPACITY {
            read(&cached, &n.to_string(), n).await;
        }
        assert_eq!(cached.entries().values.len(), 1);
    }

    #[tokio::test]
    async fn a_write_invalidates_every_kind() {
        let cache = Cache::new(Engine::Sqlite);
        let generations = || (cache.sessions.entries().generation, cache.programs.entries().generation, cache.catalogues.entries().generation);
        cache.invalidate();
        assert_eq!(generations(), (1, 1, 1));
    }

    #[tokio::test]
    async fn a_database_that_servers_share_is_always_asked() {
        let cached: Cached<String, usize> = Cached::new(Engine::Postgres);
        assert_eq!((read(&cached, "a", 1).await, read(&cached, "a", 2).await), (Some(1), Some(2)));
    }
}
