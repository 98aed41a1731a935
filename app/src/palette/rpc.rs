//! The server functions of the command palette.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{PaletteHit, PaletteTarget};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// What the typed words find.
#[server(prefix = "/rpc", endpoint = "palette/search", input = GetUrl, client = PageClient)]
pub async fn search_palette(words: String) -> Result<Vec<PaletteHit>, UiError> {
    call(async |services, caller| services.palette_search(&caller, &words).await).await
}

/// Those of some things that the caller still sees.
#[server(prefix = "/rpc", endpoint = "palette/recent", input = Json, client = PageClient)]
pub async fn list_palette_recent(targets: Vec<PaletteTarget>) -> Result<Vec<PaletteHit>, UiError> {
    call(async |services, caller| services.palette_recent(&caller, &targets).await).await
}
