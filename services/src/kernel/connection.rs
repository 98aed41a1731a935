//! The connection on which a transaction's statements run.

use std::fmt::{Debug, Formatter};

use futures::{
    FutureExt, TryFutureExt,
    future::BoxFuture,
    stream::{BoxStream, StreamExt},
};
use sqlx::{
    Any, Describe, Either, Error, Execute, Executor, SqlStr,
    any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo},
};

use super::{bound::Bound, connections::Connected, transaction::Transaction};

/// The connection to the database.
pub(crate) enum Connection {
    /// A connection that can't write. Each statement sees one state by itself, without the cost of beginning and ending a transaction,
    /// which is more than that of most reads.
    Read(Connected),
    /// A transaction, which the first statement begins.
    Write(Transaction),
}

impl Debug for Connection {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Read(_) => "Read",
            Self::Write(_) => "Write",
        })
    }
}

impl<'c> Executor<'c> for &'c mut Connection {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<Either<AnyQueryResult, AnyRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let query = Bound(query);
        match self {
            Connection::Read(connection) => connection.fetch_many(query),
            Connection::Write(transaction) => transaction.begun().map_ok(|connection| connection.fetch_many(query)).try_flatten_stream().boxed(),
        }
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let query = Bound(query);
        match self {
            Connection::Read(connection) => connection.fetch_optional(query),
            Connection::Write(transaction) => transaction.begun().and_then(|connection| connection.fetch_optional(query)).boxed(),
        }
    }

    fn prepare_with<'e>(self, sql: SqlStr, parameters: &'e [AnyTypeInfo]) -> BoxFuture<'e, Result<AnyStatement, Error>>
    where
        'c: 'e,
    {
        match self {
            Connection::Read(connection) => connection.prepare_with(sql, parameters),
            Connection::Write(transaction) => transaction.begun().and_then(|connection| connection.prepare_with(sql, parameters)).boxed(),
        }
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Any>, Error>>
    where
        'c: 'e,
    {
        match self {
            Connection::Read(connection) => connection.describe(sql),
            Connection::Write(transaction) => transaction.begun().and_then(|connection| connection.describe(sql)).boxed(),
        }
    }
}
