//! Server functions of the first start.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::AdministratorDraft;
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use crate::rpc;
use crate::{error::UiError, transport::PageClient};

/// Whether the one-time link still holds.
#[server(prefix = "/rpc", endpoint = "setup/check", input = Json, client = PageClient)]
pub async fn check_setup(token: String) -> Result<(), UiError> {
    rpc::call_as_nobody(async |services, _| services.setup_check(&token).await).await
}

/// Makes the first administrator and signs it in.
#[server(prefix = "/rpc", endpoint = "setup/complete", input = Json, client = PageClient)]
pub async fn complete_setup(token: String, draft: AdministratorDraft) -> Result<(), UiError> {
    let browser = rpc::browser();
    let signed_in = rpc::call_as_nobody(async |services, origin| services.setup_complete(&token, draft, &browser, &origin).await).await?;
    rpc::sign_in(&signed_in);
    Ok(())
}
