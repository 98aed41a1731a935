//! Files of reports, which are sent part after part: they can be larger than memory.

use app::rpc::Authenticated;
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::{Caller, Error, ReportRunId};
use futures::stream;
use http::{
    HeaderValue,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
};
use services::{ReportFile, Services};

use crate::refusal;

/// Answers with the file of a run. Before each part the services check again what the caller may, because sending can take longer than a session or a role lasts.
pub async fn file(State(services): State<Services>, Extension(Authenticated(caller)): Extension<Authenticated>, Path(run): Path<String>) -> Response {
    let opened = async {
        let caller = caller?;
        let run: ReportRunId = run.parse().map_err(|_| Error::NotFound)?;
        let file = services.report_file(&caller, run).await?;
        Ok::<_, Error>((caller, run, file))
    };
    match opened.await {
        Ok((caller, run, file)) => attachment(services, caller, run, file),
        Err(error) => refusal::page(&error),
    }
}

fn attachment(services: Services, caller: Caller, run: ReportRunId, file: ReportFile) -> Response {
    let ReportFile { name, bytes, parts } = file;
    let parts = stream::try_unfold(0, move |part| {
        let (services, caller) = (services.clone(), caller.clone());
        async move {
            if part == parts {
                return Ok(None);
            }
            // The head is sent already: an error ends the answer short of its length, which the browser shows as a failed download.
            let bytes = services.report_file_part(&caller, run, part).await.map_err(Error::from)?;
            Ok::<_, Error>(Some((bytes, part + 1)))
        }
    });
    let mut response = Body::from_stream(parts).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The name is made of letters, digits and dashes.
    if let Ok(attachment) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, attachment);
    }
    response
}
