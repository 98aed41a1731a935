//! Whether another process wrote into a database file, as `tenantry user create` does beside a running server.

use std::time::{Duration, Instant};

use domain::Timestamp;
use tokio::sync::Mutex;

use super::connections::Connections;
use crate::Result;

/// It is looked at most once in so many milliseconds.
const EVERY: i64 = 1000;

/// Whoever of this process is writing is waited for so long.
const PATIENCE: Duration = Duration::from_millis(10);

/// What the connection that writes has seen last: it, and the number that changes with what others write.
pub(super) type Seen = (Instant, i64);

/// When it was looked last, and what was seen then.
#[derive(Default)]
pub(super) struct Watch(Mutex<Option<(Timestamp, Option<Seen>)>>);

impl Watch {
    /// Whether another process may have written since it was looked last. Who asks while somebody else is looking, or soon after, isn't told again.
    ///
    /// # Errors
    /// `Database`.
    pub(super) async fn finds_writes(&self, writers: &Connections, now: Timestamp) -> Result<bool> {
        let Ok(mut last) = self.0.try_lock() else { return Ok(false) };
        let before = match *last {
            Some((looked, _)) if (0..EVERY).contains(&(now.millis() - looked.millis())) => return Ok(false),
            Some((_, seen)) => seen,
            None => None,
        };
        let seen = writers.seen(PATIENCE).await?;
        *last = Some((now, seen));
        Ok(seen.is_none() || seen != before)
    }
}
