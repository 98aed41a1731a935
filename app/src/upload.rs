//! A file as one request. `fetch` tells nothing of how much of a body is sent; `XMLHttpRequest` does.

use domain::{Error, IMAGE_OF_NEWER_FORMAT, IMAGE_OF_UNKNOWN_FORMAT, IMAGE_TOO_LARGE, ImageFormat, MAX_IMAGE_BYTES};
use js_sys::Promise;
use leptos::serde_json;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DragEvent, Event, File, FileList, HtmlInputElement, ProgressEvent, XmlHttpRequest};

use crate::{error::UiError, transport::USER_HEADER};

/// The files of an input. It is emptied, so that the same file may be chosen again.
pub(crate) fn chosen(event: &Event) -> Vec<File> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return Vec::new() };
    let files = all(input.files());
    input.set_value("");
    files
}

/// The files of a drop.
pub(crate) fn dropped(event: &DragEvent) -> Vec<File> {
    all(event.data_transfer().and_then(|transfer| transfer.files()))
}

fn all(files: Option<FileList>) -> Vec<File> {
    files.map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect()).unwrap_or_default()
}

/// Why an image needn't even be sent.
pub(crate) fn refused_image(file: &File) -> Option<&'static str> {
    // Browsers don't always know the type of phone photos, so the file's extension counts too.
    let is_newer = |name: &str| [".heic", ".heif", ".avif"].iter().any(|ending| name.ends_with(ending));
    if is_newer(&file.name().to_ascii_lowercase()) || matches!(file.type_().as_str(), "image/heic" | "image/heif" | "image/avif") {
        Some(IMAGE_OF_NEWER_FORMAT)
    } else if ImageFormat::from_media_type(&file.type_()).is_none() {
        Some(IMAGE_OF_UNKNOWN_FORMAT)
    } else if file.size() > MAX_IMAGE_BYTES as f64 {
        Some(IMAGE_TOO_LARGE)
    } else {
        None
    }
}

/// Sends a file, reporting progress in percent, and waits for the answer. If the session has ended, the user signs in again and the file is resent.
pub(crate) async fn send<T: DeserializeOwned>(file: &Blob, address: &str, progress: impl Fn(u8) + Clone + 'static) -> Result<T, UiError> {
    loop {
        let answer = send_once(file, address, progress.clone()).await;
        if !matches!(&answer, Err(error) if error.is_signed_out()) || !crate::people::session::signed_in_again().await {
            return answer;
        }
    }
}

/// Sends a file in parts of at most so many bytes, reporting progress in percent. The answer to nothing at all, at `begin`, is the id by which each part has
/// its address.
pub(crate) async fn send_in_parts<I: DeserializeOwned>(
    file: &File,
    most: usize,
    begin: &str,
    address: impl Fn(&I, u32) -> String,
    progress: impl Fn(u8) + Clone + 'static,
) -> Result<I, UiError> {
    let id: I = send(&part_of(file, 0.0, 0.0)?, begin, |_| {}).await?;
    let (size, most) = (file.size(), most as f64);
    let (mut part, mut from) = (0, 0.0);
    while from < size {
        let to = size.min(from + most);
        let progress = progress.clone();
        let share = move |percent: u8| progress(((from + (to - from) * f64::from(percent) / 100.0) / size * 100.0) as u8);
        send::<()>(&part_of(file, from, to)?, &address(&id, part), share).await?;
        (part, from) = (part + 1, to);
    }
    Ok(id)
}

fn part_of(file: &File, from: f64, to: f64) -> Result<Blob, UiError> {
    file.slice_with_f64_and_f64(from, to).map_err(|_| UiError::Unreachable)
}

async fn send_once<T: DeserializeOwned>(file: &Blob, address: &str, progress: impl Fn(u8) + 'static) -> Result<T, UiError> {
    let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() {
            progress((event.loaded() / event.total().max(1.0) * 100.0) as u8);
        }
    });
    let request = request(file, address, &on_progress).map_err(|_| UiError::Outdated)?;
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(Some(file)).map_err(|_| UiError::Unreachable)?;
    _ = JsFuture::from(ended).await;
    answer(&request)
}

fn request(file: &Blob, address: &str, on_progress: &Closure<dyn Fn(ProgressEvent)>) -> Result<XmlHttpRequest, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", address)?;
    // Of a file that was renamed or comes from elsewhere, browsers may not know the type.
    let kind = Some(file.type_()).filter(|kind| !kind.is_empty());
    request.set_request_header("Content-Type", kind.as_deref().unwrap_or("application/octet-stream"))?;
    request.set_request_header("X-Requested-With", "tenantry")?;
    if let Some(user) = crate::people::session::user_of_page() {
        request.set_request_header(USER_HEADER, &user.to_string())?;
    }
    request.upload()?.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    Ok(request)
}

fn answer<T: DeserializeOwned>(request: &XmlHttpRequest) -> Result<T, UiError> {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status() {
        Ok(200..=299) => serde_json::from_str(&text).map_err(|_| UiError::Outdated),
        Err(_) | Ok(0) => Err(UiError::Unreachable),
        Ok(_) => Err(serde_json::from_str::<Error>(&text).map_or(UiError::Outdated, UiError::Refused)),
    }
}
