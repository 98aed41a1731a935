//! The server functions of access: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{AccessKind, AccessReason, ClientViewer, ListPage, UserId, UserPermissions};
#[cfg(feature = "ssr")]
use domain::{AccessThing, ClientViewerQuery, Error, NameQuery};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// Why a user sees a thing, or doesn't.
#[server(prefix = "/rpc", endpoint = "access/explain", input = GetUrl, client = PageClient)]
pub async fn explain_access(user: UserId, kind: AccessKind, id: String) -> Result<AccessReason, UiError> {
    call(async |services, caller| {
        let thing = AccessThing::new(kind, &id).ok_or(Error::NotFound)?;
        services.why_visible(&caller, user, &thing).await
    })
    .await
}

/// The name of a thing.
#[server(prefix = "/rpc", endpoint = "access/name", input = GetUrl, client = PageClient)]
pub async fn name_access_thing(kind: AccessKind, id: String) -> Result<String, UiError> {
    call(async |services, caller| {
        let thing = AccessThing::new(kind, &id).ok_or(Error::NotFound)?;
        services.why_name(&caller, &thing).await
    })
    .await
}

/// Who sees a client; `query` is the query string of the page's address, with the client.
#[server(prefix = "/rpc", endpoint = "access/viewers", input = GetUrl, client = PageClient)]
pub async fn list_client_viewers(query: String) -> Result<ListPage<ClientViewer>, UiError> {
    call(async |services, caller| services.client_viewers(&caller, &ClientViewerQuery::from_address(&query)).await).await
}

/// What a user can do, by client; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "access/clients", input = GetUrl, client = PageClient)]
pub async fn list_user_permissions(user: UserId, query: String) -> Result<UserPermissions, UiError> {
    call(async |services, caller| services.user_permissions(&caller, user, &NameQuery::from_address(&query)).await).await
}
