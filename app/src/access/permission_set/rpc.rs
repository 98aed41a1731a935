//! The server functions of permission sets: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

#[cfg(feature = "ssr")]
use domain::PermissionSetQuery;
use domain::{ListPage, PermissionSet, PermissionSetDraft, PermissionSetId};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "permission-sets/list", input = GetUrl, client = PageClient)]
pub async fn list_permission_sets(query: String) -> Result<ListPage<PermissionSet>, UiError> {
    call(async |services, caller| services.permission_set_list(&caller, &PermissionSetQuery::from_address(&query)).await).await
}

/// A permission set.
#[server(prefix = "/rpc", endpoint = "permission-sets/get", input = GetUrl, client = PageClient)]
pub async fn get_permission_set(id: PermissionSetId) -> Result<PermissionSet, UiError> {
    call(async |services, caller| services.permission_set_get(&caller, &id).await).await
}

/// Makes a permission set where the caller is.
#[server(prefix = "/rpc", endpoint = "permission-sets/create", input = Json, client = PageClient)]
pub async fn create_permission_set(draft: PermissionSetDraft) -> Result<PermissionSet, UiError> {
    call(async |services, caller| services.permission_set_create(&caller, draft).await).await
}

/// Changes a permission set, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "permission-sets/update", input = Json, client = PageClient)]
pub async fn update_permission_set(id: PermissionSetId, version: i64, draft: PermissionSetDraft) -> Result<PermissionSet, UiError> {
    call(async |services, caller| services.permission_set_update(&caller, &id, Some(version), draft).await).await
}

/// Deletes a permission set that no role has.
#[server(prefix = "/rpc", endpoint = "permission-sets/delete", client = PageClient)]
pub async fn delete_permission_set(id: PermissionSetId) -> Result<(), UiError> {
    call(async |services, caller| services.permission_set_delete(&caller, &id).await).await
}
