//! Connections, kept open. They have pools of their own: sqlx's asks a connection whether it still lives whenever it comes back, and for a file that
//! costs as much as most reads.

use std::{io::ErrorKind, time::Duration};

use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, PoolError, RecycleResult},
};
use sqlx::{Any, AnyConnection, Connection, Database, Executor, SqlSafeStr, any::AnyArguments, query::Query};
use sqlx_core::transaction::TransactionManager;
use tokio::runtime::Handle;

use super::{Engine, engine::Access, watch::Seen};

/// A server that is there answers within this time.
const ANSWERS: Duration = Duration::from_secs(2);

/// So often a server that is just starting is tried.
const RETRY: Duration = Duration::from_millis(250);

/// A pool of connections for one kind of access.
#[derive(Clone)]
pub(super) struct Connections(Pool<Opener>);

/// One of them, until it is dropped.
pub(super) type Connected = Object<Opener>;

/// Opens connections.
#[derive(Debug)]
pub(super) struct Opener {
    engine: Engine,
    access: Access,
    url: String,
}

impl Connections {
    /// Opens the first connection, so that a database that can't be reached is known at once.
    pub(super) async fn open(engine: Engine, access: Access, url: &str) -> Result<Self, sqlx::Error> {
        let opener = Opener { engine, access, url: engine.url(url) };
        let (most, wait) = (engine.most_connections(access), engine.longest_wait(access));
        let pool = Pool::builder(opener).max_size(most).wait_timeout(Some(wait)).create_timeout(Some(wait)).recycle_timeout(Some(ANSWERS));
        let pool = pool.runtime(Runtime::Tokio1).build();
        let connections = Self(pool.map_err(|error| sqlx::Error::Configuration(error.into()))?);
        drop(connections.acquire().await?);
        Ok(connections)
    }

    pub(super) async fn acquire(&self) -> Result<Connected, sqlx::Error> {
        self.0.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Closed => sqlx::Error::PoolClosed,
            _ => sqlx::Error::PoolTimedOut,
        })
    }

    /// Runs a statement that is a transaction by itself; `committed` as with [`Transaction::commit`]. Gives how many rows it met.
    pub(super) async fn execute(&self, statement: Query<'_, Any, AnyArguments>, committed: impl FnOnce()) -> Result<u64, sqlx::Error> {
        let mut alone = Transaction::unknown(self).await?;
        let done = statement.execute(alone.connection()).await?;
        committed();
        alone.connection = None;
        Ok(done.rows_affected())
    }

    /// What the only connection that writes into a file has seen of it. As long as that stays as it is, nobody else has written.
    pub(super) async fn seen(&self) -> Result<Seen, sqlx::Error> {
        let mut looking = Transaction::unknown(self).await?;
        let version = sqlx::query_scalar("PRAGMA data_version").fetch_one(looking.connection()).await?;
        let opened = looking.connection.take().map(|connection| Object::metrics(&connection).created);
        Ok((opened, version))
    }

    /// Closes those that nobody is using, and opens no more. The others are closed when they come back.
    pub(super) async fn close(&self) {
        let idle = self.0.retain(|_, _| false).removed;
        self.0.close();
        for connection in idle {
            // What can't be closed in order is closed by being dropped.
            let _ = connection.close().await;
        }
    }
}

impl Manager for Opener {
    type Type = AnyConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<AnyConnection, sqlx::Error> {
        let mut connection = loop {
            match AnyConnection::connect(&self.url).await {
                // Whoever waits for the connection ends this.
                Err(error) if is_starting(&error) => tokio::time::sleep(RETRY).await,
                connected => break connected?,
            }
        };
        for statement in self.engine.begins_with(self.access) {
            connection.execute(*statement).await?;
        }
        Ok(connection)
    }

    async fn recycle(&self, connection: &mut AnyConnection, _: &Metrics) -> RecycleResult<sqlx::Error> {
        // A server may have gone away meanwhile; a file doesn't.
        if self.engine.is_server() {
            connection.ping().await?;
        }
        Ok(())
    }
}

/// An open transaction. Dropped without [`Transaction::commit`], it changes nothing.
pub(super) struct Transaction {
    /// Until it has ended.
    connection: Option<Connected>,
    state: State,
    engine: Engine,
}

/// How far a transaction has come, as far as anybody knows.
#[derive(PartialEq, Eq)]
enum State {
    Begun,
    /// It is about to begin or to end. What happens to it if that fails, or nobody waits for the answer, can't be told from here.
    Unknown,
}

type Transactions = <Any as Database>::TransactionManager;

impl Transaction {
    pub(super) async fn begin(writers: &Connections) -> Result<Self, sqlx::Error> {
        match Self::begin_on(writers).await {
            // The transaction before failed so that SQLite undid it by itself, which the driver doesn't know; or the connection's thread is gone.
            Err(sqlx::Error::InvalidSavePointStatement | sqlx::Error::WorkerCrashed) => Self::begin_on(writers).await,
            begun => begun,
        }
    }

    async fn begin_on(writers: &Connections) -> Result<Self, sqlx::Error> {
        let mut transaction = Self::unknown(writers).await?;
        let begin = transaction.engine.begin_write().into_sql_str();
        Transactions::begin(transaction.connection(), Some(begin)).await?;
        transaction.state = State::Begun;
        Ok(transaction)
    }

    /// A connection of which only who waits for the end of what it does knows its state.
    async fn unknown(writers: &Connections) -> Result<Self, sqlx::Error> {
        Ok(Self { connection: Some(writers.acquire().await?), state: State::Unknown, engine: writers.0.manager().engine })
    }

    pub(super) fn connection(&mut self) -> &mut AnyConnection {
        match &mut self.connection {
            Some(connection) => connection,
            None => unreachable!("nobody has a transaction that has ended"),
        }
    }

    /// Makes all of it lasting. `committed` happens before the connection is anybody else's: on SQLite, before the next write begins.
    pub(super) async fn commit(mut self, committed: impl FnOnce()) -> Result<(), sqlx::Error> {
        self.state = State::Unknown;
        Transactions::commit(self.connection()).await?;
        committed();
        self.connection = None;
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        if self.state == State::Unknown {
            // Nobody else gets it: closing it undoes what was not committed. And what may still happen on it is then noticed as another's write.
            return drop(Object::take(connection));
        }
        Transactions::start_rollback(&mut connection);
        // A server hears of it with what is sent next: until then, others would wait for what the transaction has locked.
        if let (true, Ok(runtime)) = (self.engine.is_server(), Handle::try_current()) {
            runtime.spawn(async move { connection.ping().await });
        }
    }
}

/// Whether a server may be there in a moment.
fn is_starting(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted),
        // PostgreSQL's "cannot connect now".
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code == "57P03"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use sqlx::Row;
    use tempfile::TempDir;

    use super::*;

    #[tokio::test]
    async fn a_statement_that_nobody_waits_for_is_as_anothers() {
        sqlx::any::install_default_drivers();
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite://{}", folder.path().join("given_up.db").display());
        let writers = Connections::open(Engine::Sqlite, Access::Write, &url).await.unwrap();
        writers.execute(sqlx::query("CREATE TABLE things (thing TEXT)"), || ()).await.unwrap();
        let before = writers.seen().await.unwrap();
        assert_eq!(writers.execute(sqlx::query("INSERT INTO things VALUES ('waited for')"), || ()).await.unwrap(), 1);
        assert_eq!(writers.seen().await.unwrap(), before);
        let given_up = writers.execute(sqlx::query("INSERT INTO things VALUES ('given up')"), || unreachable!("nobody waits"));
        assert!(given_up.now_or_never().is_none());
        assert_ne!(writers.seen().await.unwrap(), before);
        writers.close().await;
    }

    #[tokio::test]
    async fn a_full_disk_ends_one_transaction_and_not_the_next() {
        sqlx::any::install_default_drivers();
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite://{}", folder.path().join("full.db").display());
        let writers = Connections::open(Engine::Sqlite, Access::Write, &url).await.unwrap();
        {
            let mut connection = writers.acquire().await.unwrap();
            connection.execute("CREATE TABLE things (thing TEXT)").await.unwrap();
            connection.execute("PRAGMA max_page_count = 20").await.unwrap();
        }
        let mut transaction = Transaction::begin(&writers).await.unwrap();
        transaction.connection().execute("INSERT INTO things VALUES ('undone')").await.unwrap();
        let full = transaction.connection().execute("INSERT INTO things VALUES (zeroblob(1000000))").await;
        assert!(full.unwrap_err().to_string().contains("full"));
        drop(transaction);

        let mut next = Transaction::begin(&writers).await.unwrap();
        next.connection().execute("INSERT INTO things VALUES ('kept')").await.unwrap();
        next.commit(|| ()).await.unwrap();
        let rows = writers.acquire().await.unwrap().fetch_all("SELECT thing FROM things").await.unwrap();
        assert_eq!(rows.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>(), ["kept"]);
        writers.close().await;
    }
}
