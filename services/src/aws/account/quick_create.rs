//! The link to AWS's page that creates the role by a CloudFormation stack. Such a link takes its template from S3 only, so one template serves all accounts, and the
//! link carries the parameters.

use domain::{AwsAccess, AwsPartition, Onboarding};
use serde_json::{Value, json};

use super::role::{self, POLICY};
use crate::aws::calls::{Identity, Signer};

/// The template that the operator stores in S3, as JSON.
#[must_use]
pub fn template() -> String {
    let text = |description: &str| json!({"Type": "String", "Description": description});
    let reference = |name: &str| json!({"Ref": name});
    let policy = |access: AwsAccess| serde_json::from_str::<Value>(&access.policy()).unwrap_or_default();
    let template = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "The role by which Tenantry enters this account.",
        "Parameters": {
            "RoleName": text("The name of the role."),
            "ExternalId": text("The external ID that Tenantry chose for this account. Leave it as it is."),
            "TrustedAccount": text("The ARN of the account from which Tenantry signs in."),
            "TrustedIdentity": {"Type": "CommaDelimitedList", "Description": "The ARN of Tenantry's identity there."},
            "Access": {"Type": "String", "AllowedValues": AwsAccess::ALL.iter().map(|access| access.key()).collect::<Vec<_>>(), "Description": "What the role may do."},
        },
        "Conditions": {"IsAdministrator": {"Fn::Equals": [reference("Access"), AwsAccess::Administrator.key()]}},
        "Resources": {"Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "RoleName": reference("RoleName"),
                "AssumeRolePolicyDocument": role::trust_document(&reference("TrustedAccount"), &reference("TrustedIdentity"), &reference("ExternalId")),
                "Policies": [{"PolicyName": POLICY, "PolicyDocument": {"Fn::If": [
                    "IsAdministrator", policy(AwsAccess::Administrator), policy(AwsAccess::ReadOnly),
                ]}}],
                "Tags": [
                    {"Key": role::MANAGED, "Value": "true"},
                    {"Key": role::EXTERNAL_ID, "Value": reference("ExternalId")},
                ],
            },
        }},
        "Outputs": {"RoleArn": {"Description": "Enter this in Tenantry.", "Value": {"Fn::GetAtt": ["Role", "Arn"]}}},
    });
    format!("{template:#}")
}

/// The link for one account, if the template is stored at an address.
pub(super) fn link(template: &str, onboarding: &Onboarding, signer: &Signer, identity: &Identity, external_id: &str) -> String {
    let console = match identity.partition {
        AwsPartition::Aws => "console.aws.amazon.com",
        AwsPartition::China => "console.amazonaws.cn",
        AwsPartition::Government => "console.amazonaws-us-gov.com",
    };
    let region = &onboarding.region;
    let pairs = form_urlencoded::Serializer::new(String::new())
        .append_pair("templateURL", template)
        .append_pair("stackName", "Tenantry")
        .append_pair("param_RoleName", &onboarding.role_name)
        .append_pair("param_ExternalId", external_id)
        .append_pair("param_TrustedAccount", &role::root(identity))
        .append_pair("param_TrustedIdentity", &role::principals(signer, identity).join(","))
        .append_pair("param_Access", onboarding.access.key())
        .finish();
    // AWS's page doesn't read + as a space.
    let pairs = pairs.replace('+', "%20");
    format!("https://{console}/cloudformation/home?region={region}#/stacks/create/review?{pairs}")
}

#[cfg(test)]
mod tests {
    use domain::AwsAccountNumber;

    use super::*;
    use crate::aws::account::signer;

    #[test]
    fn the_link_gives_every_parameter_of_the_template() {
        let template: Value = serde_json::from_str(&template()).unwrap();
        let identity = Identity {
            account: AwsAccountNumber::typed("111111111111").unwrap(),
            arn: "arn:aws:iam::111111111111:user/ops/Leo".to_owned(),
            partition: AwsPartition::Aws,
        };
        let onboarding = Onboarding { role_name: "A+B".to_owned(), access: AwsAccess::ReadOnly, region: "eu-central-1".to_owned() };
        let link = link("https://bucket.s3.amazonaws.com/tenantry.json", &onboarding, &signer::server(), &identity, "ours");
        let (page, pairs) = link.split_once("#/stacks/create/review?").unwrap();
        assert_eq!(page, "https://console.aws.amazon.com/cloudformation/home?region=eu-central-1");
        assert!(!pairs.contains('+') && pairs.contains("param_RoleName=A%2BB"), "{pairs}");
        let pairs: Vec<_> = form_urlencoded::parse(pairs.as_bytes()).collect();
        let mut given: Vec<_> = pairs.iter().filter_map(|(name, _)| name.strip_prefix("param_")).collect();
        given.sort_unstable();
        let mut wanted: Vec<_> = template["Parameters"].as_object().unwrap().keys().collect();
        wanted.sort_unstable();
        assert_eq!(given, wanted);
        assert!(pairs.contains(&("param_TrustedIdentity".into(), "arn:aws:iam::111111111111:user/ops/Leo".into())));
    }
}
