//! How a server function reaches the services: one wrapper, so that each is a line.

use std::future::Future;

use domain::{Caller, Error, Origin};
use http::{StatusCode, header::ACCEPT, request::Parts};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use services::Services;

use crate::error::UiError;

/// What the session of a request turned out to be. The server's middleware puts it among the request's extensions.
#[derive(Clone, Debug)]
pub struct Authenticated(pub Result<Caller, Error>);

/// A part that the middleware put among the extensions of the request being answered.
fn extension<T: Clone + Send + Sync + 'static>() -> Result<T, UiError> {
    let missing = || Error::Internal { reference: "no-request".to_owned() };
    Ok(use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned()).ok_or_else(missing)?)
}

/// Whoever is signed in, if anybody.
#[must_use]
pub fn caller() -> Option<Caller> {
    extension::<Authenticated>().ok()?.0.ok()
}

/// Where the request came from.
///
/// # Errors
/// Internal, outside a request.
pub fn origin() -> Result<Origin, UiError> {
    extension()
}

/// The services, for what needs no caller: signing in and setting up.
///
/// # Errors
/// Internal, outside a request.
pub fn services() -> Result<Services, UiError> {
    extension()
}

/// Runs a use case as whoever is signed in, and gives the answer its HTTP status.
///
/// # Errors
/// What the use case refuses, and `Unauthenticated` for nobody.
pub async fn call<T, F, Answer>(use_case: F) -> Result<T, UiError>
where
    F: FnOnce(Services, Caller) -> Answer,
    Answer: Future<Output = services::Result<T>>,
{
    let answer = async {
        let Authenticated(caller) = extension()?;
        Ok(use_case(services()?, caller?).await.map_err(Error::from)?)
    };
    answer.await.inspect_err(set_status)
}

/// The HTTP status of a refusal: the one place for pages. A form that was sent without JavaScript is led back to its page instead.
fn set_status(error: &UiError) {
    let accepts = use_context::<Parts>().and_then(|parts| parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).map(str::to_owned));
    let is_plain_form = accepts.is_some_and(|accepts| accepts.contains("text/html"));
    if is_plain_form {
        return;
    }
    let status = match error {
        UiError::Refused(error) => status(error),
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    expect_context::<ResponseOptions>().set_status(status);
}

/// The HTTP status of an error.
#[must_use]
pub const fn status(error: &Error) -> StatusCode {
    match error {
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::Forbidden { .. } => StatusCode::FORBIDDEN,
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Conflict { .. } => StatusCode::CONFLICT,
        Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
