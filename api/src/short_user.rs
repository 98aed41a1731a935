//! Users as other nouns mention them: who made or changed something.

use domain::UserSummary;
use serde::Serialize;
use utoipa::ToSchema;

/// Who did something.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShortUser {
    /// What one signs in with.
    login_name: String,
    /// First name.
    first_name: String,
    /// Last name.
    last_name: String,
    /// E-mail address.
    email: String,
}

impl ShortUser {
    pub(crate) fn of(user: UserSummary) -> Self {
        let UserSummary { login: login_name, first_name, last_name, email, .. } = user;
        Self { login_name, first_name, last_name, email }
    }
}
