//! User groups as they are sent.

use domain::{Error, UserId, Violations};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{body::given, people::user::reference::ReferenceInput};

/// A user group as it is sent: only what is given changes, and `null` means empty.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(crate) struct GroupInput {
    /// Required for a new group.
    #[schema(example = "Night shift")]
    #[serde(deserialize_with = "given")]
    pub(crate) name: Option<String>,
    /// What it is for.
    #[serde(deserialize_with = "given")]
    pub(crate) description: Option<String>,
    /// E-mail address of all of them.
    #[schema(example = "night@leoart.example")]
    #[serde(deserialize_with = "given")]
    pub(crate) email: Option<String>,
    /// Roles that its users get by it.
    #[serde(deserialize_with = "given")]
    pub(crate) roles: Option<Vec<ReferenceInput>>,
}

/// A user by its id.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct UserById {
    /// Identifier.
    #[schema(example = "USR0000000011")]
    pub(crate) id: String,
}

/// The users of a body. A violation names each invalid id by its place.
pub(crate) fn user_ids(users: &[UserById]) -> Result<Vec<UserId>, Error> {
    let mut violations = Violations::new();
    let read = |(at, user): (usize, &UserById)| {
        violations.accept(&format!("{at}.id"), user.id.parse().map_err(|_| format!("“{}” is no user's id.", user.id)))
    };
    let ids = users.iter().enumerate().filter_map(read).collect();
    violations.into_result().map(|()| ids)
}
