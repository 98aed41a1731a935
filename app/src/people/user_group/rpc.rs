//! The server functions of user groups: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{ClientId, ListPage, UserGroup, UserGroupDraft, UserGroupId, UserGroupRow, UserGroupUsage, UserId, UserRow};
#[cfg(feature = "ssr")]
use domain::{NameQuery, TenantId, UserGroupQuery};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::{call, call_within};
use crate::{error::UiError, transport::PageClient};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "user-groups/list", input = GetUrl, client = PageClient)]
pub async fn list_user_groups(query: String) -> Result<ListPage<UserGroupRow>, UiError> {
    call(async |services, caller| services.user_group_list(&caller, &UserGroupQuery::from_address(&query)).await).await
}

/// As [`list_user_groups`], of one client alone.
#[server(prefix = "/rpc", endpoint = "user-groups/list-of-client", input = GetUrl, client = PageClient)]
pub async fn list_client_user_groups(client: ClientId, query: String) -> Result<ListPage<UserGroupRow>, UiError> {
    call_within(TenantId::Client(client), async |services, caller| services.user_group_list(&caller, &UserGroupQuery::from_address(&query)).await)
        .await
}

/// A group.
#[server(prefix = "/rpc", endpoint = "user-groups/get", input = GetUrl, client = PageClient)]
pub async fn get_user_group(id: UserGroupId) -> Result<UserGroup, UiError> {
    call(async |services, caller| services.user_group_get(&caller, &id).await).await
}

/// What hangs on a group.
#[server(prefix = "/rpc", endpoint = "user-groups/usage", input = GetUrl, client = PageClient)]
pub async fn get_user_group_usage(id: UserGroupId) -> Result<UserGroupUsage, UiError> {
    call(async |services, caller| services.user_group_usage(&caller, &id).await).await
}

/// One page of a group's users.
#[server(prefix = "/rpc", endpoint = "user-groups/users", input = GetUrl, client = PageClient)]
pub async fn list_group_users(id: UserGroupId, query: String) -> Result<ListPage<UserRow>, UiError> {
    call(async |services, caller| services.user_group_users(&caller, &id, &NameQuery::from_address(&query)).await).await
}

/// Makes a group of a client, or else where the caller is.
#[server(prefix = "/rpc", endpoint = "user-groups/create", input = Json, client = PageClient)]
pub async fn create_user_group(client: Option<ClientId>, draft: UserGroupDraft) -> Result<UserGroup, UiError> {
    call(async |services, caller| services.user_group_create(&caller, client, &draft).await).await
}

/// Changes a group and who is in it, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "user-groups/edit", input = Json, client = PageClient)]
pub async fn edit_user_group(
    id: UserGroupId,
    version: i64,
    draft: UserGroupDraft,
    add: Vec<UserId>,
    remove: Vec<UserId>,
) -> Result<UserGroup, UiError> {
    call(async |services, caller| services.user_group_edit(&caller, &id, version, &draft, &add, &remove).await).await
}

/// Deletes a group.
#[server(prefix = "/rpc", endpoint = "user-groups/delete", client = PageClient)]
pub async fn delete_user_group(id: UserGroupId) -> Result<(), UiError> {
    call(async |services, caller| services.user_group_delete(&caller, &id).await).await
}
