//! The server function of the home page.

use domain::Home;
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// What the home page shows.
#[server(prefix = "/rpc", endpoint = "home/get", input = GetUrl, client = PageClient)]
pub async fn get_home() -> Result<Home, UiError> {
    call(async |services, caller| services.home_get(&caller).await).await
}
