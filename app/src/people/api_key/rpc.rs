//! The server functions of API keys: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

#[cfg(feature = "ssr")]
use domain::ApiKeyQuery;
use domain::{ApiKey, ApiKeyDraft, ApiKeyId, ListPage, NewApiKey};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "api-keys/list", input = GetUrl, client = PageClient)]
pub async fn list_api_keys(query: String) -> Result<ListPage<ApiKey>, UiError> {
    call(async |services, caller| services.api_key_list(&caller, &ApiKeyQuery::from_address(&query)).await).await
}

/// A key, without its secret, of which only a hash is stored.
#[server(prefix = "/rpc", endpoint = "api-keys/get", input = GetUrl, client = PageClient)]
pub async fn get_api_key(id: ApiKeyId) -> Result<ApiKey, UiError> {
    call(async |services, caller| services.api_key_get(&caller, id).await).await
}

/// Makes a key where the caller is. This answer alone has its secret.
#[server(prefix = "/rpc", endpoint = "api-keys/create", input = Json, client = PageClient)]
pub async fn create_api_key(draft: ApiKeyDraft) -> Result<(ApiKey, NewApiKey), UiError> {
    call(async |services, caller| services.api_key_create(&caller, &draft).await).await
}

/// Changes a key, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "api-keys/update", input = Json, client = PageClient)]
pub async fn update_api_key(id: ApiKeyId, version: i64, draft: ApiKeyDraft) -> Result<ApiKey, UiError> {
    call(async |services, caller| services.api_key_update(&caller, id, Some(version), &draft).await).await
}

/// Revokes a key for ever.
#[server(prefix = "/rpc", endpoint = "api-keys/revoke", input = Json, client = PageClient)]
pub async fn revoke_api_key(id: ApiKeyId) -> Result<ApiKey, UiError> {
    call(async |services, caller| services.api_key_revoke(&caller, id).await).await
}
