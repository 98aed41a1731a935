//! Time and ids come from outside, so that tests are deterministic.

use std::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use domain::Timestamp;

/// Timestamps further ahead than this were written before the clock was set back, and would stay valid until the clock catches up.
pub(crate) const AHEAD_SECONDS: i64 = 5 * 60;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that only moves when told to, for tests and reproducible demo data.
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// Stopped at a moment.
    #[must_use]
    pub const fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.millis()))
    }

    /// Moves it.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Makes unguessable ids and secrets.
pub trait Ids: Send + Sync {
    /// A version 4 UUID, lower case.
    fn uuid(&self) -> String;
    /// A version 7 UUID, lower case. It sorts by time, so new records are stored together.
    fn uuid_at(&self, now: Timestamp) -> String;
    /// 32 bytes for a secret.
    fn secret(&self) -> [u8; 32];
}

/// The operating system's randomness.
pub struct RandomIds;

impl Ids for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn uuid(&self) -> String {
        uuid::Uuid::new_v4().to_string()
    }

    fn uuid_at(&self, now: Timestamp) -> String {
        let millis = u64::try_from(now.millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &rand::random()).into_uuid().to_string()
    }

    fn secret(&self) -> [u8; 32] {
        rand::random()
    }
}

/// Ids that count, for tests.
#[derive(Default)]
pub struct CountingIds(AtomicU64);

impl Ids for CountingIds {
    fn uuid(&self) -> String {
        format!("00000000-0000-4000-8000-{:012x}", self.0.fetch_add(1, Ordering::SeqCst))
    }

    fn uuid_at(&self, _: Timestamp) -> String {
        self.uuid()
    }

    fn secret(&self) -> [u8; 32] {
        let mut secret = [7; 32];
        secret[..8].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_le_bytes());
        secret
    }
}
