//! What came back.

use std::fmt;

use app::error::UiError;
use axum::{body::Bytes, response::Response};
use domain::Error;
use http::{
    HeaderMap, StatusCode,
    header::{LOCATION, SET_COOKIE},
};
use serde::de::DeserializeOwned;

const KNOWN_BROWSER: &str = "tenantry-browser";

/// Whether a line sets the known-browser cookie, under either name.
fn is_of_known_browser(line: &str) -> bool {
    let name = line.split('=').next().unwrap_or_default();
    name.strip_prefix("__Host-").unwrap_or(name) == KNOWN_BROWSER
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Self { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// A header that stands there once, or not at all.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().map(|value| value.to_str().unwrap());
        assert!(values.next().is_none(), "{name} stands there twice: {self:?}");
        value
    }

    pub(crate) fn location(&self) -> &str {
        self.header(LOCATION.as_str()).unwrap_or_else(|| panic!("it leads nowhere: {self:?}"))
    }

    /// The lines that set cookies, except the known-browser cookie.
    pub(crate) fn set_cookies(&self) -> Vec<&str> {
        self.cookies().filter(|line| !is_of_known_browser(line)).collect()
    }

    /// The line that sets a cookie, except the known-browser cookie.
    pub(crate) fn set_cookie(&self) -> Option<&str> {
        let mut lines = self.cookies().filter(|line| !is_of_known_browser(line));
        let line = lines.next();
        assert!(lines.next().is_none(), "two cookies are set: {self:?}");
        line
    }

    /// The known-browser cookie as the browser sends it back, if the answer sets it.
    pub(crate) fn browser_cookie(&self) -> Option<&str> {
        self.cookies().find(|line| is_of_known_browser(line))?.split(';').next()
    }

    fn cookies(&self) -> impl Iterator<Item = &str> {
        self.headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap())
    }

    /// The cookie as a browser sends it back, if the answer begins a session.
    pub(crate) fn session_cookie(&self) -> Option<String> {
        let cookie = self.set_cookie()?.split(';').next()?;
        cookie.split_once('=').is_some_and(|(_, value)| !value.is_empty()).then(|| cookie.to_owned())
    }

    /// What the call was for.
    pub(crate) fn ok<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{self:?}");
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The refusal with which a server function, or an image's address, answered a page's code.
    pub(crate) fn error(&self) -> Error {
        let from_page = || match serde_json::from_slice(&self.body) {
            Ok(UiError::Refused(error)) => Some(error),
            _ => None,
        };
        from_page().or_else(|| serde_json::from_slice(&self.body).ok()).unwrap_or_else(|| panic!("no refusal: {self:?}"))
    }

    /// The names of the fields that were refused.
    pub(crate) fn wrong_fields(&self) -> Vec<String> {
        match self.error() {
            Error::Invalid { violations } => violations.iter().map(|violation| violation.field.clone()).collect(),
            other => panic!("refused for another reason: {other}"),
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = String::from_utf8_lossy(&self.body);
        write!(f, "{} {:?}\n{}", self.status, self.headers, body.chars().take(1500).collect::<String>())
    }
}
