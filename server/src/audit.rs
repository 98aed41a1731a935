//! Files of exports of the audit log.

use app::rpc::Authenticated;
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use domain::{Error, JobId};
use services::Services;

use crate::{refusal, stored_file::attachment};

/// Answers with the file of an export.
pub async fn file(State(services): State<Services>, Extension(Authenticated(caller)): Extension<Authenticated>, Path(job): Path<String>) -> Response {
    let opened = async {
        let caller = caller?;
        let job: JobId = job.parse().map_err(|_| Error::NotFound)?;
        let file = services.audit_export_file(&caller, job).await?;
        Ok::<_, Error>((caller, job, file))
    };
    let (caller, job, file) = match opened.await {
        Ok(opened) => opened,
        Err(error) => return refusal::page(&error),
    };
    let kind = if file.name.ends_with(".csv") { "text/csv; charset=utf-8; header=present" } else { "application/jsonl; charset=utf-8" };
    attachment(&file, kind, move |part| {
        let (services, caller) = (services.clone(), caller.clone());
        async move { Ok(services.audit_export_part(&caller, job, part).await?) }
    })
}
