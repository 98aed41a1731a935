//! Making a new client of a backup (docs/spec/leaving.md, "Restore").

use std::fmt;

use serde::{Deserialize, Serialize};

pub use crate::id::RestoreId;
use crate::{ClientId, Draft, Permission, Timestamp, Violations, limits, text};

/// What making a client of an archive takes, as a user of the partner in roles for all clients.
pub const RESTORE_PERMISSIONS: [Permission; 6] = [
    Permission::ClientCreate,
    Permission::UserManage,
    Permission::UserGroupManage,
    Permission::RoleManage,
    Permission::DeviceManage,
    Permission::CredentialSetManage,
];

/// The largest part in which an archive is uploaded, in bytes.
pub const RESTORE_PART_BYTES: usize = 4 * 1024 * 1024;

/// The largest archive that is uploaded, in bytes. The command takes larger ones.
pub const MAX_ARCHIVE_BYTES: usize = 2 * 1024 * 1024 * 1024;

/// Said of a larger one.
pub const ARCHIVE_TOO_LARGE: &str = "Choose a file of at most 2 GiB. Larger ones can be restored by the command `tenantry client restore`.";

/// What an uploaded archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestorePreview {
    /// The upload.
    pub id: RestoreId,
    /// The id that the client had.
    pub client: ClientId,
    /// The name that it had.
    pub name: String,
    /// When the backup was made; none if it doesn't say so.
    pub made: Option<Timestamp>,
    /// How many records of each kind come back, as far as there are any.
    pub records: Vec<(String, u64)>,
    /// Whether secrets are in it, which a passphrase opens.
    pub has_secrets: bool,
}

/// What the form sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreDraft {
    /// The new client's name.
    pub name: String,
    /// What opens the secrets; empty to leave them out.
    pub passphrase: String,
}

/// Without the passphrase, which no log shall show.
impl fmt::Debug for RestoreDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestoreDraft").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Draft for RestoreDraft {
    type Context<'a> = ();
    /// The name, trimmed, and the passphrase if there is one. What opens the secrets is for the server to try.
    type Checked = (String, Option<String>);

    fn check(self, (): ()) -> Result<Self::Checked, Violations> {
        let name = text::required_line(&self.name, limits::NAME, "Enter the client's name.");
        let name = name.map_err(|sentence| Violations::of_field("name", sentence))?;
        Ok((name, Some(self.passphrase).filter(|passphrase| !passphrase.is_empty())))
    }
}
