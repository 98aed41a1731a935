//! The parameters of a request. Of a repeated one the last counts: a real client asks for the second page by appending another `pageNo`.

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use domain::{Direction, Slice};
use http::request::Parts;
use std::convert::Infallible;

use super::query_string::Pairs;

/// The largest page.
const MAX_SIZE: u32 = 1000;
/// The page that is answered where nothing is said.
const DEFAULT_SIZE: u32 = 100;

/// All parameters.
#[derive(Debug, Default)]
pub(super) struct Params(HashMap<String, String>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect()))
    }
}

impl Params {
    /// A parameter's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The pairs of `queryString`, by the keys that may stand in it.
    pub(super) fn pairs(&self, keys: &[&'static str]) -> Pairs {
        Pairs::read(self.get("queryString").unwrap_or_default(), keys)
    }

    /// Which page is wanted. What makes no sense is the first one: a page number is no reason to refuse.
    pub(super) fn page(&self) -> PageAsked {
        let number = |name: &str| self.get(name).and_then(|text| text.trim().parse::<u32>().ok()).filter(|number| *number > 0);
        PageAsked {
            number: number("pageNo").unwrap_or(1),
            size: number("pageSize").unwrap_or(DEFAULT_SIZE).min(MAX_SIZE),
            descending: self.get("isDescendingOrder").is_some_and(|text| text.eq_ignore_ascii_case("true")),
        }
    }
}

/// A page by its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageAsked {
    /// Counted from 1.
    pub(super) number: u32,
    /// Rows.
    pub(super) size: u32,
    /// Which way.
    pub(super) descending: bool,
}

impl PageAsked {
    /// The part of the list.
    pub(super) fn slice(self) -> Slice {
        let direction = if self.descending { Direction::Descending } else { Direction::Ascending };
        Slice { offset: u64::from(self.number - 1) * u64::from(self.size), limit: self.size, direction }
    }
}
