//! The parameters of a request. Of a repeated one the last counts: a real client asks for the second page by appending another `pageNo`.

use std::collections::BTreeMap;

use axum::extract::FromRequestParts;
use http::request::Parts;
use std::convert::Infallible;

/// All parameters.
#[derive(Debug, Default)]
pub(crate) struct Params(BTreeMap<String, Value>);

/// Both readings of a parameter: a bare `+` is a space in a form, but some API clients mean a plus.
#[derive(Debug)]
struct Value {
    spaced: String,
    plain: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

impl Params {
    fn read(query: &str) -> Self {
        // In a form, a plus is encoded as %2B.
        let plain = query.replace('+', "%2B");
        let read = |query: &str| form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>();
        let both = read(query).into_iter().zip(read(&plain));
        Self(both.map(|((name, spaced), (_, plain))| (name, Value { spaced, plain })).collect())
    }

    /// A parameter's value with a bare `+` read as a space.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.spaced.as_str())
    }

    /// A parameter's value with a bare `+` read as a plus.
    pub(crate) fn plain(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.plain.as_str())
    }

    /// The names of the given parameters, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_counts_and_a_plus_is_read_both_ways() {
        let params = Params::read("pageNo=1&queryString=name%3AC%2B%2B+a%20b&pageNo=2&&flag");
        assert_eq!((params.get("pageNo"), params.get("flag"), params.get("other")), (Some("2"), Some(""), None));
        assert_eq!((params.get("queryString"), params.plain("queryString")), (Some("name:C++ a b"), Some("name:C+++a b")));
        assert_eq!(params.names().collect::<Vec<_>>(), ["flag", "pageNo", "queryString"]);
    }
}
