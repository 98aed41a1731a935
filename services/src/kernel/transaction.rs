//! Write transactions. If a BEGIN or COMMIT is cancelled midway its outcome is unknown, so its connection is closed instead of reused.

use deadpool::managed::Object;
use sqlx::{Any, AnyConnection, Connection, Database, SqlSafeStr};
use sqlx_core::transaction::TransactionManager;
use tokio::runtime::Handle;

use super::{
    connections::{Connected, Connections},
    watch::Seen,
};

/// A transaction, which begins with its first statement. Dropped without [`Transaction::commit`], it changes nothing.
pub(crate) struct Transaction {
    writers: Connections,
    /// None once the transaction has ended.
    connection: Option<Connected>,
    state: State,
}

/// The state of a transaction.
#[derive(PartialEq, Eq)]
enum State {
    NotStarted,
    Open,
    /// A BEGIN or COMMIT is under way, or failed.
    Unknown,
}

type Transactions = <Any as Database>::TransactionManager;

impl Transaction {
    /// Waits for the process's only writing connection on SQLite, or for one of the pool on a server.
    pub(super) async fn open(writers: &Connections) -> Result<Self, sqlx::Error> {
        Ok(Self { writers: writers.clone(), connection: Some(writers.acquire().await?), state: State::NotStarted })
    }

    /// The connection; begins the transaction if it hasn't begun.
    pub(super) async fn begun(&mut self) -> Result<&mut AnyConnection, sqlx::Error> {
        if self.state != State::Open {
            match self.begin().await {
                // SQLite rolled the previous transaction back by itself, which the driver doesn't know, or the connection's thread is gone.
                Err(sqlx::Error::InvalidSavePointStatement | sqlx::Error::WorkerCrashed) => {
                    self.connection.take().map(Object::take);
                    self.connection = Some(self.writers.acquire().await?);
                    self.begin().await?;
                }
                begun => begun?,
            }
        }
        Ok(self.connection())
    }

    async fn begin(&mut self) -> Result<(), sqlx::Error> {
        self.state = State::Unknown;
        let begin = self.writers.engine().begin_write().into_sql_str();
        Transactions::begin(self.connection(), Some(begin)).await?;
        self.state = State::Open;
        Ok(())
    }

    fn connection(&mut self) -> &mut AnyConnection {
        match &mut self.connection {
            Some(connection) => connection,
            None => unreachable!("nobody has a transaction that has ended"),
        }
    }

    /// Commits, then runs `committed` before the connection is free again: on SQLite, before the next write can begin. Without statements neither happens.
    pub(super) async fn commit(mut self, committed: impl FnOnce()) -> Result<(), sqlx::Error> {
        if self.state == State::NotStarted {
            return Ok(());
        }
        self.state = State::Unknown;
        Transactions::commit(self.connection()).await?;
        committed();
        self.connection = None;
        Ok(())
    }

    /// The writing connection's view of the database file, which changes when another process writes.
    pub(super) async fn seen(mut self) -> Result<Seen, sqlx::Error> {
        self.state = State::Unknown;
        let version = sqlx::query_scalar("PRAGMA data_version").fetch_one(self.connection()).await?;
        let opened = self.connection.take().map(|connection| Object::metrics(&connection).created);
        Ok((opened, version))
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        match self.state {
            State::NotStarted => {}
            State::Open => {
                Transactions::start_rollback(&mut connection);
                // The driver sends the rollback only with the next message, and the locks are held until then.
                if let (true, Ok(runtime)) = (self.writers.engine().is_server(), Handle::try_current()) {
                    runtime.spawn(async move { connection.ping().await });
                }
            }
            // Closing undoes what was not committed. A commit that still succeeds counts as another process's write and invalidates the cache.
            State::Unknown => drop(Object::take(connection)),
        }
    }
}

#[cfg(test)]
mod tests {
    use sqlx::{Executor, Row};
    use tempfile::TempDir;

    use super::*;
    use crate::kernel::engine::{Access, Engine};

    /// A new one, in a folder that lasts as long as the test.
    async fn database() -> (TempDir, Connections) {
        sqlx::any::install_default_drivers();
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite://{}", folder.path().join("writes.db").display());
        let writers = Connections::open(Engine::Sqlite, Access::Write, &url).await.unwrap();
        (folder, writers)
    }

    #[tokio::test]
    async fn a_full_disk_ends_one_transaction_and_not_the_next() {
        let (_folder, writers) = database().await;
        writers.acquire().await.unwrap().execute("CREATE TABLE things (thing TEXT)").await.unwrap();
        let fill = async || {
            let mut transaction = Transaction::open(&writers).await.unwrap();
            let connection = transaction.begun().await.unwrap();
            connection.execute("PRAGMA max_page_count = 20").await.unwrap();
            connection.execute("INSERT INTO things VALUES ('undone')").await.unwrap();
            let full = connection.execute("INSERT INTO things VALUES (zeroblob(1000000))").await;
            assert!(full.unwrap_err().to_string().contains("full"));
        };
        fill().await;
        let mut next = Transaction::open(&writers).await.unwrap();
        next.begun().await.unwrap().execute("INSERT INTO things VALUES ('kept')").await.unwrap();
        next.commit(|| ()).await.unwrap();
        fill().await;
        let rows = writers.acquire().await.unwrap().fetch_all("SELECT thing FROM things").await.unwrap();
        assert_eq!(rows.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>(), ["kept"]);
        writers.close().await;
    }

    #[tokio::test]
    async fn who_waits_for_the_lock_in_vain_is_told_that_the_server_is_busy() {
        let (folder, writers) = database().await;
        let url = format!("sqlite://{}", folder.path().join("writes.db").display());
        let others = Connections::open(Engine::Sqlite, Access::Write, &url).await.unwrap();
        others.acquire().await.unwrap().execute("PRAGMA busy_timeout = 0").await.unwrap();
        let mut holding = Transaction::open(&writers).await.unwrap();
        holding.begun().await.unwrap();
        let mut waiting = Transaction::open(&others).await.unwrap();
        let refused = waiting.begun().await.map(|_| ()).unwrap_err();
        assert_eq!(domain::Error::from(crate::Fault::from(refused)), domain::Error::Busy);
        drop((holding, waiting));
        writers.close().await;
        others.close().await;
    }
}
