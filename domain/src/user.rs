//! Users, as far as other things mention them.

use serde::{Deserialize, Serialize};

use crate::UserId;

/// A user in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserSummary {
    /// Identifier.
    pub id: UserId,
    /// What one signs in with.
    pub login: String,
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}
