//! Tenantry's vocabulary: types, ids, drafts and the rules that need no data.
//!
//! Everything here is pure and compiles to WebAssembly, so that the page and the server validate with the same code. A *draft* is input as typed, mostly
//! strings; a validated type is made only from a draft, by `TryFrom`, which reports every violation at once.

mod access;
mod access_reason;
mod amount;
mod api_key;
mod caller;
mod catalogue;
mod client;
mod client_changes;
mod client_query;
mod counted;
mod country;
mod credential_field;
mod credential_form;
mod credential_set;
mod default_role;
mod device;
mod device_group;
mod device_import;
mod device_query;
mod error;
mod id;
mod ip;
mod list_query;
mod login_record;
mod network_image;
mod password;
mod permission;
mod permission_set;
mod role;
mod selection;
mod session;
mod settings;
mod text;
mod time;
mod time_zone;
mod user;
mod user_group;
mod wizard;

pub use access::{AccessType, AlternateAccessDraft, InternetProviderDraft, MAX_ROWS};
pub use access_reason::{AccessKind, AccessReason, AccessRule, AccessThing, AccessWay, ClientPermissions, UserPermissions};
pub use amount::{MAX_ITEMS, bounded, first_few};
pub use api_key::{ApiKey, ApiKeyDraft, ApiKeyProfile, ApiKeyState, KeyRefusal, NewApiKey, api_key_permission};
pub use caller::{Caller, Grant, Origin, Scope, Standing};
pub use catalogue::{CatalogueItem, CatalogueItemDraft, CatalogueKind, Catalogues};
pub use client::{Client, ClientDraft, ClientProfile, ClientRow, ClientStatus, ClientSummary, MAX_IMAGES, SECTION_SECRETS, ServiceDraft};
pub use client_changes::{Change, changes, merge};
pub use client_query::{ClientFilter, ClientPage, ClientQuery, ClientSort, Direction, PAGE_SIZES, PageAt, StatusFilter, Total};
pub use counted::counted;
pub use country::{COUNTRIES, Country, country_name, country_other_names, country_written};
pub use credential_field::{CREDENTIAL_TYPES, CredentialField, CredentialType, FieldShape};
pub use credential_form::Need;
pub use credential_set::{CredentialSet, CredentialSetChange, CredentialSetDetails, CredentialSetDraft, CredentialSetSummary};
pub use default_role::{DEFAULT_PERMISSION_SETS, DEFAULT_ROLES, DefaultPermissionSet, DefaultRole};
pub use device::{
    DEVICE_WITHOUT_CLIENT, DEVICE_WITHOUT_NAME, Device, DeviceDetails, DeviceDraft, DeviceFilter, DeviceKind, DeviceRow, DeviceState, RESOURCE_TYPES,
    Usage, tag, tag_parts,
};
pub use device_group::{DeviceGroup, DeviceGroupDetails, DeviceGroupDraft, DeviceGroupSummary};
pub use device_import::{
    DEVICE_COLUMNS, DEVICE_FILE_TOO_LARGE, DeviceColumn, DeviceImport, DeviceImportExisting, DeviceImportFault, DeviceImportReport, DeviceImportRow,
    DeviceImported, ExistingDevice, ExistingDevices, MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, SameBy,
};
pub use device_query::{DeviceAttribute, DeviceComparison, DeviceQuery};
pub use error::{Error, Violation, Violations};
pub use id::{
    ApiKeyId, CatalogueId, ClientId, CredentialSetId, DeviceGroupId, DeviceId, DraftId, ImageId, PartnerId, PermissionSetId, RoleId, TenantId,
    UnknownId, UserGroupId, UserId,
};
pub use ip::{IP_REFUSAL, IpPattern, IpRestriction, canonical_network, customer_network};
pub use list_query::{ListPage, ListQuery, Slice, Sliced};
pub use login_record::{LoginFilter, LoginKind, LoginRecord, LoginStatus};
pub use network_image::{
    IMAGE_OF_NEWER_FORMAT, IMAGE_OF_TOO_MANY_PIXELS, IMAGE_OF_UNKNOWN_FORMAT, IMAGE_TOO_LARGE, IMAGE_WAS_CUT, ImageFormat, MAX_IMAGE_BYTES,
    MAX_IMAGE_PIXELS, MAX_IMAGES_BYTES, NetworkImage, NetworkImageDraft,
};
pub use password::{NewPassword, PasswordChangeDraft, password_violations};
pub use permission::{Area, Permission, PermissionBits};
pub use permission_set::{PermissionSet, PermissionSetDraft, UnenforcedPermission, partner_changes, set_fits_role};
pub use role::{
    ClientReference, CredentialSetReference, DeviceGroupReference, DeviceReference, PermissionSetReference, Role, RoleAmount, RoleCounts,
    RoleDifference, RoleDraft, RoleList, RoleMember, RoleOverview, RoleScope, RoleSummary, UserReference,
};
pub use selection::Selection;
pub use session::{AdministratorDraft, SessionRow, SessionState, SignInDraft, too_many_attempts};
pub use settings::{AGENT_MONITORING_HOURS, IgnoreAlerts, MaintenanceState, PartnerSettings};
pub use text::{Normalize, fold, fold_login, is_email};
pub use time::Timestamp;
pub use time_zone::{OLD_TIME_ZONES, TIME_ZONES, is_time_zone};
pub use user::{
    AccountType, Invitation, InvitationDraft, Invitee, Mailed, Mask, NewlyMade, Reference, User, UserDraft, UserFilter, UserNotification,
    UserPicture, UserProfile, UserRole, UserRow, UserStatus, UserSummary, UserUsage,
};
pub use user_group::{UserGroup, UserGroupDraft, UserGroupProfile, UserGroupRow, UserGroupSummary, UserGroupUsage};
pub use wizard::{DraftDetail, DraftRow, Step};
