//! The server functions of credential sets: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

#[cfg(feature = "ssr")]
use domain::CredentialSetQuery;
use domain::{ClientId, CredentialSet, CredentialSetDraft, CredentialSetId, InventoryUsage, ListPage};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "credential-sets/list", input = GetUrl, client = PageClient)]
pub async fn list_credential_sets(query: String) -> Result<ListPage<CredentialSet>, UiError> {
    call(async |services, caller| services.credential_set_list(&caller, &CredentialSetQuery::from_address(&query)).await).await
}

/// A credential set, without its secrets.
#[server(prefix = "/rpc", endpoint = "credential-sets/get", input = GetUrl, client = PageClient)]
pub async fn get_credential_set(id: CredentialSetId) -> Result<CredentialSet, UiError> {
    call(async |services, caller| services.credential_set_get(&caller, &id).await).await
}

/// What hangs on a credential set.
#[server(prefix = "/rpc", endpoint = "credential-sets/usage", input = GetUrl, client = PageClient)]
pub async fn get_credential_set_usage(id: CredentialSetId) -> Result<InventoryUsage, UiError> {
    call(async |services, caller| services.credential_set_usage(&caller, &id).await).await
}

/// Makes a credential set of a client, or else where the caller is.
#[server(prefix = "/rpc", endpoint = "credential-sets/create", input = Json, client = PageClient)]
pub async fn create_credential_set(client: Option<ClientId>, draft: CredentialSetDraft) -> Result<CredentialSet, UiError> {
    call(async |services, caller| services.credential_set_create(&caller, client, draft).await).await
}

/// Changes a credential set, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "credential-sets/update", input = Json, client = PageClient)]
pub async fn update_credential_set(id: CredentialSetId, version: i64, draft: CredentialSetDraft) -> Result<CredentialSet, UiError> {
    call(async |services, caller| services.credential_set_update(&caller, &id, Some(version), draft).await).await
}

/// Deletes a credential set.
#[server(prefix = "/rpc", endpoint = "credential-sets/delete", input = Json, client = PageClient)]
pub async fn delete_credential_set(id: CredentialSetId) -> Result<(), UiError> {
    call(async |services, caller| services.credential_set_delete(&caller, &id).await).await
}
