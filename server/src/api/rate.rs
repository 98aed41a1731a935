//! How often a key may call (reference "Errors": throttled), told with every answer.

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

use super::{answer::TokenFault, token::Bearer};

/// The allowance of every key: so many calls a minute, all at once if it likes.
#[derive(Clone)]
pub(super) struct Rate {
    a_minute: NonZeroU32,
    limiter: Arc<RateLimiter<UserId, DefaultKeyedStateStore<UserId>, DefaultClock, StateInformationMiddleware>>,
}

impl Rate {
    /// None for 0: no limit.
    pub(super) fn of(a_minute: u32) -> Option<Self> {
        let a_minute = NonZeroU32::new(a_minute)?;
        let limiter = RateLimiter::keyed(governor::Quota::per_minute(a_minute)).with_middleware();
        Some(Self { a_minute, limiter: Arc::new(limiter) })
    }

    fn headers(&self, headers: &mut HeaderMap, remaining: u32, reset_seconds: u64) {
        headers.insert("x-ratelimit-limit", HeaderValue::from(self.a_minute.get()));
        headers.insert("x-ratelimit-remaining", HeaderValue::from(remaining));
        headers.insert("x-ratelimit-reset", HeaderValue::from(reset_seconds));
    }
}

/// Counts a call of a key; one too many is refused, with the seconds until the next is allowed.
pub(super) async fn limit(State(rate): State<Option<Rate>>, request: Request, next: Next) -> Response {
    let (Some(rate), Some(Bearer(caller))) = (rate, request.extensions().get::<Bearer>()) else { return next.run(request).await };
    match rate.limiter.check_key(&caller.user.id) {
        Ok(state) => {
            let remaining = state.remaining_burst_capacity();
            // The allowance fills up evenly over a minute.
            let used = u64::from(rate.a_minute.get() - remaining);
            let mut response = next.run(request).await;
            rate.headers(response.headers_mut(), remaining, (used * 60).div_ceil(u64::from(rate.a_minute.get())));
            response
        }
        Err(wait) => {
            let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            let fault = TokenFault { error: "throttled".into(), error_description: "Too Many Requests".into() };
            let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(fault)).into_response();
            rate.headers(response.headers_mut(), 0, seconds);
            response.headers_mut().insert("retry-after", HeaderValue::from(seconds));
            response
        }
    }
}
