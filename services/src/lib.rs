//! Tenantry's use cases, and the only crate with SQL.
//!
//! Every use case is a method of [`Services`] in the module of its noun, and has one shape: authorize, read, decide, write, audit,
//! commit. [`Services::authorize`](authz) is the single way to a transaction, and a transaction the single way to the store.

mod authz;
mod clock;
mod fault;
mod store;

pub use clock::{Clock, CountingIds, FixedClock, Ids, RandomIds, SystemClock};
pub use fault::Fault;
pub use store::Store;

use std::sync::Arc;

/// What every use case returns.
pub type Result<T> = std::result::Result<T, Fault>;

/// All use cases, and what they need from outside.
#[derive(Clone)]
pub struct Services {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

impl Services {
    /// Puts the parts together.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self { store, clock, ids }
    }

    /// Whether the database answers, for the readiness check.
    ///
    /// # Errors
    /// [`Fault::Database`] if not.
    pub async fn ready(&self) -> Result<()> {
        self.store.ping().await
    }
}
