//! One record of the audit log.

use serde::{Deserialize, Serialize};

use crate::{AuditId, Change, ClientId, Timestamp, UserId, choice::choice};

choice!(
    /// By what something was done.
    Through {
        /// A page of the console.
        Page = "page", "Page";
        /// A program with an API key.
        ApiKey = "api-key", "API key";
        /// A command on the server's machine.
        Command = "command", "Command";
        /// A job, or the program by itself.
        Job = "job", "Job";
    }
);

/// Who did something, as recorded then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditActor {
    /// The user; none for the program itself, and for a stranger.
    pub user: Option<UserId>,
    /// The login name; empty for a stranger.
    pub login: String,
    /// The address; empty for the program itself.
    pub ip: String,
}

/// A record of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// Identifier.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who; none if the reader may not know them.
    pub actor: Option<AuditActor>,
    /// By what; none in records of earlier versions.
    pub through: Option<Through>,
    /// The request in the server's log, or the job. Empty if there is none, or the reader may not know the actor.
    pub reference: String,
    /// What was done, `noun.verb`; see [`crate::action_label`].
    pub action: String,
    /// The id of what it was done to; empty for none.
    pub object: String,
    /// The client that it is about; none for the partner.
    pub client: Option<ClientId>,
    /// What was different before and after.
    pub changes: Vec<Change>,
}
