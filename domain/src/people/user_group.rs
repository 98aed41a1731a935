//! Groups of users, which may hold roles like a user.

use serde::{Deserialize, Serialize};

use crate::{
    ClientId, Draft, NameSort, OfClient, OwnerFilter, Query, RoleId, Selection, Timestamp, UserGroupId, UserRole, UserSummary, Violations, limits,
    text,
};

/// A view of the list of user groups.
pub type UserGroupQuery = Query<NameSort, OfClient<Option<OwnerFilter>>>;

/// The least one needs to mention a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserGroupSummary {
    /// Identifier.
    pub id: UserGroupId,
    /// The number that the API has besides.
    pub number: i64,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
}

/// A group in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserGroupRow {
    /// Which.
    pub group: UserGroupSummary,
    /// The client it belongs to; none for the partner's own.
    pub client: Option<ClientId>,
    /// The name of that client or of the partner.
    pub organization: String,
    /// E-mail address.
    pub email: String,
    /// How many users are in it.
    pub users: u64,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
}

/// A group with everything about it but its users, who may be many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserGroup {
    /// As in a list.
    pub row: UserGroupRow,
    /// The roles that it gives its users, sorted by name.
    pub roles: Vec<UserRole>,
    /// By whom it was created.
    pub created_by: Option<UserSummary>,
    /// By whom it was last changed.
    pub updated_by: Option<UserSummary>,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
}

/// What hangs on a group, to say before it is deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserGroupUsage {
    /// How many users are in it.
    pub users: u64,
    /// The names of the roles that they have by it.
    pub roles: Vec<String>,
}

/// A group to be made, or what changes of one: what isn't given stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserGroupDraft {
    /// Name, unique in its tenant.
    pub name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The roles to give its users.
    pub roles: Option<Selection<RoleId>>,
}

/// What is typed about a group, checked and trimmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserGroupProfile {
    /// Name.
    pub name: String,
    /// Description; empty for none.
    pub description: String,
    /// E-mail address; empty for none.
    pub email: String,
}

impl Draft for UserGroupDraft {
    /// The group before the change; none for a new one.
    type Context<'a> = Option<&'a UserGroupProfile>;
    type Checked = UserGroupProfile;

    fn check(self, before: Option<&UserGroupProfile>) -> Result<UserGroupProfile, Violations> {
        let mut violations = Violations::new();
        let mut profile = before.cloned().unwrap_or_default();
        if self.name.is_some() || before.is_none() {
            let name = text::required(self.name.as_deref().unwrap_or_default(), limits::NAME, "Enter the group's name.");
            profile.name = violations.accept("name", name.and_then(|name| text::line(&name, limits::NAME))).unwrap_or_default();
        }
        if let Some(description) = &self.description {
            profile.description = violations.accept("description", text::limited(description, limits::DESCRIPTION)).unwrap_or_default();
        }
        if let Some(email) = &self.email {
            profile.email = violations.accept("email", text::email(email)).unwrap_or_default();
        }
        violations.checked(profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_has_a_name_and_keeps_what_is_not_given() {
        assert_eq!(UserGroupDraft::default().check(None), Err(Violations::of_field("name", "Enter the group's name.")));
        let before = UserGroupProfile { name: "Admins".into(), description: "All of them".into(), ..Default::default() };
        let draft = UserGroupDraft { email: Some("admins@leoart.example".into()), ..Default::default() };
        let after = draft.check(Some(&before)).unwrap();
        assert_eq!(after, UserGroupProfile { email: "admins@leoart.example".into(), ..before });
    }
}
