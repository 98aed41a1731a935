//! A client as the place where everything of it is found.

use serde::{Deserialize, Serialize};

use super::Client;
use crate::Total;

/// A client with how much there is of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientHub {
    /// The client.
    pub client: Client,
    /// How many things it has.
    pub counts: ClientCounts,
}

/// How many things a client has, as far as the reader sees them; none of what they have no permission to view there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientCounts {
    /// Devices.
    pub devices: Option<Total>,
    /// Device groups.
    pub device_groups: Option<Total>,
    /// Persons who aren't terminated.
    pub users: Option<Total>,
    /// User groups.
    pub user_groups: Option<Total>,
    /// Its own roles and those that list it.
    pub roles: Option<Total>,
    /// Credential sets.
    pub credential_sets: Option<Total>,
    /// AWS accounts.
    pub aws_accounts: Option<Total>,
    /// Jobs about it that aren't over.
    pub open_jobs: u64,
}
