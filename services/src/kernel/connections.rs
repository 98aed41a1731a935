//! Connections, kept open. They have pools of their own: sqlx's asks a connection whether it still lives whenever it comes back, and for a file that
//! costs as much as most reads.

use std::{io::ErrorKind, time::Duration};

use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, PoolError, RecycleResult},
};
use sqlx::{AnyConnection, Connection, Executor};

use super::engine::{Access, Engine};

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
pub(crate) struct Opener {
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

    pub(super) fn engine(&self) -> Engine {
        self.0.manager().engine
    }

    pub(super) async fn acquire(&self) -> Result<Connected, sqlx::Error> {
        self.0.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Closed => sqlx::Error::PoolClosed,
            _ => sqlx::Error::PoolTimedOut,
        })
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

/// Whether a server may be there in a moment.
fn is_starting(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted),
        // PostgreSQL's "cannot connect now".
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code == "57P03"),
        _ => false,
    }
}
