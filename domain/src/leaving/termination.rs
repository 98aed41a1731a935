//! Terminating a client: what is said before, asked, and left (docs/spec/leaving.md, "Termination").

use serde::{Deserialize, Serialize};

use crate::{ClientId, Draft, JobId, Timestamp, Violations, choice::choice};

choice!(
    /// Kinds of things that are erased with a client, in the order of the dialog.
    Erased {
        /// Devices.
        Devices = "devices", "Resources";
        /// Device groups.
        DeviceGroups = "device_groups", "Device groups";
        /// Persons who can sign in.
        Users = "users", "Users";
        /// User groups.
        UserGroups = "user_groups", "User groups";
        /// Roles of the client, and the partner's roles that are for its users alone.
        Roles = "roles", "Roles";
        /// Permission sets.
        PermissionSets = "permission_sets", "Permission sets";
        /// Credential sets.
        CredentialSets = "credential_sets", "Credential sets";
        /// AWS accounts: they stay the partner's, without the client and without our role.
        AwsAccounts = "aws_accounts", "AWS accounts";
        /// API keys, revoked ones too.
        ApiKeys = "api_keys", "API keys";
        /// Sessions that are signed in.
        Sessions = "sessions", "Sessions";
        /// Drafts of the client's users.
        Drafts = "drafts", "Drafts";
        /// Reports, with their runs and files.
        Reports = "reports", "Reports";
        /// Network images and profile pictures.
        Images = "images", "Images";
        /// Entries of the audit log and of the login history.
        AuditRecords = "audit_records", "Audit and sign-in records";
        /// Permissions that are restricted at the client.
        Restrictions = "restrictions", "Restricted permissions";
        /// Services, packages and the other settings of Client Details that were made.
        Settings = "settings", "Client details and settings";
    }
);

/// How many things of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedCount {
    /// The kind.
    pub kind: Erased,
    /// How many.
    pub count: u64,
}

choice!(
    /// What somebody who terminates a client must tick.
    Statement {
        /// That it is final.
        Forever = "forever", "I understand that the client can never be activated again.";
        /// That nothing can be brought back.
        Erased = "erased", "I understand that everything listed above is erased and can’t be restored.";
        /// That people lose access now.
        SignedOut = "signed_out", "I understand that the client’s users and API keys lose access at once.";
    }
);

/// What the dialog says before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminationPreview {
    /// The client.
    pub id: ClientId,
    /// Its name, to be typed as shown.
    pub name: String,
    /// What will be erased, kinds of which there are none included.
    pub erased: Vec<ErasedCount>,
    /// How many of the partner's roles list the client: they stay, without it.
    pub listed_by: u64,
    /// Why the reader can't back it up first; none if they can.
    pub backup_refused: Option<String>,
}

/// What the dialog sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminationDraft {
    /// The client's name as typed.
    pub name: String,
    /// The statements that are ticked.
    pub statements: Vec<Statement>,
}

impl Draft for TerminationDraft {
    /// The client's name.
    type Context<'a> = &'a str;
    type Checked = ();

    fn check(self, name: &str) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.add_if(self.name.trim() != name.trim(), "name", &format!("Enter the client’s name as shown: {name}"));
        for statement in Statement::ALL {
            violations.add_if(!self.statements.contains(statement), statement.key(), "Confirm this to terminate the client.");
        }
        violations.checked(())
    }
}

/// What the partner keeps of a termination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The client.
    pub client: ClientId,
    /// The job that erased it.
    pub job: JobId,
    /// When it was asked for.
    pub requested: Timestamp,
    /// The name and login name of who asked for it, as they were then.
    pub requested_by: String,
    /// The id of the request, which the server's log names too; empty where none came over HTTP.
    pub request: String,
    /// When everything was erased; none while that goes on.
    pub finished: Option<Timestamp>,
    /// What was erased so far.
    pub erased: Vec<ErasedCount>,
    /// The backup that was there when it was asked for; none if there was none.
    pub backup: Option<ReceiptBackup>,
}

/// What a receipt says of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptBackup {
    /// When it was finished.
    pub finished: Timestamp,
    /// The SHA-256 of its archive, 64 hexadecimal digits.
    pub sha256: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_and_the_name_are_needed() {
        let all = TerminationDraft { name: " Acme, Inc. ".to_owned(), statements: Statement::ALL.to_vec() };
        assert_eq!(all.clone().check("Acme, Inc."), Ok(()));
        let wrong = TerminationDraft { name: "acme, inc.".to_owned(), statements: vec![Statement::Erased] }.check("Acme, Inc.").unwrap_err();
        assert_eq!(wrong.iter().map(|violation| violation.field.as_str()).collect::<Vec<_>>(), ["name", "forever", "signed_out"]);
        assert_eq!(TerminationDraft::default().check("Acme").unwrap_err().iter().count(), 4);
    }
}
