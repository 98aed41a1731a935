//! Archives of backups on their way in. They can be larger than what a request may take, so they come in parts.

use app::rpc::Authenticated;
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{FromRequest, Path, Request, State},
    response::{IntoResponse, Response},
};
use domain::{ARCHIVE_TOO_LARGE, Error, RestoreId};
use http::StatusCode;
use services::Services;

use crate::refusal;

/// Begins an upload, and answers with its id.
pub async fn begin(State(services): State<Services>, Extension(Authenticated(caller)): Extension<Authenticated>) -> Response {
    let begun = async { Ok::<_, Error>(services.restore_upload(&caller?).await?) };
    begun.await.map_or_else(|error| refusal::json(&error), |id| (StatusCode::CREATED, Json(id)).into_response())
}

/// Stores the part in the body.
pub async fn part(
    State(services): State<Services>,
    Extension(Authenticated(caller)): Extension<Authenticated>,
    Path((id, part)): Path<(String, u32)>,
    request: Request,
) -> Response {
    let stored = async {
        // The body is read only if somebody is signed in.
        let caller = caller?;
        let id: RestoreId = id.parse().map_err(|_| Error::NotFound)?;
        let bytes = Bytes::from_request(request, &()).await.map_err(|_| Error::invalid("file", ARCHIVE_TOO_LARGE))?;
        Ok::<_, Error>(services.restore_upload_part(&caller, &id, part, bytes).await?)
    };
    stored.await.map_or_else(|error| refusal::json(&error), |()| Json(()).into_response())
}
