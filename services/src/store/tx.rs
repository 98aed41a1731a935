//! The transaction that every store method is a method of.

use std::sync::Arc;

use domain::{Caller, ClientId, PartnerId, Role, RoleId, RoleSummary, Timestamp};

use super::{Engine, Record, Store, cache::Cache, transaction::Transaction, way::Way};
use crate::Result;

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
    /// When the transaction was opened: the time of every row it writes.
    pub(crate) now: Timestamp,
}

impl Tx {
    /// The connection, for store methods.
    pub(super) const fn connection(&mut self) -> &mut Way {
        &mut self.way
    }

    /// What was read before, for a transaction that only reads: one that writes may have made it outdated itself.
    pub(super) fn cache(&self) -> Option<Arc<Cache>> {
        matches!(self.way, Way::Read(_)).then(|| self.cache.clone())
    }

    /// A role if it is remembered. It may be outdated: what is decided by it must end with [`Tx::commit_role_description`], which finds that out.
    pub(crate) fn role_remembered(&self, id: &RoleId) -> Option<Arc<Role>> {
        self.cache.roles.get(&(self.viewpoint(), id.clone()))
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
    /// role, which was read in the transaction, is remembered as it is now.
    pub(crate) async fn commit_role(self, role: &Arc<Role>) -> Result<()> {
        let key = (self.viewpoint(), role.summary.id.clone());
        let describe = |cache: &Cache| {
            cache.describe_role(&role.summary);
            cache.roles.set(key, role);
        };
        self.commit_and(describe).await
    }

    /// Writes a role's new description and the record of it, which is all, and commits. False, and nothing is written, if the role isn't of the version
    /// before, or if this database has no one statement for it.
    pub(crate) async fn commit_role_description(self, before: i64, role: &RoleSummary, record: Record) -> Result<bool> {
        let (Way::Write(transaction), Some(sql)) = (self.way, self.engine.role_describe()) else { return Ok(false) };
        let statement = record.bind(sqlx::query(sql)).bind(role.number).bind(before).bind(role.description.as_str());
        let done = transaction.finish(statement, || self.cache.describe_role(role)).await;
        let is_current = Engine::is_described(done)?;
        if !is_current {
            self.cache.clear();
        }
        Ok(is_current)
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
        let way = if write { Way::Write(Transaction::open(&self.writers).await?) } else { self.read().await? };
        Ok(Tx { way, engine: self.engine, cache, partner, only_client, caller, now })
    }
}
