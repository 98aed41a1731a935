//! What was read just now and is wanted again with every request: who is let in, and the partner's catalogues.
//!
//! Any write of this process empties the cache, so that within it a sign-out, a change of roles or an IP restriction holds at once. Only where
//! a role is merely called something else, what doesn't come of that role stays.
//!
//! What another process wrote, as `tenantry user create`, is seen a second later; so is a write whose request was given up while it was being
//! committed. A database that several servers share has no cache.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{Catalogues, Grant, PartnerId, Timestamp};

use super::{Engine, Session, api_token::Program};
use crate::Result;

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

    /// A role was renamed or described anew, and nothing else was written that is kept here.
    pub(super) fn forget_role(&self, number: i64) {
        let comes_of_it = |grants: &[Grant]| grants.iter().any(|grant| grant.number == number);
        self.sessions.forget(|session| comes_of_it(&session.grants));
        self.programs.forget(|program| comes_of_it(&program.grants));
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

    /// The value, if it was read within the last second and nothing that concerns it was written since; otherwise what `read` finds, which is kept.
    pub(super) async fn get_or<Q>(&self, key: &Q, now: Timestamp, read: impl Future<Output = Result<Option<T>>>) -> Result<Option<T>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let writes = match self.get(key, now) {
            Ok(value) => return Ok(Some(value)),
            Err(writes) => writes,
        };
        let found = read.await?;
        if let Some(value) = &found {
            self.put(key.to_owned(), value, now, writes);
        }
        Ok(found)
    }

    /// The value, or else how many writes there had been.
    fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q, now: Timestamp) -> std::result::Result<T, u64>
    where
        K: Borrow<Q>,
    {
        let kept = self.kept();
        let fresh = kept.values.get(key).filter(|(read, _)| (0..TRUSTED).contains(&(now.millis() - read.millis())));
        fresh.map(|(_, value)| value.clone()).ok_or(kept.writes)
    }

    /// Keeps a value that was read while so many writes had happened.
    fn put(&self, key: K, value: &T, now: Timestamp, writes: u64) {
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
        self.forget(|_| true);
    }

    fn forget(&self, is_outdated: impl Fn(&T) -> bool) {
        let mut kept = self.kept();
        kept.writes += 1;
        kept.values.retain(|_, (_, value)| !is_outdated(value));
    }

    fn kept(&self) -> MutexGuard<'_, Kept<K, T>> {
        // What a panicking thread left is whole: every change of it is a single step.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
