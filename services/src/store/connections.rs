//! Connections, kept open. They have pools of their own: sqlx's asks a connection whether it still lives whenever it comes back, and for a file that
//! costs as much as most reads.

use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, PoolError, RecycleResult},
};
use sqlx::{Any, AnyConnection, Connection, Database, Executor, SqlSafeStr};
use sqlx_core::transaction::TransactionManager;
use tokio::runtime::Handle;

use super::{Engine, engine::Access};

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
        let pool = Pool::builder(opener).max_size(most).wait_timeout(Some(wait)).runtime(Runtime::Tokio1).build();
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

    /// Closes those that nobody is using, and opens no more.
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
        let mut connection = AnyConnection::connect(&self.url).await?;
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
    engine: Engine,
}

type Manages = <Any as Database>::TransactionManager;

impl Transaction {
    pub(super) async fn begin(connection: Connected, engine: Engine) -> Result<Self, sqlx::Error> {
        // Whatever of the beginning happens, it is undone when the rest doesn't.
        let mut transaction = Self { connection: Some(connection), engine };
        Manages::begin(transaction.connection(), Some(engine.begin_write().into_sql_str())).await?;
        Ok(transaction)
    }

    pub(super) fn connection(&mut self) -> &mut AnyConnection {
        match &mut self.connection {
            Some(connection) => connection,
            None => unreachable!("nobody has a transaction that has ended"),
        }
    }

    pub(super) async fn commit(mut self) -> Result<(), sqlx::Error> {
        Manages::commit(self.connection()).await?;
        self.connection = None;
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        Manages::start_rollback(&mut connection);
        // A server hears of it with what is sent next: until then, others would wait for what the transaction has locked.
        if let (true, Ok(runtime)) = (self.engine.is_server(), Handle::try_current()) {
            runtime.spawn(async move { connection.ping().await });
        }
    }
}
