//! Files that are sent part after part: they can be larger than memory.

use axum::{
    body::{Body, Bytes},
    response::{IntoResponse, Response},
};
use domain::Error;
use futures::stream;
use http::{
    HeaderValue,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
};
use services::StoredFile;

/// Answers with a file to be saved. `read` gives a part by its number, and can refuse: sending can take longer than a session or a role lasts.
pub fn attachment<Fut>(file: &StoredFile, content_type: &'static str, read: impl Fn(u32) -> Fut + Send + 'static) -> Response
where
    Fut: Future<Output = Result<Bytes, Error>> + Send + 'static,
{
    let count = file.parts;
    let parts = stream::try_unfold((0, read), move |(part, read)| async move {
        if part == count {
            return Ok(None);
        }
        // The head is sent already: an error ends the answer short of its length, which the browser shows as a failed download.
        let bytes = read(part).await?;
        Ok::<_, Error>(Some((bytes, (part + 1, read))))
    });
    let mut response = Body::from_stream(parts).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(file.bytes));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The name is made of letters, digits and dashes.
    if let Ok(attachment) = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name)) {
        headers.insert(CONTENT_DISPOSITION, attachment);
    }
    response
}
