//! AWS's faults in words: what is wrong, and what to do.

use domain::{AwsAccountNumber, Caller, Permission};

use super::calls::AwsFault;

impl AwsFault {
    /// For people. The account is the one that the call was about.
    #[must_use]
    pub fn sentence(&self, account: &AwsAccountNumber) -> String {
        match self {
            Self::NoCredentials(words) => format!(
                "The server has no AWS credentials for account {account}. Provide them in the server’s environment, in a profile or by its machine’s role, then try again.{}",
                quoted(words)
            ),
            Self::CredentialsRefused(words) => {
                format!("AWS refused the server’s credentials for account {account}. Renew them on the server, then try again.{}", quoted(words))
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
                    "AWS can’t delete the role in account {account} while it is in use. Remove what uses it, then delete the role at AWS.{}",
                    quoted(words)
                )
            }
            Self::LimitExceeded(words) => {
                format!(
                    "Account {account} has reached a limit of AWS. Delete what isn’t needed or ask AWS for a higher quota, then try again.{}",
                    quoted(words)
                )
            }
            Self::Concurrent => format!("Somebody else is changing the same thing in account {account}. Try again in a minute."),
            Self::Unreachable(words) => {
                format!("The server couldn’t reach AWS. Check its internet connection and its AWS region, then try again.{}", quoted(words))
            }
            Self::Other { code, message } => {
                let words = format!("{} ({code})", shortened(message));
                format!("AWS refused a request for account {account}. Correct it at AWS, then try again.{}", details(words.trim()))
            }
        }
    }
}

/// Between these stands what only those read who see all accounts: it can name the server's identity, its profiles and other accounts.
const DETAILS: (&str, &str) = (" Details: “", "”.");

/// The most letters of AWS's words that are kept.
const MOST: usize = 300;

/// A sentence that ends with details, which [`told`] finds again.
pub(super) fn details(text: &str) -> String {
    let text = text.trim().trim_end_matches('.').replace('“', "‘").replace('”', "’");
    let (begin, end) = DETAILS;
    if text.is_empty() { text } else { format!("{begin}{text}{end}") }
}

/// Words of AWS's or of its library's, as details.
fn quoted(words: &str) -> String {
    details(&shortened(words))
}

/// One line, not too long.
fn shortened(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// Whether somebody sees all of the partner's accounts, and so everything about how the server signs in; the program itself does.
pub(crate) fn is_told_all(reader: Option<&Caller>) -> bool {
    reader.is_none_or(|reader| reader.client.is_none() && reader.permissions_everywhere().contains(Permission::AccountView))
}

/// Sentences as somebody may read them: without the details, unless they see all accounts.
pub(crate) fn told(sentences: String, reader: Option<&Caller>) -> String {
    if is_told_all(reader) {
        return sentences;
    }
    let (mut told, (begin, end)) = (sentences.clone(), DETAILS);
    while let Some(from) = told.find(begin) {
        let to = told[from..].find(end).map_or(told.len(), |length| from + length + end.len());
        told.replace_range(from..to, "");
    }
    if told == sentences { told } else { told + " Your provider’s administrators can see the details." }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_says_what_is_wrong_and_what_to_do() {
        let denied = |action: &str| AwsFault::Denied { action: action.into() };
        let cases = [
            (
                AwsFault::NoCredentials("the profile “prod” isn’t configured".into()),
                "The server has no AWS credentials for account 012345678901. Provide them in the server’s environment, in a profile or by its machine’s role, then try again. Details: “the profile ‘prod’ isn’t configured”.",
            ),
            (
                AwsFault::CredentialsRefused("The security token is expired.".into()),
                "AWS refused the server’s credentials for account 012345678901. Renew them on the server, then try again. Details: “The security token is expired”.",
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
                "AWS can’t delete the role in account 012345678901 while it is in use. Remove what uses it, then delete the role at AWS. Details: “Cannot delete entity, must remove roles from instance profile first”.",
            ),
            (
                AwsFault::LimitExceeded("Cannot exceed quota for RolesPerAccount: 1000".into()),
                "Account 012345678901 has reached a limit of AWS. Delete what isn’t needed or ask AWS for a higher quota, then try again. Details: “Cannot exceed quota for RolesPerAccount: 1000”.",
            ),
            (AwsFault::Concurrent, "Somebody else is changing the same thing in account 012345678901. Try again in a minute."),
            (
                AwsFault::Unreachable(String::new()),
                "The server couldn’t reach AWS. Check its internet connection and its AWS region, then try again.",
            ),
            (
                AwsFault::Other { code: "ValidationError".into(), message: "1 validation error detected".into() },
                "AWS refused a request for account 012345678901. Correct it at AWS, then try again. Details: “1 validation error detected (ValidationError)”.",
            ),
        ];
        let account = AwsAccountNumber::typed("0123-4567-8901").unwrap();
        for (fault, sentence) in cases {
            assert_eq!(fault.sentence(&account), sentence);
        }
    }

    #[test]
    fn words_of_aws_are_one_line_of_limited_length() {
        let account = AwsAccountNumber::typed("0123-4567-8901").unwrap();
        let words = format!("Too\n many: {}", "é".repeat(1000));
        for fault in [AwsFault::LimitExceeded(words.clone()), AwsFault::Other { code: "ValidationError".into(), message: words }] {
            let sentence = fault.sentence(&account);
            assert!(sentence.contains("Details: “Too many: éé") && sentence.contains("é…") && sentence.chars().count() < 500, "{sentence}");
        }
    }
}
