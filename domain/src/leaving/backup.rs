//! Backups of a client: one archive of open formats (docs/spec/leaving.md, "Backup").

use std::fmt;

use serde::{Deserialize, Serialize};

pub use crate::id::BackupId;
use crate::{
    Caller, ClientId, Draft, Error, JobId, JobProgress, JobState, Permission, Query, Standing, Timestamp, UserSummary, Violations, choice::choice,
    limits,
};

/// What an archive shows or does: whoever lacks one of these at the client can't make one.
const NEEDED: [Permission; 8] = [
    Permission::ClientManage,
    Permission::UserView,
    Permission::UserGroupView,
    Permission::RoleView,
    Permission::DeviceView,
    Permission::CredentialSetView,
    Permission::ReportView,
    Permission::AuditView,
];

choice!(
    /// What orders the backups of a client.
    #[derive(Default)]
    BackupSort {
        /// The latest first.
        #[default]
        Age = "age", "Age";
    }
);

/// What a page asks of the backups of a client.
pub type BackupQuery = Query<BackupSort, ()>;

/// A backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Identifier.
    pub id: BackupId,
    /// Of which client.
    pub client: ClientId,
    /// The job that makes the archive.
    pub job: JobId,
    /// The job's state.
    pub state: JobState,
    /// How far the job is.
    pub progress: JobProgress,
    /// What came of it, once it is over.
    pub outcome: String,
    /// Who asked for it; none if the reader may not know them.
    pub asked_by: Option<UserSummary>,
    /// Whether secrets are in it, encrypted with a passphrase.
    pub has_secrets: bool,
    /// When it was asked for.
    pub created: Timestamp,
    /// When its archive was complete.
    pub finished: Option<Timestamp>,
    /// How many records are in it.
    pub records: u64,
    /// The size of the archive.
    pub bytes: u64,
    /// The SHA-256 of the archive, 64 hexadecimal digits.
    pub sha256: String,
    /// Until when the archive is stored.
    pub until: Timestamp,
}

impl Backup {
    /// Whether its archive can be downloaded.
    #[must_use]
    pub fn has_file(&self, now: Timestamp) -> bool {
        self.finished.is_some() && now < self.until
    }
}

/// What the form sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupDraft {
    /// Whether secrets are to be in it.
    pub with_secrets: bool,
    /// With what they are encrypted.
    pub passphrase: String,
    /// The same again.
    pub confirmation: String,
}

/// Nothing of it, so that no log shows a passphrase.
impl fmt::Debug for BackupDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackupDraft").finish_non_exhaustive()
    }
}

/// A passphrase that keeps the rule. It can't be shown by accident: no `Debug`, no `Serialize`.
#[derive(Clone)]
pub struct Passphrase(String);

impl Passphrase {
    /// The passphrase itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// A backup to be made.
#[derive(Clone)]
pub struct BackupWish {
    /// With what secrets are encrypted; none to leave them out.
    pub passphrase: Option<Passphrase>,
}

impl Draft for BackupDraft {
    type Context<'a> = ();
    type Checked = BackupWish;

    fn check(self, (): ()) -> Result<BackupWish, Violations> {
        if !self.with_secrets {
            return Ok(BackupWish { passphrase: None });
        }
        let (mut violations, characters) = (Violations::new(), self.passphrase.chars().count());
        violations.add_if(characters < limits::MIN_PASSPHRASE, "passphrase", "Use at least 12 characters, such as four words.");
        violations.add_if(characters > limits::MAX_PASSWORD, "passphrase", "Use at most 256 characters.");
        violations.add_if(self.passphrase != self.confirmation, "confirmation", "Passphrases don’t match.");
        violations.checked(BackupWish { passphrase: Some(Passphrase(self.passphrase)) })
    }
}

/// Whether a caller may make a backup of a client, or download one: a user of the partner who sees everything about it. With secrets, the caller must also
/// manage credential sets.
///
/// # Errors
/// `NotFound` for a client that isn't visible; `Forbidden` with what is missing.
pub fn may_back_up(caller: &Caller, client: ClientId, standing: &Standing, has_secrets: bool) -> Result<(), Error> {
    caller.can_at(Permission::ClientView, client, standing)?;
    if caller.client.is_some() {
        return Err(Error::forbidden("Only your provider can back up your organization."));
    }
    let secrets = has_secrets.then_some(Permission::CredentialSetManage);
    for permission in NEEDED.into_iter().chain(secrets) {
        caller.can_at(permission, client, standing)?;
        if !caller.sees_all_at(permission, client, standing) {
            let reason = format!("A backup holds everything about a client: it takes “{}” in a role that sees all of them.", permission.name());
            return Err(Error::forbidden(reason));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_take_a_passphrase_typed_twice() {
        let draft = |passphrase: &str, confirmation: &str| BackupDraft {
            with_secrets: true,
            passphrase: passphrase.to_owned(),
            confirmation: confirmation.to_owned(),
        };
        let fields = |draft: BackupDraft| match draft.check(()) {
            Ok(_) => Vec::new(),
            Err(violations) => violations.iter().map(|violation| violation.field.clone()).collect(),
        };
        assert_eq!(fields(draft("correct horse battery", "correct horse battery")), [""; 0]);
        assert_eq!(fields(draft("short", "other")), ["passphrase", "confirmation"]);
        assert_eq!(fields(draft(&"x".repeat(257), &"x".repeat(257))), ["passphrase"]);
        assert_eq!(fields(BackupDraft { with_secrets: false, ..draft("short", "") }), [""; 0], "what isn't used isn't checked");
    }

    #[test]
    fn a_passphrase_is_never_shown() {
        let draft = BackupDraft { with_secrets: true, passphrase: "correct horse".to_owned(), confirmation: String::new() };
        assert!(!format!("{draft:?}").contains("horse"));
    }
}
