//! Permission sets.

use axum::{Json, http::StatusCode};
use domain::{Permission, PermissionBits, PermissionSet, PermissionSetDraft, PermissionSetId, RoleScope, TenantId, UnenforcedPermission, Violations};
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
    /// All that it holds. A list whose entries all have an empty `type` takes those areas away and leaves the rest.
    #[serde(deserialize_with = "given")]
    permissions: Option<Vec<PermissionInput>>,
}

/// A permission by its number, or else by its area and its name. A permission of an area that this console doesn't have is kept, and grants nothing.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
struct PermissionInput {
    /// Number.
    #[schema(example = 0)]
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    /// The part of the console.
    #[schema(example = "Clients")]
    name: Option<String>,
    /// What may be done there. Empty for nothing: the area is taken out of the set.
    #[schema(example = "View")]
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// The meaning of a [`PermissionInput`].
enum Meant {
    Known(Permission),
    Unenforced(UnenforcedPermission),
    /// Removes all permissions of an area.
    Without(String),
}

impl PermissionInput {
    fn meant(&self) -> Result<Meant, String> {
        if let Some(id) = self.id {
            return Permission::from_number(id).map(Meant::Known).ok_or_else(|| format!("There is no permission {id}."));
        }
        let [area, kind] = [&self.name, &self.kind].map(|text| text.as_deref().unwrap_or_default().trim());
        let of_area = || Permission::ALL.iter().copied().filter(|permission| permission.area().label().eq_ignore_ascii_case(area));
        if area.is_empty() {
            return Err("Give a permission by its id, or by the area’s name and the permission’s type.".to_owned());
        }
        if kind.is_empty() {
            return Ok(Meant::Without(area.to_owned()));
        }
        if of_area().next().is_none() {
            return Ok(Meant::Unenforced(UnenforcedPermission { area: area.to_owned(), name: kind.to_owned() }));
        }
        of_area().find(|permission| permission.label().eq_ignore_ascii_case(kind)).map(Meant::Known).ok_or_else(|| {
            let known: Vec<_> = of_area().map(Permission::label).collect();
            format!("{area} has no permission “{kind}”: write {}.", known.join(" or "))
        })
    }
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
    /// Number; left out for a permission of an area that this console doesn't have.
    #[schema(example = 0)]
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    /// The part of the console.
    #[schema(example = "Clients")]
    name: String,
    /// What may be done there.
    #[schema(example = "View")]
    #[serde(rename = "type")]
    kind: String,
}

impl From<PermissionSet> for SetRow {
    fn from(set: PermissionSet) -> Self {
        Self { id: set.number, unique_id: set.id.to_string(), name: set.name, description: set.description }
    }
}

impl From<PermissionSet> for SetOutput {
    fn from(set: PermissionSet) -> Self {
        let known = |permission: Permission| Held {
            id: Some(permission as i64),
            name: permission.area().label().to_owned(),
            kind: permission.label().to_owned(),
        };
        let other = |one: &UnenforcedPermission| Held { id: None, name: one.area.clone(), kind: one.name.clone() };
        let permissions = set.permissions.iter().map(known).chain(set.unenforced.iter().map(other)).collect();
        Self { scope: set.scope.key(), permissions, row: set.into() }
    }
}

impl SetInput {
    /// The draft, on top of what there was.
    fn into_draft(self, before: PermissionSetDraft) -> Result<PermissionSetDraft, Refusal> {
        let mut violations = Violations::new();
        let (mut permissions, mut unenforced) = (before.permissions, before.unenforced);
        if let Some(list) = self.permissions {
            let meant = |(at, item): (usize, &PermissionInput)| violations.take(&format!("permissions.{at}"), item.meant());
            let meant: Vec<Meant> = list.iter().enumerate().filter_map(meant).collect();
            if list.is_empty() || !meant.iter().all(|one| matches!(one, Meant::Without(_))) {
                (permissions, unenforced) = (PermissionBits::default(), Vec::new());
            }
            for one in meant {
                match one {
                    Meant::Known(permission) => permissions = permissions.union([permission].into_iter().collect()),
                    Meant::Unenforced(one) => unenforced.push(one),
                    Meant::Without(area) => {
                        permissions = permissions.iter().filter(|held| !held.area().label().eq_ignore_ascii_case(&area)).collect();
                        unenforced.retain(|held| !held.area.eq_ignore_ascii_case(&area));
                    }
                }
            }
        }
        violations.into_result()?;
        Ok(PermissionSetDraft {
            name: self.name.unwrap_or(before.name),
            description: self.description.unwrap_or(before.description),
            scope: self.scope.unwrap_or(before.scope),
            permissions,
            unenforced,
        })
    }
}

/// Lists permission sets. Needs *Roles: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/permissionSets", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<ByName>),
    responses((status = 200, body = Page<SetRow>), (status = 422, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn list(tenant: Tenant, params: Params) -> Answer<Page<SetRow>> {
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
    let id: PermissionSetId = tenant.id("uniqueId", "permissionset")?;
    let set = tenant.services.permission_set_get(&tenant.caller, &id).await.named("permissionset", &id)?;
    Ok(Json(set.into()))
}

/// Changes a permission set, and so every role that has it. Needs *Roles: Manage*, and every permission in it.
#[utoipa::path(put, path = "/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), ("uniqueId" = String, Path, example = "PSET-7a2b9c54-1d3e-4f60-8a91-b2c3d4e5f607")), request_body = SetInput,
    responses((status = 200, body = SetOutput), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne), (status = 409, body = FaultOfOne)))]
pub(super) async fn update(tenant: Tenant, Body(input): Body<SetInput>) -> Answer<SetOutput> {
    let id: PermissionSetId = tenant.id("uniqueId", "permissionset")?;
    let before = tenant.services.permission_set_get(&tenant.caller, &id).await.named("permissionset", &id)?;
    let version = Some(before.version);
    let kept = PermissionSetDraft {
        name: before.name,
        description: before.description,
        scope: before.scope.key().to_owned(),
        permissions: before.permissions,
        unenforced: before.unenforced,
    };
    let set = tenant.services.permission_set_update(&tenant.caller, &id, version, input.into_draft(kept)?).await.named("permissionset", &id)?;
    Ok(Json(set.into()))
}

/// Deletes a permission set that no role has. Needs *Roles: Manage*.
#[utoipa::path(delete, path = "/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", tag = "Permission sets",
    params(("tenantId" = String, Path, example = "msp_1"), ("uniqueId" = String, Path, example = "PSET-7a2b9c54-1d3e-4f60-8a91-b2c3d4e5f607")),
    responses((status = 200, body = Done), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne), (status = 409, body = FaultOfOne)))]
pub(super) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id: PermissionSetId = tenant.id("uniqueId", "permissionset")?;
    tenant.services.permission_set_delete(&tenant.caller, &id).await.named("permissionset", &id)?;
    Ok(Json(Done::default()))
}
