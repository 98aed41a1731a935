//! For load balancers and supervisors: is it alive, can it work. Neither tells anything else.

use axum::extract::State;
use http::StatusCode;
use services::Services;

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok"
}

/// Whether the database and the files can be read and written. The log says why not.
pub async fn readyz(State(services): State<Services>) -> (StatusCode, &'static str) {
    match services.ready().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(fault) => {
            tracing::warn!(cause = %fault, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready")
        }
    }
}
