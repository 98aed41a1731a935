//! Connection pools. sqlx's own pool pings each connection on return, which for a file costs as much as most reads.

use std::{io::ErrorKind, time::Duration};

use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, PoolError, RecycleResult},
};
use sqlx::{AnyConnection, Connection, Executor};

use super::engine::{Access, Engine};

/// The time-out for a ping.
const ANSWERS: Duration = Duration::from_secs(2);

/// The delay between attempts while a server starts.
const RETRY: Duration = Duration::from_millis(250);

/// A pool of connections for one kind of access.
#[derive(Clone)]
pub(super) struct Connections(Pool<Opener>);

/// A connection taken from a pool; dropping it returns it.
pub(super) type Connected = Object<Opener>;

/// Opens connections.
#[derive(Debug)]
pub(crate) struct Opener {
    engine: Engine,
    access: Access,
    url: String,
}

impl Connections {
    /// Opens the first connection, so that an unreachable database fails at start.
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

    /// Closes idle connections and opens no more. Connections in use are closed when they are returned.
    pub(super) async fn close(&self) {
        let idle = self.0.retain(|_, _| false).removed;
        self.0.close();
        for connection in idle {
            // If closing fails, dropping the connection closes it.
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
                // The pool's time-out ends this loop.
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
        // A connection to a server can have broken meanwhile.
        if self.engine.is_server() {
            connection.ping().await?;
        }
        Ok(())
    }
}

/// Whether the error means that a server is still starting.
fn is_starting(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted),
        // PostgreSQL's "cannot connect now".
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code == "57P03"),
        _ => false,
    }
}
