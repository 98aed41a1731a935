//! The server functions of roles: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{ListPage, RoleDifference, RoleDraft, RoleId, RoleList, RoleMember, RoleOverview, RoleScope, RoleSummary};
#[cfg(feature = "ssr")]
use domain::{NameQuery, RoleQuery};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "roles/list", input = GetUrl, client = PageClient)]
pub async fn list_roles(query: String) -> Result<ListPage<RoleSummary>, UiError> {
    call(async |services, caller| services.role_list(&caller, &RoleQuery::from_address(&query)).await).await
}

/// A role: what may be long of it is only counted.
#[server(prefix = "/rpc", endpoint = "roles/get", input = GetUrl, client = PageClient)]
pub async fn get_role(id: RoleId) -> Result<RoleOverview, UiError> {
    call(async |services, caller| services.role_overview(&caller, &id).await).await
}

/// One page of what a role lists.
#[server(prefix = "/rpc", endpoint = "roles/members", input = GetUrl, client = PageClient)]
pub async fn list_role_members(id: RoleId, list: RoleList, query: String) -> Result<ListPage<RoleMember>, UiError> {
    call(async |services, caller| services.role_members(&caller, &id, list, &NameQuery::from_address(&query)).await).await
}

/// One page of what a role of a scope may list.
#[server(prefix = "/rpc", endpoint = "roles/candidates", input = GetUrl, client = PageClient)]
pub async fn list_role_candidates(list: RoleList, scope: RoleScope, query: String) -> Result<ListPage<RoleMember>, UiError> {
    call(async |services, caller| services.role_candidates(&caller, list, scope, NameQuery::from_address(&query)).await).await
}

/// What a role amounts to, and would amount to by a draft; without an id, a new one.
#[server(prefix = "/rpc", endpoint = "roles/difference", input = Json, client = PageClient)]
pub async fn compare_role(id: Option<RoleId>, draft: RoleDraft) -> Result<RoleDifference, UiError> {
    call(async |services, caller| services.role_difference(&caller, id.as_ref(), draft).await).await
}

/// Makes a role where the caller is.
#[server(prefix = "/rpc", endpoint = "roles/create", input = Json, client = PageClient)]
pub async fn create_role(draft: RoleDraft) -> Result<RoleSummary, UiError> {
    call(async |services, caller| services.role_create(&caller, draft).await).await
}

/// Changes a role, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "roles/update", input = Json, client = PageClient)]
pub async fn update_role(id: RoleId, version: i64, draft: RoleDraft) -> Result<RoleSummary, UiError> {
    call(async |services, caller| services.role_update(&caller, &id, Some(version), draft).await).await
}

/// Makes a role of another name that lists the same.
#[server(prefix = "/rpc", endpoint = "roles/copy", input = Json, client = PageClient)]
pub async fn copy_role(id: RoleId, name: String) -> Result<RoleSummary, UiError> {
    call(async |services, caller| services.role_copy(&caller, &id, name).await).await
}

/// Deletes a role.
#[server(prefix = "/rpc", endpoint = "roles/delete", input = Json, client = PageClient)]
pub async fn delete_role(id: RoleId) -> Result<(), UiError> {
    call(async |services, caller| services.role_delete(&caller, &id).await).await
}
