//! The addresses of devices, device groups and credential sets.

use domain::{
    CellSeparator, ClientId, CredentialSetId, CredentialSetQuery, CsvReading, DeviceGroupId, DeviceGroupQuery, DeviceId, DeviceQuery, NameQuery,
    TextEncoding,
};

use super::{clients::for_client, encoded, listed};

/// The list of credential sets, as a query wants it.
#[must_use]
pub fn credential_sets(query: &CredentialSetQuery) -> String {
    listed("/credential-sets", query)
}

/// Make a credential set of a type; without one, choose it first. Of a client if one is given.
#[must_use]
pub fn credential_set_new(credential_type: &str, client: Option<ClientId>) -> String {
    match credential_type {
        "" => for_client("/credential-sets/new", client),
        chosen => for_client(&format!("/credential-sets/new?type={}", encoded(chosen)), client),
    }
}

/// A credential set.
#[must_use]
pub fn credential_set(id: &CredentialSetId) -> String {
    format!("/credential-sets/{id}")
}

/// A credential set, to change.
#[must_use]
pub fn credential_set_edit(id: &CredentialSetId) -> String {
    format!("/credential-sets/{id}/edit")
}

/// The list of devices, as a query wants it.
#[must_use]
pub fn devices(query: &DeviceQuery) -> String {
    listed("/devices", query)
}

/// Make a device, of a client if one is given.
#[must_use]
pub fn device_new(client: Option<ClientId>) -> String {
    for_client("/devices/new", client)
}

/// Make many devices of a file; where that is sent, too.
#[must_use]
pub fn device_import() -> String {
    "/devices/import".to_owned()
}

/// Where a file of devices is sent for import; `existing` says what to do with existing devices.
#[must_use]
pub fn device_import_with(existing: &str, reading: CsvReading) -> String {
    format!("{}?existing={existing}&{}", device_import(), csv_reading(reading))
}

/// Where a file of devices is sent to be looked at.
#[must_use]
pub fn device_import_preview() -> String {
    device_import() + "/preview"
}

/// As [`device_import_preview`], with the encoding and separator that the user chose.
#[must_use]
pub fn device_import_preview_with(reading: CsvReading) -> String {
    format!("{}?{}", device_import_preview(), csv_reading(reading))
}

/// How a file is to be read, as a part of a query.
fn csv_reading(CsvReading { encoding, separator }: CsvReading) -> String {
    format!("encoding={}&separator={}", encoding.map_or("", TextEncoding::key), separator.map_or("", CellSeparator::key))
}

/// A device.
#[must_use]
pub fn device(id: &DeviceId) -> String {
    format!("/devices/{id}")
}

/// A device, to change.
#[must_use]
pub fn device_edit(id: &DeviceId) -> String {
    device(id) + "/edit"
}

/// The list of device groups, as a query wants it.
#[must_use]
pub fn device_groups(query: &DeviceGroupQuery) -> String {
    listed("/device-groups", query)
}

/// Make a device group, of a client if one is given.
#[must_use]
pub fn device_group_new(client: Option<ClientId>) -> String {
    for_client("/device-groups/new", client)
}

/// A device group with the first of its devices.
#[must_use]
pub fn device_group(id: &DeviceGroupId) -> String {
    device_group_devices(id, &NameQuery::default())
}

/// A device group with those of its devices that a query wants.
#[must_use]
pub fn device_group_devices(id: &DeviceGroupId, query: &NameQuery) -> String {
    listed(&format!("/device-groups/{id}"), query)
}

/// A device group, to change.
#[must_use]
pub fn device_group_edit(id: &DeviceGroupId) -> String {
    format!("/device-groups/{id}/edit")
}
