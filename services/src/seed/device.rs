//! Imagined devices, always the same for the same number.

use domain::{ClientId, DeviceDetails, DeviceId, DeviceState, Timestamp};

use super::dice::Dice;
use crate::{Fault, Result, inventory::device::NewDevice};

/// A resource type, its host name prefix and its models.
type Sort = (&'static str, &'static str, &'static [Model]);

/// Make, model, operating system.
type Model = (&'static str, &'static str, &'static str);

const DESKTOPS: &[Sort] = &[
    ("Desktop", "PC", &[("Dell", "OptiPlex 7010", "Windows 11 Pro"), ("HP", "EliteDesk 800", "Windows 11 Pro")]),
    ("Laptop", "LPT", &[("Lenovo", "ThinkPad T14", "Windows 11 Pro"), ("Apple", "MacBook Pro 14", "macOS 26")]),
];

const SERVERS: &[Sort] = &[
    ("Windows", "WIN", &[("Dell", "PowerEdge R760", "Windows Server 2025"), ("HPE", "ProLiant DL380", "Windows Server 2022")]),
    ("Linux", "LNX", &[("Supermicro", "SYS-620", "Debian 13"), ("Dell", "PowerEdge R660", "Red Hat Enterprise Linux 10")]),
    ("Virtual Machine", "VM", &[("VMware", "Virtual Platform", "Ubuntu 26.04"), ("KVM", "Virtual Machine", "Debian 13")]),
    ("ESX", "ESX", &[("HPE", "ProLiant DL360", "VMware ESXi 8")]),
];

const NETWORK: &[Sort] = &[
    ("Switch", "SW", &[("Cisco", "Catalyst 9300", "IOS XE 17"), ("Aruba", "CX 6300", "AOS-CX 10")]),
    ("Router", "RTR", &[("Juniper", "MX204", "Junos 24"), ("MikroTik", "CCR2116", "RouterOS 7")]),
    ("Firewall", "FW", &[("Fortinet", "FortiGate 100F", "FortiOS 7"), ("Palo Alto", "PA-440", "PAN-OS 11")]),
    ("Access Point", "AP", &[("Ubiquiti", "U7 Pro", "UniFi 9")]),
];

const OTHER: &[Sort] = &[
    ("Printer", "PRN", &[("Brother", "HL-L6400", ""), ("Kyocera", "ECOSYS M5526", "")]),
    ("UPS", "UPS", &[("APC", "Smart-UPS 1500", "")]),
    ("Storage", "NAS", &[("Synology", "RS1221+", "DSM 7"), ("NetApp", "FAS2750", "ONTAP 9")]),
];

/// The first of January 2026, in milliseconds.
const JANUARY_2026: i64 = 1_767_225_600_000;

/// The device of a number at a client, created within the last two years.
pub(super) fn imagined(number: i64, client: ClientId, now: Timestamp) -> Result<NewDevice> {
    let mut dice = Dice::of(number + 3_000_000_019);
    let sorts = match dice.below(100) {
        0..48 => DESKTOPS,
        48..75 => SERVERS,
        75..93 => NETWORK,
        _ => OTHER,
    };
    let (resource_type, prefix, models) = dice.pick(sorts);
    let (make, model, os_name) = dice.pick(models);
    let host_name = format!("{prefix}-{number:07}");
    let ip_address = format!("10.{}.{}.{}", client.number() % 200, dice.below(250), 1 + dice.below(250));
    let state = match dice.below(100) {
        0..90 => DeviceState::Active,
        90..94 => DeviceState::Inactive,
        94..98 => DeviceState::Discovered,
        _ => DeviceState::Decommissioned,
    };
    let age = i64::try_from(dice.below(2 * 365 * 24 * 60 * 60)).unwrap_or_default();
    let tags = dice.some(["monitored", "patched", "critical", "leased"].into_iter(), 20);
    let details = DeviceDetails {
        dns_name: format!("{}.{client}.example", host_name.to_lowercase()).replace('_', "-"),
        name: host_name.clone(),
        resource_name: ip_address.clone(),
        host_name,
        ip_address,
        resource_type: resource_type.to_owned(),
        device_type: resource_type.to_owned(),
        record_type: "DEVICE".to_owned(),
        make: make.to_owned(),
        model: model.to_owned(),
        os_name: os_name.to_owned(),
        serial_number: format!("{:010X}", dice.below(1 << 40)),
        state,
        tags: tags.into_iter().map(ToOwned::to_owned).collect(),
        ..DeviceDetails::default()
    };
    // Ids sort like numbers, as if one device had been created after the other.
    let id = DeviceId::of_uuid(&dice.uuid_at(Timestamp::from_millis(JANUARY_2026 + number)))
        .map_err(|_| Fault::Failed("an imagined id is wrong".to_owned()))?;
    let created = now.plus_seconds(-age);
    Ok(NewDevice { number, id, client, details, created, updated: created })
}
