//! Every route and the layers around it.

use std::{sync::Arc, time::Duration};

use app::{pages, paths};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use domain::{MAX_CLIENT_FILE_BYTES, MAX_IMAGE_BYTES, MAX_IMPORT_BYTES, RESTORE_PART_BYTES};
use leptos::config::LeptosOptions;
use services::Services;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    trace::TraceLayer,
};

use crate::{
    api_docs, assets, audit, backups, clients,
    config::Config,
    devices, headers, health, images, jobs, log, origin, refusal, reports,
    request_head::{self, REQUEST_ID},
    restores, session, time_limit,
};

/// The largest body of a server function.
const MAX_BODY: usize = 512 * 1024;

/// No request takes longer; long work is a job.
const MAX_TIME: Duration = Duration::from_secs(30);

/// The whole console.
pub fn router(services: Services, config: Arc<Config>) -> Router {
    let console = Router::new()
        .route("/images", post(images::upload).layer(DefaultBodyLimit::max(MAX_IMAGE_BYTES + 64 * 1024)))
        .route("/images/{id}", get(images::read))
        .route("/images/users/{id}", get(images::read_user).post(images::upload_user).layer(DefaultBodyLimit::max(MAX_IMAGE_BYTES + 64 * 1024)))
        .route(&paths::client_import(), post(clients::upload).layer(DefaultBodyLimit::max(MAX_CLIENT_FILE_BYTES)))
        .route("/client-imports/{id}/errors", get(clients::errors))
        .route(&paths::device_import(), post(devices::import).layer(DefaultBodyLimit::max(MAX_IMPORT_BYTES)))
        .route(&paths::device_import_preview(), post(devices::preview).layer(DefaultBodyLimit::max(MAX_IMPORT_BYTES)))
        .route(paths::COOKIE_CHECK, get(session::cookie_check))
        .route(paths::REPORT_FILE, get(reports::file))
        .route(paths::AUDIT_EXPORT, get(audit::file))
        .route(paths::BACKUP_FILE, get(backups::file))
        .route(&paths::restores(), post(restores::begin))
        .route("/restores/{id}/{part}", post(restores::part).layer(DefaultBodyLimit::max(RESTORE_PART_BYTES)))
        .route(paths::JOB_EVENTS, get(jobs::events))
        .route(paths::AUDIT_EVENTS, get(audit::events))
        .with_state(services.clone())
        .merge(
            crate::pages::pages()
                .with_state(LeptosOptions::builder().output_name("tenantry").build())
                .layer(RequestBodyLimitLayer::new(MAX_BODY))
                .layer(from_fn(refusal::too_large)),
        )
        .layer(from_fn_with_state(services.clone(), session::session))
        .layer(from_fn_with_state(config.clone(), origin::origin))
        .layer(CsrfLayer::new())
        .layer(from_fn(request_head::method));
    let api = api::router(services.clone(), config.api_rate_limit, paths::invitation).layer(from_fn_with_state(config.clone(), origin::origin));
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(config, headers::headers))
        .layer(from_fn(request_head::check))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(log::answered))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_compressing()))
        .layer(from_fn_with_state(MAX_TIME, time_limit::limit));
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz).with_state(services))
        .route("/assets/{*name}", get(assets::asset))
        .route(&paths::favicon(), get(assets::well_known))
        .route("/robots.txt", get(assets::well_known))
        .route(&paths::api_docs(), get(api_docs::page))
        .merge(console)
        .merge(api)
        .layer(layers)
}

/// Files of the page are compressed already, pictures by nature.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::new("application/wasm"))
}

/// The tracing span of a request: its id, and its user once known. It omits the query, which can hold search terms, and the tokens of one-time links.
fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let path = pages::without_secret(request.uri().path());
    tracing::info_span!("request", id, method = %request.method(), path, principal = tracing::field::Empty, tenant = tracing::field::Empty)
}
