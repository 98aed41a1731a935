//! Permission sets.

use axum::{Json, http::StatusCode};
use domain::{Permission, PermissionBits, PermissionSet, PermissionSetDraft, PermissionSetId, RoleScope, TenantId, Violations};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{
    answer::{Answer, Done, FaultOfOne, FieldFault, Named, Page, Refusal, TokenFault},
    fields::{Body, given},
    paging::{ByName, Paging},
    params::Params,
    tenant::Tenant,
};

/// A permission set as it is sent: only what is given changes.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(super) struct SetInput {
    /// Required for a new one.
    #[schema(example = "Night shift")]
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    /// What it is for.
    #[serde(deserialize_with = "given")]
    description: Option<String>,
    /// `MSP` or `CLIENT`.
    #[schema(example = "MSP")]
    #[serde(deserialize_with = "given")]
    scope: Option<String>,
    /// Permissions by their numbers.
    #[serde(deserialize_with = "given")]
    permissions: Option<Vec<PermissionInput>>,
}

/// A permission by its number.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
struct PermissionInput {
    /// Number.
    #[schema(example = 0)]
    id: i64,
}

/// A permission set in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SetRow {
    /// Number.
    #[schema(example = 13)]
    id: i64,
    /// Identifier.
    unique_id: String,
    /// Name.
    #[schema(example = "Dispatcher")]
    name: String,
    /// What it is for.
    description: String,
}

/// A permission set.
#[derive(Serialize, ToSchema)]
pub(super) struct SetOutput {
    /// As in a list.
    #[serde(flatten)]
    row: SetRow,
    /// `MSP` or `CLIENT`.
    scope: &'static str,
    /// What it holds.
    permissions: Vec<Held>,
}

/// A permission of a set.
#[derive(Serialize, ToSchema)]
struct Held {
    /// Number.
    id: i64,
    /// The part of the console.
    #[schema(example = "Clients")]
    name: &'static str,
    /// What may be done there.
    #[schema(example = "View")]
    #[serde(rename = "type")]
    kind: &'static str,
}

impl From<PermissionSet> for SetRow {
    fn from(set: PermissionSet) -> Self {
        Self { id: set.number, unique_id: set.id.to_string(), name: set.name, description: set.description }
    }
}

impl From<PermissionSet> for SetOutput {
    fn from(set: PermissionSet) -> Self {
        let held = |permission: Permission| Held { id: permission as i64, name: permission.area().label(), kind: permission.label() };
        Self { scope: set.scope.key(), permissions: set.permissions.iter().map(held).collect(), row: set.into() }
    }
}

impl SetInput {
    /// The draft, on top of what there was.
    fn into_draft(self, before: PermissionSetDraft) -> Result<PermissionSetDraft, Refusal> {
        let mut violations = Violations::new();
        let mut permissions = before.permissions;
        if let Some(list) = self.permissions {
            let known = |item: &PermissionInput| usize::try_from(item.id).ok().and_then(|at| Permission::ALL.get(at)).copied();
            for item in list.iter().filter(|item| known(item).is_none()) {
                violations.add("permissions", format!("There is no permission {}.", item.id));
            }
            permissions = list.iter().filter_map(known).collect::<PermissionBits>();
        }
        violations.into_result()?;
        Ok(PermissionSetDraft {
            name: self.name.unwrap_or(before.name),
            description: self.description.unwrap_or(before.description),
            scope: self.scope.unwrap_or(before.scope),
            permissions,
        })
    }
}

/// Lists permission sets. Needs *Roles: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/permissionSets", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<ByName>),
    responses((status = 200, body = Page<SetRow>), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn list(tenant: Tenant, params: Params) -> Answer<Page<SetRow>> {
    let pairs = params.pairs::<ByName>();
    let name = pairs.text("name").unwrap_or_default().to_owned();
    let asked = pairs.page(params.page::<ByName>())?;
    let found = tenant.services.permission_set_search(&tenant.caller, &name, asked.slice()).await?;
    Ok(Json(Page::of(found, asked, SetRow::from)))
}

/// Makes a permission set. Needs *Roles: Manage*, and every permission in it.
#[utoipa::path(post, path = "/api/v2/tenants/{tenantId}/permissionSets", tag = "Permission sets", params(("tenantId" = String, Path, example = "msp_1")), request_body = SetInput,
    responses((status = 201, body = SetOutput), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn create(tenant: Tenant, Body(input): Body<SetInput>) -> Result<(StatusCode, Json<SetOutput>), Refusal> {
    let scope = if matches!(tenant.id, TenantId::Client(_)) { RoleScope::Client } else { RoleScope::Msp };
    let empty = PermissionSetDraft { scope: scope.key().to_owned(), ..PermissionSetDraft::default() };
    let set = tenant.services.permission_set_create(&tenant.caller, input.into_draft(empty)?).await?;
    Ok((StatusCode::CREATED, Json(set.into())))
}

/// A permission set. Needs *Roles: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), ("uniqueId" = String, Path, example = "PSET-7a2b9c54-1d3e-4f60-8a91-b2c3d4e5f607")),
    responses((status = 200, body = SetOutput), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn get(tenant: Tenant) -> Answer<SetOutput> {
    let id: PermissionSetId = tenant.id("uniqueId", "permission set")?;
    let set = tenant.services.permission_set_get(&tenant.caller, &id).await.named("permission set", &id)?;
    Ok(Json(set.into()))
}

/// Changes a permission set, and so every role that has it. Needs *Roles: Manage*, and every permission in it.
#[utoipa::path(put, path = "/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), ("uniqueId" = String, Path, example = "PSET-7a2b9c54-1d3e-4f60-8a91-b2c3d4e5f607")), request_body = SetInput,
    responses((status = 200, body = SetOutput), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne), (status = 409, body = FaultOfOne)))]
pub(super) async fn update(tenant: Tenant, Body(input): Body<SetInput>) -> Answer<SetOutput> {
    let id: PermissionSetId = tenant.id("uniqueId", "permission set")?;
    let before = tenant.services.permission_set_get(&tenant.caller, &id).await.named("permission set", &id)?;
    let kept = PermissionSetDraft {
        name: before.name,
        description: before.description,
        scope: before.scope.key().to_owned(),
        permissions: before.permissions,
    };
    let set = tenant.services.permission_set_update(&tenant.caller, &id, None, input.into_draft(kept)?).await.named("permission set", &id)?;
    Ok(Json(set.into()))
}

/// Deletes a permission set that no role has. Needs *Roles: Manage*.
#[utoipa::path(delete, path = "/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), ("uniqueId" = String, Path, example = "PSET-7a2b9c54-1d3e-4f60-8a91-b2c3d4e5f607")),
    responses((status = 200, body = Done), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne), (status = 409, body = FaultOfOne)))]
pub(super) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id: PermissionSetId = tenant.id("uniqueId", "permission set")?;
    tenant.services.permission_set_delete(&tenant.caller, &id).await.named("permission set", &id)?;
    Ok(Json(Done::default()))
}
