//! The order of a list: what sorts it, and where in it a page begins.

use domain::{Direction, NameSort, PageAt};
use sqlx::{Row, any::AnyRow};

use crate::{
    Result,
    kernel::{Binds, statement::Value},
};

/// What a list can be sorted by: a column, and the id among rows that are the same in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sort {
    /// None where the id alone sorts.
    column: Option<&'static str>,
    /// The index in this order, for an engine that wouldn't find it by itself.
    pub(crate) index: Option<&'static str>,
    is_number: bool,
}

impl Sort {
    pub(crate) const ID: Self = Self { column: None, index: None, is_number: true };
    pub(crate) const NAME: Self = Self::text("name_key");

    pub(crate) const fn text(column: &'static str) -> Self {
        Self { column: Some(column), index: None, is_number: false }
    }

    pub(crate) const fn number(column: &'static str) -> Self {
        Self { column: Some(column), index: None, is_number: true }
    }

    /// Whether the id alone sorts.
    pub(in crate::kernel) const fn is_id(self) -> bool {
        self.column.is_none()
    }

    pub(crate) const fn along(self, index: &'static str) -> Self {
        Self { index: Some(index), ..self }
    }
}

impl From<NameSort> for Sort {
    fn from(sort: NameSort) -> Self {
        match sort {
            NameSort::Name => Self::NAME,
            NameSort::Number => Self::ID,
        }
    }
}

/// Sort value and id of a row next to a page.
pub(in crate::kernel) type Cursor = (Value, i64);

/// A list's order, in the direction in which it is read.
#[derive(Clone, Debug)]
pub(in crate::kernel) struct Order {
    pub(crate) sort: Sort,
    descending: bool,
    /// The row behind which reading begins.
    pub(crate) from: Option<Cursor>,
    /// The last row that is looked at.
    until: Option<Cursor>,
}

impl Order {
    /// From the first row.
    pub(in crate::kernel) fn of(sort: Sort, direction: Direction) -> Self {
        Self { sort, descending: direction == Direction::Descending, from: None, until: None }
    }

    /// As a page is found: from its beginning, or from its end backwards.
    pub(in crate::kernel) fn at(sort: Sort, direction: Direction, at: &PageAt) -> Self {
        let order = Self::of(sort, direction);
        let order = if matches!(at, PageAt::Last | PageAt::Before(..)) { order.reversed() } else { order };
        match at {
            PageAt::First | PageAt::Last => order,
            PageAt::After(value, id) | PageAt::Before(value, id) => Self { from: cursor(sort, value).map(|value| (value, *id)), ..order },
        }
    }

    /// The same order, up to a row.
    pub(in crate::kernel) fn until(&self, until: Option<Cursor>) -> Self {
        Self { until, ..self.clone() }
    }

    /// The same rows from the other end.
    pub(in crate::kernel) fn reversed(self) -> Self {
        Self { descending: !self.descending, ..self }
    }

    /// ` ORDER BY …`, by the names of [`Order::keys`].
    pub(in crate::kernel) fn by(&self) -> &'static str {
        match (self.sort.column, self.descending) {
            (Some(_), false) => " ORDER BY sort_key, hit",
            (Some(_), true) => " ORDER BY sort_key DESC, hit DESC",
            (None, false) => " ORDER BY hit",
            (None, true) => " ORDER BY hit DESC",
        }
    }

    /// The id of a row of `t` as `hit`, and what sorts it.
    pub(in crate::kernel) fn keys(&self) -> String {
        self.sort.column.map_or_else(|| "t.id AS hit".to_owned(), |column| format!("t.id AS hit, t.{column} AS sort_key"))
    }

    /// `AND …` that a row of `t` comes behind the row where reading begins, and not behind the last one.
    pub(in crate::kernel) fn range(&self, binds: &mut Binds) -> String {
        let (begins, ends) = if self.descending { ("<", ">=") } else { (">", "<=") };
        let mut bound = |cursor: &Option<Cursor>, compare| match (cursor, self.sort.column) {
            (None, _) => String::new(),
            (Some((value, id)), Some(column)) => {
                format!(" AND (t.{column}, t.id) {compare} ({}, {})", binds.value(value.clone()), binds.number(*id))
            }
            (Some((_, id)), None) => format!(" AND t.id {compare} {}", binds.number(*id)),
        };
        bound(&self.from, begins) + &bound(&self.until, ends)
    }

    /// The cursor at a row that has the [`Order::keys`].
    pub(in crate::kernel) fn cursor(&self, row: &AnyRow) -> Result<Cursor> {
        let value = match self.sort {
            Sort { column: None, .. } => Value::Text(String::new()),
            Sort { is_number: true, .. } => Value::Number(row.try_get("sort_key")?),
            Sort { .. } => Value::Text(row.try_get("sort_key")?),
        };
        Ok((value, row.try_get("hit")?))
    }
}

/// A sort value as its column has it; none for nonsense, so that a page then begins at the beginning.
fn cursor(sort: Sort, value: &str) -> Option<Value> {
    match sort {
        Sort { column: Some(_), is_number: true, .. } => value.parse().ok().map(Value::Number),
        _ => Some(Value::Text(value.to_owned())),
    }
}
