//! What was read and is likely to be wanted again: who is let in, the partner's catalogues, and roles with all that they list.
//!
//! Any write of this process empties the cache before the next one begins, so that within it a sign-out, a change of roles or an IP restriction
//! holds at once. Only where a role is merely called something else, what doesn't come of that role stays; and where somebody is let in or goes, what
//! there is to see.
//!
//! What another process wrote, as `tenantry user create`, is seen a second later ([`super::watch`]); so is a write whose request was given up
//! while it was being committed. A database that several servers share has no cache.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::Hash,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{Catalogues, Grant, PartnerId, Role, RoleId, RoleSummary};

use super::{Engine, Session, api_token::Program, view::Viewpoint};
use crate::Result;

/// More are not kept at a time.
const CAPACITY: usize = 10_000;

/// Roles are kept that together list no more: some 40 MB. What else a role and its viewpoint say weighs like things that it lists.
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
            sessions: Recent::new(engine, CAPACITY, |_, _| 1),
            programs: Recent::new(engine, CAPACITY, |_, _| 1),
            catalogues: Recent::new(engine, CAPACITY, |_, _| 1),
            roles: Recent::new(engine, LISTED, |(viewpoint, _), role| 5 + viewpoint.roles() + role.listed()),
        }
    }

    /// Something was written.
    pub(super) fn clear(&self) {
        self.admit();
        self.catalogues.clear();
        self.roles.clear();
    }

    /// Somebody was let in, or is out. What there is to see stays as it was.
    pub(super) fn admit(&self) {
        self.sessions.clear();
        self.programs.clear();
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
    /// The most that all values may weigh together. One that weighs more than a tenth of it isn't kept.
    room: usize,
    weigh: fn(&K, &T) -> usize,
    kept: Mutex<Kept<K, T>>,
}

struct Kept<K, T> {
    values: HashMap<K, T>,
    weight: usize,
    /// Counts the writes: what was read before one must not be kept behind it.
    writes: u64,
}

impl<K: Eq + Hash, T: Clone> Recent<K, T> {
    fn new(engine: Engine, room: usize, weigh: fn(&K, &T) -> usize) -> Self {
        let kept = Kept { values: HashMap::new(), weight: 0, writes: 0 };
        Self { enabled: engine == Engine::Sqlite, room, weigh, kept: Mutex::new(kept) }
    }

    /// The value, if it was read and nothing that concerns it was written since; otherwise what `read` finds, which is kept.
    pub(super) async fn get_or<Q>(&self, key: &Q, read: impl Future<Output = Result<Option<T>>>) -> Result<Option<T>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let writes = {
            let kept = self.kept();
            if let Some(value) = kept.values.get(key) {
                return Ok(Some(value.clone()));
            }
            kept.writes
        };
        let found = read.await?;
        if let Some(value) = &found {
            self.put(key.to_owned(), value, writes);
        }
        Ok(found)
    }

    /// The value, if it was read and nothing that concerns it was written since.
    pub(super) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<T>
    where
        K: Borrow<Q>,
    {
        self.kept().values.get(key).cloned()
    }

    /// Keeps a value that was read while so many writes had happened.
    fn put(&self, key: K, value: &T, writes: u64) {
        let kept = self.kept();
        if kept.writes == writes {
            self.keep(kept, key, value);
        }
    }

    /// Keeps what is written now.
    pub(super) fn set(&self, key: K, value: &T) {
        self.keep(self.kept(), key, value);
    }

    fn keep(&self, mut kept: MutexGuard<'_, Kept<K, T>>, key: K, value: &T) {
        let weight = (self.weigh)(&key, value);
        if !self.enabled || weight > self.room / 10 {
            return;
        }
        if kept.weight + weight > self.room {
            kept.values.clear();
            kept.weight = 0;
        }
        let before = kept.values.get(&key).map_or(0, |before| (self.weigh)(&key, before));
        kept.weight = kept.weight - before + weight;
        kept.values.insert(key, value.clone());
    }

    /// Something was written that may concern all of them.
    pub(super) fn clear(&self) {
        let mut kept = self.kept();
        kept.writes += 1;
        kept.weight = 0;
        let outdated = mem::take(&mut kept.values);
        // Many take their time to go: nobody waits for that.
        drop(kept);
        drop(outdated);
    }

    /// Something was written: keeps what stays, which may be made what it is now as long as it weighs the same.
    fn retain(&self, mut stays: impl FnMut(&mut T) -> bool) {
        let mut kept = self.kept();
        kept.writes += 1;
        let mut lost = 0;
        kept.values.retain(|key, value| {
            let stays = stays(value);
            lost += if stays { 0 } else { (self.weigh)(key, value) };
            stays
        });
        kept.weight -= lost;
    }

    fn kept(&self) -> MutexGuard<'_, Kept<K, T>> {
        // Nothing that is done under the lock panics.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(room: usize) -> Recent<String, usize> {
        Recent::new(Engine::Sqlite, room, |_, weight| *weight)
    }

    /// Reads a value that is to be what it weighs.
    async fn read(recent: &Recent<String, usize>, key: &str, value: usize) -> Option<usize> {
        recent.get_or(key, async { Ok(Some(value)) }).await.unwrap()
    }

    #[test]
    fn who_comes_in_changes_nothing_that_there_is_to_see() {
        let (cache, partner) = (Cache::new(Engine::Sqlite), PartnerId::new(1));
        cache.catalogues.set(partner, &Catalogues::default());
        let writes = |cache: &Cache| (cache.sessions.kept().writes, cache.programs.kept().writes, cache.roles.kept().writes);
        cache.admit();
        assert_eq!((cache.catalogues.get(&partner).is_some(), writes(&cache)), (true, (1, 1, 0)));
        cache.clear();
        assert_eq!((cache.catalogues.get(&partner).is_some(), writes(&cache)), (false, (2, 2, 1)));
    }

    #[tokio::test]
    async fn what_was_read_is_kept_until_something_is_written() {
        let recent = numbers(100);
        assert_eq!(read(&recent, "a", 1).await, Some(1));
        assert_eq!(read(&recent, "a", 2).await, Some(1));
        assert_eq!(recent.get_or("none", async { Ok(None) }).await.unwrap(), None);
        assert_eq!(recent.get("none"), None);
        recent.clear();
        assert_eq!(read(&recent, "a", 2).await, Some(2));
        recent.retain(|value| *value != 2);
        assert_eq!(read(&recent, "a", 3).await, Some(3));
    }

    #[tokio::test]
    async fn what_was_read_before_a_write_is_not_kept_behind_it() {
        for write in [Recent::clear, |recent: &Recent<String, usize>| recent.retain(|_| true)] {
            let recent = numbers(100);
            let before = async {
                write(&recent);
                Ok(Some(1))
            };
            assert_eq!(recent.get_or("a", before).await.unwrap(), Some(1));
            assert_eq!(recent.get("a"), None);
        }
    }

    #[tokio::test]
    async fn no_more_is_kept_than_there_is_room_for() {
        let recent = numbers(100);
        assert_eq!((read(&recent, "heavy", 11).await, recent.get("heavy")), (Some(11), None));
        for n in 0..10 {
            read(&recent, &n.to_string(), 10).await;
        }
        assert_eq!((recent.get("0"), recent.kept().weight), (Some(10), 100));
        recent.retain(|_| true);
        read(&recent, "one more", 1).await;
        assert_eq!((recent.get("0"), recent.get("one more"), recent.kept().weight), (None, Some(1), 1));
        recent.retain(|_| false);
        assert_eq!(recent.kept().weight, 0);
    }

    #[tokio::test]
    async fn what_is_written_takes_the_place_of_what_was_read() {
        let recent = numbers(100);
        read(&recent, "a", 1).await;
        recent.set("a".to_owned(), &3);
        recent.set("b".to_owned(), &4);
        assert_eq!((recent.get("a"), recent.get("b"), recent.kept().weight), (Some(3), Some(4), 7));
        recent.retain(|_| false);
        assert_eq!(recent.kept().weight, 0);
    }

    #[tokio::test]
    async fn a_database_that_servers_share_is_always_asked() {
        let recent: Recent<String, usize> = Recent::new(Engine::Postgres, 100, |_, _| 1);
        assert_eq!((read(&recent, "a", 1).await, read(&recent, "a", 2).await), (Some(1), Some(2)));
    }
}
