//! The database. Only a [`Tx`] reaches it, and only [`super::authz`] and the few named exceptions there make one.

use std::sync::Arc;

use domain::Timestamp;
use sqlx::{
    Any, Executor, Row,
    any::{AnyArguments, AnyRow},
    migrate::Migrator,
    query::Query,
};
use tokio::time::timeout;

use super::{
    bound::Bound,
    cache::Cache,
    connection::Connection,
    connections::Connections,
    engine::{Access, Engine},
    list::bookmarks::Bookmarks,
    place::Place,
    transaction::Transaction,
    watch::{PATIENCE, Watch},
    wire,
};
use crate::{Fault, Result};

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// The database: pools of reading and writing connections, with one writer for SQLite.
#[derive(Clone)]
pub struct Store {
    pub(super) engine: Engine,
    readers: Connections,
    pub(super) writers: Connections,
    pub(super) cache: Arc<Cache>,
    pub(super) bookmarks: Arc<Bookmarks>,
    watch: Arc<Watch>,
    /// The database's file; none for a server.
    place: Option<Place>,
}

impl Store {
    /// Opens a database by its URL, `sqlite:///path/to/file.db` or `postgres://…`. A missing SQLite file is created.
    ///
    /// # Errors
    /// [`Fault::Failed`] for a URL of another kind, [`Fault::Database`] if it can't be opened.
    pub async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of_url(url).ok_or_else(|| Fault::Failed("The database URL must begin with sqlite: or postgres:.".to_owned()))?;
        if engine.is_server() {
            wire::check_database(url).map_err(Fault::Failed)?;
        }
        let place = Place::prepare(engine, url)?;
        let writers = Connections::open(engine, Access::Write, url).await?;
        let readers = Connections::open(engine, Access::Read, url).await?;
        Ok(Self { engine, readers, writers, cache: Arc::new(Cache::new(engine)), bookmarks: Arc::default(), watch: Arc::default(), place })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// [`Fault::Migration`] or [`Fault::Database`].
    pub async fn migrate(&self) -> Result<()> {
        let mut connection = self.writers.acquire().await?;
        MIGRATIONS.run(&mut *connection).await?;
        for statement in self.engine.schema() {
            sqlx::query(*statement).execute(&mut *connection).await?;
        }
        drop(connection);
        self.rekey().await
    }

    /// Whether the schema is up to date.
    ///
    /// # Errors
    /// [`Fault::Database`].
    pub async fn is_migrated(&self) -> Result<bool> {
        let applied: std::result::Result<i64, sqlx::Error> =
            sqlx::query_scalar("SELECT COUNT(*) FROM _sqlx_migrations").fetch_one(&mut self.read().await?).await;
        Ok(applied.is_ok_and(|applied| usize::try_from(applied).is_ok_and(|applied| applied == MIGRATIONS.iter().count())))
    }

    /// A reading connection without a caller.
    pub(crate) async fn read(&self) -> std::result::Result<Connection, sqlx::Error> {
        Ok(Connection::Read(self.readers.acquire().await?))
    }

    /// A writing transaction without a caller and without the partner's lock.
    pub(super) async fn write(&self) -> std::result::Result<Connection, sqlx::Error> {
        Ok(Connection::Write(Transaction::open(&self.writers).await?))
    }

    /// Commits a transaction of [`Store::write`].
    pub(super) async fn commit(&self, connection: Connection) -> std::result::Result<(), sqlx::Error> {
        match connection {
            Connection::Write(transaction) => transaction.commit(|| self.cache.invalidate()).await,
            Connection::Read(_) => Ok(()),
        }
    }

    /// The cache, invalidated if another process has written.
    pub(crate) async fn cache(&self, now: Timestamp) -> &Arc<Cache> {
        if !self.engine.is_server() && self.watch.finds_writes(&self.writers, now).await {
            self.cache.invalidate();
        }
        &self.cache
    }

    /// Runs one statement in its own transaction, without a caller or the partner's lock. Returns the number of affected rows.
    pub(crate) async fn execute_alone(&self, statement: Query<'_, Any, AnyArguments>) -> Result<u64> {
        let mut transaction = Transaction::open(&self.writers).await?;
        let done = transaction.begun().await?.execute(Bound(statement)).await?;
        transaction.commit(|| self.cache.invalidate()).await?;
        Ok(done.rows_affected())
    }

    /// As [`Store::execute_alone`], unless all connections for writing are in use: for what the next request records as well, and no reader should wait for.
    pub(crate) async fn execute_alone_if_free(&self, statement: Query<'_, Any, AnyArguments>) -> Result<()> {
        let Ok(opened) = timeout(PATIENCE, Transaction::open(&self.writers)).await else { return Ok(()) };
        let mut transaction = opened?;
        transaction.begun().await?.execute(Bound(statement)).await?;
        Ok(transaction.commit(|| self.cache.invalidate()).await?)
    }

    /// As [`Store::execute_alone`], for a statement that returns a row.
    pub(crate) async fn fetch_alone(&self, statement: Query<'_, Any, AnyArguments>) -> Result<Option<AnyRow>> {
        let mut transaction = Transaction::open(&self.writers).await?;
        let row = transaction.begun().await?.fetch_optional(Bound(statement)).await?;
        transaction.commit(|| self.cache.invalidate()).await?;
        Ok(row)
    }

    /// Removes from the database's files what deleted rows of some tables left in them. Long, and outside any transaction. Others go on reading; on SQLite
    /// they can't write meanwhile.
    ///
    /// # Errors
    /// [`Fault::Failed`] or [`Fault::Database`] if others were in the way: try again later.
    pub(crate) async fn forget_deleted(&self, tables: &[&str]) -> Result<()> {
        let mut connection = self.writers.acquire().await?;
        let mut result = Ok(());
        for statement in self.engine.forget_deleted(tables) {
            let row = connection.fetch_optional(sqlx::AssertSqlSafe(statement)).await;
            // SQLite answers whether a reader kept it from emptying the log. The statements after it still have to run.
            match row.map(|row| row.and_then(|row| row.try_get::<i64, _>("busy").ok())) {
                Ok(Some(busy)) if busy != 0 => result = Err(Fault::Failed("the write-ahead log couldn't be emptied".to_owned())),
                Ok(_) => {}
                Err(error) => result = Err(error.into()),
            }
        }
        result
    }

    pub(super) async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&mut self.read().await?).await?;
        Ok(())
    }

    /// Whether the database is still the one that was opened.
    pub(super) fn is_in_place(&self) -> Result<()> {
        self.place.as_ref().map_or(Ok(()), Place::check)
    }

    /// Commits a meaningless write, because only a commit proves that the disk is writable.
    pub(super) async fn write_probe(&self, now: Timestamp) -> Result<()> {
        let sql = "INSERT INTO counters (name, value) VALUES ('readiness', $1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1";
        self.execute_alone(sqlx::query(sql).bind(now.millis())).await.map(drop)
    }

    /// Closes every connection that isn't in use. With the last one, SQLite folds its log into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[tokio::test]
    async fn a_reader_does_not_wait_for_a_long_write() {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("store.db").display())).await.unwrap();
        let statement = || sqlx::query("CREATE TABLE things (thing TEXT)");
        let writing = store.writers.acquire().await.unwrap();
        store.execute_alone_if_free(statement()).await.unwrap();
        drop(writing);
        store.execute_alone(statement()).await.expect("nothing was written while another wrote");
        assert!(store.execute_alone_if_free(statement()).await.is_err(), "it is written when nobody else writes");
    }
}
