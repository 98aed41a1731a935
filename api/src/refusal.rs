//! Refusals, in the contract's shapes (docs/spec/rest-api.md, "Errors").

use std::borrow::Cow;

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use domain::{Error, Violation, Violations};
use http::{HeaderValue, Method, StatusCode, Uri, header::RETRY_AFTER};
use serde::Serialize;
use services::Fault;
use utoipa::ToSchema;

use crate::{field_name::wire_field, limits::MAX_BODY};

/// The noun of a device group in "not found" answers.
pub(crate) const DEVICE_GROUP: &str = "Device group";

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Refusal {
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
    pub(crate) fn no_token() -> Self {
        Self::Token("Send an access token: Authorization: Bearer …".to_owned())
    }
}

/// An error of one thing.
#[derive(Serialize, ToSchema)]
pub(crate) struct FaultOfOne {
    /// `0003` for what isn't there, `0004` for what isn't allowed, `0005` for what stands in the way, `0008` for a busy server, `0009` for a body that is too large, `0001` for our own failure.
    code: &'static str,
    /// A sentence.
    message: String,
}

/// A rule that a field breaks.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FieldFault {
    /// `0002`.
    code: &'static str,
    /// The field as the request spells it.
    field_name: String,
    /// A sentence that says what to do.
    message: String,
}

/// What is wrong with a token.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokenFault {
    /// Which fault, in OAuth's words.
    pub(crate) error: Cow<'static, str>,
    /// A sentence.
    pub(crate) error_description: Cow<'static, str>,
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

/// Adds to a refusal what was asked for.
pub(crate) trait Named<T> {
    /// Adds noun and id, which an answer of 404 names.
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
            // A program has no second factor; only sessions are asked for one.
            Self::Refused(Error::Unauthenticated | Error::Unfinished { .. } | Error::Unproved, _) => {
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

/// Answers a request for an unknown path.
pub(crate) async fn unknown_path(uri: Uri) -> Response {
    one(StatusCode::NOT_FOUND, "0003", format!("There is nothing at {}.", uri.path()))
}

/// Answers a request whose method the path doesn't have. The router adds the header `Allow`.
pub(crate) async fn unknown_method(method: Method, uri: Uri) -> Response {
    one(StatusCode::METHOD_NOT_ALLOWED, "0007", format!("{} doesn’t know the method {method}.", uri.path()))
}

fn faults(status: StatusCode, violations: Violations, named: fn(&str) -> String) -> Response {
    let fault = |violation: Violation| FieldFault { code: "0002", field_name: named(&violation.field), message: violation.message };
    (status, Json(violations.into_iter().map(fault).collect::<Vec<_>>())).into_response()
}

fn one(status: StatusCode, code: &'static str, message: String) -> Response {
    (status, Json(FaultOfOne { code, message })).into_response()
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
