//! How a server function reaches the services: one wrapper, so that each is a line.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::{Caller, Error, Origin, SignInStep, TenantId, Timestamp};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{ACCEPT, COOKIE, RETRY_AFTER, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use services::{Browser, Enrolling, Services, SessionToken, SignedIn};

use crate::{
    error::UiError,
    moment::TIME_ZONE_COOKIE,
    people::session::{Channel, cookie::cookies},
    ui::Theme,
};

/// What the session of a request turned out to be. The server's middleware puts it among the request's extensions.
#[derive(Clone, Debug)]
pub struct Authenticated(pub Result<Caller, Error>);

/// Whether the request was forbidden: a plain form is led back to its page, whose status doesn't say so. The server's middleware puts it among the
/// request's extensions, and records it.
#[derive(Clone, Debug, Default)]
pub struct Forbidden(Arc<AtomicBool>);

impl Forbidden {
    /// Says that it was.
    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was.
    #[must_use]
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A part that the middleware put among the extensions of the request being answered.
fn extension<T: Clone + Send + Sync + 'static>() -> Result<T, UiError> {
    let missing = || Error::Internal { reference: "no-request".to_owned() };
    Ok(use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned()).ok_or_else(missing)?)
}

/// The signed-in user, if any.
#[must_use]
pub fn caller() -> Option<Caller> {
    extension::<Authenticated>().ok()?.0.ok()
}

/// The step that the session of the request still lacks, if it lacks one.
#[must_use]
pub fn lacking() -> Option<SignInStep> {
    match extension::<Authenticated>() {
        Ok(Authenticated(Err(Error::Unfinished { step }))) => Some(step),
        _ => None,
    }
}

/// The token of the browser's session, if it has one.
#[must_use]
pub fn session_token() -> Option<String> {
    use_context::<Parts>().and_then(|parts| channel().session(&parts.headers).map(str::to_owned))
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

/// Whether the request comes from somebody who is signed in.
#[must_use]
pub fn is_signed_in() -> bool {
    matches!(extension(), Ok(Authenticated(Ok(_))))
}

/// Runs a use case as the signed-in user, and sets the HTTP status of its answer.
///
/// # Errors
/// What the use case refuses, and `Unauthenticated` if no user is signed in.
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

/// As [`call`], to set a second factor up, which can be what the session still lacks.
///
/// # Errors
/// As [`call`].
pub async fn call_enrolling<T, F, Answer>(use_case: F) -> Result<T, UiError>
where
    F: FnOnce(Services, Enrolling) -> Answer,
    Answer: Future<Output = services::Result<T>>,
{
    let answer = async {
        let services = services()?;
        let enrolling = match extension::<Authenticated>()?.0 {
            Err(Error::Unfinished { step: SignInStep::SetUp }) => {
                services.enrolling(&session_token().unwrap_or_default(), &origin()?).await.map_err(Error::from)?
            }
            caller => Enrolling::from(caller?),
        };
        Ok(use_case(services, enrolling).await.map_err(Error::from)?)
    };
    answer.await.inspect_err(set_status)
}

/// As [`call`], within a tenant: nothing else is visible to the use case.
///
/// # Errors
/// As [`call`], and `NotFound` for a tenant that the caller may not see.
pub async fn call_within<T, F, Answer>(tenant: TenantId, use_case: F) -> Result<T, UiError>
where
    F: FnOnce(Services, Caller) -> Answer,
    Answer: Future<Output = services::Result<T>>,
{
    call(async move |services: Services, caller| {
        let entered = services.tenant_enter(&caller, tenant).await?;
        use_case(services, entered.caller).await
    })
    .await
}

/// As [`call`], for what needs no signed-in user: signing in and setting up.
///
/// # Errors
/// What the use case refuses.
pub async fn call_as_nobody<T, F, Answer>(use_case: F) -> Result<T, UiError>
where
    F: FnOnce(Services, Origin) -> Answer,
    Answer: Future<Output = services::Result<T>>,
{
    let answer = async { Ok(use_case(services()?, origin()?).await.map_err(Error::from)?) };
    answer.await.inspect_err(set_status)
}

/// Whether a plain form is being answered, which is led on to a page, rather than a page's script, which wants the answer itself.
#[must_use]
pub fn is_form() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accepts_page = parts.headers.get(ACCEPT).and_then(|accepts| accepts.to_str().ok()).is_some_and(|accepts| accepts.contains("text/html"));
        parts.method == Method::POST && accepts_page
    })
}

/// Leads a plain form on to a page. A script goes its own way.
pub fn lead_to(path: &str) {
    if is_form() {
        leptos_axum::redirect(path);
    }
}

/// The request's channel, which decides the names of its cookies.
#[must_use]
pub fn channel() -> Channel {
    extension().unwrap_or_default()
}

/// The browser's tokens for a sign-in.
#[must_use]
pub fn browser() -> Browser {
    headers().map(|headers| channel().browser(&headers)).unwrap_or_default()
}

/// Sets the cookies of a sign-in: the session's, and the one that identifies the browser at later sign-ins.
pub fn sign_in(signed_in: &SignedIn) {
    start_session(&signed_in.session);
    if let Some(known_by) = signed_in.browser.as_ref().filter(|_| is_browser()) {
        expect_context::<ResponseOptions>().append_header(SET_COOKIE, channel().set_browser(known_by.expose()));
    }
}

/// Whether a browser asks: it says how it fetches. A script would have to carry a cookie along that it has no use for.
fn is_browser() -> bool {
    headers().is_some_and(|headers| headers.contains_key("sec-fetch-mode"))
}

/// Sets the session cookie.
pub fn start_session(token: &SessionToken) {
    expect_context::<ResponseOptions>().append_header(SET_COOKIE, channel().set_session(token.expose()));
}

/// Clears the session cookie.
pub fn end_session() {
    for cookie in Channel::clear_session() {
        expect_context::<ResponseOptions>().append_header(SET_COOKIE, cookie);
    }
}

/// The headers of the request.
#[must_use]
pub fn headers() -> Option<HeaderMap> {
    use_context::<Parts>().map(|parts| parts.headers)
}

/// The colours that the request asks for.
#[must_use]
pub fn theme() -> Theme {
    let cookies = use_context::<Parts>().and_then(|parts| parts.headers.get(COOKIE)?.to_str().ok().map(str::to_owned));
    Theme::from_cookies(&cookies.unwrap_or_default())
}

/// The time zone of the browser that asks; UTC until it has told.
#[must_use]
pub fn time_zone() -> String {
    let headers = headers().unwrap_or_default();
    let told = cookies(&headers).find(|(name, _)| *name == TIME_ZONE_COOKIE).map(|(_, zone)| zone);
    told.filter(|zone| domain::is_time_zone(zone)).unwrap_or("UTC").to_owned()
}

/// The time of the request.
#[must_use]
pub fn now() -> Timestamp {
    services().map(|services| services.now()).unwrap_or_default()
}

/// The HTTP status of a refusal: the one place for pages. A form that was sent without JavaScript is led back to its page instead.
fn set_status(error: &UiError) {
    if let (UiError::Refused(Error::Forbidden { .. }), Ok(forbidden)) = (error, extension::<Forbidden>()) {
        forbidden.set();
    }
    if is_form() {
        return;
    }
    let status = match error {
        UiError::Refused(error) => status(error),
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let response = expect_context::<ResponseOptions>();
    response.set_status(status);
    if let UiError::Refused(error) = error
        && let Some(seconds) = error.retry_after()
    {
        response.insert_header(RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// The HTTP status of an error.
#[must_use]
pub const fn status(error: &Error) -> StatusCode {
    match error {
        Error::Unauthenticated | Error::Unfinished { .. } => StatusCode::UNAUTHORIZED,
        // A status of its own, by which a page knows to ask for the second factor and to send the same request again.
        Error::Unproved => StatusCode::PRECONDITION_REQUIRED,
        Error::Forbidden { .. } => StatusCode::FORBIDDEN,
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Conflict { .. } => StatusCode::CONFLICT,
        Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
