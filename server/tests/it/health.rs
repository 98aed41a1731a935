//! What supervisors and load balancers ask.

use http::StatusCode;

use crate::support::on_both_engines;

#[test]
fn it_is_ready_as_long_as_the_database_answers() {
    on_both_engines(async |app| {
        for path in ["/healthz", "/readyz"] {
            assert_eq!(app.nobody().get(path).await.status, StatusCode::OK, "{path}");
        }
        app.services.close().await;
        assert_eq!(app.nobody().get("/healthz").await.status, StatusCode::OK, "the process lives");
        let answer = app.nobody().get("/readyz").await;
        assert_eq!((answer.status, answer.text()), (StatusCode::SERVICE_UNAVAILABLE, "not ready"));
    });
}
