//! The server functions of users: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{ClientId, Invitation, ListPage, ListedUser, LoginRecord, Mask, NewlyMade, RoleSummary, User, UserDraft, UserId, UserRow, UserUsage};
#[cfg(feature = "ssr")]
use domain::{RoleQuery, TenantId, UserQuery};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::{call, call_within};
use crate::{error::UiError, transport::PageClient};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "users/list", input = GetUrl, client = PageClient)]
pub async fn list_users(query: String) -> Result<ListPage<UserRow>, UiError> {
    call(async |services, caller| services.user_list(&caller, &UserQuery::from_address(&query)).await).await
}

/// As [`list_users`], of one client alone.
#[server(prefix = "/rpc", endpoint = "users/list-of-client", input = GetUrl, client = PageClient)]
pub async fn list_client_users(client: ClientId, query: String) -> Result<ListPage<UserRow>, UiError> {
    call_within(TenantId::Client(client), async |services, caller| services.user_list(&caller, &UserQuery::from_address(&query)).await).await
}

/// As [`list_users`], each with their roles and last sign-in.
#[server(prefix = "/rpc", endpoint = "users/directory", input = GetUrl, client = PageClient)]
pub async fn list_user_directory(query: String) -> Result<ListPage<ListedUser>, UiError> {
    call(async |services, caller| services.user_directory(&caller, &UserQuery::from_address(&query)).await).await
}

/// The roles that a user of a client, or else of the partner itself, may be given.
#[server(prefix = "/rpc", endpoint = "users/list-roles", input = GetUrl, client = PageClient)]
pub async fn list_user_roles(client: Option<ClientId>, query: String) -> Result<ListPage<RoleSummary>, UiError> {
    let roles = async |services: services::Services, caller| services.role_list(&caller, &RoleQuery::from_address(&query)).await;
    match client {
        Some(client) => call_within(TenantId::Client(client), roles).await,
        None => call(roles).await,
    }
}

/// A user with everything that may be shown.
#[server(prefix = "/rpc", endpoint = "users/get", input = GetUrl, client = PageClient)]
pub async fn get_user(id: UserId) -> Result<User, UiError> {
    call(async |services, caller| services.user_get(&caller, id).await).await
}

/// What uses a user.
#[server(prefix = "/rpc", endpoint = "users/usage", input = GetUrl, client = PageClient)]
pub async fn get_user_usage(id: UserId) -> Result<UserUsage, UiError> {
    call(async |services, caller| services.user_usage(&caller, id).await).await
}

/// The last attempts to sign in.
#[server(prefix = "/rpc", endpoint = "users/login-history", input = GetUrl, client = PageClient)]
pub async fn list_login_history(id: UserId) -> Result<Vec<LoginRecord>, UiError> {
    call(async |services, caller| services.login_history_list(&caller, id).await).await
}

/// Makes a user of a client, or else where the caller is.
#[server(prefix = "/rpc", endpoint = "users/create", input = Json, client = PageClient)]
pub async fn create_user(client: Option<ClientId>, draft: UserDraft) -> Result<NewlyMade, UiError> {
    call(async |services, caller| services.user_create(&caller, client, draft).await).await
}

/// Changes a user, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "users/update", input = Json, client = PageClient)]
pub async fn update_user(id: UserId, version: i64, draft: UserDraft) -> Result<User, UiError> {
    call(async |services, caller| services.user_update(&caller, id, Some(version), draft).await).await
}

/// Lets a user in again.
#[server(prefix = "/rpc", endpoint = "users/activate", client = PageClient)]
pub async fn activate_user(id: UserId) -> Result<User, UiError> {
    call(async |services, caller| services.user_activate(&caller, id).await).await
}

/// Keeps a user out for now.
#[server(prefix = "/rpc", endpoint = "users/deactivate", client = PageClient)]
pub async fn deactivate_user(id: UserId, reason: String) -> Result<User, UiError> {
    call(async |services, caller| services.user_deactivate(&caller, id, &reason).await).await
}

/// Keeps a user out for ever, and makes unreadable who it was.
#[server(prefix = "/rpc", endpoint = "users/terminate", client = PageClient)]
pub async fn terminate_user(id: UserId, reason: String, mask: Mask) -> Result<User, UiError> {
    call(async |services, caller| services.user_terminate(&caller, id, &reason, mask).await).await
}

/// Takes a user's picture away.
#[server(prefix = "/rpc", endpoint = "users/remove-picture", client = PageClient)]
pub async fn remove_user_picture(id: UserId) -> Result<User, UiError> {
    call(async |services, caller| services.user_picture_set(&caller, id, None).await).await
}

/// Makes a one-time link for a user.
#[server(prefix = "/rpc", endpoint = "users/invite", client = PageClient)]
pub async fn create_invitation(id: UserId) -> Result<Invitation, UiError> {
    call(async |services, caller| services.invitation_create(&caller, id).await).await
}
