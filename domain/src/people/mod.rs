//! Who signs in, and by what.

mod api_key;
mod device;
mod email_change;
mod factor;
mod login_record;
mod password;
mod session;
mod user;
mod user_group;

pub use api_key::{
    ApiKey, ApiKeyDraft, ApiKeyFilter, ApiKeyProfile, ApiKeyQuery, ApiKeyState, EXPIRES_SOON_SECONDS, KeyRefusal, NewApiKey, api_key_permission,
};
pub use device::device_name;
pub use email_change::{EmailChangeDraft, EmailChangeLink, EmailSetting, PendingEmail};
pub use factor::{
    AuthenticatorApp, CodeDraft, FactorCode, FactorOffDraft, FactorOnDraft, FactorSetUp, MAX_PASSKEYS, Passkey, PasskeyDraft, PasskeyProof,
    PasskeyRequest, QrCode, RECOVERY_CODES, RecoveryCodes, SecondFactor, SignInStep, in_groups, recovery_code,
};
pub use login_record::{LoginFilter, LoginKind, LoginRecord, LoginSort, LoginStatus};
pub use password::{COMMON_PASSWORD, NewPassword, PasswordChangeDraft, password_violations, undisguised_password};
pub use session::{AdministratorDraft, AdministratorProfile, SessionRow, SessionState, SignInDraft, too_many_attempts};
pub use user::{
    AccountType, CheckedUser, Invitation, InvitationDraft, Invitee, ListedUser, Mailed, Mask, NewlyMade, Reference, User, UserDraft, UserFilter,
    UserNotification, UserPicture, UserProfile, UserQuery, UserRole, UserRow, UserStatus, UserSummary, UserUsage, checked_reason,
};
pub use user_group::{UserGroup, UserGroupDraft, UserGroupProfile, UserGroupQuery, UserGroupRow, UserGroupSummary, UserGroupUsage};
