//! Names of roles in AWS.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::AwsAccountNumber;
use crate::choice::choice;

choice!(
    /// A part of AWS with accounts of its own.
    AwsPartition {
        /// All regions outside China and GovCloud.
        Aws = "aws", "AWS";
        /// China.
        China = "aws-cn", "AWS China";
        /// The government of the United States.
        Government = "aws-us-gov", "AWS GovCloud (US)";
    }
);

/// The longest path of a role, and its longest name.
const MAX_PATH: usize = 512;
const MAX_NAME: usize = 64;

/// The Amazon Resource Name of a role: `arn:aws:iam::123456789012:role/Tenantry`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoleArn {
    partition: AwsPartition,
    account: AwsAccountNumber,
    /// Path and name, without a slash in front.
    role: String,
}

impl RoleArn {
    /// Of a role without a path.
    #[must_use]
    pub fn new(partition: AwsPartition, account: AwsAccountNumber, name: &str) -> Self {
        Self { partition, account, role: name.to_owned() }
    }

    /// The account that the role is in.
    #[must_use]
    pub const fn account(&self) -> &AwsAccountNumber {
        &self.account
    }

    /// The part of AWS that it is in.
    #[must_use]
    pub const fn partition(&self) -> AwsPartition {
        self.partition
    }

    /// The role's name, without its path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.role.rsplit('/').next().unwrap_or_default()
    }

    /// From what somebody typed.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn typed(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("Enter the Role ARN.".to_owned());
        }
        text.parse().map_err(|()| "Use the ARN of a role, such as arn:aws:iam::123456789012:role/Tenantry.".to_owned())
    }
}

impl fmt::Display for RoleArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "arn:{}:iam::{}:role/{}", self.partition.key(), self.account, self.role)
    }
}

impl FromStr for RoleArn {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().ok_or(());
        let (arn, partition, service, region, account, resource) = (next()?, next()?, next()?, next()?, next()?, next()?);
        let (partition, account) = (AwsPartition::from_key(partition).ok_or(())?, account.parse().map_err(|_| ())?);
        let role = resource.strip_prefix("role/").ok_or(())?;
        let is_name = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte));
        if (arn, service, region) != ("arn", "iam", "")
            || role.len() > MAX_PATH + MAX_NAME
            || role.rsplit('/').next().is_none_or(|name| name.len() > MAX_NAME)
            || !role.split('/').all(is_name)
        {
            return Err(());
        }
        Ok(Self { partition, account, role: role.to_owned() })
    }
}

impl TryFrom<String> for RoleArn {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::typed(&text)
    }
}

impl From<RoleArn> for String {
    fn from(arn: RoleArn) -> Self {
        arn.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arn_of_a_role_round_trips() {
        for text in ["arn:aws:iam::012345678901:role/Tenantry", "arn:aws-cn:iam::123456789012:role/a/path/Tenantry-1"] {
            assert_eq!(RoleArn::typed(text).map(|arn| arn.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(RoleArn::typed("arn:aws:iam::123456789012:role/a/b").map(|arn| arn.name().to_owned()).as_deref(), Ok("b"));
    }

    #[test]
    fn what_is_no_role_is_refused() {
        let wrong = [
            "",
            "Tenantry",
            "arn:aws:iam::123456789012:user/Leo",
            "arn:aws:iam::12345678901:role/Short",
            "arn:aws:iam:eu-west-1:123456789012:role/Region",
            "arn:aws:sts::123456789012:assumed-role/A/b",
            "arn:azure:iam::123456789012:role/Other",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:iam::123456789012:role/a//b",
            "arn:aws:iam::123456789012:role/with space",
        ];
        for text in wrong {
            assert!(RoleArn::typed(text).is_err(), "{text:?}");
        }
    }
}
