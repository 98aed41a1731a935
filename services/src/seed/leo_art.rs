//! The data of the API's examples (docs/spec/rest-api.md, "Role examples") with the same ids, so that the examples work against the demo.

use domain::{CredentialField, DeviceDetails};

/// User: first name, last name, login, role. Their numbers are 11, 12 and 13.
pub(super) const USERS: [(&str, &str, &str, &str); 3] = [
    ("LeoArt", "Inc Admin", "LeoArtInc@opsramp.com", "Technician"),
    ("LeoArt", "Inc User", "LeoArtUser@opsramp.com", "Dispatcher"),
    ("LeoArt", "Inc PAdmin", "LeoArtPAdmin@opsramp.com", "Technician"),
];

/// The e-mail address and the telephone of all of them.
pub(super) const CONTACT: (&str, &str) = ("john.smith@gamil.com", "8096250653");

/// User group: UUID, name, description. Their numbers are 5 and 6.
pub(super) const USER_GROUPS: [(&str, &str, &str); 2] = [
    ("5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3", "LeoArt Inc Users", "LeoArt Partner Users"),
    ("98c1733f-0429-001d-8196-54a85e15d49d", "LeoArt Inc Escalation Users", "LeoArt Inc Escalation Users"),
];

/// A device of the examples.
pub(super) struct SeedDevice {
    pub(super) id: &'static str,
    pub(super) client: i64,
    host_name: &'static str,
    ip_address: &'static str,
    alias_name: &'static str,
}

impl SeedDevice {
    pub(super) fn details(&self) -> DeviceDetails {
        DeviceDetails {
            host_name: self.host_name.to_owned(),
            ip_address: self.ip_address.to_owned(),
            resource_name: self.ip_address.to_owned(),
            alias_name: self.alias_name.to_owned(),
            resource_type: "Desktop".to_owned(),
            record_type: "DEVICE".to_owned(),
            ..DeviceDetails::default()
        }
    }
}

const fn device(id: &'static str, client: i64, host_name: &'static str, ip_address: &'static str, alias_name: &'static str) -> SeedDevice {
    SeedDevice { id, client, host_name, ip_address, alias_name }
}

pub(super) const DEVICES: [SeedDevice; 6] = [
    device("2912ca9f-5c62-451f-82a8-8c08ca9c9447", 8, "HYDLPT159", "172.28.2.233", "res 1"),
    device("d628b4f1-37ad-49de-8487-43125ec3178a", 8, "HYDLPT204", "172.28.16.15", "res 2"),
    device("cef92862-2f57-4065-8756-5cb8001d7282", 9, "HYDLPT223", "172.24.221.214", ""),
    device("f5e00639-7fd7-482f-a3e1-8a05edf28abb", 9, "HYDLPT420", "169.254.174.112", ""),
    device("43d49023-4c47-4dbf-a59b-9c40610e1ab8", 8, "HYDLPT044", "172.24.102.169", ""),
    device("ec9ac14c-c566-41da-8b61-1452357b6506", 9, "172.30.143.112", "172.30.143.112", ""),
];

/// A device group of the examples; all are `client_8`'s, so that roles of the partner and of that client can list them.
pub(super) struct SeedDeviceGroup {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) created: &'static str,
    pub(super) updated: &'static str,
}

pub(super) const DEVICE_GROUPS: [SeedDeviceGroup; 4] = [
    SeedDeviceGroup {
        id: "3bc09935-6510-4205-bb6f-6d2b9561fc43",
        name: "Dev-Group",
        description: "Device group",
        created: "2016-10-20T07:45:06Z",
        updated: "2016-10-20T07:45:06Z",
    },
    SeedDeviceGroup {
        id: "876f73a7-c0e4-409c-a757-5c64205ff97a",
        name: "HYD-WINDOWS",
        description: "Windows Systems at HYD",
        created: "2016-07-24T07:27:44Z",
        updated: "2016-07-24T07:33:15Z",
    },
    SeedDeviceGroup {
        id: "fbbabccc-578b-4658-9475-178ab034c20b",
        name: "Testing-dev-group",
        description: "testing device group",
        created: "2016-10-20T07:43:48Z",
        updated: "2016-10-20T07:43:49Z",
    },
    SeedDeviceGroup {
        id: "3cac84fa-1613-4035-ac23-e44c0a450a9c",
        name: "Up Agent Devices",
        description: "These are the main devices those always needs to be in up state.",
        created: "2016-12-03T17:43:05Z",
        updated: "2016-12-05T16:00:46Z",
    },
];

/// A credential set of the examples; all are `client_8`'s.
pub(super) struct SeedCredentialSet {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) credential_type: &'static str,
    pub(super) fields: &'static [(CredentialField, &'static str)],
}

pub(super) const CREDENTIAL_SETS: [SeedCredentialSet; 4] = [
    SeedCredentialSet {
        id: "mmtKsSTyXYqtEtrRMRSmWjAh",
        name: "Agent-WMI-Discovery",
        description: "Discovery credentials",
        credential_type: "WINDOWS",
        fields: &[(CredentialField::UserName, "svc-discovery"), (CredentialField::Password, "Demo-Discovery-1")],
    },
    SeedCredentialSet {
        id: "EAmBeuHhCY5hrCvHVejrccJj",
        name: "AWS AWS Integration",
        description: "",
        credential_type: "AWS",
        fields: &[(CredentialField::AccountName, "LeoArt Lab"), (CredentialField::AccountKey, "Demo-Key-1"), (CredentialField::TimeoutMs, "0")],
    },
    SeedCredentialSet {
        id: "GxGJJk65Vr6mGUTx8uGBgMNx",
        name: "SSH",
        description: "SSH Credentials",
        credential_type: "SSH",
        fields: &[(CredentialField::UserName, "root"), (CredentialField::Password, "Demo-Root-1"), (CredentialField::Port, "222")],
    },
    SeedCredentialSet {
        id: "y9rxRm4sMP6u5sWRKMqUu6cz",
        name: "SSH Credential for Device Loggings",
        description: "SSH Credential for Device Loggings",
        credential_type: "SSH",
        fields: &[(CredentialField::UserName, "netlog"), (CredentialField::Password, "Demo-Log-1"), (CredentialField::Port, "22")],
    },
];
