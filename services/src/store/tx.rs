//! The transaction that every store method is a method of.

use std::sync::Arc;

use domain::{Caller, ClientId, PartnerId, Role, Timestamp};

use super::{Engine, Record, Store, cache::Cache, transaction::Transaction, way::Way};
use crate::{Fault, Result};

/// An open transaction, and for whom it was opened. Store methods take the tenant from it: no query can forget it.
/// Dropped without [`Tx::commit`], it changes nothing.
pub(crate) struct Tx {
    way: Way,
    pub(super) engine: Engine,
    /// What was read before; a write makes it outdated.
    cache: Arc<Cache>,
    /// The partner whose rows are visible.
    pub(crate) partner: PartnerId,
    /// The only client whose rows are visible, if the caller belongs to one or works within one.
    pub(crate) only_client: Option<ClientId>,
    /// Who acts; nobody for the program itself.
    pub(crate) caller: Option<Caller>,
    /// When the transaction began: the time of every row it writes.
    pub(crate) now: Timestamp,
}

impl Tx {
    /// The connection, for store methods.
    pub(super) const fn connection(&mut self) -> &mut Way {
        &mut self.way
    }

    /// What was read before, for a transaction that only reads: one that writes may have made it outdated itself.
    pub(super) fn cache(&self) -> Option<Arc<Cache>> {
        matches!(self.way, Way::Read(_)).then(|| self.cache_before_writing())
    }

    /// As [`Tx::cache`], also for a transaction that is going to write and has not yet: others don't write meanwhile.
    pub(super) fn cache_before_writing(&self) -> Arc<Cache> {
        self.cache.clone()
    }

    /// Makes all of it lasting.
    pub(crate) async fn commit(self) -> Result<()> {
        self.commit_and(Cache::clear).await
    }

    /// As [`Tx::commit`], where nothing was written but who is in: attempts, sessions and tokens, and records of them.
    pub(crate) async fn commit_admission(self) -> Result<()> {
        self.commit_and(Cache::admit).await
    }

    /// As [`Tx::commit`], where nothing was written but how a role is called, and the record of it. What others may do need not be read again, and the
    /// role is remembered as it is now.
    pub(crate) async fn commit_role(self, role: Arc<Role>) -> Result<Arc<Role>> {
        let viewpoint = self.viewpoint();
        self.commit_and(|cache| cache.describe_role(viewpoint, &role)).await?;
        Ok(role)
    }

    /// As [`Tx::commit_role`], of a role that is described anew and otherwise as it was, and writes that with its record. None, and nothing is
    /// written, if it isn't of the version before.
    pub(crate) async fn commit_role_description(self, role: Arc<Role>, record: Record) -> Result<Option<Arc<Role>>> {
        let (viewpoint, summary) = (self.viewpoint(), &role.summary);
        let Way::Write(transaction) = self.way else { return Err(Fault::Failed("what only reads can't write".to_owned())) };
        let statement = record.bind(sqlx::query(self.engine.role_describe()));
        let statement = statement.bind(summary.number).bind(summary.version - 1).bind(summary.description.as_str());
        let done = transaction.finish(statement, || self.cache.describe_role(viewpoint, &role)).await;
        Ok(self.engine.is_described(done)?.then_some(role))
    }

    async fn commit_and(self, forget: impl FnOnce(&Cache)) -> Result<()> {
        if let Way::Write(transaction) = self.way {
            transaction.commit(|| forget(&self.cache)).await?;
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
