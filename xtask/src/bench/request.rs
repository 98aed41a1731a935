//! A request to measure, as one row of the table.

use super::http::{Answer, Connection};
use crate::shell::Result;

/// How often a request is sent.
#[derive(Clone, Copy)]
pub(super) enum Times {
    /// As often as fits into some seconds, up to a number; before that, some of it to warm up.
    Many,
    /// So often: what changes something, or is to be seen cold.
    Exactly(usize),
    /// So often, one after the other, as a script does.
    InTurn(usize),
}

/// What is sent, and how often.
pub(super) struct Request {
    pub(super) name: String,
    /// The header that says who asks; empty for nobody.
    pub(super) credentials: String,
    pub(super) times: Times,
    pub(super) send: Send,
}

/// Sends the request of some number.
type Send = Box<dyn Fn(&mut Connection, usize) -> Result<Answer> + Sync>;

impl Request {
    /// Gets the address of some number, many times.
    pub(super) fn get(name: impl Into<String>, credentials: &str, address: impl Fn(usize) -> String + Sync + 'static) -> Self {
        Self::of(name, credentials, Times::Many, move |connection, n| connection.get(&address(n), ""))
    }

    /// Does what `send` does.
    pub(super) fn of(
        name: impl Into<String>,
        credentials: &str,
        times: Times,
        send: impl Fn(&mut Connection, usize) -> Result<Answer> + Sync + 'static,
    ) -> Self {
        Self { name: name.into(), credentials: credentials.to_owned(), times, send: Box::new(send) }
    }

    /// The same, so often.
    pub(super) fn times(self, times: Times) -> Self {
        Self { times, ..self }
    }
}

/// The address of a list of the page, by the part of its own address behind `?`.
pub(super) fn page_list(noun: &str, query: &str) -> String {
    format!("/rpc/{noun}/list?query={}", query.replace('%', "%25").replace('&', "%26").replace('=', "%3D").replace('+', "%2B"))
}

/// The path of something of the partner's in the REST API.
pub(super) fn api(path: &str) -> String {
    format!("/api/v2/tenants/msp_1/{path}")
}
