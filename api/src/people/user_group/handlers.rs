//! User groups.

use axum::{Json, http::StatusCode};
use domain::{ClientId, Error, Selection, TenantId, UserGroupDraft, UserGroupId, UserId};

use super::{
    input::{GroupInput, UserById, user_ids},
    output::{GroupListed, GroupOutput},
};
use crate::{
    answer::{Answer, Done},
    body::Body,
    listed::{ByName, Whole},
    openapi::paging::Paging,
    paging::Page,
    params::Params,
    people::user::{listed::UserListed, reference::ReferenceInput},
    refusal::{Named, Refusal},
    tenant::Tenant,
};

/// The draft of a group of a client or of the partner, with its role references resolved.
async fn draft(tenant: &Tenant, client: Option<ClientId>, input: GroupInput) -> Result<UserGroupDraft, Refusal> {
    let GroupInput { name, description, email, roles } = input;
    let roles = match roles.map(ReferenceInput::references) {
        Some(references) => Some(Selection::Exactly(tenant.services.user_group_roles_referred(&tenant.caller, client, &references).await?)),
        None => None,
    };
    Ok(UserGroupDraft { name, description, email, roles })
}

/// Makes a user group of the tenant. Needs *User Groups: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/userGroups", tag = "User groups",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = GroupInput,
    responses((status = 201, body = GroupOutput)),
)]
pub(crate) async fn create(tenant: Tenant, Body(input): Body<GroupInput>) -> Result<(StatusCode, Json<GroupOutput>), Refusal> {
    let client = match tenant.id {
        TenantId::Client(client) => Some(client),
        TenantId::Partner(_) => tenant.caller.client,
    };
    let draft = draft(&tenant, client, input).await?;
    let group = tenant.services.user_group_create(&tenant.caller, None, &draft).await?;
    Ok((StatusCode::CREATED, Json(GroupOutput::of(group, tenant.caller.partner))))
}

/// Lists user groups by name. Needs *User Groups: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/userGroups", tag = "User groups",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<ByName>),
    responses((status = 200, body = Page<GroupListed>)),
)]
pub(crate) async fn list(tenant: Tenant, params: Params) -> Answer<Page<GroupListed>> {
    params
        .find::<ByName, _>(&tenant, |tenant, params, pairs| {
            Box::pin(async move {
                let name = pairs.text("name").unwrap_or_default().to_owned();
                let asked = pairs.page(params.page::<ByName>())?;
                let found = tenant.services.user_group_search(&tenant.caller, &name, asked.slice()).await?;
                Ok(Page::of(found, asked, |group| GroupListed::of(group, tenant.caller.partner)))
            })
        })
        .await
}

/// A user group. Needs *User Groups: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/userGroups/{groupId}", tag = "User groups",
    params(("tenantId" = String, Path, example = "msp_1"), ("groupId" = String, Path, example = "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3")),
    responses((status = 200, body = GroupOutput)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<GroupOutput> {
    let id = group_id(&tenant)?;
    let group = tenant.services.user_group_get(&tenant.caller, &id).await.named("usergroup", &id)?;
    Ok(Json(GroupOutput::of(group, tenant.caller.partner)))
}

/// Changes what is given of a user group. Needs *User Groups: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/userGroups/{groupId}", tag = "User groups",
    params(("tenantId" = String, Path, example = "msp_1"), ("groupId" = String, Path, example = "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3")),
    request_body = GroupInput,
    responses((status = 200, body = GroupOutput)),
)]
pub(crate) async fn update(tenant: Tenant, Body(input): Body<GroupInput>) -> Answer<GroupOutput> {
    let id = group_id(&tenant)?;
    let before = tenant.services.user_group_get(&tenant.caller, &id).await.named("usergroup", &id)?;
    let draft = draft(&tenant, before.row.client, input).await?;
    let group = tenant.services.user_group_update(&tenant.caller, &id, None, &draft).await.named("usergroup", &id)?;
    Ok(Json(GroupOutput::of(group, tenant.caller.partner)))
}

/// Deletes a user group; its users stay. Needs *User Groups: Manage*.
#[utoipa::path(
    delete, path = "/api/v2/tenants/{tenantId}/userGroups/{groupId}", tag = "User groups",
    params(("tenantId" = String, Path, example = "msp_1"), ("groupId" = String, Path, example = "USRGRP-98c1733f-0429-001d-8196-54a85e15d49d")),
    responses((status = 200, body = Done)),
)]
pub(crate) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id = group_id(&tenant)?;
    tenant.services.user_group_delete(&tenant.caller, &id).await.named("usergroup", &id)?;
    Ok(Json(Done::default()))
}

/// Lists a group's users by name. Needs *User Groups: View*, and lists the users whom *Users: View* shows.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/userGroups/{groupId}/users", tag = "User groups",
    params(("tenantId" = String, Path, example = "msp_1"), ("groupId" = String, Path, example = "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3"), Paging::<Whole>),
    responses((status = 200, body = Page<UserListed>)),
)]
pub(crate) async fn users(tenant: Tenant, params: Params) -> Answer<Page<UserListed>> {
    let (id, asked) = (group_id(&tenant)?, params.page::<Whole>().map_err(Refusal::Query)?);
    let found = tenant.services.user_group_users_search(&tenant.caller, &id, asked.slice()).await.named("usergroup", &id)?;
    Ok(Json(Page::of(found, asked, |user| UserListed::of(user, tenant.caller.partner))))
}

/// Puts users into a group. Needs *User Groups: Manage*, and every permission that the group's roles give.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/userGroups/{groupId}/users", tag = "User groups",
    params(("tenantId" = String, Path, example = "msp_1"), ("groupId" = String, Path, example = "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3")),
    request_body = Vec<UserById>,
    responses((status = 200, body = Done)),
)]
pub(crate) async fn add_users(tenant: Tenant, Body(users): Body<Vec<UserById>>) -> Answer<Done> {
    let (id, users) = (group_id(&tenant)?, user_ids(&users)?);
    tenant.services.user_group_users_add(&tenant.caller, &id, &users).await.named("usergroup", &id)?;
    Ok(Json(Done::default()))
}

/// Takes users out of a group. Who isn't in stays out. Needs *User Groups: Manage*.
#[utoipa::path(
    delete, path = "/api/v2/tenants/{tenantId}/userGroups/{groupId}/users", tag = "User groups",
    params(("tenantId" = String, Path, example = "msp_1"), ("groupId" = String, Path, example = "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3")),
    request_body = Vec<UserById>,
    responses((status = 200, body = Done)),
)]
pub(crate) async fn remove_users(tenant: Tenant, Body(users): Body<Vec<UserById>>) -> Answer<Done> {
    let id = group_id(&tenant)?;
    // Scripts try a deletion that is answered by 400 again and again: what is no user isn't found.
    let unknown = |user: &UserById| Refusal::Refused(Error::NotFound, Some(("user", user.id.clone())));
    let users = users.iter().map(|user| user.id.parse().map_err(|_| unknown(user))).collect::<Result<Vec<UserId>, _>>()?;
    tenant.services.user_group_users_remove(&tenant.caller, &id, &users).await.named("usergroup", &id)?;
    Ok(Json(Done::default()))
}

/// The group of the path.
fn group_id(tenant: &Tenant) -> Result<UserGroupId, Refusal> {
    tenant.id("groupId", "usergroup")
}
