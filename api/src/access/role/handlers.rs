//! Roles.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{RoleId, RoleScope, TenantId};

use super::{
    input::RoleInput,
    output::{RoleOutput, RoleRow},
};
use crate::{
    answer::{Answer, Done},
    body::Body,
    listed::ByName,
    openapi::paging::Paging,
    paging::Page,
    params::Params,
    refusal::{Named, Refusal},
    tenant::Tenant,
};

/// Makes a role. Needs *Roles: Manage*, and every permission that the role gives.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/roles", tag = "Roles",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = RoleInput,
    responses((status = 201, body = RoleOutput<'static>)),
)]
pub(crate) async fn create(tenant: Tenant, Body(input): Body<RoleInput>) -> Result<Response, Refusal> {
    let scope = if matches!(tenant.id, TenantId::Client(_)) { RoleScope::Client } else { RoleScope::Msp };
    let role = tenant.services.role_create_read(&tenant.caller, input.into_draft(Some(scope))).await?;
    Ok((StatusCode::CREATED, Json(RoleOutput::of(&role, false))).into_response())
}

/// A role. Needs *Roles: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/roles/{roleId}", tag = "Roles",
    params(("tenantId" = String, Path, example = "msp_1"), ("roleId" = String, Path, example = "ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd")),
    responses((status = 200, body = RoleOutput<'static>)),
)]
pub(crate) async fn get(tenant: Tenant) -> Result<Response, Refusal> {
    let id: RoleId = tenant.id("roleId", "role")?;
    let role = tenant.services.role_get(&tenant.caller, &id).await.named("role", &id)?;
    Ok(Json(RoleOutput::of(&role, true)).into_response())
}

/// Changes what is given of a role. Needs *Roles: Manage*, and every permission that the role gives.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/roles/{roleId}", tag = "Roles",
    params(("tenantId" = String, Path, example = "msp_1"), ("roleId" = String, Path, example = "ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd")),
    request_body(content = RoleInput, example = json!({ "description": "Looks after the lab" })),
    responses((status = 200, body = RoleOutput<'static>)),
)]
pub(crate) async fn update(tenant: Tenant, Body(input): Body<RoleInput>) -> Result<Response, Refusal> {
    let id: RoleId = tenant.id("roleId", "role")?;
    let role = tenant.services.role_update_read(&tenant.caller, &id, input.into_draft(None)).await.named("role", &id)?;
    Ok(Json(RoleOutput::of(&role, false)).into_response())
}

/// Deletes a role. Needs *Roles: Manage*.
#[utoipa::path(
    delete, path = "/api/v2/tenants/{tenantId}/roles/{roleId}", tag = "Roles",
    params(("tenantId" = String, Path, example = "msp_1"), ("roleId" = String, Path, example = "ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd")),
    responses((status = 200, body = Done)),
)]
pub(crate) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id: RoleId = tenant.id("roleId", "role")?;
    tenant.services.role_delete(&tenant.caller, &id).await.named("role", &id)?;
    Ok(Json(Done::default()))
}

/// Searches roles. Needs *Roles: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/roles/search", tag = "Roles",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<ByName>),
    responses((status = 200, body = Page<RoleRow>)),
)]
pub(crate) async fn search(tenant: Tenant, params: Params) -> Answer<Page<RoleRow>> {
    params
        .find::<ByName, _>(&tenant, |tenant, params, pairs| {
            Box::pin(async move {
                let name = pairs.text("name").unwrap_or_default().to_owned();
                let asked = pairs.page(params.page::<ByName>())?;
                let found = tenant.services.role_search(&tenant.caller, asked.slice(), &name).await?;
                Ok(Page::of(found, asked, RoleRow::from))
            })
        })
        .await
}
