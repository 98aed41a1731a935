//! Transactions. How one began or ended is known only to who waits for that: otherwise its connection is thrown away.

use deadpool::managed::Object;
use futures::TryStreamExt;
use sqlx::{
    Any, AnyConnection, Connection, Database, Executor, SqlSafeStr,
    any::{AnyArguments, AnyQueryResult},
    query::Query,
};
use sqlx_core::transaction::TransactionManager;
use tokio::runtime::Handle;

use super::{
    bound::Bound,
    connections::{Connected, Connections},
    watch::Seen,
};

/// A transaction, which begins with its first statement. Dropped without [`Transaction::commit`] or [`Transaction::finish`], it changes nothing.
pub(super) struct Transaction {
    writers: Connections,
    /// Until it has ended.
    connection: Option<Connected>,
    state: State,
}

/// How far a transaction has come, as far as anybody knows.
#[derive(PartialEq, Eq)]
enum State {
    /// Nothing has happened.
    Ahead,
    Begun,
    /// It is about to begin or to end. What happens to it if that fails, or nobody waits for the answer, can't be told from here.
    Unknown,
}

type Transactions = <Any as Database>::TransactionManager;

impl Transaction {
    /// Waits until nobody else of this process writes into the file; on a server, for one of the connections.
    pub(super) async fn open(writers: &Connections) -> Result<Self, sqlx::Error> {
        Ok(Self { writers: writers.clone(), connection: Some(writers.acquire().await?), state: State::Ahead })
    }

    /// Its connection, on which it has begun.
    pub(super) async fn begun(&mut self) -> Result<&mut AnyConnection, sqlx::Error> {
        if self.state != State::Begun {
            match self.begin().await {
                // The transaction before failed so that SQLite undid it by itself, which the driver doesn't know; or the connection's thread is gone.
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
        self.state = State::Begun;
        Ok(())
    }

    fn connection(&mut self) -> &mut AnyConnection {
        match &mut self.connection {
            Some(connection) => connection,
            None => unreachable!("nobody has a transaction that has ended"),
        }
    }

    /// Makes all of it lasting. `committed` happens, if anything has, before the connection is anybody else's: on SQLite, before the next write begins.
    pub(super) async fn commit(mut self, committed: impl FnOnce()) -> Result<(), sqlx::Error> {
        if self.state == State::Ahead {
            return Ok(());
        }
        self.state = State::Unknown;
        Transactions::commit(self.connection()).await?;
        committed();
        self.connection = None;
        Ok(())
    }

    /// Runs a last statement and makes all of it lasting, as [`Transaction::commit`]. A statement that is the only one is a transaction by itself:
    /// to begin and to end one would cost as much again. Gives how many rows it met.
    pub(super) async fn finish(mut self, statement: Query<'_, Any, AnyArguments>, committed: impl FnOnce()) -> Result<u64, sqlx::Error> {
        if self.state == State::Begun {
            let rows = self.run(statement).await?;
            return self.commit(committed).await.map(|()| rows);
        }
        self.state = State::Unknown;
        let done = self.run(statement).await;
        if let Ok(_) | Err(sqlx::Error::Database(_)) = done {
            self.state = State::Ahead;
        }
        if done.is_ok() {
            committed();
        }
        done
    }

    /// Runs a statement to its end. sqlx itself takes it for done, with no rows, when the connection's thread ends instead.
    async fn run(&mut self, statement: Query<'_, Any, AnyArguments>) -> Result<u64, sqlx::Error> {
        let done: Vec<AnyQueryResult> = self.connection().execute_many(Bound(statement)).try_collect().await?;
        done.first().map(AnyQueryResult::rows_affected).ok_or(sqlx::Error::WorkerCrashed)
    }

    /// What the only connection that writes into a file has seen of it. As long as that stays as it is, nobody else has written.
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
            State::Ahead => {}
            State::Begun => {
                Transactions::start_rollback(&mut connection);
                // A server hears of it with what is sent next: until then, others would wait for what the transaction has locked.
                if let (true, Ok(runtime)) = (self.writers.engine().is_server(), Handle::try_current()) {
                    runtime.spawn(async move { connection.ping().await });
                }
            }
            // Nobody else gets it: closing it undoes what was not committed. And what may still happen on it is then noticed as another's write.
            State::Unknown => drop(Object::take(connection)),
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use sqlx::Row;
    use tempfile::TempDir;

    use super::{
        super::{Engine, engine::Access},
        *,
    };

    /// A new one, in a folder that lasts as long as the test.
    async fn database() -> (TempDir, Connections) {
        sqlx::any::install_default_drivers();
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite://{}", folder.path().join("writes.db").display());
        let writers = Connections::open(Engine::Sqlite, Access::Write, &url).await.unwrap();
        (folder, writers)
    }

    #[tokio::test]
    async fn a_statement_that_nobody_waits_for_is_as_anothers() {
        let (_folder, writers) = database().await;
        let open = async || Transaction::open(&writers).await.unwrap();
        let seen = async || open().await.seen().await.unwrap();
        open().await.finish(sqlx::query("CREATE TABLE things (thing TEXT)"), || ()).await.unwrap();
        let before = seen().await;
        assert_eq!(open().await.finish(sqlx::query("INSERT INTO things VALUES ('waited for')"), || ()).await.unwrap(), 1);
        let refused = open().await.finish(sqlx::query("INSERT INTO nothing VALUES (1)"), || unreachable!("nothing is written")).await;
        assert!(refused.is_err());
        assert_eq!(seen().await, before);
        let given_up = open().await.finish(sqlx::query("INSERT INTO things VALUES ('given up')"), || unreachable!("nobody waits"));
        assert!(given_up.now_or_never().is_none());
        assert_ne!(seen().await, before);
        writers.close().await;
    }

    #[tokio::test]
    async fn what_comes_last_is_written_with_the_rest_or_not_at_all() {
        let (_folder, writers) = database().await;
        writers.acquire().await.unwrap().execute("CREATE TABLE things (thing TEXT UNIQUE)").await.unwrap();
        let things = async || writers.acquire().await.unwrap().fetch_all("SELECT thing FROM things").await.unwrap().len();
        let add = |thing: &'static str| sqlx::query("INSERT INTO things VALUES ($1)").bind(thing);
        let two = async |first, last| {
            let mut transaction = Transaction::open(&writers).await.unwrap();
            add(first).execute(transaction.begun().await.unwrap()).await.unwrap();
            let mut committed = false;
            let done = transaction.finish(add(last), || committed = true).await;
            (done.is_ok(), committed)
        };
        assert_eq!((two("a", "b").await, things().await), ((true, true), 2));
        assert_eq!((two("c", "a").await, things().await), ((false, false), 2));
        let nothing = Transaction::open(&writers).await.unwrap();
        nothing.commit(|| unreachable!("nothing is written")).await.unwrap();
        assert_eq!((two("c", "d").await, things().await), ((true, true), 4));
        writers.close().await;
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
        let alone = Transaction::open(&writers).await.unwrap();
        alone.finish(sqlx::query("INSERT INTO things VALUES ('kept too')"), || ()).await.unwrap();
        let rows = writers.acquire().await.unwrap().fetch_all("SELECT thing FROM things").await.unwrap();
        assert_eq!(rows.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>(), ["kept", "kept too"]);
        writers.close().await;
    }
}
