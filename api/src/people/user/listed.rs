//! Users as lists answer them.

use domain::{ClientId, PartnerId, TenantId, UserProfile, UserRow, UserStatus, UserSummary};
use serde::Serialize;
use utoipa::ToSchema;

use super::notification::Notification;
use crate::{
    clients::cfg::{
        country::country_as_sent,
        zone::{Zone, zone},
    },
    date::Date,
};

/// A user, as short as can be.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserName {
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
pub(crate) struct UserMinimal {
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
pub(crate) struct UserListed {
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
    /// Job title.
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
    pub(crate) fn of(user: UserRow, partner: PartnerId) -> Self {
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
pub(crate) fn org_id(client: Option<ClientId>, partner: PartnerId) -> String {
    client.map_or(TenantId::Partner(partner), TenantId::Client).to_string()
}
