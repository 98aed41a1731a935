//! Files of devices travel outside the server functions, whose bodies are small: what would become of one, and its import.

use app::rpc::Authenticated;
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{FromRequest, Query, Request, State},
    response::{IntoResponse, Response},
};
use domain::{Caller, CellSeparator, CsvReading, DEVICE_FILE_TOO_LARGE, Error, ExistingDevices, TextEncoding};
use http::StatusCode;
use serde::Deserialize;
use services::Services;

use crate::refusal;

/// Answers with a preview of importing the file in the body. Nothing is written.
pub async fn preview(
    State(services): State<Services>,
    Extension(authenticated): Extension<Authenticated>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    let report = async {
        let (caller, file) = received(authenticated, request).await?;
        Ok::<_, Error>(services.device_import_preview(&caller, &file, asked.reading()?).await?.report())
    };
    report.await.map_or_else(|error| refusal::json(&error), |report| Json(report).into_response())
}

/// The query of an import: how the file is read, where that isn't left to be recognized, and what to do with existing devices.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    encoding: String,
    #[serde(default)]
    separator: String,
    #[serde(default)]
    existing: String,
}

impl Asked {
    fn reading(&self) -> Result<CsvReading, Error> {
        Ok(CsvReading {
            encoding: chosen(&self.encoding, TextEncoding::from_key, "encoding", "Choose utf-8, utf-16le, utf-16be or windows-1252.")?,
            separator: chosen(&self.separator, CellSeparator::from_key, "separator", "Choose comma, semicolon or tab.")?,
        })
    }
}

/// The value of a key; none for an empty one.
fn chosen<T>(key: &str, of: fn(&str) -> Option<T>, field: &str, unknown: &str) -> Result<Option<T>, Error> {
    if key.is_empty() { Ok(None) } else { of(key).map(Some).ok_or_else(|| Error::invalid(field, unknown)) }
}

/// Imports all rows of the file in the body, or none, and answers with the counts. `?existing=` is `skip` (the default), `replace` or `add`, for rows whose
/// devices already exist; `?encoding=` and `?separator=` as [`domain::CsvReading`].
pub async fn import(
    State(services): State<Services>,
    Extension(authenticated): Extension<Authenticated>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    let imported = async {
        let (caller, file) = received(authenticated, request).await?;
        let existing = chosen(&asked.existing, ExistingDevices::from_key, "existing", "Choose skip, replace or add.")?;
        Ok::<_, Error>(services.device_import(&caller, &file, asked.reading()?, existing.unwrap_or(ExistingDevices::Skip)).await?)
    };
    imported.await.map_or_else(|error| refusal::json(&error), |imported| (StatusCode::CREATED, Json(imported)).into_response())
}

/// The caller and the file. The body is read only if somebody is signed in.
async fn received(Authenticated(caller): Authenticated, request: Request) -> Result<(Caller, Bytes), Error> {
    let caller = caller?;
    let file = Bytes::from_request(request, &()).await.map_err(|_| Error::invalid("file", DEVICE_FILE_TOO_LARGE))?;
    Ok((caller, file))
}
