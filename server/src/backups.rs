//! Archives of backups.

use app::rpc::Authenticated;
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use domain::{BackupId, Error};
use services::Services;

use crate::{refusal, stored_file::attachment};

/// Answers with the archive of a backup.
pub async fn file(
    State(services): State<Services>,
    Extension(Authenticated(caller)): Extension<Authenticated>,
    Path(backup): Path<String>,
) -> Response {
    let opened = async {
        let caller = caller?;
        let backup: BackupId = backup.parse().map_err(|_| Error::NotFound)?;
        let file = services.backup_file(&caller, backup).await?;
        Ok::<_, Error>((caller, backup, file))
    };
    let (caller, backup, file) = match opened.await {
        Ok(opened) => opened,
        Err(error) => return refusal::page(&error),
    };
    attachment(&file, "application/zip", move |part| {
        let (services, caller) = (services.clone(), caller.clone());
        async move { Ok(services.backup_file_part(&caller, backup, part).await?) }
    })
}
