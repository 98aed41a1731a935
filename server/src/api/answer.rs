//! Answers and refusals, in the contract's shapes (reference "Errors").

use std::borrow::Cow;

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use domain::{Error, Sliced, Violation, Violations};
use http::{HeaderValue, Method, StatusCode, Uri, header::RETRY_AFTER};
use serde::Serialize;
use services::Fault;
use utoipa::ToSchema;

use super::{MAX_BODY, fields::wire_field, paging::PageAsked};

/// The noun of a device group in "not found" answers.
pub(super) const DEVICE_GROUP: &str = "Device group";

/// What an operation answers.
pub(super) type Answer<T> = Result<Json<T>, Refusal>;

/// A page of a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page<T> {
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
    pub(super) fn of<U>(found: Sliced<U>, asked: PageAsked, item: impl FnMut(U) -> T) -> Self {
        let total_pages = found.total.div_ceil(u64::from(asked.size));
        let next_page = u64::from(asked.number) < total_pages;
        Self {
            results: found.rows.into_iter().map(item).collect(),
            total_results: found.total,
            order_by: asked.sort.to_owned(),
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
    pub(super) const fn is_empty(&self) -> bool {
        self.total_results == 0
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Refusal {
    /// What the use case refused, and what was asked for: noun and id.
    Refused(Error, Option<(&'static str, String)>),
    /// Wrong query parameters. Status 422, because real clients retry a 400 for a minute.
    Query(Violations),
    /// Wrong fields of a body, named as sent.
    Body(Violations),
    /// The caller's own tenant is suspended or terminated.
    Gone,
    /// The body is larger than any operation needs.
    TooLarge,
    /// The requested thing is terminated, by noun and id. Answered as not found.
    Terminated(&'static str, String),
    /// No token or an invalid one, with the reason.
    Token(String),
}

impl Refusal {
    /// For a request without a token.
    pub(super) fn no_token() -> Self {
        Self::Token("Send an access token: Authorization: Bearer …".to_owned())
    }
}

/// An error of one thing.
#[derive(Serialize, ToSchema)]
pub(super) struct FaultOfOne {
    /// `0003` for what isn't there, `0004` for what isn't allowed, `0005` for what stands in the way, `0008` for a busy server, `0009` for a body that is too large, `0001` for our own failure.
    code: &'static str,
    /// A sentence.
    message: String,
}

/// A rule that a field breaks.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FieldFault {
    /// `0002`.
    code: &'static str,
    /// The field as the request spells it.
    field_name: String,
    /// A sentence that says what to do.
    message: String,
}

/// What is wrong with a token.
#[derive(Serialize, ToSchema)]
pub(super) struct TokenFault {
    /// Which fault, in OAuth's words.
    pub(super) error: Cow<'static, str>,
    /// A sentence.
    pub(super) error_description: Cow<'static, str>,
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Refused(fault.into(), None)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Refused(error, None)
    }
}

/// Tells what wasn't found.
pub(super) trait Named<T> {
    /// The outcome, which says of what isn't there that it is this.
    fn named(self, noun: &'static str, id: impl ToString) -> Result<T, Refusal>;
}

impl<T, E: Into<Refusal>> Named<T> for Result<T, E> {
    fn named(self, noun: &'static str, id: impl ToString) -> Result<T, Refusal> {
        self.map_err(|error| match error.into() {
            Refusal::Refused(error, None) => Refusal::Refused(error, Some((noun, id.to_string()))),
            other => other,
        })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            // API clients match on "not found".
            Self::Terminated(noun, id) => one(StatusCode::NOT_FOUND, "0003", format!("{noun} not found: {id} is terminated.")),
            Self::Gone => one(StatusCode::GONE, "0006", "The tenant is suspended or terminated.".to_owned()),
            Self::TooLarge => one(StatusCode::PAYLOAD_TOO_LARGE, "0009", format!("Send a body of at most {} MiB.", MAX_BODY / 1024 / 1024)),
            Self::Refused(Error::Unauthenticated, _) => {
                Self::Token("The access token is no longer valid. Ask for another one.".to_owned()).into_response()
            }
            Self::Token(reason) => {
                let fault = TokenFault { error: "invalid_token".into(), error_description: reason.into() };
                (StatusCode::UNAUTHORIZED, [("www-authenticate", "Bearer")], Json(fault)).into_response()
            }
            Self::Refused(Error::NotFound, Some((noun, id))) => {
                // API clients match on this wording.
                let verb = if noun == DEVICE_GROUP { "exists" } else { "found" };
                one(StatusCode::NOT_FOUND, "0003", format!("No {noun} {verb} with id {id}"))
            }
            Self::Refused(Error::NotFound, None) => one(StatusCode::NOT_FOUND, "0003", Error::NotFound.to_string()),
            Self::Refused(Error::Forbidden { reason }, _) => one(StatusCode::FORBIDDEN, "0004", reason),
            Self::Refused(Error::Conflict { reason }, _) => one(StatusCode::CONFLICT, "0005", reason),
            Self::Query(violations) => faults(StatusCode::UNPROCESSABLE_ENTITY, violations, str::to_owned),
            Self::Body(violations) => faults(StatusCode::BAD_REQUEST, violations, str::to_owned),
            Self::Refused(Error::Invalid { violations }, _) => faults(StatusCode::BAD_REQUEST, violations, wire_field),
            Self::Refused(error @ Error::Busy, _) => {
                let wait = error.retry_after().map(|seconds| [(RETRY_AFTER, HeaderValue::from(seconds))]);
                (wait, one(StatusCode::SERVICE_UNAVAILABLE, "0008", error.to_string())).into_response()
            }
            Self::Refused(error @ Error::Internal { .. }, _) => one(StatusCode::INTERNAL_SERVER_ERROR, "0001", error.to_string()),
        }
    }
}

/// What is answered at an address that is none.
pub(super) async fn nothing_here(uri: Uri) -> Response {
    one(StatusCode::NOT_FOUND, "0003", format!("There is nothing at {}.", uri.path()))
}

/// What is answered to a method that an address doesn't know; the router says which ones it does.
pub(super) async fn not_that_way(method: Method, uri: Uri) -> Response {
    one(StatusCode::METHOD_NOT_ALLOWED, "0007", format!("{} doesn’t know the method {method}.", uri.path()))
}

fn faults(status: StatusCode, violations: Violations, named: fn(&str) -> String) -> Response {
    let fault = |violation: Violation| FieldFault { code: "0002", field_name: named(&violation.field), message: violation.message };
    (status, Json(violations.into_iter().map(fault).collect::<Vec<_>>())).into_response()
}

fn one(status: StatusCode, code: &'static str, message: String) -> Response {
    (status, Json(FaultOfOne { code, message })).into_response()
}

/// What is answered where there is nothing to tell.
#[derive(Serialize, ToSchema)]
pub(super) struct Done {
    /// Always true.
    success: bool,
}

impl Default for Done {
    fn default() -> Self {
        Self { success: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_server_says_when_to_come_again() {
        let answer = Refusal::from(Error::Busy).into_response();
        assert_eq!((answer.status().as_u16(), answer.headers()[RETRY_AFTER].as_bytes()), (503, &b"2"[..]));
    }
}
