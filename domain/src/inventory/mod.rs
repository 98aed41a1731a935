//! What a client has: devices, their groups and what signs in to them.

mod credential;
mod device;
mod device_group;

pub use credential::{
    CREDENTIAL_TYPES, CredentialField, CredentialSet, CredentialSetChange, CredentialSetDetails, CredentialSetDraft, CredentialSetQuery,
    CredentialSetSummary, CredentialType, FieldNeed, FieldShape,
};
pub use device::{
    DEVICE_COLUMNS, DEVICE_FILE_TOO_LARGE, DEVICE_WITHOUT_CLIENT, DEVICE_WITHOUT_NAME, Device, DeviceAttribute, DeviceColumn, DeviceComparison,
    DeviceCriteria, DeviceDetails, DeviceDraft, DeviceFilter, DeviceImport, DeviceImportExisting, DeviceImportReport, DeviceImportRow,
    DeviceImported, DeviceKind, DeviceQuery, DeviceRow, DeviceState, ExistingDevice, ExistingDevices, InventoryUsage, MAX_IMPORT_BYTES,
    MAX_IMPORT_ROWS, RESOURCE_TYPES, SameBy, tag, tag_parts,
};
pub use device_group::{DeviceGroup, DeviceGroupDetails, DeviceGroupDraft, DeviceGroupQuery, DeviceGroupSummary};
