//! AWS's faults in words: what is wrong, and what to do.

use domain::AwsAccountNumber;

use super::calls::AwsFault;

impl AwsFault {
    /// For people. The account is the one that the call was about.
    #[must_use]
    pub fn sentence(&self, account: &AwsAccountNumber) -> String {
        match self {
            Self::NoCredentials(words) => format!(
                "The server has no AWS credentials for account {account}: {}. Provide them in the server’s environment, in a profile or by its machine’s role, then try again.",
                clause(words)
            ),
            Self::CredentialsRefused(words) => {
                format!("AWS refused the server’s credentials for account {account}: {}. Renew them on the server, then try again.", clause(words))
            }
            Self::Denied { action } if action == "sts:AssumeRole" => format!(
                "AWS denied sts:AssumeRole in account {account}. Check that the role exists, that its trust policy names the server’s identity and the external ID, and that \
                 the server’s identity is allowed sts:AssumeRole."
            ),
            Self::Denied { action } => {
                format!("AWS denied {action} in account {account}. Allow it for the identity that the server uses there, then try again.")
            }
            Self::Throttled => format!("AWS is receiving too many requests for account {account}. Try again in a few minutes."),
            Self::NoOrganization => format!("Account {account} isn’t in an organization. Create one at AWS, or add the account as Non-MSP."),
            Self::Exists => format!("Account {account} already has a role of that name. Choose another name, or delete that role at AWS."),
            Self::NotFound => format!("The role no longer exists in account {account}. Onboard the account again."),
            Self::InvalidPrincipal => {
                format!(
                    "AWS doesn’t recognize the identity that the role in account {account} is to trust. Try again in a few minutes; new identities take a while."
                )
            }
            Self::DeleteConflict(words) => {
                format!(
                    "AWS can’t delete the role in account {account} while it is in use: {}. Remove what uses it, then delete the role at AWS.",
                    clause(words)
                )
            }
            Self::LimitExceeded(words) => {
                format!(
                    "Account {account} has reached a limit of AWS: {}. Delete what isn’t needed or ask AWS for a higher quota, then try again.",
                    clause(words)
                )
            }
            Self::Concurrent => format!("Somebody else is changing the same thing in account {account}. Try again in a minute."),
            Self::Unreachable(words) => {
                format!("The server couldn’t reach AWS: {}. Check its internet connection and its AWS region, then try again.", clause(words))
            }
            Self::Other { code, message } => {
                format!("AWS refused a request for account {account}: {} ({code}). Correct it at AWS, then try again.", clause(message))
            }
        }
    }
}

/// Words of AWS's, to go on after them.
fn clause(words: &str) -> &str {
    let words = words.trim().trim_end_matches('.');
    if words.is_empty() { "it gave no reason" } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_says_what_is_wrong_and_what_to_do() {
        let denied = |action: &str| AwsFault::Denied { action: action.into() };
        let cases = [
            (
                AwsFault::NoCredentials("profile `prod` was not defined".into()),
                "The server has no AWS credentials for account 012345678901: profile `prod` was not defined. Provide them in the server’s environment, in a profile or by its machine’s role, then try again.",
            ),
            (
                AwsFault::CredentialsRefused("The security token is expired.".into()),
                "AWS refused the server’s credentials for account 012345678901: The security token is expired. Renew them on the server, then try again.",
            ),
            (
                denied("sts:AssumeRole"),
                "AWS denied sts:AssumeRole in account 012345678901. Check that the role exists, that its trust policy names the server’s identity and the external ID, and that the server’s identity is allowed sts:AssumeRole.",
            ),
            (
                denied("iam:CreateRole"),
                "AWS denied iam:CreateRole in account 012345678901. Allow it for the identity that the server uses there, then try again.",
            ),
            (AwsFault::Throttled, "AWS is receiving too many requests for account 012345678901. Try again in a few minutes."),
            (AwsFault::NoOrganization, "Account 012345678901 isn’t in an organization. Create one at AWS, or add the account as Non-MSP."),
            (AwsFault::Exists, "Account 012345678901 already has a role of that name. Choose another name, or delete that role at AWS."),
            (AwsFault::NotFound, "The role no longer exists in account 012345678901. Onboard the account again."),
            (
                AwsFault::InvalidPrincipal,
                "AWS doesn’t recognize the identity that the role in account 012345678901 is to trust. Try again in a few minutes; new identities take a while.",
            ),
            (
                AwsFault::DeleteConflict("Cannot delete entity, must remove roles from instance profile first.".into()),
                "AWS can’t delete the role in account 012345678901 while it is in use: Cannot delete entity, must remove roles from instance profile first. Remove what uses it, then delete the role at AWS.",
            ),
            (
                AwsFault::LimitExceeded("Cannot exceed quota for RolesPerAccount: 1000".into()),
                "Account 012345678901 has reached a limit of AWS: Cannot exceed quota for RolesPerAccount: 1000. Delete what isn’t needed or ask AWS for a higher quota, then try again.",
            ),
            (AwsFault::Concurrent, "Somebody else is changing the same thing in account 012345678901. Try again in a minute."),
            (
                AwsFault::Unreachable(String::new()),
                "The server couldn’t reach AWS: it gave no reason. Check its internet connection and its AWS region, then try again.",
            ),
            (
                AwsFault::Other { code: "ValidationError".into(), message: "1 validation error detected".into() },
                "AWS refused a request for account 012345678901: 1 validation error detected (ValidationError). Correct it at AWS, then try again.",
            ),
        ];
        let account = AwsAccountNumber::typed("0123-4567-8901").unwrap();
        for (fault, sentence) in cases {
            assert_eq!(fault.sentence(&account), sentence);
        }
    }
}
