//! Matches the rows of a file with existing devices.

use std::collections::BTreeMap;

use domain::{ClientId, DeviceDetails, ExistingDevice, SameBy};

use crate::{
    Result,
    inventory::device::store::StoredDevice,
    kernel::{Tx, fold::fold},
};

/// The devices of the file's clients that the caller sees.
pub(super) struct Existing {
    pub(super) devices: Vec<StoredDevice>,
    /// Their folded serial numbers, after the rows read so far.
    serials: Vec<String>,
    /// The devices by identifying attribute, oldest first.
    by: BTreeMap<(ClientId, SameBy, String), Vec<usize>>,
}

impl Existing {
    pub(super) async fn at(tx: &mut Tx, clients: &[ClientId]) -> Result<Self> {
        let devices = tx.devices_of_clients(clients).await?;
        let mut by: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, device) in devices.iter().enumerate() {
            for (same, text) in signs(&device.details) {
                by.entry((device.client, same, text)).or_default().push(at);
            }
        }
        let serials = devices.iter().map(|device| fold(&device.details.serial_number)).collect();
        Ok(Self { devices, serials, by })
    }

    /// The client's device with the same serial number, else the same name, else a common address. One with another serial number is another device.
    pub(super) fn find(&mut self, client: ClientId, details: &DeviceDetails) -> Option<(usize, ExistingDevice)> {
        let serial = fold(&details.serial_number);
        let may_be = |its: &String| its.is_empty() || serial.is_empty() || *its == serial;
        let (same, at) = signs(details).into_iter().find_map(|(same, text)| {
            let devices = self.by.get(&(client, same, text))?;
            devices.iter().find(|at| self.serials.get(**at).is_some_and(may_be)).map(|at| (same, *at))
        })?;
        if let (Some(its), false) = (self.serials.get_mut(at), serial.is_empty()) {
            *its = serial;
        }
        let device = self.devices.get(at)?;
        Some((at, ExistingDevice { id: device.id.clone(), name: device.details.title().to_owned(), same }))
    }
}

/// The identifying attributes of a device, strongest first.
fn signs(details: &DeviceDetails) -> Vec<(SameBy, String)> {
    let serial = [(SameBy::SerialNumber, fold(&details.serial_number)), (SameBy::Name, fold(details.title()))];
    let addresses = details.ip_address.split([',', ' ', ';']).map(|address| (SameBy::IpAddress, address.trim().to_lowercase()));
    serial.into_iter().chain(addresses).filter(|(_, text)| !text.is_empty()).collect()
}
