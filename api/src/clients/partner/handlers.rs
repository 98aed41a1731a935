//! The partner itself.

use axum::Json;
use domain::PartnerId;

use super::output::Partner;
use crate::{answer::Answer, tenant::Tenant};

/// A partner. A client's id is not found here: by that, programs tell one from the other.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}", tag = "Partner",
    params(("tenantId" = String, Path, description = "`msp_<n>`", example = "msp_1")),
    responses((status = 200, body = Partner)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<Partner> {
    let partner: PartnerId = tenant.partner()?;
    Ok(Json(Partner { id: partner.number(), unique_id: partner.to_string(), name: tenant.caller.organization }))
}
