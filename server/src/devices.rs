//! Files of devices travel outside the server functions, whose bodies are small: what would become of one, and its import.

use app::rpc::Authenticated;
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{FromRequest, Request, State},
    response::{IntoResponse, Response},
};
use domain::{Caller, DEVICE_FILE_TOO_LARGE, Error};
use http::StatusCode;
use services::Services;

use crate::refusal;

/// Takes a file as the body and answers what would become of it. Nothing is made.
pub async fn preview(State(services): State<Services>, Extension(authenticated): Extension<Authenticated>, request: Request) -> Response {
    let report = async {
        let (caller, file) = received(authenticated, request).await?;
        Ok::<_, Error>(services.device_import_preview(&caller, &file).await?.report())
    };
    report.await.map_or_else(|error| refusal::json(&error), |report| Json(report).into_response())
}

/// Takes a file as the body, makes all its devices or none, and answers how many.
pub async fn import(State(services): State<Services>, Extension(authenticated): Extension<Authenticated>, request: Request) -> Response {
    let imported = async {
        let (caller, file) = received(authenticated, request).await?;
        Ok::<_, Error>(services.device_import(&caller, &file).await?)
    };
    imported.await.map_or_else(|error| refusal::json(&error), |devices| (StatusCode::CREATED, Json(devices)).into_response())
}

/// Who sends a file, and the file. Nothing is read from a stranger.
async fn received(Authenticated(caller): Authenticated, request: Request) -> Result<(Caller, Bytes), Error> {
    let caller = caller?;
    let file = Bytes::from_request(request, &()).await.map_err(|_| Error::invalid("file", DEVICE_FILE_TOO_LARGE))?;
    Ok((caller, file))
}
