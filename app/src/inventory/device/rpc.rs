//! The server functions of devices: each is one use case. Files of devices have routes of their own, because of their size.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{ClientId, Device, DeviceDraft, DeviceId, DeviceRow, InventoryUsage, ListPage};
#[cfg(feature = "ssr")]
use domain::{DeviceQuery, TenantId};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::{call, call_within};
use crate::{error::UiError, transport::PageClient};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "devices/list", input = GetUrl, client = PageClient)]
pub async fn list_devices(query: String) -> Result<ListPage<DeviceRow>, UiError> {
    call(async |services, caller| services.device_list(&caller, &DeviceQuery::from_address(&query)).await).await
}

/// As [`list_devices`], of one client alone.
#[server(prefix = "/rpc", endpoint = "devices/list-of-client", input = GetUrl, client = PageClient)]
pub async fn list_client_devices(client: ClientId, query: String) -> Result<ListPage<DeviceRow>, UiError> {
    call_within(TenantId::Client(client), async |services, caller| services.device_list(&caller, &DeviceQuery::from_address(&query)).await).await
}

/// A device.
#[server(prefix = "/rpc", endpoint = "devices/get", input = GetUrl, client = PageClient)]
pub async fn get_device(id: DeviceId) -> Result<Device, UiError> {
    call(async |services, caller| services.device_get(&caller, &id).await).await
}

/// What a device is part of.
#[server(prefix = "/rpc", endpoint = "devices/usage", input = GetUrl, client = PageClient)]
pub async fn get_device_usage(id: DeviceId) -> Result<InventoryUsage, UiError> {
    call(async |services, caller| services.device_usage(&caller, &id).await).await
}

/// Makes a device of a client, or else where the caller is.
#[server(prefix = "/rpc", endpoint = "devices/create", input = Json, client = PageClient)]
pub async fn create_device(client: Option<ClientId>, draft: DeviceDraft) -> Result<Device, UiError> {
    call(async |services, caller| services.device_create(&caller, client, draft).await).await
}

/// Changes a device, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "devices/update", input = Json, client = PageClient)]
pub async fn update_device(id: DeviceId, version: i64, draft: DeviceDraft) -> Result<Device, UiError> {
    call(async |services, caller| services.device_update(&caller, &id, Some(version), draft).await).await
}

/// Deletes a device.
#[server(prefix = "/rpc", endpoint = "devices/delete", client = PageClient)]
pub async fn delete_device(id: DeviceId) -> Result<(), UiError> {
    call(async |services, caller| services.device_delete(&caller, &id).await).await
}
