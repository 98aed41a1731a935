//! A user as it is answered (docs/spec/rest-api.md, "User object").

use domain::{Invitation, PartnerId, User, UserGroupSummary, UserRole};
use serde::Serialize;
use utoipa::ToSchema;

use super::listed::UserListed;
use crate::date::Date;

/// A user.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserOutput {
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

/// A user that was just created.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserMade {
    /// The user.
    #[serde(flatten)]
    pub(crate) user: UserOutput,
    /// How they sign in for the first time; left out for a user with a password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) invitation: Option<InvitationOutput>,
}

/// A one-time link on which a user chooses a password. Only this answer has it.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationOutput {
    /// What follows the console's address.
    #[schema(example = "/invitation/dGhpcyBpcyBqdXN0IGFuIGV4YW1wbGU")]
    link: String,
    /// Until when it works.
    #[schema(value_type = String, example = "2016-07-26T16:18:42+0000")]
    expires: Date,
}

impl InvitationOutput {
    /// An invitation with the path of the page that accepts it.
    pub(crate) fn of(invitation: &Invitation, path: fn(&str) -> String) -> Self {
        Self { link: path(&invitation.token), expires: invitation.expires.into() }
    }
}

/// A role of a user or of a user group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleOfUser {
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
    pub(crate) fn of(user: User, partner: PartnerId, picture: Option<String>) -> Self {
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
