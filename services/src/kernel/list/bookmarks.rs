//! Remembers the last row that each reader of a list by position got, so that the next part continues from that row's key: as fast at the end of the list as
//! at its start, and without skipping or repeating rows when others come or go.
//!
//! A bookmark belongs to one reader and one list, and lasts some minutes. It is only a shortcut: without one, as on another server, the rows before the part
//! are counted along the index.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::Timestamp;

use super::order::Cursor;

/// The most bookmarks; when there are more, all are dropped.
const CAPACITY: usize = 10_000;

/// How long one lasts.
const SECONDS: i64 = 5 * 60;

/// Bookmarks by the hash of reader, list and position.
#[derive(Default)]
pub(crate) struct Bookmarks {
    hasher: RandomState,
    cursors: Mutex<HashMap<u64, (Cursor, Timestamp)>>,
}

impl Bookmarks {
    /// The last row before a place, as its reader saw it.
    pub(in crate::kernel) fn get(&self, place: &impl Hash, now: Timestamp) -> Option<Cursor> {
        let cursors = self.cursors();
        let (cursor, until) = cursors.get(&self.hasher.hash_one(place))?;
        (*until > now).then(|| cursor.clone())
    }

    pub(in crate::kernel) fn put(&self, place: &impl Hash, cursor: Cursor, now: Timestamp) {
        let mut cursors = self.cursors();
        if cursors.len() >= CAPACITY {
            cursors.clear();
        }
        cursors.insert(self.hasher.hash_one(place), (cursor, now.plus_seconds(SECONDS)));
    }

    fn cursors(&self) -> MutexGuard<'_, HashMap<u64, (Cursor, Timestamp)>> {
        // Nothing that is done under the lock panics.
        self.cursors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::statement::Value;

    #[test]
    fn a_bookmark_lasts_for_its_reader_and_for_a_while() {
        let (bookmarks, now) = (Bookmarks::default(), Timestamp::from_millis(0));
        let cursor = (Value::Number(7), 1);
        bookmarks.put(&("ada", 25), cursor.clone(), now);
        assert_eq!(bookmarks.get(&("ada", 25), now), Some(cursor));
        assert_eq!(bookmarks.get(&("grace", 25), now), None);
        assert_eq!(bookmarks.get(&("ada", 50), now), None);
        assert_eq!(bookmarks.get(&("ada", 25), now.plus_seconds(SECONDS)), None);
    }

    #[test]
    fn bookmarks_stay_within_their_capacity() {
        let (bookmarks, now) = (Bookmarks::default(), Timestamp::from_millis(0));
        for place in 0..=CAPACITY {
            bookmarks.put(&place, (Value::Number(0), 1), now);
        }
        assert_eq!(bookmarks.cursors().len(), 1);
    }
}
