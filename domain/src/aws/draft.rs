//! An AWS account as it is added or edited.

use serde::{Deserialize, Serialize};

use super::{AwsAccountNumber, RoleArn};
use crate::{Change, Draft, Violations, choice::choice, limits, text};

choice!(
    /// How this server signs in at an account.
    #[derive(Default)]
    AwsSignInKind {
        /// By the identity that the server has anyway: from its environment, its default profile or the role of its machine.
        #[default]
        Server = "server", "The server’s own identity";
        /// By a profile of the server's configuration of AWS.
        Profile = "profile", "A named profile";
        /// By a role that trusts the server's own identity, with an external ID that Tenantry chose.
        Role = "role", "A role with an external ID";
    }
);

/// How this server signs in at an account. No credentials are stored: they are the server's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "by")]
pub enum AwsSignIn {
    /// [`AwsSignInKind::Server`].
    Server,
    /// [`AwsSignInKind::Profile`], by its name.
    Profile {
        /// The profile's name.
        name: String,
    },
    /// [`AwsSignInKind::Role`]. The external ID is the account's.
    Role {
        /// The role, in the account itself.
        arn: RoleArn,
    },
}

impl AwsSignIn {
    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> AwsSignInKind {
        match self {
            Self::Server => AwsSignInKind::Server,
            Self::Profile { .. } => AwsSignInKind::Profile,
            Self::Role { .. } => AwsSignInKind::Role,
        }
    }

    /// The role of [`AwsSignInKind::Role`].
    #[must_use]
    pub const fn role(&self) -> Option<&RoleArn> {
        match self {
            Self::Server | Self::Profile { .. } => None,
            Self::Role { arn } => Some(arn),
        }
    }

    /// For people, in a cell: `Profile “prod”`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Server => "Server’s own identity".to_owned(),
            Self::Profile { name } => format!("Profile “{name}”"),
            Self::Role { arn } => format!("Role {}", arn.name()),
        }
    }
}

/// An account as typed or sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AwsAccountDraft {
    /// Twelve digits. Required; never changes later.
    pub number: String,
    /// Required.
    pub name: String,
    /// A key of [`AwsSignInKind`].
    pub sign_in: String,
    /// The name of a profile, if one is used.
    pub profile: String,
    /// The ARN of a role, if one is used.
    pub role_arn: String,
}

/// A checked account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsAccountDetails {
    /// What AWS calls its id.
    pub number: AwsAccountNumber,
    /// What people call it.
    pub name: String,
    /// How this server signs in.
    pub sign_in: AwsSignIn,
}

impl Draft for AwsAccountDraft {
    /// The account's number, if it exists already.
    type Context<'a> = Option<&'a AwsAccountNumber>;
    type Checked = AwsAccountDetails;

    fn check(self, before: Option<&AwsAccountNumber>) -> Result<AwsAccountDetails, Violations> {
        let mut violations = Violations::new();
        let number = match before {
            Some(number) => Some(number.clone()),
            None => violations.accept("number", AwsAccountNumber::typed(&self.number)),
        };
        let name = violations.accept("name", text::required_line(&self.name, limits::NAME, "Enter a name for the account."));
        let sign_in = match AwsSignInKind::from_key(&self.sign_in) {
            None => {
                violations.add("sign_in", "Choose how the server signs in.");
                None
            }
            Some(AwsSignInKind::Server) => Some(AwsSignIn::Server),
            Some(AwsSignInKind::Profile) => violations.accept("profile", profile(&self.profile)).map(|name| AwsSignIn::Profile { name }),
            Some(AwsSignInKind::Role) => violations.accept("role_arn", RoleArn::typed(&self.role_arn)).map(|arn| AwsSignIn::Role { arn }),
        };
        if let (Some(number), Some(AwsSignIn::Role { arn })) = (&number, &sign_in) {
            let message = format!("The role is in account {}, not in this one.", arn.account());
            violations.add_if(arn.account() != number, "role_arn", &message);
        }
        match (number, name, sign_in) {
            (Some(number), Some(name), Some(sign_in)) => violations.checked(AwsAccountDetails { number, name, sign_in }),
            _ => Err(violations),
        }
    }
}

/// The name of a profile, as the configuration of AWS can have it.
fn profile(typed: &str) -> Result<String, String> {
    let name = text::required_line(typed, limits::NAME, "Enter the profile’s name.")?;
    if name.contains(['[', ']', '"', '\'', '#', ';']) { Err("Leave out brackets, quotes, # and ;.".to_owned()) } else { Ok(name) }
}

impl AwsAccountDetails {
    /// What differs in another state of it.
    #[must_use]
    pub fn changes(&self, after: &Self) -> Vec<Change> {
        let changes = [
            Change::of("name", "Name", &self.name, &after.name),
            Change::of("sign_in", "Signs in by", &self.sign_in.words(), &after.sign_in.words()),
        ];
        changes.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named() {
        let draft = AwsAccountDraft { number: "12".into(), sign_in: "profile".into(), ..AwsAccountDraft::default() };
        let fields: Vec<_> = draft.check(None).unwrap_err().into_iter().map(|violation| violation.field).collect();
        assert_eq!(fields, ["number", "name", "profile"]);
    }

    #[test]
    fn a_role_is_in_the_account_itself() {
        let role = |arn: &str| AwsAccountDraft {
            number: "1234 5678 9012".into(),
            name: "Production".into(),
            sign_in: "role".into(),
            role_arn: arn.into(),
            ..AwsAccountDraft::default()
        };
        assert!(role("arn:aws:iam::123456789012:role/Tenantry").check(None).is_ok());
        let violations: Vec<_> = role("arn:aws:iam::111111111111:role/Tenantry").check(None).unwrap_err().into_iter().collect();
        assert_eq!(violations[0].message, "The role is in account 111111111111, not in this one.");
    }
}
