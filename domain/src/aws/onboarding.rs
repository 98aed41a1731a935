//! Onboarding: making a role in an account by which this console enters it.

use serde::{Deserialize, Serialize};

use crate::{Draft, Violations, choice::choice, text};

/// The longest name of a role.
const MAX_ROLE_NAME: usize = 64;

/// What a role is called unless somebody says otherwise.
const ROLE_NAME: &str = "Tenantry";

choice!(
    /// What the role may do in its account.
    #[derive(Default)]
    AwsAccess {
        /// Read how things are configured, not what is in them.
        #[default]
        ReadOnly = "read-only", "Read-only";
        /// Everything.
        Administrator = "administrator", "Administrator";
    }
);

/// The services whose configuration a read-only role reads.
const READ: [&str; 24] = [
    "acm",
    "autoscaling",
    "backup",
    "cloudformation",
    "cloudfront",
    "cloudtrail",
    "cloudwatch",
    "config",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "eks",
    "elasticfilesystem",
    "elasticloadbalancing",
    "iam",
    "kms",
    "lambda",
    "logs",
    "organizations",
    "rds",
    "route53",
    "sns",
    "tag",
];

/// Those of them whose `Get` actions too read configuration alone. With others they hand out rows, log lines, code or images.
const GET: [&str; 10] = ["acm", "autoscaling", "backup", "cloudfront", "config", "iam", "kms", "route53", "sns", "tag"];

impl AwsAccess {
    /// The policy of the role, as IAM's JSON.
    #[must_use]
    pub fn policy(self) -> String {
        let actions = match self {
            Self::Administrator => "\"*\"".to_owned(),
            Self::ReadOnly => {
                let described = READ.iter().flat_map(|service| ["Describe", "List"].map(|verb| format!("\"{service}:{verb}*\"")));
                let got = GET.iter().map(|service| format!("\"{service}:Get*\""));
                let buckets = "\"s3:GetBucket*\", \"s3:GetAccountPublicAccessBlock\", \"s3:GetEncryptionConfiguration\", \"s3:ListAllMyBuckets\"";
                format!("[{}, {buckets}]", described.chain(got).collect::<Vec<_>>().join(", "))
            }
        };
        format!(r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": {actions}, "Resource": "*"}}]}}"#)
    }
}

/// What the window "Onboard Member Account" sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OnboardingDraft {
    /// The name of the role that is made.
    pub role_name: String,
    /// A key of [`AwsAccess`].
    pub access: String,
    /// For which region the quick-create link is.
    pub region: String,
}

impl Default for OnboardingDraft {
    fn default() -> Self {
        Self { role_name: ROLE_NAME.to_owned(), access: AwsAccess::default().key().to_owned(), region: "us-east-1".to_owned() }
    }
}

/// A checked [`OnboardingDraft`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onboarding {
    /// The name of the role.
    pub role_name: String,
    /// What it may do.
    pub access: AwsAccess,
    /// For which region the quick-create link is.
    pub region: String,
}

impl Draft for OnboardingDraft {
    type Context<'a> = ();
    type Checked = Onboarding;

    fn check(self, (): ()) -> Result<Onboarding, Violations> {
        let mut violations = Violations::new();
        let role_name = text::required_line(&self.role_name, MAX_ROLE_NAME, "Enter the role’s name.").and_then(|name| {
            let fits = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte));
            // AWS takes others, but a command for people that begins with a hyphen is read as something else.
            let begins = name.starts_with(|first: char| first.is_ascii_alphanumeric());
            if fits && begins {
                Ok(name)
            } else {
                Err("Use letters without accents, digits and _ + = , . @ -. Begin with a letter or digit.".to_owned())
            }
        });
        let role_name = violations.accept("role_name", role_name).unwrap_or_default();
        let access = violations.accept("access", AwsAccess::from_key(&self.access).ok_or("Choose what the role may do.")).unwrap_or_default();
        let region = self.region.trim().to_owned();
        violations.add_if(!is_region(&region), "region", "Use the name of a region, such as eu-central-1.");
        violations.checked(Onboarding { role_name, access, region })
    }
}

/// Whether it is written as regions are: `us-east-1`, `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let all = |part: &&str, is: fn(&u8) -> bool| !part.is_empty() && part.bytes().all(|byte| is(&byte));
    match parts.split_last() {
        Some((number, names)) => {
            text.len() <= 32 && names.len() >= 2 && all(number, u8::is_ascii_digit) && names.iter().all(|name| all(name, u8::is_ascii_lowercase))
        }
        None => false,
    }
}

/// What it takes to create the role by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwsTrust {
    /// The external ID, chosen by Tenantry and the same for ever for this account.
    pub external_id: String,
    /// The role's trust policy, as IAM's JSON; empty if the server's own identity is not known.
    pub trust_policy: String,
    /// The role's own policy, as IAM's JSON.
    pub policy: String,
    /// The CloudFormation template that makes the role.
    pub template: String,
    /// A link that opens AWS's page to create a stack of the template; empty if the template is stored nowhere that AWS can read.
    pub quick_create: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_json_and_fit_into_a_role() {
        for access in AwsAccess::ALL {
            let policy = access.policy();
            assert!(serde_json::from_str::<serde_json::Value>(&policy).is_ok(), "{policy}");
            assert!(policy.len() < 10_240, "the longest policy inside a role");
        }
    }

    #[test]
    fn read_only_reads_no_content() {
        let policy = AwsAccess::ReadOnly.policy();
        for action in ["dynamodb:Get", "logs:Get", "lambda:Get", "ecr:Get", "ec2:Get", "s3:GetObject", "kms:Decrypt"] {
            assert!(!policy.contains(action), "{action}");
        }
        assert!(policy.contains("\"ec2:Describe*\"") && policy.contains("\"iam:Get*\""), "{policy}");
        assert!(GET.iter().all(|service| READ.contains(service)));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let draft = OnboardingDraft { role_name: "Ten antry".into(), access: "all".into(), region: "Mars".into() };
        let fields: Vec<_> = draft.check(()).unwrap_err().into_iter().map(|violation| violation.field).collect();
        assert_eq!(fields, ["role_name", "access", "region"]);
        assert!(OnboardingDraft::default().check(()).is_ok());
        for region in ["us-gov-west-1", "eu-central-1", "eusc-de-east-1"] {
            assert!(is_region(region), "{region}");
        }
        for region in ["------", "us-east-", "us-1", "US-EAST-1", "us-east-1#"] {
            assert!(!is_region(region), "{region}");
        }
        for role_name in ["--profile=evil", ".", "-"] {
            assert!(OnboardingDraft { role_name: role_name.into(), ..OnboardingDraft::default() }.check(()).is_err(), "{role_name}");
        }
    }
}
