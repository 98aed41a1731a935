//! Users as they are answered (reference "Object shapes": User; seed 001, `users.*`).

use domain::{ClientId, Invitation, PartnerId, TenantId, User, UserGroupSummary, UserProfile, UserRole, UserRow, UserStatus, UserSummary};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    cfg::{Zone, zone},
    client_wire::country_as_sent,
    notification::Notification,
};
use crate::api::date::Date;

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

impl From<UserSummary> for UserName {
    fn from(UserSummary { id, login, first_name, last_name, email }: UserSummary) -> Self {
        Self { id: id.to_string(), login_name: login, first_name, last_name, email }
    }
}

/// A user in the short list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserMinimal {
    /// Its name.
    #[serde(flatten)]
    name: UserName,
    /// Whether another password must be chosen at the next sign-in.
    change_password: bool,
}

impl From<(UserSummary, bool)> for UserMinimal {
    fn from((user, change_password): (UserSummary, bool)) -> Self {
        Self { change_password, name: user.into() }
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
    /// `active` or `inactive`: the contract knows no third, so a terminated user is inactive for ever.
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
    /// What the user wants to be notified of.
    user_notifications: Vec<Notification>,
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
            status: if user.status == UserStatus::Active { "active" } else { "inactive" },
            user_account_type: profile.account_type.key(),
            auth_type: "LOCAL",
            two_factor_authentication: false,
            change_password: profile.change_password,
            alt_email: profile.alternate_email,
            user_notifications: profile.notifications.into_iter().map(Notification::from).collect(),
            designation: profile.designation,
            address: profile.address,
            city: profile.city,
            state: profile.state,
            zip: profile.zip,
            country: country_as_sent(&profile.country, &profile.country_written),
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

/// A role of a user or of a user group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RoleOfUser {
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

impl From<UserRole> for RoleOfUser {
    fn from(UserRole { id, number, name, by_group }: UserRole) -> Self {
        Self { id: number, unique_id: id.to_string(), name, user_group_role: by_group }
    }
}

impl UserOutput {
    /// A user of the partner or of one of its clients, and its picture.
    pub(super) fn of(user: User, partner: PartnerId, picture: Option<String>) -> Self {
        let group = |UserGroupSummary { id, number, name, .. }| GroupOfUser { id: number, unique_id: id.to_string(), name };
        let user_group_type = if user.row.profile.all_user_groups { Some("ALL") } else { user.user_groups.is_empty().then_some("NONE") };
        Self {
            roles: user.roles.into_iter().map(RoleOfUser::from).collect(),
            user_group_type,
            user_groups: user.user_groups.into_iter().map(group).collect(),
            profile_image: picture,
            listed: UserListed::of(user.row, partner),
        }
    }
}
