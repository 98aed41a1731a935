//! Sessions that were read just now. Every request asks for its session, and a page makes several at once.
//!
//! Any write of this process empties the cache, so that within it a sign-out, a change of roles or an IP restriction holds at once.
//! What another process wrote, as `tenantry user create`, is seen a second later. A database that several servers share has no cache.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::Timestamp;

use super::{Engine, Session};

/// How long a session is believed, in milliseconds.
const TRUSTED: i64 = 1000;

/// More sessions are not kept at a time.
const CAPACITY: usize = 10_000;

/// The sessions by the key that was presented.
pub(super) struct SessionCache {
    enabled: bool,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    sessions: HashMap<String, (Timestamp, Session)>,
    /// Counts the writes: what was read before one must not be kept behind it.
    writes: u64,
}

impl SessionCache {
    pub(super) fn new(engine: Engine) -> Self {
        Self { enabled: engine == Engine::Sqlite, kept: Mutex::default() }
    }

    /// The session, if it was read within the last second and nothing was written since; otherwise what [`SessionCache::put`] wants to know.
    pub(super) fn get(&self, key: &str, now: Timestamp) -> Result<Session, u64> {
        let kept = self.kept();
        let fresh = kept.sessions.get(key).filter(|(read, _)| (0..TRUSTED).contains(&(now.millis() - read.millis())));
        fresh.map(|(_, session)| session.clone()).ok_or(kept.writes)
    }

    /// Keeps a session that was read while so many writes had happened.
    pub(super) fn put(&self, key: &str, session: &Session, now: Timestamp, writes: u64) {
        let mut kept = self.kept();
        if !self.enabled || kept.writes != writes {
            return;
        }
        if kept.sessions.len() >= CAPACITY {
            kept.sessions.clear();
        }
        kept.sessions.insert(key.to_owned(), (now, session.clone()));
    }

    /// Something was written.
    pub(super) fn clear(&self) {
        let mut kept = self.kept();
        kept.writes += 1;
        kept.sessions.clear();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // What a panicking thread left is whole: every change of it is a single step.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
