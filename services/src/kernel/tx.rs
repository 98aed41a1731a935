//! The transaction that every store method is a method of.

use std::{ops::Deref, sync::Arc};

use domain::{Caller, ClientId, PartnerId, Through, Timestamp};

use super::{
    authz::{NO_PARTNER, Opening},
    cache::Cache,
    connection::Connection,
    engine::Engine,
    list::bookmarks::Bookmarks,
    store::Store,
    transaction::Transaction,
};
use crate::{Fault, Result};

/// An open transaction with its caller and tenant. Store methods read the tenant from it, so no query can forget it. Dropped without [`Tx::commit`],
/// it changes nothing.
pub(crate) struct Tx {
    connection: Connection,
    /// Invalidated when the transaction commits.
    cache: Arc<Cache>,
    pub(super) bookmarks: Arc<Bookmarks>,
    context: Context,
}

/// Caller and tenant of a transaction. Readable through the [`Tx`]; only [`super::authz`] sets them.
pub(crate) struct Context {
    /// The partner whose rows are visible.
    pub(crate) partner: PartnerId,
    /// The only client whose rows are visible, if the caller belongs to one or works within one.
    pub(crate) only_client: Option<ClientId>,
    /// The caller, resolved again if the transaction writes; none for the program itself.
    pub(crate) caller: Option<Arc<Caller>>,
    /// The time of every row that the transaction writes.
    pub(crate) now: Timestamp,
    /// By what it writes, if not by a request.
    pub(crate) through: Through,
    /// Which job that is.
    pub(crate) reference: String,
    /// The database's SQL dialect.
    pub(crate) engine: Engine,
}

impl Deref for Tx {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.context
    }
}

impl Tx {
    /// The connection, for store methods.
    pub(crate) const fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// The cache, for reading transactions only: a writing one can have changed the rows itself.
    pub(crate) fn cache(&self) -> Option<Arc<Cache>> {
        matches!(self.connection, Connection::Read(_)).then(|| self.cache.clone())
    }

    /// Sets the caller; none for the program itself.
    pub(super) fn act_as(&mut self, caller: Option<Caller>, _: Opening) {
        self.context.caller = caller.map(Arc::new);
    }

    /// Sets by what it writes.
    pub(super) fn come_through(&mut self, through: Through, reference: &str, _: Opening) {
        self.context.through = through;
        reference.clone_into(&mut self.context.reference);
    }

    /// Limits what is visible and made to one client.
    pub(super) fn only(&mut self, client: ClientId, _: Opening) {
        self.context.only_client = Some(client);
    }

    /// The caller whose rights are checked.
    ///
    /// # Errors
    /// [`Fault::Failed`] in the program's own transactions, which have no caller.
    pub(crate) fn caller(&self) -> Result<Arc<Caller>> {
        self.context.caller.clone().ok_or_else(|| Fault::Failed("a transaction of the program itself has no caller".to_owned()))
    }

    /// The caller's number; 0 for the program itself.
    pub(crate) fn user_number(&self) -> i64 {
        self.caller.as_ref().map_or(0, |caller| caller.user.id.number())
    }

    /// Commits a writing transaction and invalidates the cache; does nothing for a reading one.
    pub(crate) async fn commit(self) -> Result<()> {
        if let Connection::Write(transaction) = self.connection {
            transaction.commit(|| self.cache.invalidate()).await?;
        }
        Ok(())
    }

    /// The next value of a counter that survives deletion.
    pub(crate) async fn next_number(&mut self, counter: &str) -> Result<i64> {
        self.next_numbers(counter, 1).await
    }

    /// Reserves `count` values of a counter and returns the first.
    pub(crate) async fn next_numbers(&mut self, counter: &str, count: i64) -> Result<i64> {
        let sql = "INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value RETURNING value";
        let last: i64 = sqlx::query_scalar(sql).bind(counter).bind(count).fetch_one(self.connection()).await?;
        Ok(last - count + 1)
    }

    /// Waits until no other transaction writes for the partner, if the engine needs it; see [`Engine::lock_partner`].
    async fn lock_partner(&mut self) -> Result<()> {
        if let (Connection::Write(_), Some(sql), true) = (&self.connection, self.engine.lock_partner(), self.partner != NO_PARTNER) {
            sqlx::query(sql).bind(self.partner.number()).execute(self.connection()).await?;
        }
        Ok(())
    }
}

/// Only for the program's own transactions, which have no caller: set-up and seeds.
impl Tx {
    /// Switches to another partner, which exists or is about to be created.
    pub(crate) async fn enter(&mut self, partner: PartnerId) -> Result<()> {
        self.of_program()?.partner = partner;
        self.lock_partner().await
    }

    /// Sets the time of the following writes.
    pub(crate) fn date(&mut self, now: Timestamp) -> Result<()> {
        self.of_program()?.now = now;
        Ok(())
    }

    /// Limits the visible rows to a client; `None` lifts the limit.
    pub(crate) fn limit(&mut self, only_client: Option<ClientId>) -> Result<()> {
        self.of_program()?.only_client = only_client;
        Ok(())
    }

    fn of_program(&mut self) -> Result<&mut Context> {
        match self.context.caller {
            None => Ok(&mut self.context),
            Some(_) => Err(Fault::Failed("only the program itself may do this".to_owned())),
        }
    }
}

impl Store {
    /// Opens a transaction without a caller; only [`super::authz`] can make an [`Opening`]. A writing one takes the partner's lock first, so what it reads stays
    /// true until it ends.
    pub(super) async fn begin(&self, write: bool, partner: PartnerId, only_client: Option<ClientId>, now: Timestamp, _: Opening) -> Result<Tx> {
        let cache = self.cache(now).await.clone();
        let connection = if write { Connection::Write(Transaction::open(&self.writers).await?) } else { self.read().await? };
        let context = Context { partner, only_client, caller: None, now, through: Through::Job, reference: String::new(), engine: self.engine };
        let mut tx = Tx { connection, cache, bookmarks: self.bookmarks.clone(), context };
        tx.lock_partner().await?;
        Ok(tx)
    }
}
