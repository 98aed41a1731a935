//! The time that a request may take.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream};
use http::StatusCode;
use tokio::time::timeout;

/// Gives a request up after a time: with 408 if it awaits more of its body then, otherwise with 503.
pub async fn limit(State(time): State<Duration>, request: Request, next: Next) -> Response {
    let awaited = Arc::new(AtomicBool::new(false));
    let awaits = awaited.clone();
    let request = request.map(|body| {
        Body::from_stream(stream::unfold((body.into_data_stream(), awaits), async |(mut body, awaits)| {
            awaits.store(true, Ordering::Relaxed);
            let data = body.next().await;
            awaits.store(false, Ordering::Relaxed);
            Some((data?, (body, awaits)))
        }))
    });
    match timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) if awaited.load(Ordering::Relaxed) => StatusCode::REQUEST_TIMEOUT.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, future};

    use axum::{Router, body::Bytes, middleware::from_fn_with_state, routing::post};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_body_that_never_arrives_is_a_408_and_work_that_never_ends_a_503() {
        let router = Router::new()
            .route("/echo", post(async |body: Bytes| body))
            .route("/work", post(async |_: Bytes| future::pending::<()>().await))
            .layer(from_fn_with_state(Duration::from_millis(50), limit));
        let send = async |path: &str, body: Body| router.clone().oneshot(Request::post(path).body(body).unwrap()).await.unwrap().status();
        assert_eq!(send("/echo", Body::from("whole")).await, StatusCode::OK);
        assert_eq!(send("/work", Body::from("whole")).await, StatusCode::SERVICE_UNAVAILABLE);
        let begun = stream::iter([Ok::<_, Infallible>("begun")]).chain(stream::pending());
        assert_eq!(send("/echo", Body::from_stream(begun)).await, StatusCode::REQUEST_TIMEOUT);
    }
}
