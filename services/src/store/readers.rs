//! Connections that can't write, kept open. They have a pool of their own: sqlx's asks a connection whether it still lives whenever it comes back,
//! and for a file that costs as much as most reads.

use std::time::Duration;

use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, PoolError, RecycleResult},
};
use sqlx::{AnyConnection, Connection, Executor};

use super::Engine;

/// How long one waits for a connection.
const WAIT: Duration = Duration::from_secs(10);

/// Many readers.
#[derive(Clone)]
pub(super) struct Readers(Pool<Opener>);

/// One of them, until it is dropped.
pub(super) type Reader = Object<Opener>;

/// Opens connections.
#[derive(Debug)]
pub(super) struct Opener {
    engine: Engine,
    url: String,
}

impl Readers {
    /// Opens the first connection, so that a database that can't be reached is known at once.
    pub(super) async fn open(engine: Engine, url: &str) -> Result<Self, sqlx::Error> {
        let opener = Opener { engine, url: engine.url(url) };
        let pool = Pool::builder(opener).max_size(engine.most_readers()).wait_timeout(Some(WAIT)).runtime(Runtime::Tokio1).build();
        let readers = Self(pool.map_err(|error| sqlx::Error::Configuration(error.into()))?);
        drop(readers.acquire().await?);
        Ok(readers)
    }

    pub(super) async fn acquire(&self) -> Result<Reader, sqlx::Error> {
        self.0.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Closed => sqlx::Error::PoolClosed,
            _ => sqlx::Error::PoolTimedOut,
        })
    }

    /// Closes those that nobody is reading with, and opens no more.
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
        for statement in self.engine.reader_begins_with() {
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
