//! The transaction that every store method is a method of.

use std::sync::Arc;

use domain::{Caller, ClientId, PartnerId, Timestamp};

use super::{Engine, Store, cache::Cache, transaction::Transaction, way::Way};
use crate::Result;

/// An open transaction, and for whom it was opened. Store methods take the tenant from it: no query can forget it.
/// Dropped without [`Tx::commit`], it changes nothing.
pub(crate) struct Tx {
    way: Way,
    pub(super) engine: Engine,
    /// Invalidated when the transaction commits.
    cache: Arc<Cache>,
    /// The partner whose rows are visible.
    pub(crate) partner: PartnerId,
    /// The only client whose rows are visible, if the caller belongs to one or works within one.
    pub(crate) only_client: Option<ClientId>,
    /// Who acts; nobody for the program itself.
    pub(crate) caller: Option<Caller>,
    /// When the transaction was opened: the time of every row it writes.
    pub(crate) now: Timestamp,
}

impl Tx {
    /// The connection, for store methods.
    pub(super) const fn connection(&mut self) -> &mut Way {
        &mut self.way
    }

    /// The cache, for a transaction that only reads: one that writes may have changed the rows itself.
    pub(super) fn cache(&self) -> Option<Arc<Cache>> {
        matches!(self.way, Way::Read(_)).then(|| self.cache.clone())
    }

    /// Makes all of it lasting.
    pub(crate) async fn commit(self) -> Result<()> {
        if let Way::Write(transaction) = self.way {
            transaction.commit(|| self.cache.invalidate()).await?;
        }
        Ok(())
    }

    /// The next value of a counter that survives deletion.
    pub(crate) async fn next_number(&mut self, counter: &str) -> Result<i64> {
        self.next_numbers(counter, 1).await
    }

    /// Reserves so many values of a counter and gives the first.
    pub(crate) async fn next_numbers(&mut self, counter: &str, count: i64) -> Result<i64> {
        let sql = "INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value RETURNING value";
        let last: i64 = sqlx::query_scalar(sql).bind(counter).bind(count).fetch_one(self.connection()).await?;
        Ok(last - count + 1)
    }
}

impl Store {
    /// For [`crate::authz`] alone.
    pub(crate) async fn begin(
        &self,
        write: bool,
        partner: PartnerId,
        only_client: Option<ClientId>,
        caller: Option<Caller>,
        now: Timestamp,
    ) -> Result<Tx> {
        let cache = self.cache(now).await.clone();
        let way = if write { Way::Write(Transaction::open(&self.writers).await?) } else { Way::Read(self.readers.acquire().await?) };
        Ok(Tx { way, engine: self.engine, cache, partner, only_client, caller, now })
    }
}
