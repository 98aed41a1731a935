//! Matches the rows of a file with existing devices.

use std::collections::BTreeMap;

use domain::{ClientId, DeviceDetails, ExistingDevice, SameBy};

use crate::{Result, fold::fold, store::StoredDevice, store::Tx};

/// The devices of the file's clients that the caller sees.
pub(super) struct Existing {
    pub(super) devices: Vec<StoredDevice>,
    by: BTreeMap<(ClientId, SameBy, String), usize>,
}

impl Existing {
    pub(super) async fn at(tx: &mut Tx, clients: &[ClientId]) -> Result<Self> {
        let devices = tx.devices_of_clients(clients).await?;
        let mut by = BTreeMap::new();
        for (at, device) in devices.iter().enumerate() {
            for (same, text) in signs(&device.details) {
                by.entry((device.client, same, text)).or_insert(at);
            }
        }
        Ok(Self { devices, by })
    }

    /// The client's device with the same serial number, else the same name, else a common address.
    pub(super) fn find(&self, client: ClientId, details: &DeviceDetails) -> Option<(usize, ExistingDevice)> {
        let found = signs(details).into_iter().find_map(|(same, text)| Some((same, *self.by.get(&(client, same, text))?)));
        let (same, at) = found?;
        let device = self.devices.get(at)?;
        Some((at, ExistingDevice { id: device.id.clone(), name: device.details.title().to_owned(), same }))
    }
}

/// What identifies a device, the strongest first.
fn signs(details: &DeviceDetails) -> Vec<(SameBy, String)> {
    let serial = [(SameBy::SerialNumber, fold(&details.serial_number)), (SameBy::Name, fold(details.title()))];
    let addresses = details.ip_address.split([',', ' ', ';']).map(|address| (SameBy::IpAddress, address.trim().to_lowercase()));
    serial.into_iter().chain(addresses).filter(|(_, text)| !text.is_empty()).collect()
}
