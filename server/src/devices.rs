//! Files of devices travel outside the server functions, whose bodies are small: what would become of one, and its import.

use app::rpc::Authenticated;
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{FromRequest, Query, Request, State},
    response::{IntoResponse, Response},
};
use domain::{Caller, DEVICE_FILE_TOO_LARGE, Error, ExistingDevices};
use http::StatusCode;
use serde::Deserialize;
use services::Services;

use crate::refusal;

/// Answers with a preview of importing the file in the body. Nothing is written.
pub async fn preview(State(services): State<Services>, Extension(authenticated): Extension<Authenticated>, request: Request) -> Response {
    let report = async {
        let (caller, file) = received(authenticated, request).await?;
        Ok::<_, Error>(services.device_import_preview(&caller, &file).await?.report())
    };
    report.await.map_or_else(|error| refusal::json(&error), |report| Json(report).into_response())
}

/// The query of an import: what to do with existing devices.
#[derive(Deserialize)]
pub struct Existing {
    #[serde(default)]
    existing: String,
}

/// Imports all rows of the file in the body, or none, and answers with the counts. `?existing=` is `skip` (the default), `replace` or `add`, for rows whose
/// devices already exist.
pub async fn import(
    State(services): State<Services>,
    Extension(authenticated): Extension<Authenticated>,
    Query(Existing { existing }): Query<Existing>,
    request: Request,
) -> Response {
    let imported = async {
        let (caller, file) = received(authenticated, request).await?;
        let unknown = || Error::invalid("existing", "Choose skip, replace or add.");
        let existing = if existing.is_empty() { ExistingDevices::Skip } else { ExistingDevices::from_key(&existing).ok_or_else(unknown)? };
        Ok::<_, Error>(services.device_import(&caller, &file, existing).await?)
    };
    imported.await.map_or_else(|error| refusal::json(&error), |imported| (StatusCode::CREATED, Json(imported)).into_response())
}

/// The caller and the file. The body is read only if somebody is signed in.
async fn received(Authenticated(caller): Authenticated, request: Request) -> Result<(Caller, Bytes), Error> {
    let caller = caller?;
    let file = Bytes::from_request(request, &()).await.map_err(|_| Error::invalid("file", DEVICE_FILE_TOO_LARGE))?;
    Ok((caller, file))
}
