//! Server functions of the catalogues.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{CatalogueId, CatalogueItem, CatalogueItemDraft, CatalogueKind, Catalogues};
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use crate::rpc;
use crate::{error::UiError, transport::PageClient};

/// All catalogues, retired items too.
#[server(prefix = "/rpc", endpoint = "catalogues/list", input = Json, client = PageClient)]
pub async fn list_catalogues() -> Result<Catalogues, UiError> {
    rpc::call(async |services, caller| services.catalogue_list(&caller).await).await
}

/// Adds an item; a technology to its service.
#[server(prefix = "/rpc", endpoint = "catalogues/create", input = Json, client = PageClient)]
pub async fn create_catalogue_item(kind: CatalogueKind, parent: Option<CatalogueId>, draft: CatalogueItemDraft) -> Result<CatalogueItem, UiError> {
    rpc::call(async |services, caller| services.catalogue_item_create(&caller, kind, parent, draft).await).await
}

/// Changes an item's name and description.
#[server(prefix = "/rpc", endpoint = "catalogues/update", input = Json, client = PageClient)]
pub async fn update_catalogue_item(id: CatalogueId, version: i64, draft: CatalogueItemDraft) -> Result<CatalogueItem, UiError> {
    rpc::call(async |services, caller| services.catalogue_item_update(&caller, id, version, draft).await).await
}

/// Offers an item no longer.
#[server(prefix = "/rpc", endpoint = "catalogues/retire", input = Json, client = PageClient)]
pub async fn retire_catalogue_item(id: CatalogueId) -> Result<CatalogueItem, UiError> {
    rpc::call(async |services, caller| services.catalogue_item_retire(&caller, id).await).await
}

/// Offers a retired item again.
#[server(prefix = "/rpc", endpoint = "catalogues/restore", input = Json, client = PageClient)]
pub async fn restore_catalogue_item(id: CatalogueId) -> Result<CatalogueItem, UiError> {
    rpc::call(async |services, caller| services.catalogue_item_restore(&caller, id).await).await
}
