//! Rate limit per API key (docs/spec/rest-api.md, "Rate limit"). Every answer has the three headers, even without a limit or a caller.

use std::{num::NonZeroU32, sync::Arc};

use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::UserId;
use governor::{
    RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use services::Services;

use crate::{bearer::Bearer, refusal::TokenFault};

/// The limit in the headers if there is none.
const UNLIMITED: u32 = 2_147_483_647;
/// Seconds until a used-up allowance is full again.
const PERIOD: u64 = 60;

type Limiter = RateLimiter<UserId, DefaultKeyedStateStore<UserId>, DefaultClock, StateInformationMiddleware>;

/// The allowance of every key: `a_minute` calls per minute, which can come in one burst.
#[derive(Clone)]
pub(crate) struct Rate {
    a_minute: u32,
    /// None if there is no limit.
    limiter: Option<Arc<Limiter>>,
    services: Services,
}

impl Rate {
    /// 0 means no limit.
    pub(crate) fn of(a_minute: u32, services: Services) -> Self {
        let limited = |a_minute| Arc::new(RateLimiter::keyed(governor::Quota::per_minute(a_minute)).with_middleware());
        let limiter = NonZeroU32::new(a_minute).map(limited);
        Self { a_minute: if limiter.is_some() { a_minute } else { UNLIMITED }, limiter, services }
    }

    /// Counts a call. Returns the calls left and the seconds until all are available, or as the error the seconds until the next is allowed.
    fn count(&self, user: Option<&UserId>) -> Result<(u32, u64), u64> {
        let (Some(limiter), Some(user)) = (&self.limiter, user) else { return Ok((self.a_minute, 0)) };
        match limiter.check_key(user) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                // The allowance refills evenly.
                let used = u64::from(self.a_minute.saturating_sub(remaining));
                Ok((remaining, (used * PERIOD).div_ceil(u64::from(self.a_minute))))
            }
            Err(wait) => Err(wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1),
        }
    }

    /// `reset` is seconds from now; the header has a Unix time.
    fn headers(&self, headers: &mut HeaderMap, remaining: u32, reset: u64) {
        let now = u64::try_from(self.services.now().millis() / 1000).unwrap_or_default();
        headers.insert("x-ratelimit-limit", HeaderValue::from(self.a_minute));
        headers.insert("x-ratelimit-remaining", HeaderValue::from(remaining));
        headers.insert("x-ratelimit-reset", HeaderValue::from(now + reset));
    }
}

/// Counts a call of a key; one too many is refused, with the seconds until the next is allowed.
pub(crate) async fn limit(State(rate): State<Rate>, request: Request, next: Next) -> Response {
    match rate.count(request.extensions().get::<Bearer>().map(|Bearer(caller)| &caller.user.id)) {
        Ok((remaining, reset)) => {
            let mut response = next.run(request).await;
            rate.headers(response.headers_mut(), remaining, reset);
            response
        }
        Err(seconds) => {
            let fault = TokenFault { error: "throttled".into(), error_description: "Too Many Requests".into() };
            let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(fault)).into_response();
            rate.headers(response.headers_mut(), 0, seconds);
            response.headers_mut().insert("retry-after", HeaderValue::from(seconds));
            response
        }
    }
}

/// Adds the headers to answers that weren't counted for a key: those without a valid token, and token requests.
pub(crate) async fn unlimited(State(rate): State<Rate>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if !response.headers().contains_key("x-ratelimit-limit") {
        rate.headers(response.headers_mut(), rate.a_minute, 0);
    }
    response
}
