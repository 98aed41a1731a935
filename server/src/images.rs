//! Images travel outside the server functions: an upload has a body of its own, and a picture a URL.

use app::rpc::Authenticated;
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{FromRequest, Path, Request, State},
    response::{IntoResponse, Response},
};
use domain::{Error, IMAGE_TOO_LARGE, ImageFormat, ImageId, UserId};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};
use serde::Serialize;
use services::Services;

use crate::refusal;

/// Takes an image of a client's network as the body and answers what became of it.
pub async fn upload(State(services): State<Services>, Extension(Authenticated(caller)): Extension<Authenticated>, request: Request) -> Response {
    let uploaded = async {
        let caller = caller?;
        Ok::<_, Error>(services.image_upload(&caller, image(request).await?).await?)
    };
    created(uploaded.await)
}

/// Takes a user's picture as the body and answers with the user.
pub async fn upload_user(
    State(services): State<Services>,
    Extension(Authenticated(caller)): Extension<Authenticated>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let uploaded = async {
        let caller = caller?;
        let id: UserId = id.parse().map_err(|_| Error::NotFound)?;
        Ok::<_, Error>(services.user_picture_set(&caller, id, Some(image(request).await?)).await?)
    };
    created(uploaded.await)
}

/// The body of a request. Asked for when it is known who calls: nothing is read from a stranger.
async fn image(request: Request) -> Result<Bytes, Error> {
    // A body that went on beyond what may be uploaded.
    Bytes::from_request(request, &()).await.map_err(|_| Error::invalid("file", IMAGE_TOO_LARGE))
}

fn created<T: Serialize>(uploaded: Result<T, Error>) -> Response {
    match uploaded {
        Ok(thing) => (StatusCode::CREATED, Json(thing)).into_response(),
        Err(error) => refusal::json(&error),
    }
}

/// Answers with an image of a client's network.
pub async fn read(State(services): State<Services>, Extension(Authenticated(caller)): Extension<Authenticated>, Path(id): Path<String>) -> Response {
    let read = async {
        let caller = caller?;
        let id: ImageId = id.parse().map_err(|_| Error::NotFound)?;
        Ok::<_, Error>(services.image_read(&caller, &id).await?)
    };
    picture(read.await)
}

/// Answers with a user's picture.
pub async fn read_user(
    State(services): State<Services>,
    Extension(Authenticated(caller)): Extension<Authenticated>,
    Path(id): Path<String>,
) -> Response {
    let read = async {
        let caller = caller?;
        let id: UserId = id.parse().map_err(|_| Error::NotFound)?;
        Ok::<_, Error>(services.user_picture(&caller, id).await?)
    };
    picture(read.await)
}

fn picture(read: Result<(ImageFormat, Bytes), Error>) -> Response {
    match read {
        Ok((format, bytes)) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
            headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => refusal::json(&error),
    }
}
