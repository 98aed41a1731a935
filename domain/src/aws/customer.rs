//! A customer that is created while an account is associated.

use serde::{Deserialize, Serialize};

/// What the window "Create Customer" sends. Address, country and time zone are the partner's until somebody completes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerDraft {
    /// The client's name. Required.
    pub company_name: String,
    /// Of whom to ask for. Required.
    pub first_name: String,
    /// Of whom to ask for. Required.
    pub last_name: String,
    /// Their e-mail address. Required.
    pub email: String,
}
