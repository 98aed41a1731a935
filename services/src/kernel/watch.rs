//! Detects writes of other processes to a database file, such as `tenantry user create` beside a running server.

use std::time::{Duration, Instant};

use domain::Timestamp;
use tokio::{sync::Mutex, time::timeout};

use super::{connections::Connections, transaction::Transaction};

/// The shortest time between two checks, in milliseconds.
const EVERY: i64 = 1000;

/// How long a reader waits for the writing connection.
pub(super) const PATIENCE: Duration = Duration::from_millis(10);

/// When the writing connection was opened, and SQLite's `data_version` on it, which changes with other processes' writes.
pub(super) type Seen = (Option<Instant>, i64);

/// The time and the result of the last check.
#[derive(Default)]
pub(super) struct Watch(Mutex<Option<(Timestamp, Option<Seen>)>>);

impl Watch {
    /// Whether another process can have written since the last check; true if that is unknown. Only one of several concurrent calls checks, and the
    /// others return false.
    pub(super) async fn finds_writes(&self, writers: &Connections, now: Timestamp) -> bool {
        self.finds_writes_within(PATIENCE, writers, now).await
    }

    async fn finds_writes_within(&self, patience: Duration, writers: &Connections, now: Timestamp) -> bool {
        let Ok(mut last) = self.0.try_lock() else { return false };
        let before = match *last {
            Some((looked, _)) if (0..EVERY).contains(&(now.millis() - looked.millis())) => return false,
            Some((_, seen)) => seen,
            None => None,
        };
        let seen = timeout(patience, async { Transaction::open(writers).await?.seen().await }).await.ok().and_then(Result::ok);
        *last = Some((now, seen));
        seen.is_none() || seen != before
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Executor;
    use tempfile::TempDir;

    use super::*;
    use crate::kernel::engine::{Access, Engine};

    #[tokio::test]
    async fn others_writes_are_found_and_own_ones_are_not() {
        sqlx::any::install_default_drivers();
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite://{}", folder.path().join("watched.db").display());
        let open = async || Connections::open(Engine::Sqlite, Access::Write, &url).await.unwrap();
        let (own, other, watch) = (open().await, open().await, Watch::default());
        let at = |second: i64| Timestamp::from_millis(second * EVERY);
        let write = async |writers: &Connections| writers.acquire().await.unwrap().execute("CREATE TABLE IF NOT EXISTS things (thing TEXT)").await;
        let insert = async |writers: &Connections| writers.acquire().await.unwrap().execute("INSERT INTO things VALUES ('one')").await.unwrap();
        // However slow the machine: a minute is never needed.
        let finds = async |now: Timestamp| watch.finds_writes_within(Duration::from_secs(60), &own, now).await;

        assert!(finds(at(0)).await, "nobody has looked yet");
        write(&own).await.unwrap();
        assert!(!finds(at(1)).await);
        insert(&other).await;
        assert!(!finds(at(2).plus_seconds(-1)).await, "it was looked in this second");
        assert!(finds(at(2)).await);
        insert(&own).await;
        assert!(!finds(at(3)).await);
        insert(&other).await;
        insert(&own).await;
        assert!(finds(at(4)).await, "not hidden by an own one");

        // During a write the result is unknown, and the check doesn't wait.
        let writing = Transaction::open(&own).await.unwrap();
        assert!(watch.finds_writes(&own, at(5)).await);
        drop(writing);
        assert!(finds(at(6)).await, "it wasn't reported before");
        assert!(!finds(at(7)).await);
        own.close().await;
        assert!(finds(at(8)).await, "as with a connection that fails");
        other.close().await;
    }
}
