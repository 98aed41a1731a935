//! Files of reports.

use app::rpc::Authenticated;
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use domain::{Error, ReportRunId};
use services::Services;

use crate::{refusal, stored_file::attachment};

/// Answers with the file of a run.
pub async fn file(State(services): State<Services>, Extension(Authenticated(caller)): Extension<Authenticated>, Path(run): Path<String>) -> Response {
    let opened = async {
        let caller = caller?;
        let run: ReportRunId = run.parse().map_err(|_| Error::NotFound)?;
        let file = services.report_file(&caller, run).await?;
        Ok::<_, Error>((caller, run, file))
    };
    let (caller, run, file) = match opened.await {
        Ok(opened) => opened,
        Err(error) => return refusal::page(&error),
    };
    attachment(&file, "text/csv; charset=utf-8; header=present", move |part| {
        let (services, caller) = (services.clone(), caller.clone());
        async move { Ok(services.report_file_part(&caller, run, part).await?) }
    })
}
