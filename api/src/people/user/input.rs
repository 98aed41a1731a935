//! Users, and what becomes of them, as it is sent (docs/spec/rest-api.md, "User object").

use domain::UserDraft;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{notification::Notification, reference::ReferenceInput, zone::ZoneInput};
use crate::{body::given, clients::cfg::country::country_code};

/// A user as it is sent: only what is given changes, and `null` means empty.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(example = json!({ "loginName": "ada@leoart.example", "firstName": "Ada", "lastName": "Lovelace", "email": "ada@leoart.example", "roles": [{ "name": "Technician" }] }))]
pub(crate) struct UserInput {
    /// What one signs in with, without spaces. Required for a new user.
    #[schema(example = "ada@leoart.example")]
    #[serde(deserialize_with = "given")]
    login_name: Option<String>,
    /// Required for a new user.
    #[schema(example = "Ada")]
    #[serde(deserialize_with = "given")]
    first_name: Option<String>,
    /// Required for a new user.
    #[schema(example = "Lovelace")]
    #[serde(deserialize_with = "given")]
    last_name: Option<String>,
    /// E-mail address. Required for a new user.
    #[schema(example = "ada@leoart.example")]
    #[serde(deserialize_with = "given")]
    email: Option<String>,
    /// Another e-mail address.
    #[serde(deserialize_with = "given")]
    alt_email: Option<String>,
    /// What the user wants to be notified of. Stored and returned; this console sends no such notifications itself.
    #[serde(deserialize_with = "given")]
    user_notifications: Option<Vec<Notification>>,
    /// At least seven characters with a digit, a special character, a lower and an upper case letter. A new user without one is invited by a one-time link.
    #[serde(deserialize_with = "given")]
    password: Option<String>,
    /// Whether another password must be chosen at the next sign-in.
    #[serde(deserialize_with = "given")]
    change_password: Option<bool>,
    /// Job title.
    #[serde(deserialize_with = "given")]
    designation: Option<String>,
    /// Street and number.
    #[serde(deserialize_with = "given")]
    address: Option<String>,
    /// City.
    #[serde(deserialize_with = "given")]
    city: Option<String>,
    /// State or region.
    #[serde(deserialize_with = "given")]
    state: Option<String>,
    /// Postal code.
    #[serde(deserialize_with = "given")]
    zip: Option<String>,
    /// Name, alpha-2 or alpha-3 code of a country. Answered as it was sent.
    #[schema(example = "United States")]
    #[serde(deserialize_with = "given")]
    country: Option<String>,
    /// A time zone of the list.
    #[serde(deserialize_with = "given")]
    time_zone: Option<ZoneInput>,
    /// Telephone.
    #[serde(deserialize_with = "given")]
    phone_number: Option<String>,
    /// Mobile telephone.
    #[serde(deserialize_with = "given")]
    mobile_number: Option<String>,
    /// `REGULAR` or `BUSINESS`.
    #[schema(example = "REGULAR")]
    #[serde(deserialize_with = "given")]
    user_account_type: Option<String>,
    /// Its roles, apart from those by its groups.
    #[serde(deserialize_with = "given")]
    pub(crate) roles: Option<Vec<ReferenceInput>>,
    /// `ALL` for every group, `NONE` for none; left out where `userGroups` says which.
    #[schema(example = "NONE")]
    #[serde(deserialize_with = "given")]
    user_group_type: Option<String>,
    /// Its groups.
    #[serde(deserialize_with = "given")]
    pub(crate) user_groups: Option<Vec<ReferenceInput>>,
    /// Its picture, base64: PNG, JPEG, WebP or GIF.
    #[serde(deserialize_with = "given")]
    pub(crate) profile_image: Option<String>,
}

impl UserInput {
    /// The draft, but for roles and groups, which have to be looked up.
    pub(crate) fn into_draft(self) -> UserDraft {
        UserDraft {
            login: self.login_name,
            first_name: self.first_name,
            last_name: self.last_name,
            email: self.email,
            alternate_email: self.alt_email,
            notification_email: None,
            notifications: self.user_notifications.map(|list| list.into_iter().map(Notification::into_domain).collect()),
            designation: self.designation,
            address: self.address,
            city: self.city,
            state: self.state,
            zip: self.zip,
            country: self.country.as_deref().map(country_code),
            country_written: self.country,
            time_zone: self.time_zone.map(ZoneInput::into_name),
            phone: self.phone_number,
            mobile: self.mobile_number,
            account_type: self.user_account_type,
            change_password: self.change_password,
            password: self.password,
            roles: None,
            user_group_type: self.user_group_type,
            user_groups: None,
        }
    }
}

/// Why a user is deactivated.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct DeactivationInput {
    /// A sentence for the record.
    #[schema(example = "On leave")]
    #[serde(deserialize_with = "given")]
    pub(crate) deactivate_reason: Option<String>,
}

/// Why a user is terminated, and what stays of it.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct TerminationInput {
    /// A sentence for the record.
    #[schema(example = "Left the company")]
    #[serde(deserialize_with = "given")]
    pub(crate) terminate_reason: Option<String>,
    /// `PARTIAL` keeps name and function, `FULL` nothing that says who it was. `PARTIAL` where nothing is said.
    #[schema(example = "PARTIAL")]
    #[serde(deserialize_with = "given")]
    pub(crate) mask_type: Option<String>,
}

/// A password in the place of another.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct PasswordInput {
    /// The password so far; may be left out for another user than the caller.
    #[schema(example = "Kiwi#2026")]
    #[serde(deserialize_with = "given")]
    pub(crate) current_password: Option<String>,
    /// At least seven characters with a digit, a special character, a lower and an upper case letter.
    #[schema(example = "Other#2026")]
    #[serde(deserialize_with = "given")]
    pub(crate) new_password: Option<String>,
    /// The same again; may be left out.
    #[schema(example = "Other#2026")]
    #[serde(deserialize_with = "given")]
    pub(crate) confirm_password: Option<String>,
}
