//! The server functions of terminations: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{Client, ClientId, Receipt, TerminationDraft, TerminationPreview};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// What terminating a client would erase.
#[server(prefix = "/rpc", endpoint = "clients/termination-preview", input = GetUrl, client = PageClient)]
pub async fn preview_termination(id: ClientId) -> Result<TerminationPreview, UiError> {
    call(async |services, caller| services.termination_preview(&caller, id).await).await
}

/// Terminates a client for good, if its name was typed and every statement ticked.
#[server(prefix = "/rpc", endpoint = "clients/terminate", input = Json, client = PageClient)]
pub async fn terminate_client(id: ClientId, draft: TerminationDraft) -> Result<Client, UiError> {
    call(async |services, caller| services.client_terminate_confirmed(&caller, id, draft).await).await
}

/// What the partner keeps of a client's termination.
#[server(prefix = "/rpc", endpoint = "clients/receipt", input = GetUrl, client = PageClient)]
pub async fn get_receipt(id: ClientId) -> Result<Option<Receipt>, UiError> {
    call(async |services, caller| services.termination_receipt(&caller, id).await).await
}
