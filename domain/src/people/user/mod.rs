//! Users: who they are (docs/spec/people.md, "Users").

mod draft;
mod mask;
mod notification;
mod query;

use serde::{Deserialize, Serialize};

pub use draft::{CheckedUser, Invitation, InvitationDraft, Invitee, Mailed, NewlyMade, Reference, UserDraft};
pub use mask::Mask;
pub use notification::UserNotification;
pub use query::{UserFilter, UserQuery};

use crate::{ClientId, Error, ImageFormat, ImageId, RoleId, Timestamp, UserGroupSummary, UserId, choice::choice, limits, text};

choice!(
    /// Whether a user may come in.
    UserStatus {
        /// It may.
        Active = "active", "Active";
        /// Not now; it can be activated again.
        Inactive = "inactive", "Inactive";
        /// Never again.
        Terminated = "terminated", "Terminated";
    }
);

choice!(
    /// What kind of account it is (docs/spec/people.md, "Users"; the API's `userAccountType`).
    AccountType {
        /// A person who works with the console.
        Regular = "REGULAR", "Regular";
        /// A person who only looks at results.
        Business = "BUSINESS", "Business";
    }
);

/// A user in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserSummary {
    /// Identifier.
    pub id: UserId,
    /// What one signs in with.
    pub login: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
}

impl UserSummary {
    /// First and last name, or else what one signs in with.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, &self.login)
    }
}

/// What is typed about a user, checked and trimmed. Empty where nothing is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserProfile {
    /// What it signs in with.
    pub login: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Another e-mail address.
    pub alternate_email: String,
    /// Where alerts and reports are sent, if it is elsewhere.
    pub notification_email: String,
    /// The notifications they want, stored for API clients.
    pub notifications: Vec<UserNotification>,
    /// What it is in its organisation.
    pub designation: String,
    /// Street and number.
    pub address: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Postal code.
    pub zip: String,
    /// Alpha-3 code of the country.
    pub country: String,
    /// The country as the API received it, returned unchanged while it names the same country; empty for the country's name.
    pub country_written: String,
    /// IANA name of the time zone; empty for the organisation's.
    pub time_zone: String,
    /// Telephone.
    pub phone: String,
    /// Mobile telephone.
    pub mobile: String,
    /// Kind of account.
    pub account_type: AccountType,
    /// Whether it must choose another password before anything else.
    pub change_password: bool,
    /// Whether it is in every user group of its tenant, also in those to come (docs/spec/people.md, "All user groups"; the API's `userGroupType`
    /// ALL).
    pub all_user_groups: bool,
}

impl Default for UserProfile {
    fn default() -> Self {
        let text = String::new;
        Self {
            login: text(),
            first_name: text(),
            last_name: text(),
            email: text(),
            alternate_email: text(),
            notification_email: text(),
            notifications: Vec::new(),
            designation: text(),
            address: text(),
            city: text(),
            state: text(),
            zip: text(),
            country: text(),
            country_written: text(),
            time_zone: text(),
            phone: text(),
            mobile: text(),
            account_type: AccountType::Regular,
            change_password: false,
            all_user_groups: false,
        }
    }
}

impl UserProfile {
    /// First and last name, or else the login.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, &self.login)
    }
}

fn full_name(first_name: &str, last_name: &str, login: &str) -> String {
    let name = format!("{first_name} {last_name}").trim().to_owned();
    if name.is_empty() { login.to_owned() } else { name }
}

/// A user in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// Identifier.
    pub id: UserId,
    /// The client it belongs to; none for the partner's own.
    pub client: Option<ClientId>,
    /// The name of that client or of the partner.
    pub organization: String,
    /// What is typed about it.
    pub profile: UserProfile,
    /// State.
    pub status: UserStatus,
    /// Whether it has no password yet and waits for its invitation to be accepted.
    pub invited: bool,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
}

impl UserRow {
    /// The user in one line.
    #[must_use]
    pub fn summary(&self) -> UserSummary {
        let UserProfile { login, first_name, last_name, email, .. } = self.profile.clone();
        UserSummary { id: self.id, login, first_name, last_name, email }
    }
}

/// A user in the console's list, with what tells how they come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUser {
    /// The user.
    pub row: UserRow,
    /// Their roles, by name: their own and those of their groups.
    pub roles: Vec<UserRole>,
    /// When they last signed in: none for never, and for who may not see the login history there.
    pub last_sign_in: Option<Timestamp>,
    /// Whether they have a second factor.
    pub second_factor: bool,
}

/// A role of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRole {
    /// Identifier.
    pub id: RoleId,
    /// The number that the API has besides.
    pub number: i64,
    /// Name.
    pub name: String,
    /// Whether it comes by a user group alone (the API's `userGroupRole`).
    pub by_group: bool,
}

/// A user's picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPicture {
    /// Identifier; another picture has another.
    pub id: ImageId,
    /// Format it is kept in.
    pub format: ImageFormat,
}

/// A user with everything that may be shown of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// As in a list.
    pub row: UserRow,
    /// Why it was deactivated or terminated; empty for an active one.
    pub reason: String,
    /// Profile picture.
    pub picture: Option<UserPicture>,
    /// Its roles, by name.
    pub roles: Vec<UserRole>,
    /// Its groups, by name.
    pub user_groups: Vec<UserGroupSummary>,
    /// By whom it was created; none for the operator.
    pub created_by: Option<UserSummary>,
    /// By whom it was last changed.
    pub updated_by: Option<UserSummary>,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
}

/// Checks the reason of a deactivation or termination; what is longer than [`limits::USER_REASON`] is cut.
///
/// # Errors
/// [`Error::Invalid`] under `reason`.
pub fn checked_reason(typed: &str) -> Result<String, Error> {
    let cut: String = typed.trim().chars().take(limits::USER_REASON).collect();
    text::limited(&cut, limits::USER_REASON).map_err(|sentence| Error::invalid("reason", sentence))
}

/// What hangs on a user, to say before it is deactivated or terminated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserUsage {
    /// Its roles that don't come by a group.
    pub roles: u64,
    /// Its groups.
    pub user_groups: u64,
    /// Its open sessions, which end.
    pub sessions: u64,
    /// The API keys that it made, which stop with it.
    pub api_keys: u64,
}
