//! Permission sets.

use axum::{Json, http::StatusCode};
use domain::{PermissionSetDraft, PermissionSetId, RoleScope, TenantId};

use super::{
    input::SetInput,
    output::{SetOutput, SetRow},
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

/// Lists permission sets. Needs *Roles: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/permissionSets", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<ByName>),
    responses((status = 200, body = Page<SetRow>)),
)]
pub(crate) async fn list(tenant: Tenant, params: Params) -> Answer<Page<SetRow>> {
    params
        .find::<ByName, _>(&tenant, |tenant, params, pairs| {
            Box::pin(async move {
                let name = pairs.text("name").unwrap_or_default().to_owned();
                let asked = pairs.page(params.page::<ByName>())?;
                let found = tenant.services.permission_set_search(&tenant.caller, &name, asked.slice()).await?;
                Ok(Page::of(found, asked, SetRow::from))
            })
        })
        .await
}

/// Makes a permission set. Needs *Roles: Manage*, and every permission in it.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/permissionSets", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = SetInput,
    responses((status = 201, body = SetOutput)),
)]
pub(crate) async fn create(tenant: Tenant, Body(input): Body<SetInput>) -> Result<(StatusCode, Json<SetOutput>), Refusal> {
    let scope = if matches!(tenant.id, TenantId::Client(_)) { RoleScope::Client } else { RoleScope::Msp };
    let empty = PermissionSetDraft { scope: scope.key().to_owned(), ..PermissionSetDraft::default() };
    let set = tenant.services.permission_set_create(&tenant.caller, input.into_draft(empty)?).await?;
    Ok((StatusCode::CREATED, Json(set.into())))
}

/// A permission set. Needs *Roles: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), ("uniqueId" = String, Path, example = "PSET-7a2b9c54-1d3e-4f60-8a91-b2c3d4e5f607")),
    responses((status = 200, body = SetOutput)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<SetOutput> {
    let id: PermissionSetId = tenant.id("uniqueId", "permissionset")?;
    let set = tenant.services.permission_set_get(&tenant.caller, &id).await.named("permissionset", &id)?;
    Ok(Json(set.into()))
}

/// Changes a permission set, and so every role that has it. Needs *Roles: Manage*, and every permission in it.
#[utoipa::path(
    put, path = "/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), ("uniqueId" = String, Path, example = "PSET-7a2b9c54-1d3e-4f60-8a91-b2c3d4e5f607")),
    request_body = SetInput,
    responses((status = 200, body = SetOutput)),
)]
pub(crate) async fn update(tenant: Tenant, Body(input): Body<SetInput>) -> Answer<SetOutput> {
    let id: PermissionSetId = tenant.id("uniqueId", "permissionset")?;
    let before = tenant.services.permission_set_get(&tenant.caller, &id).await.named("permissionset", &id)?;
    let version = Some(before.version);
    let draft = PermissionSetDraft {
        name: before.name,
        description: before.description,
        scope: before.scope.key().to_owned(),
        permissions: before.permissions,
        unenforced: before.unenforced,
    };
    let set = tenant.services.permission_set_update(&tenant.caller, &id, version, input.into_draft(draft)?).await.named("permissionset", &id)?;
    Ok(Json(set.into()))
}

/// Deletes a permission set that no role has. Needs *Roles: Manage*.
#[utoipa::path(
    delete, path = "/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), ("uniqueId" = String, Path, example = "PSET-7a2b9c54-1d3e-4f60-8a91-b2c3d4e5f607")),
    responses((status = 200, body = Done)),
)]
pub(crate) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id: PermissionSetId = tenant.id("uniqueId", "permissionset")?;
    tenant.services.permission_set_delete(&tenant.caller, &id).await.named("permissionset", &id)?;
    Ok(Json(Done::default()))
}
