//! Users, and what becomes of them, as it is sent (reference "Object shapes": User; seed 001, `users.*`).

use domain::{OLD_TIME_ZONES, Reference, TIME_ZONES, UserDraft};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    cfg::{zone_by_code, zone_by_id},
    client_wire::country_code,
    notification::Notification,
};
use crate::api::fields::given;

/// A user as it is sent: only what is given changes, and `null` means empty.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(example = json!({ "loginName": "ada@leoart.example", "firstName": "Ada", "lastName": "Lovelace", "email": "ada@leoart.example", "roles": [{ "name": "Technician" }] }))]
pub(super) struct UserInput {
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
    /// What the user wants to be notified of. It is kept and answered; this console sends no such notifications itself.
    #[serde(deserialize_with = "given")]
    user_notifications: Option<Vec<Notification>>,
    /// At least seven characters with a digit, a special character, a lower and an upper case letter. A new user without one is invited by a one-time link.
    #[serde(deserialize_with = "given")]
    password: Option<String>,
    /// Whether another password must be chosen at the next sign-in.
    #[serde(deserialize_with = "given")]
    change_password: Option<bool>,
    /// What the user is in its organization.
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
    pub(super) roles: Option<Vec<ReferenceInput>>,
    /// `ALL` for every group, `NONE` for none; left out where `userGroups` says which.
    #[schema(example = "NONE")]
    #[serde(deserialize_with = "given")]
    user_group_type: Option<String>,
    /// Its groups.
    #[serde(deserialize_with = "given")]
    pub(super) user_groups: Option<Vec<ReferenceInput>>,
    /// Its picture, base64: PNG, JPEG, WebP or GIF.
    #[serde(deserialize_with = "given")]
    pub(super) profile_image: Option<String>,
}

/// A time zone by its name, or else its number, or else its abbreviation.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
struct ZoneInput {
    /// IANA name.
    #[schema(example = "America/Los_Angeles")]
    name: Option<String>,
    /// Number in the list.
    id: Option<NumberOrText>,
    /// Abbreviation in winter.
    code: Option<String>,
}

/// A role or a user group by its `uniqueId`, or else its `id`, or else its name.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ReferenceInput {
    /// Identifier.
    unique_id: Option<String>,
    /// Number.
    id: Option<NumberOrText>,
    /// Name.
    #[schema(example = "Technician")]
    name: Option<String>,
    /// As it was answered: a role that comes by a group alone is ignored here, since the group gives it.
    user_group_role: Option<bool>,
}

/// A number, which some programs write as text.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
enum NumberOrText {
    Number(i64),
    Text(String),
}

impl NumberOrText {
    fn text(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}

impl ZoneInput {
    /// The zone's IANA name; what names none is for the draft's rules to refuse.
    fn into_name(self) -> String {
        let (id, code) = (self.id.map(NumberOrText::text), self.code);
        let known = self
            .name
            .as_deref()
            .and_then(|name| TIME_ZONES.iter().chain(OLD_TIME_ZONES).copied().find(|known| known.eq_ignore_ascii_case(name.trim())));
        match (self.name, id, code) {
            (Some(name), _, _) => known.map_or(name, str::to_owned),
            (None, Some(id), _) => zone_by_id(id.trim()).map_or(id, str::to_owned),
            (None, None, Some(code)) => zone_by_code(code.trim()).map_or(code, str::to_owned),
            (None, None, None) => String::new(),
        }
    }
}

impl ReferenceInput {
    /// The references of a list, without the roles that come through groups.
    pub(super) fn references(list: Vec<Self>) -> Vec<Reference> {
        list.into_iter().filter(|item| item.user_group_role != Some(true)).map(Self::into_reference).collect()
    }

    /// What it refers to. What says nothing refers to the name of nothing.
    fn into_reference(self) -> Reference {
        match (self.unique_id, self.id, self.name) {
            (Some(id), _, _) => Reference::Id(id),
            (None, Some(NumberOrText::Number(number)), _) => Reference::Number(number),
            (None, Some(NumberOrText::Text(text)), _) => text.parse().map_or_else(|_| Reference::Id(text), Reference::Number),
            (None, None, name) => Reference::Name(name.unwrap_or_default()),
        }
    }
}

impl UserInput {
    /// The draft, but for roles and groups, which have to be looked up.
    pub(super) fn into_draft(self) -> UserDraft {
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
pub(super) struct DeactivationInput {
    /// A sentence for the record.
    #[schema(example = "On leave")]
    #[serde(deserialize_with = "given")]
    pub(super) deactivate_reason: Option<String>,
}

/// Why a user is terminated, and what stays of it.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct TerminationInput {
    /// A sentence for the record.
    #[schema(example = "Left the company")]
    #[serde(deserialize_with = "given")]
    pub(super) terminate_reason: Option<String>,
    /// `PARTIAL` keeps name and function, `FULL` nothing that says who it was. `PARTIAL` where nothing is said.
    #[schema(example = "PARTIAL")]
    #[serde(deserialize_with = "given")]
    pub(super) mask_type: Option<String>,
}

/// A password in the place of another.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct PasswordInput {
    /// The password so far; may be left out for another user than the caller.
    #[schema(example = "Kiwi#2026")]
    #[serde(deserialize_with = "given")]
    pub(super) current_password: Option<String>,
    /// At least seven characters with a digit, a special character, a lower and an upper case letter.
    #[schema(example = "Other#2026")]
    #[serde(deserialize_with = "given")]
    pub(super) new_password: Option<String>,
    /// The same again; may be left out.
    #[schema(example = "Other#2026")]
    #[serde(deserialize_with = "given")]
    pub(super) confirm_password: Option<String>,
}
