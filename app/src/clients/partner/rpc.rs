//! Server functions of the partner's own settings.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::PartnerSettings;
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use crate::rpc;
use crate::{error::UiError, transport::PageClient};

/// The settings, and the address that this request comes from.
#[server(prefix = "/rpc", endpoint = "settings/get", input = Json, client = PageClient)]
pub async fn get_settings() -> Result<(PartnerSettings, String), UiError> {
    let settings = rpc::call(async |services, caller| services.partner_settings(&caller).await).await?;
    Ok((settings, rpc::origin()?.address()))
}

/// Saves them.
#[server(prefix = "/rpc", endpoint = "settings/update", input = Json, client = PageClient)]
pub async fn update_settings(settings: PartnerSettings) -> Result<PartnerSettings, UiError> {
    rpc::call(async |services, caller| services.partner_settings_update(&caller, settings).await).await
}
