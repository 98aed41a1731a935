//! Users on the wire (reference "Object shapes": User; seed 001, `users.*`).

use domain::{
    ClientId, Invitation, PartnerId, Reference, TIME_ZONES, TenantId, User, UserDraft, UserGroupSummary, UserProfile, UserRole, UserRow, country_name,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    cfg::{Zone, zone, zone_by_code, zone_by_id},
    client_wire::country_code,
};
use crate::api::{date::Date, fields::given};

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
    /// The e-mail address for alerts and reports, if it is another.
    #[serde(deserialize_with = "given")]
    user_notifications: Option<String>,
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
    /// Name or alpha-3 code of a country.
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
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ReferenceInput {
    /// Identifier.
    unique_id: Option<String>,
    /// Number.
    id: Option<NumberOrText>,
    /// Name.
    #[schema(example = "Technician")]
    name: Option<String>,
}

/// A number, which some programs write as text.
#[derive(Deserialize, Serialize, ToSchema)]
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
        let known = self.name.as_deref().and_then(|name| TIME_ZONES.iter().copied().find(|known| known.eq_ignore_ascii_case(name.trim())));
        match (self.name, id, code) {
            (Some(name), _, _) => known.map_or(name, str::to_owned),
            (None, Some(id), _) => zone_by_id(id.trim()).map_or(id, str::to_owned),
            (None, None, Some(code)) => zone_by_code(code.trim()).map_or(code, str::to_owned),
            (None, None, None) => String::new(),
        }
    }
}

impl ReferenceInput {
    /// What it refers to. What says nothing refers to the name of nothing.
    pub(super) fn into_reference(self) -> Reference {
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
            notification_email: self.user_notifications,
            designation: self.designation,
            address: self.address,
            city: self.city,
            state: self.state,
            zip: self.zip,
            country: self.country.map(|written| country_code(&written)),
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

/// A user, as short as can be.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserName {
    /// Identifier.
    #[schema(example = "USR0000000011")]
    id: String,
    /// What one signs in with.
    login_name: String,
    /// First name.
    first_name: String,
    /// Last name.
    last_name: String,
    /// E-mail address.
    email: String,
}

impl From<UserRow> for UserName {
    fn from(user: UserRow) -> Self {
        let UserProfile { login, first_name, last_name, email, .. } = user.profile;
        Self { id: user.id.to_string(), login_name: login, first_name, last_name, email }
    }
}

/// A user in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserListed {
    /// Its name.
    #[serde(flatten)]
    name: UserName,
    /// The partner or client it belongs to.
    #[schema(example = "msp_1")]
    org_id: String,
    /// The name of that.
    organization_name: String,
    /// `active`, `inactive` or `terminated`.
    #[schema(example = "active")]
    status: &'static str,
    /// `REGULAR` or `BUSINESS`.
    #[schema(example = "REGULAR")]
    user_account_type: &'static str,
    /// `LOCAL`: it signs in with a password of the console.
    #[schema(example = "LOCAL")]
    auth_type: &'static str,
    /// Whether it signs in with a second factor.
    two_factor_authentication: bool,
    /// Whether another password must be chosen at the next sign-in.
    change_password: bool,
    /// Another e-mail address.
    alt_email: String,
    /// The e-mail address for alerts and reports, if it is another.
    user_notifications: String,
    /// What the user is in its organization.
    designation: String,
    /// Street and number.
    address: String,
    /// City.
    city: String,
    /// State or region.
    state: String,
    /// Postal code.
    zip: String,
    /// Name of the country.
    country: String,
    /// Time zone; left out where it is the organization's.
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<Zone>,
    /// Telephone.
    phone_number: String,
    /// Mobile telephone.
    mobile_number: String,
    /// When it was created.
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    created_time: Date,
    /// When it was last changed.
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    updated_time: Date,
}

impl UserListed {
    /// A user of the partner or of one of its clients.
    pub(super) fn of(user: UserRow, partner: PartnerId) -> Self {
        let profile = user.profile.clone();
        Self {
            org_id: org_id(user.client, partner),
            organization_name: user.organization.clone(),
            status: user.status.key(),
            user_account_type: profile.account_type.key(),
            auth_type: "LOCAL",
            two_factor_authentication: false,
            change_password: profile.change_password,
            alt_email: profile.alternate_email,
            user_notifications: profile.notification_email,
            designation: profile.designation,
            address: profile.address,
            city: profile.city,
            state: profile.state,
            zip: profile.zip,
            country: country_name(&profile.country).unwrap_or_default().to_owned(),
            time_zone: zone(&profile.time_zone),
            phone_number: profile.phone,
            mobile_number: profile.mobile,
            created_time: user.created.into(),
            updated_time: user.updated.into(),
            name: user.into(),
        }
    }
}

/// The tenant that something belongs to.
pub(super) fn org_id(client: Option<ClientId>, partner: PartnerId) -> String {
    client.map_or(TenantId::Partner(partner), TenantId::Client).to_string()
}

/// A user.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserOutput {
    /// As in a list.
    #[serde(flatten)]
    listed: UserListed,
    /// Its roles, by name.
    roles: Vec<RoleOfUser>,
    /// `ALL` if it is in every group, also in those to come; `NONE` if it is in none.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_group_type: Option<&'static str>,
    /// Its groups, by name.
    user_groups: Vec<GroupOfUser>,
    /// Its picture, base64; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_image: Option<String>,
}

/// A user that was just made.
#[derive(Serialize, ToSchema)]
pub(super) struct UserMade {
    /// As it is from now on.
    #[serde(flatten)]
    pub(super) user: UserOutput,
    /// How it comes in for the first time; left out for a user with a password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) invitation: Option<InvitationOutput>,
}

/// A one-time link on which a user chooses a password. It is told this once.
#[derive(Serialize, ToSchema)]
pub(super) struct InvitationOutput {
    /// What follows the console's address.
    #[schema(example = "/invitation/dGhpcyBpcyBqdXN0IGFuIGV4YW1wbGU")]
    link: String,
    /// Until when it works.
    #[schema(value_type = String, example = "2016-07-26T16:18:42+0000")]
    expires: Date,
}

impl From<Invitation> for InvitationOutput {
    fn from(invitation: Invitation) -> Self {
        Self { link: app::paths::invitation(&invitation.token), expires: invitation.expires.into() }
    }
}

/// A role of a user.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RoleOfUser {
    /// Number.
    id: i64,
    /// Identifier.
    unique_id: String,
    /// Name.
    name: String,
    /// Whether it comes by a user group alone.
    user_group_role: bool,
}

/// A group of a user.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupOfUser {
    /// Number.
    id: i64,
    /// Identifier.
    unique_id: String,
    /// Name.
    name: String,
}

impl UserOutput {
    /// A user of the partner or of one of its clients, and its picture.
    pub(super) fn of(user: User, partner: PartnerId, picture: Option<String>) -> Self {
        let role = |UserRole { id, number, name, by_group }| RoleOfUser { id: number, unique_id: id.to_string(), name, user_group_role: by_group };
        let group = |UserGroupSummary { id, number, name, .. }| GroupOfUser { id: number, unique_id: id.to_string(), name };
        let user_group_type = if user.row.profile.all_user_groups { Some("ALL") } else { user.user_groups.is_empty().then_some("NONE") };
        Self {
            roles: user.roles.into_iter().map(role).collect(),
            user_group_type,
            user_groups: user.user_groups.into_iter().map(group).collect(),
            profile_image: picture,
            listed: UserListed::of(user.row, partner),
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
    /// The password so far.
    #[schema(example = "Kiwi#2026")]
    #[serde(deserialize_with = "given")]
    pub(super) current_password: Option<String>,
    /// At least seven characters with a digit, a special character, a lower and an upper case letter.
    #[schema(example = "Other#2026")]
    #[serde(deserialize_with = "given")]
    pub(super) new_password: Option<String>,
    /// The same again.
    #[schema(example = "Other#2026")]
    #[serde(deserialize_with = "given")]
    pub(super) confirm_password: Option<String>,
}
