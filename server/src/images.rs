//! Images travel outside the server functions: an upload has a body of its own, and a picture a URL.

use app::rpc::Authenticated;
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{FromRequest, Path, Request, State},
    response::{IntoResponse, Response},
};
use domain::{Error, IMAGE_TOO_LARGE, ImageId};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};
use services::Services;

use crate::refusal;

/// Takes an image as the body and answers what became of it. Nothing is read from a stranger.
pub async fn upload(State(services): State<Services>, Extension(Authenticated(caller)): Extension<Authenticated>, request: Request) -> Response {
    let uploaded = async {
        let caller = caller?;
        let body = Bytes::from_request(request, &()).await.map_err(|_| too_large())?;
        Ok::<_, Error>(services.image_upload(&caller, body).await?)
    };
    match uploaded.await {
        Ok(image) => (StatusCode::CREATED, Json(image)).into_response(),
        Err(error) => refusal::json(&error),
    }
}

/// A body that went on beyond what may be uploaded.
fn too_large() -> Error {
    Error::invalid("file", IMAGE_TOO_LARGE)
}

/// Answers with the picture.
pub async fn read(State(services): State<Services>, Extension(Authenticated(caller)): Extension<Authenticated>, Path(id): Path<String>) -> Response {
    let read = async {
        let caller = caller?;
        let id: ImageId = id.parse().map_err(|_| Error::NotFound)?;
        Ok::<_, Error>(services.image_read(&caller, &id).await?)
    };
    match read.await {
        Ok((format, bytes)) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
            headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
            response
        }
        Err(error) => refusal::json(&error),
    }
}
