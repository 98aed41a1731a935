//! Matches the rows of a file with existing devices.

use std::collections::BTreeMap;

use domain::{ClientId, DeviceDetails, ExistingDevice, SameBy};

use crate::{Result, fold::fold, store::StoredDevice, store::Tx};

/// The devices of the file's clients that the caller sees.
pub(super) struct Existing {
    pub(super) devices: Vec<StoredDevice>,
    /// The devices by what identifies them, the oldest first.
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
        Ok(Self { devices, by })
    }

    /// The client's device with the same serial number, else the same name, else a common address. One with another serial number is another device.
    pub(super) fn find(&self, client: ClientId, details: &DeviceDetails) -> Option<(usize, ExistingDevice)> {
        signs(details).into_iter().find_map(|(same, text)| {
            let at = *self
                .by
                .get(&(client, same, text))?
                .iter()
                .find(|at| self.devices.get(**at).is_some_and(|device| may_be(&device.details, details)))?;
            let device = self.devices.get(at)?;
            Some((at, ExistingDevice { id: device.id.clone(), name: device.details.title().to_owned(), same }))
        })
    }
}

/// Whether the serial numbers of two devices let them be one.
fn may_be(one: &DeviceDetails, other: &DeviceDetails) -> bool {
    let [one, other] = [one, other].map(|details| fold(&details.serial_number));
    one.is_empty() || other.is_empty() || one == other
}

/// What identifies a device, the strongest first.
fn signs(details: &DeviceDetails) -> Vec<(SameBy, String)> {
    let serial = [(SameBy::SerialNumber, fold(&details.serial_number)), (SameBy::Name, fold(details.title()))];
    let addresses = details.ip_address.split([',', ' ', ';']).map(|address| (SameBy::IpAddress, address.trim().to_lowercase()));
    serial.into_iter().chain(addresses).filter(|(_, text)| !text.is_empty()).collect()
}
