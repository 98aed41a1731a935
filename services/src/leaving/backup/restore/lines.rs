//! The records of an archive, as far as they can be made again.

use std::collections::BTreeMap;

use domain::{CatalogueKind, ClientDraft, CredentialField, DeviceDetails, UnenforcedPermission, UserId};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct ClientLine {
    pub(super) status: String,
    pub(super) details: ClientDraft,
}

#[derive(Deserialize)]
pub(super) struct CatalogueLine {
    pub(super) id: i64,
    pub(super) kind: CatalogueKind,
    pub(super) parent: i64,
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct RestrictionLine {
    pub(super) permission: String,
}

#[derive(Deserialize)]
pub(super) struct ImageLine {
    pub(super) id: String,
    pub(super) format: String,
}

#[derive(Deserialize)]
pub(super) struct DeviceLine {
    pub(super) id: String,
    pub(super) details: DeviceDetails,
}

#[derive(Deserialize)]
pub(super) struct DeviceGroupLine {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) parent: String,
    pub(super) criteria_id: i64,
    pub(super) search_query: String,
}

#[derive(Deserialize)]
pub(super) struct DeviceMemberLine {
    pub(super) device_group: String,
    pub(super) device: String,
}

#[derive(Deserialize)]
pub(super) struct CredentialSetLine {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) credential_type: String,
    pub(super) fields: BTreeMap<CredentialField, String>,
}

#[derive(Deserialize)]
pub(super) struct UserLine {
    pub(super) id: UserId,
    pub(super) login: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    pub(super) status: String,
    pub(super) all_user_groups: bool,
    pub(super) details: serde_json::Value,
}

#[derive(Deserialize)]
pub(super) struct UserGroupLine {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) email: String,
}

#[derive(Deserialize)]
pub(super) struct UserMemberLine {
    pub(super) user_group: String,
    pub(super) user: UserId,
}

#[derive(Deserialize)]
pub(super) struct PermissionSetLine {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    #[serde(default)]
    pub(super) unenforced: Option<Vec<UnenforcedPermission>>,
}

#[derive(Deserialize)]
pub(super) struct PermissionLine {
    pub(super) permission_set: String,
    pub(super) permission: String,
}

#[derive(Deserialize)]
pub(super) struct RoleLine {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) all_devices: bool,
    pub(super) all_credential_sets: bool,
}

/// What a role has or lists: of the other fields, only the one that the file is about is there.
#[derive(Clone, Deserialize)]
pub(super) struct RoleMemberLine {
    pub(super) role: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) position: i64,
    #[serde(alias = "permission_set", alias = "user", alias = "user_group", alias = "device", alias = "device_group", alias = "credential_set")]
    pub(super) member: String,
}
