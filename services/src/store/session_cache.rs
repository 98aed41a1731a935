//! Who was let in just now. Every request asks for its session or token, and a page makes several at once.
//!
//! Any write of this process empties the cache, so that within it a sign-out, a change of roles or an IP restriction holds at once.
//! What another process wrote, as `tenantry user create`, is seen a second later. A database that several servers share has no cache.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::Timestamp;

use super::{Engine, Session, api_token::Program};

/// How long what was read is believed, in milliseconds.
const TRUSTED: i64 = 1000;

/// More are not kept at a time.
const CAPACITY: usize = 10_000;

/// Sessions and programs by what was presented.
pub(super) struct SessionCache {
    pub(super) sessions: Recent<Session>,
    pub(super) programs: Recent<Program>,
}

impl SessionCache {
    pub(super) fn new(engine: Engine) -> Self {
        Self { sessions: Recent::new(engine), programs: Recent::new(engine) }
    }

    /// Something was written.
    pub(super) fn clear(&self) {
        self.sessions.clear();
        self.programs.clear();
    }
}

/// What was read within the last second.
pub(super) struct Recent<T> {
    enabled: bool,
    kept: Mutex<Kept<T>>,
}

struct Kept<T> {
    values: HashMap<String, (Timestamp, T)>,
    /// Counts the writes: what was read before one must not be kept behind it.
    writes: u64,
}

impl<T: Clone> Recent<T> {
    fn new(engine: Engine) -> Self {
        Self { enabled: engine == Engine::Sqlite, kept: Mutex::new(Kept { values: HashMap::new(), writes: 0 }) }
    }

    /// The value, if it was read within the last second and nothing was written since; otherwise what [`Recent::put`] wants to know.
    pub(super) fn get(&self, key: &str, now: Timestamp) -> Result<T, u64> {
        let kept = self.kept();
        let fresh = kept.values.get(key).filter(|(read, _)| (0..TRUSTED).contains(&(now.millis() - read.millis())));
        fresh.map(|(_, value)| value.clone()).ok_or(kept.writes)
    }

    /// Keeps a value that was read while so many writes had happened.
    pub(super) fn put(&self, key: &str, value: &T, now: Timestamp, writes: u64) {
        let mut kept = self.kept();
        if !self.enabled || kept.writes != writes {
            return;
        }
        if kept.values.len() >= CAPACITY {
            kept.values.clear();
        }
        kept.values.insert(key.to_owned(), (now, value.clone()));
    }

    fn clear(&self) {
        let mut kept = self.kept();
        kept.writes += 1;
        kept.values.clear();
    }

    fn kept(&self) -> MutexGuard<'_, Kept<T>> {
        // What a panicking thread left is whole: every change of it is a single step.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
