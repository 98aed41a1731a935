//! Devices: what is stored about one, the draft that changes it, and how reports count it (docs/spec/inventory.md, "Devices").

mod criteria;
mod filter;
mod import;

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

pub use criteria::{DeviceAttribute, DeviceComparison, DeviceCriteria};
pub use filter::{DeviceFilter, DeviceQuery};
pub use import::{
    DEVICE_COLUMNS, DEVICE_FILE_TOO_LARGE, DeviceColumn, DeviceImport, DeviceImportExisting, DeviceImportReport, DeviceImportRow, DeviceImported,
    ExistingDevice, ExistingDevices, MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, SameBy,
};

use crate::{Change, ClientSummary, DeviceGroupSummary, DeviceId, Draft, Timestamp, Violations, choice::choice, limits, text};

/// The most tags of a device.
const MAX_TAGS: usize = 50;

/// The violation of a new device without a client.
pub const DEVICE_WITHOUT_CLIENT: &str = "Choose the client to which the device belongs.";

/// The violation of a device without any name.
pub const DEVICE_WITHOUT_NAME: &str = "Enter a name, a host name or an IP address.";

choice!(
    /// What state a device is in; the keys are the API's.
    #[derive(Default)]
    DeviceState {
        /// In use.
        #[default]
        Active = "active", "Active";
        /// Not in use for now.
        Inactive = "inactive", "Inactive";
        /// Found on the network, not yet managed.
        Discovered = "discovered", "Discovered";
        /// Out of use for good.
        Decommissioned = "Decommissioned", "Decommissioned";
    }
);

choice!(
    /// How the Tenant Profiles report counts a device. [`RESOURCE_TYPES`] decides.
    #[derive(Default)]
    DeviceKind {
        /// A person's computer.
        Desktop = "desktop", "Desktop";
        /// A computer that serves others, real or virtual.
        Server = "server", "Server";
        /// What a network is made of.
        Network = "network", "Network device";
        /// Anything else.
        #[default]
        Other = "other", "Other device";
    }
);

/// The types of resources that are known, and what each counts as. Upper and lower case are the same; a type that isn't here counts as other.
#[rustfmt::skip]
pub const RESOURCE_TYPES: &[(&str, DeviceKind)] = &[
    ("Desktop", DeviceKind::Desktop), ("Laptop", DeviceKind::Desktop), ("Notebook", DeviceKind::Desktop), ("Tablet", DeviceKind::Desktop),
    ("Thin Client", DeviceKind::Desktop), ("Virtual Desktop", DeviceKind::Desktop), ("Workstation", DeviceKind::Desktop),
    ("Cloud Instance", DeviceKind::Server), ("Container Host", DeviceKind::Server), ("Database Server", DeviceKind::Server),
    ("EC2", DeviceKind::Server), ("ESX", DeviceKind::Server), ("Hypervisor", DeviceKind::Server), ("Linux", DeviceKind::Server),
    ("Server", DeviceKind::Server), ("Unix", DeviceKind::Server), ("Virtual Machine", DeviceKind::Server), ("Windows", DeviceKind::Server),
    ("Access Point", DeviceKind::Network), ("Firewall", DeviceKind::Network), ("Gateway", DeviceKind::Network), ("Load Balancer", DeviceKind::Network),
    ("Modem", DeviceKind::Network), ("Network Device", DeviceKind::Network), ("Router", DeviceKind::Network), ("Switch", DeviceKind::Network),
    ("VPN Concentrator", DeviceKind::Network), ("WAN Optimizer", DeviceKind::Network), ("Wireless Controller", DeviceKind::Network),
    ("Camera", DeviceKind::Other), ("Phone", DeviceKind::Other), ("Printer", DeviceKind::Other), ("Scanner", DeviceKind::Other),
    ("Sensor", DeviceKind::Other), ("Storage", DeviceKind::Other), ("UPS", DeviceKind::Other), ("Other", DeviceKind::Other),
];

impl DeviceKind {
    /// What a device of a resource type counts as.
    #[must_use]
    pub fn of(resource_type: &str) -> Self {
        RESOURCE_TYPES.iter().find(|(name, _)| name.eq_ignore_ascii_case(resource_type.trim())).map_or(Self::Other, |(_, kind)| *kind)
    }
}

/// Every line of text of a device once: its name, its label, its greatest length and how it is checked.
macro_rules! texts {
    ($($(#[$doc:meta])* $field:ident, $label:literal, $check:expr;)*) => {
        /// What is stored about a device, in its normal form.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct DeviceDetails {
            $($(#[$doc])* #[serde(skip_serializing_if = "String::is_empty")] pub $field: String,)*
            /// State.
            pub state: DeviceState,
            /// Words to find it by, in the order given.
            pub tags: Vec<String>,
        }

        /// A device as typed or sent, in part: what is left out stays as it is, and is empty for a new one.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct DeviceDraft {
            $($(#[$doc])* pub $field: Option<String>,)*
            /// A key of [`DeviceState`].
            pub state: Option<String>,
            /// All of its tags.
            pub tags: Option<Vec<String>>,
        }

        impl Draft for DeviceDraft {
            /// The details before the change; none for a new device.
            type Context<'a> = Option<&'a DeviceDetails>;
            type Checked = DeviceDetails;

            fn check(self, before: Option<&DeviceDetails>) -> Result<DeviceDetails, Violations> {
                let mut violations = Violations::new();
                let mut details = before.cloned().unwrap_or_default();
                $(if let Some(typed) = self.$field {
                    let check: fn(&str) -> Result<String, String> = $check;
                    details.$field = violations.accept(stringify!($field), check(&typed)).unwrap_or_default();
                })*
                if let Some(typed) = self.state {
                    let known = DeviceState::from_key(typed.trim()).ok_or("Choose active, inactive, discovered or Decommissioned.");
                    details.state = violations.accept("state", known).unwrap_or_default();
                }
                if let Some(typed) = self.tags {
                    details.tags = violations.accept("tags", checked_tags(&typed)).unwrap_or_default();
                }
                // What is wrong of these is typed, at least, and says so itself.
                let named = ["name", "resource_name", "host_name", "ip_address"].into_iter().any(|field| violations.of(field).is_some());
                violations.add_if(!named && details.title().is_empty(), "name", DEVICE_WITHOUT_NAME);
                violations.checked(details)
            }
        }

        impl DeviceDraft {
            /// The field as typed, for reports of what is wrong with it.
            #[must_use]
            pub fn typed(&self, field: &str) -> String {
                match field {
                    $(stringify!($field) => self.$field.clone().unwrap_or_default(),)*
                    "state" => self.state.clone().unwrap_or_default(),
                    "tags" => self.tags.as_ref().map(|tags| tags.join("; ")).unwrap_or_default(),
                    _ => String::new(),
                }
            }
        }

        impl DeviceDetails {
            /// What differs in another state of them.
            #[must_use]
            pub fn changes(&self, after: &Self) -> Vec<Change> {
                let mut found = Vec::new();
                $(found.extend(Change::of(stringify!($field), $label, &self.$field, &after.$field));)*
                found.extend(Change::of("state", "State", self.state.label(), after.state.label()));
                found.extend(Change::of("tags", "Tags", &self.tags.join(", "), &after.tags.join(", ")));
                found
            }
        }

        impl From<DeviceDetails> for DeviceDraft {
            /// All of it, for a form.
            fn from(details: DeviceDetails) -> Self {
                Self { $($field: Some(details.$field),)* state: Some(details.state.key().to_owned()), tags: Some(details.tags) }
            }
        }
    };
}

texts! {
    /// What people call it.
    name, "Name", |typed| text::line(typed, limits::DEVICE_NAME);
    /// Host name.
    host_name, "Host name", |typed| text::line(typed, limits::HOST);
    /// IP address, or several separated by commas.
    ip_address, "IP address", addresses;
    /// Name in the DNS.
    dns_name, "DNS name", |typed| text::line(typed, limits::HOST);
    /// What sort of device it is, as its maker or an agent says.
    device_type, "Device type", |typed| text::line(typed, limits::DEVICE_TEXT);
    /// What sort of resource it is; decides its [`DeviceKind`].
    resource_type, "Resource type", |typed| text::line(typed, limits::DEVICE_TEXT);
    /// What sort of record it is; the API's `type`.
    record_type, "Type", |typed| text::line(typed, limits::RECORD_TYPE);
    /// Its maker.
    make, "Make", |typed| text::line(typed, limits::DEVICE_TEXT);
    /// Its model.
    model, "Model", |typed| text::line(typed, limits::DEVICE_TEXT);
    /// Its operating system.
    os_name, "Operating system", |typed| text::line(typed, limits::DEVICE_TEXT);
    /// Serial number.
    serial_number, "Serial number", |typed| text::line(typed, limits::DEVICE_TEXT);
    /// Another name.
    alias_name, "Alias", |typed| text::line(typed, limits::DEVICE_NAME);
    /// Its name as a resource.
    resource_name, "Resource name", |typed| text::line(typed, limits::DEVICE_NAME);
    /// `true` if an API client reported an agent; otherwise empty.
    agent_installed, "Agent installed", agent_installed;
}

impl DeviceDetails {
    /// What lists call it: the first of its names that there is.
    #[must_use]
    pub fn title(&self) -> &str {
        [&self.name, &self.host_name, &self.resource_name, &self.ip_address].into_iter().find(|name| !name.is_empty()).map_or("", String::as_str)
    }
}

fn addresses(typed: &str) -> Result<String, String> {
    let typed = text::line(typed, limits::IP_ADDRESSES)?;
    let parts: Vec<_> = typed.split(',').map(str::trim).collect();
    let right = typed.is_empty() || parts.iter().all(|part| part.parse::<IpAddr>().is_ok());
    if right { Ok(parts.join(",")) } else { Err("Enter an IP address such as 10.1.2.7; separate several with commas.".to_owned()) }
}

fn agent_installed(typed: &str) -> Result<String, String> {
    match typed.trim() {
        "true" => Ok("true".to_owned()),
        "" | "false" => Ok(String::new()),
        _ => Err("Write true or false.".to_owned()),
    }
}

/// A tag with a value in its stored form: `env=prod`.
///
/// # Errors
/// A sentence if the name contains `=`, which would end it early.
pub fn tag(name: &str, value: &str) -> Result<String, String> {
    match (name.contains('='), value.trim()) {
        (true, _) => Err("Use no “=” in the name of a tag.".to_owned()),
        (false, "") => Ok(name.to_owned()),
        (false, value) => Ok(format!("{}={value}", name.trim())),
    }
}

/// The name and the value of a tag; the value is empty if it has none.
#[must_use]
pub fn tag_parts(tag: &str) -> (&str, &str) {
    tag.split_once('=').unwrap_or((tag, ""))
}

/// The tags trimmed and without duplicates, or what is wrong with them.
fn checked_tags(typed: &[String]) -> Result<Vec<String>, String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
        let tag = text::line(tag, limits::TAG)?;
        if tags.contains(&tag) {
            continue;
        }
        // Refused here, so that each tag is compared with few others.
        if tags.len() == MAX_TAGS {
            return Err(format!("Use at most {MAX_TAGS} tags."));
        }
        tags.push(tag);
    }
    Ok(tags)
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Identifier.
    pub id: DeviceId,
    /// The client it belongs to.
    pub client: ClientSummary,
    /// What is stored about it.
    pub details: DeviceDetails,
    /// What it counts as.
    pub kind: DeviceKind,
    /// The groups it is in, as far as the caller sees them.
    pub groups: Vec<DeviceGroupSummary>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
}

/// A device in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRow {
    /// Identifier.
    pub id: DeviceId,
    /// The client it belongs to.
    pub client: ClientSummary,
    /// What lists call it.
    pub name: String,
    /// What it counts as.
    pub kind: DeviceKind,
    /// What sort of resource it is.
    pub resource_type: String,
    /// State.
    pub state: DeviceState,
    /// Host name.
    pub host_name: String,
    /// IP address.
    pub ip_address: String,
    /// When it was last changed.
    pub updated: Timestamp,
}

/// Where a device, device group or credential set is used, to show before it is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InventoryUsage {
    /// Roles that list it.
    pub roles: u64,
    /// Device groups that have it.
    pub device_groups: u64,
    /// Devices that it has.
    pub devices: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(host_name: &str) -> DeviceDraft {
        DeviceDraft { host_name: Some(host_name.to_owned()), ..DeviceDraft::default() }
    }

    #[test]
    fn a_resource_type_decides_what_a_device_counts_as() {
        let cases = [
            ("Desktop", DeviceKind::Desktop),
            (" laptop ", DeviceKind::Desktop),
            ("WINDOWS", DeviceKind::Server),
            ("Switch", DeviceKind::Network),
            ("Printer", DeviceKind::Other),
            ("Coffee machine", DeviceKind::Other),
            ("", DeviceKind::Other),
        ];
        for (resource_type, kind) in cases {
            assert_eq!(DeviceKind::of(resource_type), kind, "{resource_type}");
        }
    }

    #[test]
    fn what_is_left_out_of_a_draft_stays() {
        let before = draft(" HYDLPT159 ").check(None).unwrap();
        assert_eq!((before.host_name.as_str(), before.title(), before.state), ("HYDLPT159", "HYDLPT159", DeviceState::Active));
        let after = DeviceDraft { alias_name: Some("res 1".into()), tags: Some(vec!["a".into(), " a".into(), "".into()]), ..Default::default() };
        let after = after.check(Some(&before)).unwrap();
        assert_eq!((after.host_name.as_str(), after.alias_name.as_str(), after.tags.len()), ("HYDLPT159", "res 1", 1));
        let changed: Vec<_> = before.changes(&after).into_iter().map(|change| change.field).collect();
        assert_eq!(changed, ["alias_name", "tags"]);
        assert_eq!(DeviceDraft::from(after.clone()).check(None).unwrap(), after, "a form sends all of it");
    }

    #[test]
    fn tags_are_read_up_to_the_most_that_a_device_has() {
        let typed =
            |count: usize, more: &[&str]| (0..count).map(|at| at.to_string()).chain(more.iter().map(|tag| (*tag).to_owned())).collect::<Vec<_>>();
        assert_eq!(checked_tags(&typed(MAX_TAGS, &["0", "1"])).unwrap().len(), MAX_TAGS);
        assert_eq!(checked_tags(&typed(MAX_TAGS + 1, &["not\nread"])).unwrap_err(), "Use at most 50 tags.");
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let wrong =
            DeviceDraft { ip_address: Some("10.1.2".into()), state: Some("asleep".into()), tags: Some(vec!["x".repeat(121)]), ..draft("a\nb") };
        let Err(violations) = wrong.check(None) else { panic!("it passed") };
        let fields: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["host_name", "ip_address", "state", "tags"]);
        let Err(violations) = draft("").check(None) else { panic!("it passed") };
        assert_eq!(violations.of("name"), Some(DEVICE_WITHOUT_NAME));
        let nameless = DeviceDraft { state: Some("asleep".into()), ..draft("") };
        assert_eq!(nameless.typed("state"), "asleep");
        let Err(violations) = nameless.check(None) else { panic!("it passed") };
        assert_eq!(violations.iter().count(), 2, "also that there is no name");
    }

    #[test]
    fn a_tag_may_have_a_value() {
        let kept = tag(" env ", " prod=1 ").unwrap();
        assert_eq!((kept.as_str(), tag_parts(&kept)), ("env=prod=1", ("env", "prod=1")));
        assert_eq!(tag_parts(&tag("lab", "").unwrap()), ("lab", ""));
        assert!(tag("a=b", "c").is_err(), "it would be read as another tag");
    }

    #[test]
    fn several_addresses_are_one_text() {
        for (typed, kept) in [("", Some("")), ("10.1.2.7", Some("10.1.2.7")), ("10.1.2.7, ::1", Some("10.1.2.7,::1")), ("10.1.2.7,", None)] {
            assert_eq!(addresses(typed).ok().as_deref(), kept, "{typed}");
        }
    }
}
