//! Files of clients travel outside the server functions, whose bodies are small: a file on its way in, and its faults on their way out.

use app::rpc::Authenticated;
use axum::{
    Extension, Json,
    body::{Body, Bytes},
    extract::{FromRequest, Path, Query, Request, State},
    response::{IntoResponse, Response},
};
use domain::{CLIENT_FILE_TOO_LARGE, ClientImportId, Error};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};
use serde::Deserialize;
use services::Services;

use crate::refusal;

/// The query of an upload.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
}

/// Stores the file in the body, and answers with a preview of importing it. No client is made.
pub async fn upload(
    State(services): State<Services>,
    Extension(Authenticated(caller)): Extension<Authenticated>,
    Query(Named { name }): Query<Named>,
    request: Request,
) -> Response {
    let report = async {
        // The body is read only if somebody is signed in.
        let caller = caller?;
        let file = Bytes::from_request(request, &()).await.map_err(|_| Error::invalid("file", CLIENT_FILE_TOO_LARGE))?;
        Ok::<_, Error>(services.client_import_upload(&caller, &name, file).await?)
    };
    report.await.map_or_else(|error| refusal::json(&error), |report| (StatusCode::CREATED, Json(report)).into_response())
}

/// Answers with all faults of a file, as a file that is written while it is sent.
pub async fn errors(
    State(services): State<Services>,
    Extension(Authenticated(caller)): Extension<Authenticated>,
    Path(id): Path<String>,
) -> Response {
    let faults = async {
        let caller = caller?;
        let id: ClientImportId = id.parse().map_err(|_| Error::NotFound)?;
        Ok::<_, Error>(services.client_import_faults(&caller, &id).await?)
    };
    match faults.await {
        Ok(lines) => {
            let mut response = Body::from_stream(lines).into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"errors.csv\""));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => refusal::json(&error),
    }
}
