//! Jobs.

use axum::Json;
use domain::JobId;

use super::output::JobOutput;
use crate::{answer::Answer, refusal::Named, tenant::Tenant};

/// How far a job is: one of the key's own, or one that the key could have asked for.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/jobs/{jobId}", tag = "Jobs",
    params(("tenantId" = String, Path, example = "msp_1"), ("jobId" = String, Path, example = "job_1")),
    responses((status = 200, body = JobOutput)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<JobOutput> {
    let id: JobId = tenant.id("jobId", "job")?;
    Ok(Json(tenant.services.job_get(&tenant.caller, id).await.named("job", id)?.into()))
}
