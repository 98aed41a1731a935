//! The server functions of restrictions: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{ClientId, PermissionBits};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// What is restricted at a client.
#[server(prefix = "/rpc", endpoint = "restrictions/get", input = GetUrl, client = PageClient)]
pub async fn get_restrictions(client: ClientId) -> Result<PermissionBits, UiError> {
    call(async |services, caller| services.client_restrictions_get(&caller, client).await).await
}

/// Restricts these permissions at a client and no others, unless others than `before` are restricted by now.
#[server(prefix = "/rpc", endpoint = "restrictions/set", input = Json, client = PageClient)]
pub async fn set_restrictions(client: ClientId, before: PermissionBits, permissions: PermissionBits) -> Result<(), UiError> {
    call(async |services, caller| services.client_restrictions_set(&caller, client, Some(before), permissions).await).await
}
