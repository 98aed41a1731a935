//! What was read just now and is likely to be wanted again: who is let in, the partner's catalogues, and roles with all that they list.
//!
//! Any write of this process empties the cache before the next one begins, so that within it a sign-out, a change of roles or an IP restriction
//! holds at once. Only where a role is merely called something else, what doesn't come of that role stays.
//!
//! What another process wrote, as `tenantry user create`, is seen a second later ([`super::watch`]); so is a write whose request was given up
//! while it was being committed. A database that several servers share has no cache.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{Catalogues, Grant, PartnerId, Role, RoleId, RoleSummary};

use super::{Engine, Session, api_token::Program, view::Viewpoint};
use crate::Result;

/// More are not kept at a time.
const CAPACITY: usize = 10_000;

/// Roles are kept that together list no more: some 40 MB.
const LISTED: usize = 200_000;

/// By what it is looked up.
pub(super) struct Cache {
    /// By what was presented.
    pub(super) sessions: Recent<String, Session>,
    /// As sessions.
    pub(super) programs: Recent<String, Program>,
    /// By partner.
    pub(super) catalogues: Recent<PartnerId, Catalogues>,
    /// By who looks at them.
    pub(super) roles: Recent<(Viewpoint, RoleId), Arc<Role>>,
}

impl Cache {
    pub(super) fn new(engine: Engine) -> Self {
        Self {
            sessions: Recent::new(engine, CAPACITY, |_| 1),
            programs: Recent::new(engine, CAPACITY, |_| 1),
            catalogues: Recent::new(engine, CAPACITY, |_| 1),
            roles: Recent::new(engine, LISTED, |role| 10 + role.listed()),
        }
    }

    /// Something was written.
    pub(super) fn clear(&self) {
        self.sessions.clear();
        self.programs.clear();
        self.catalogues.clear();
        self.roles.clear();
    }

    /// A role was renamed or described anew, and nothing else was written that is kept here.
    pub(super) fn describe_role(&self, role: &RoleSummary) {
        let comes_of_it = |grants: &[Grant]| grants.iter().any(|grant| grant.number == role.number);
        self.sessions.retain(|session| !comes_of_it(&session.grants));
        self.programs.retain(|program| !comes_of_it(&program.grants));
        self.roles.retain(|kept| {
            if kept.summary.number == role.number {
                Arc::make_mut(kept).summary = role.clone();
            }
            true
        });
    }
}

/// What was read, and not written since.
pub(super) struct Recent<K, T> {
    enabled: bool,
    /// The most that all values may weigh together. One that weighs a tenth of it isn't kept.
    room: usize,
    weigh: fn(&T) -> usize,
    kept: Mutex<Kept<K, T>>,
}

struct Kept<K, T> {
    values: HashMap<K, T>,
    weight: usize,
    /// Counts the writes: what was read before one must not be kept behind it.
    writes: u64,
}

impl<K: Eq + Hash, T: Clone> Recent<K, T> {
    fn new(engine: Engine, room: usize, weigh: fn(&T) -> usize) -> Self {
        let kept = Kept { values: HashMap::new(), weight: 0, writes: 0 };
        Self { enabled: engine == Engine::Sqlite, room, weigh, kept: Mutex::new(kept) }
    }

    /// The value, if it was read and nothing that concerns it was written since; otherwise what `read` finds, which is kept.
    pub(super) async fn get_or<Q>(&self, key: &Q, read: impl Future<Output = Result<Option<T>>>) -> Result<Option<T>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let writes = match self.get(key) {
            Ok(value) => return Ok(Some(value)),
            Err(writes) => writes,
        };
        let found = read.await?;
        if let Some(value) = &found {
            self.put(key.to_owned(), value, writes);
        }
        Ok(found)
    }

    /// The value, or else how many writes there had been.
    fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> std::result::Result<T, u64>
    where
        K: Borrow<Q>,
    {
        let kept = self.kept();
        kept.values.get(key).cloned().ok_or(kept.writes)
    }

    /// Keeps a value that was read while so many writes had happened.
    fn put(&self, key: K, value: &T, writes: u64) {
        let (mut kept, weight) = (self.kept(), (self.weigh)(value));
        if !self.enabled || kept.writes != writes || weight > self.room / 10 {
            return;
        }
        if kept.weight + weight > self.room {
            kept.values.clear();
            kept.weight = 0;
        }
        if let Some(before) = kept.values.insert(key, value.clone()) {
            kept.weight -= (self.weigh)(&before);
        }
        kept.weight += weight;
    }

    /// Something was written that may concern all of them.
    fn clear(&self) {
        self.retain(|_| false);
    }

    /// Something was written: keeps what stays, which may be made what it is now as long as it weighs the same.
    fn retain(&self, mut stays: impl FnMut(&mut T) -> bool) {
        let mut kept = self.kept();
        kept.writes += 1;
        let mut lost = 0;
        kept.values.retain(|_, value| {
            let stays = stays(value);
            lost += if stays { 0 } else { (self.weigh)(value) };
            stays
        });
        kept.weight -= lost;
    }

    fn kept(&self) -> MutexGuard<'_, Kept<K, T>> {
        // What a panicking thread left is whole: every change of it is a single step.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
