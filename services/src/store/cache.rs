//! What was read just now and is wanted again with every request: who is let in, and the partner's catalogues.
//!
//! Any write of this process empties the cache, so that within it a sign-out, a change of roles or an IP restriction holds at once.
//! What another process wrote, as `tenantry user create`, is seen a second later. A database that several servers share has no cache.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{Catalogues, PartnerId, Timestamp};

use super::{Engine, Session, api_token::Program};

/// How long what was read is believed, in milliseconds.
const TRUSTED: i64 = 1000;

/// More are not kept at a time.
const CAPACITY: usize = 10_000;

/// By what it is looked up.
pub(super) struct Cache {
    /// By what was presented.
    pub(super) sessions: Recent<String, Session>,
    /// As sessions.
    pub(super) programs: Recent<String, Program>,
    /// By partner.
    pub(super) catalogues: Recent<PartnerId, Catalogues>,
}

impl Cache {
    pub(super) fn new(engine: Engine) -> Self {
        Self { sessions: Recent::new(engine), programs: Recent::new(engine), catalogues: Recent::new(engine) }
    }

    /// Something was written.
    pub(super) fn clear(&self) {
        self.sessions.clear();
        self.programs.clear();
        self.catalogues.clear();
    }
}

/// What was read within the last second.
pub(super) struct Recent<K, T> {
    enabled: bool,
    kept: Mutex<Kept<K, T>>,
}

struct Kept<K, T> {
    values: HashMap<K, (Timestamp, T)>,
    /// Counts the writes: what was read before one must not be kept behind it.
    writes: u64,
}

impl<K: Eq + Hash, T: Clone> Recent<K, T> {
    fn new(engine: Engine) -> Self {
        Self { enabled: engine == Engine::Sqlite, kept: Mutex::new(Kept { values: HashMap::new(), writes: 0 }) }
    }

    /// The value, if it was read within the last second and nothing was written since; otherwise what [`Recent::put`] wants to know.
    pub(super) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q, now: Timestamp) -> Result<T, u64>
    where
        K: Borrow<Q>,
    {
        let kept = self.kept();
        let fresh = kept.values.get(key).filter(|(read, _)| (0..TRUSTED).contains(&(now.millis() - read.millis())));
        fresh.map(|(_, value)| value.clone()).ok_or(kept.writes)
    }

    /// Keeps a value that was read while so many writes had happened.
    pub(super) fn put(&self, key: K, value: &T, now: Timestamp, writes: u64) {
        let mut kept = self.kept();
        if !self.enabled || kept.writes != writes {
            return;
        }
        if kept.values.len() >= CAPACITY {
            kept.values.clear();
        }
        kept.values.insert(key, (now, value.clone()));
    }

    fn clear(&self) {
        let mut kept = self.kept();
        kept.writes += 1;
        kept.values.clear();
    }

    fn kept(&self) -> MutexGuard<'_, Kept<K, T>> {
        // What a panicking thread left is whole: every change of it is a single step.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
