//! The server functions of device groups: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{ClientId, DeviceGroup, DeviceGroupDraft, DeviceGroupId, DeviceId, DeviceRow, InventoryUsage, ListPage};
#[cfg(feature = "ssr")]
use domain::{DeviceGroupQuery, NameQuery};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the list; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "device-groups/list", input = GetUrl, client = PageClient)]
pub async fn list_device_groups(query: String) -> Result<ListPage<DeviceGroup>, UiError> {
    call(async |services, caller| services.device_group_list(&caller, &DeviceGroupQuery::from_address(&query)).await).await
}

/// A device group.
#[server(prefix = "/rpc", endpoint = "device-groups/get", input = GetUrl, client = PageClient)]
pub async fn get_device_group(id: DeviceGroupId) -> Result<DeviceGroup, UiError> {
    call(async |services, caller| services.device_group_get(&caller, &id).await).await
}

/// What a device group has and is part of.
#[server(prefix = "/rpc", endpoint = "device-groups/usage", input = GetUrl, client = PageClient)]
pub async fn get_device_group_usage(id: DeviceGroupId) -> Result<InventoryUsage, UiError> {
    call(async |services, caller| services.device_group_usage(&caller, &id).await).await
}

/// One page of a group's devices.
#[server(prefix = "/rpc", endpoint = "device-groups/devices", input = GetUrl, client = PageClient)]
pub async fn list_group_devices(id: DeviceGroupId, query: String) -> Result<ListPage<DeviceRow>, UiError> {
    call(async |services, caller| services.device_group_devices(&caller, &id, &NameQuery::from_address(&query)).await).await
}

/// Makes a group of a client, or else where the caller is.
#[server(prefix = "/rpc", endpoint = "device-groups/create", input = Json, client = PageClient)]
pub async fn create_device_group(client: Option<ClientId>, draft: DeviceGroupDraft) -> Result<DeviceGroup, UiError> {
    call(async |services, caller| services.device_group_create(&caller, client, draft).await).await
}

/// Changes a group and the devices in it, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "device-groups/edit", input = Json, client = PageClient)]
pub async fn edit_device_group(
    id: DeviceGroupId,
    version: i64,
    draft: DeviceGroupDraft,
    add: Vec<DeviceId>,
    remove: Vec<DeviceId>,
) -> Result<DeviceGroup, UiError> {
    call(async |services, caller| services.device_group_edit(&caller, &id, version, draft, &add, &remove).await).await
}

/// Deletes a group.
#[server(prefix = "/rpc", endpoint = "device-groups/delete", client = PageClient)]
pub async fn delete_device_group(id: DeviceGroupId) -> Result<(), UiError> {
    call(async |services, caller| services.device_group_delete(&caller, &id).await).await
}
