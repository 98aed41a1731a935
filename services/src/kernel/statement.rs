//! Dynamic SQL, made of constant pieces. User input is always bound, never formatted into the SQL.

use std::fmt::{Display, Formatter};

use sqlx::{
    Any, AssertSqlSafe, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use super::tx::Tx;
use crate::Result;

/// A value for a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Value {
    Text(String),
    Number(i64),
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// The values of a statement, in the order of their placeholders.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct Binds(Vec<Value>);

impl Binds {
    /// Binds a text and returns its placeholder, such as `$1`.
    pub(crate) fn text(&mut self, value: impl Into<String>) -> String {
        self.value(Value::Text(value.into()))
    }

    /// Binds a number and returns its placeholder.
    pub(crate) fn number(&mut self, value: i64) -> String {
        self.value(Value::Number(value))
    }

    /// Binds a value and returns its placeholder.
    pub(super) fn value(&mut self, value: Value) -> String {
        self.0.push(value);
        format!("${}", self.0.len())
    }

    /// Runs a query with these values and returns its rows.
    pub(crate) async fn fetch(self, tx: &mut Tx, sql: String) -> Result<Vec<AnyRow>> {
        let persistent = tx.engine.keeps_plan(&sql);
        Ok(self.query(sql).persistent(persistent).fetch_all(tx.connection()).await?)
    }

    /// Runs a query with these values and returns its number.
    pub(crate) async fn fetch_number(self, tx: &mut Tx, sql: String) -> Result<u64> {
        let persistent = tx.engine.keeps_plan(&sql);
        let number: i64 = self.query(sql).persistent(persistent).fetch_one(tx.connection()).await?.try_get(0)?;
        Ok(u64::try_from(number).unwrap_or_default())
    }

    /// Executes a statement with these values.
    pub(crate) async fn execute(self, tx: &mut Tx, sql: String) -> Result<()> {
        self.query(sql).execute(tx.connection()).await?;
        Ok(())
    }

    /// The values that a statement uses, and the statement with renumbered placeholders: PostgreSQL refuses values without one.
    fn used_by(&self, sql: &str) -> (Self, String) {
        let (mut used, mut places) = (Self::default(), vec![None; self.0.len()]);
        let mut pieces = sql.split('$');
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (number, rest) = piece.split_at(piece.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(piece.len()));
            let at = number.parse().unwrap_or(0_usize).wrapping_sub(1);
            if let (Some(value), Some(place)) = (self.0.get(at), places.get_mut(at)) {
                text += place.get_or_insert_with(|| used.value(value.clone()));
            }
            text += rest;
        }
        (used, text)
    }

    /// As [`Binds::fetch`], for a statement that doesn't use all values.
    pub(super) async fn fetch_used(&self, tx: &mut Tx, sql: &str) -> Result<Vec<AnyRow>> {
        let (used, sql) = self.used_by(sql);
        used.fetch(tx, sql).await
    }

    /// As [`Binds::fetch_number`], for a statement that doesn't use all values.
    pub(super) async fn fetch_used_number(&self, tx: &mut Tx, sql: &str) -> Result<u64> {
        let (used, sql) = self.used_by(sql);
        used.fetch_number(tx, sql).await
    }

    /// Binds the values to a statement.
    pub(crate) fn query(self, sql: String) -> Query<'static, Any, AnyArguments> {
        self.0.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, value| match value {
            Value::Text(text) => query.bind(text),
            Value::Number(number) => query.bind(number),
        })
    }
}
