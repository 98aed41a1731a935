//! What a role lists: clients, users, groups, devices and credential sets.

use domain::{
    ClientReference, CredentialField, CredentialSetReference, DeviceGroupReference, DeviceReference, PermissionSetReference, UserGroupSummary,
    UserReference,
};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{date::Date, inventory::credential_set::value::value};

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientInRole<'a> {
    activated: bool,
    name: &'a str,
    unique_id: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserInRole<'a> {
    email: &'a str,
    first_name: &'a str,
    id: String,
    last_name: &'a str,
    login_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    phone_number: &'a str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupInRole<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    name: &'a str,
    unique_id: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceInRole<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    client_unique_id: Option<String>,
    general_info: GeneralInfo<'a>,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GeneralInfo<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    alias_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    host_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    ip_addresses: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    resource_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    resource_type: &'a str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceGroupInRole<'a> {
    #[schema(value_type = String)]
    created_date: Date,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    id: String,
    name: &'a str,
    #[schema(value_type = String)]
    updated_date: Date,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SetInRole<'a> {
    description: &'a str,
    id: i64,
    name: &'a str,
}

impl<'a> From<&'a ClientReference> for ClientInRole<'a> {
    fn from(client: &'a ClientReference) -> Self {
        Self { activated: client.active, name: &client.name, unique_id: client.id.to_string() }
    }
}

impl<'a> From<&'a PermissionSetReference> for SetInRole<'a> {
    fn from(set: &'a PermissionSetReference) -> Self {
        Self { description: &set.description, id: set.number, name: &set.name }
    }
}

impl<'a> From<&'a DeviceGroupReference> for DeviceGroupInRole<'a> {
    fn from(group: &'a DeviceGroupReference) -> Self {
        Self {
            created_date: group.created.into(),
            description: &group.description,
            id: group.id.to_string(),
            name: &group.name,
            updated_date: group.updated.into(),
        }
    }
}

impl<'a> From<&'a UserReference> for UserInRole<'a> {
    fn from(user: &'a UserReference) -> Self {
        let UserReference { id, login, first_name, last_name, email, phone } = user;
        Self { email, first_name, id: id.to_string(), last_name, login_name: login, phone_number: phone }
    }
}

impl<'a> GroupInRole<'a> {
    pub(crate) fn of(group: &'a UserGroupSummary, numbered: bool) -> Self {
        let UserGroupSummary { id, number, name, description } = group;
        Self { description, id: numbered.then_some(*number), name, unique_id: id.to_string() }
    }
}

impl<'a> DeviceInRole<'a> {
    pub(crate) fn of(device: &'a DeviceReference, of_partner: bool, asked: bool) -> Self {
        let detail = |text: &'a str| if asked { text } else { "" };
        let general_info = GeneralInfo {
            alias_name: detail(&device.alias_name),
            host_name: &device.host_name,
            ip_addresses: &device.ip_address,
            resource_name: detail(&device.resource_name),
            resource_type: detail(&device.resource_type),
        };
        Self { client_unique_id: of_partner.then(|| device.client.to_string()), general_info, id: device.id.to_string(), kind: "DEVICE" }
    }
}

/// What a role shows of a credential set, and no more (docs/spec/rest-api.md, "Credential sets in roles").
pub(crate) fn credential_set(set: &CredentialSetReference) -> Map<String, Value> {
    use CredentialField::{AutoEnableMode, Port, Secure, SnmpVersion, SpPort, SpSecure, TimeoutMs, Universal};
    let mut shown = Map::new();
    shown.insert("uniqueId".to_owned(), set.id.to_string().into());
    for field in [Secure, Port, SnmpVersion, AutoEnableMode, Universal, SpSecure, SpPort, TimeoutMs] {
        shown.insert(field.key().to_owned(), value(field, set.details.value(field)));
    }
    shown.insert("name".to_owned(), set.details.name.as_str().into());
    if !set.details.description.is_empty() {
        shown.insert("description".to_owned(), set.details.description.as_str().into());
    }
    shown
}
