//! Pages: which one is asked for, and how it is answered (docs/spec/rest-api.md, "Paging").

use domain::{Direction, Slice, Sliced, Violations};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    limits::{DEFAULT_PAGE, MAX_PAGE},
    listed::Listed,
    params::Params,
};

/// The query parameters of every list.
const PARAMETERS: [&str; 4] = ["pageNo", "pageSize", "sortName", "isDescendingOrder"];

/// A page by its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageAsked<S> {
    /// Counted from 1.
    pub(crate) number: u32,
    /// Rows.
    pub(crate) size: u32,
    /// The attribute that orders, by its name and as a sort: one of `Listed::SORTS`.
    pub(crate) sort: (&'static str, S),
    /// Which way.
    pub(crate) descending: bool,
}

impl<S> PageAsked<S> {
    /// The part of the list.
    pub(crate) fn slice(self) -> Slice<S> {
        let direction = if self.descending { Direction::Descending } else { Direction::Ascending };
        let offset = u64::from(self.number - 1) * u64::from(self.size);
        Slice { offset, limit: self.size, sort: self.sort.1, direction }
    }
}

impl Params {
    /// Which page is wanted.
    ///
    /// # Errors
    /// The requested page, or a violation for each unknown or invalid parameter.
    pub(crate) fn page<L: Listed>(&self) -> Result<PageAsked<L::Sort>, Violations> {
        let mut violations = Violations::new();
        let known = |name: &&str| PARAMETERS.contains(name) || (*name == "queryString" && !L::KEYS.is_empty());
        for unknown in self.names().filter(|name| !known(name)) {
            violations.add(unknown, format!("This list knows no parameter {unknown}."));
        }
        let number = self.parsed("pageNo", "a number from 1", &mut violations, count);
        let size = self.parsed("pageSize", "a number from 1", &mut violations, count);
        // An unknown sort name falls back to the default, and the answer names the one used.
        let sort = self.get("sortName").and_then(|text| L::SORTS.iter().find(|(name, _)| *name == text.trim()));
        let descending = self.parsed("isDescendingOrder", "true or false", &mut violations, |text| text.to_ascii_lowercase().parse().ok());
        if !violations.is_empty() {
            return Err(violations);
        }
        Ok(PageAsked {
            number: number.unwrap_or(1),
            size: size.unwrap_or(DEFAULT_PAGE).min(MAX_PAGE),
            sort: *sort.unwrap_or(&L::SORTS[0]),
            descending: descending.unwrap_or_default(),
        })
    }

    /// The one parameter of an operation that isn't a list: false if it is left out.
    ///
    /// # Errors
    /// A violation for each unknown or invalid parameter.
    pub(crate) fn only_flag(&self, name: &str) -> Result<bool, Violations> {
        let mut violations = Violations::new();
        for unknown in self.names().filter(|given| *given != name) {
            violations.add(unknown, format!("There is no parameter {unknown} here."));
        }
        let flag = self.parsed(name, "true or false", &mut violations, |text| text.to_ascii_lowercase().parse().ok());
        violations.checked(flag.unwrap_or_default())
    }

    /// A parameter as `read` parses it, or a violation that says what it should be.
    fn parsed<T>(&self, name: &str, should_be: &str, violations: &mut Violations, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.get(name)?.trim();
        violations.accept(name, read(text).ok_or_else(|| format!("“{text}” is no value for {name}: write {should_be}.")))
    }
}

/// A number from 1. One that is too large for any list is as good as the largest.
fn count(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u32::MAX)).filter(|count| *count > 0)
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page<T> {
    /// The page's items.
    results: Vec<T>,
    /// Items on all pages.
    #[schema(example = 173)]
    total_results: u64,
    /// The attribute that orders.
    #[schema(example = "name")]
    order_by: String,
    /// This page, counted from 1.
    page_no: u32,
    /// Items a page.
    #[schema(example = 100)]
    page_size: u32,
    /// Pages in all.
    #[schema(example = 2)]
    total_pages: u64,
    /// Whether there is another page behind.
    #[schema(example = true)]
    next_page: bool,
    /// Its number.
    #[schema(example = 2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_no: Option<u32>,
    /// The page before; 0 for none.
    #[schema(example = 0)]
    previous_page_no: u32,
    /// Which way.
    #[schema(example = false)]
    descending_order: bool,
}

impl<T> Page<T> {
    /// A page of what was found.
    pub(crate) fn of<U, S>(found: Sliced<U>, asked: PageAsked<S>, item: impl FnMut(U) -> T) -> Self {
        let total_pages = found.total.div_ceil(u64::from(asked.size));
        let next_page = u64::from(asked.number) < total_pages;
        Self {
            results: found.rows.into_iter().map(item).collect(),
            total_results: found.total,
            order_by: asked.sort.0.to_owned(),
            page_no: asked.number,
            page_size: asked.size,
            total_pages,
            next_page,
            next_page_no: next_page.then(|| asked.number + 1),
            previous_page_no: asked.number - 1,
            descending_order: asked.descending,
        }
    }
}

impl<T> Page<T> {
    /// Whether the whole list is empty, not just this page.
    pub(crate) const fn is_empty(&self) -> bool {
        self.total_results == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_from_one() {
        for (text, read) in [("1", Some(1)), ("99999999999", Some(u32::MAX)), ("0", None), ("-1", None), ("1.5", None), ("two", None), ("", None)] {
            assert_eq!(count(text), read, "{text}");
        }
    }
}
