//! The role that is made in an account: what it is recognized by, and who can assume it.

use std::collections::BTreeMap;

use domain::{AwsSignIn, Onboarding};
use serde_json::{Value, json};

use crate::aws::calls::{FoundRole, Identity, NewRole, Signer};

/// The policy inside the role.
pub(super) const POLICY: &str = "tenantry";

/// Marks what we made.
pub(super) const MANAGED: &str = "tenantry:managed";

/// Whose it is.
pub(super) const EXTERNAL_ID: &str = "tenantry:external-id";

/// The tags of a role of ours.
pub(super) fn tags(external_id: &str) -> BTreeMap<String, String> {
    BTreeMap::from([(MANAGED.to_owned(), "true".to_owned()), (EXTERNAL_ID.to_owned(), external_id.to_owned())])
}

/// Whether we made a role for this account. Roles of others are neither adopted nor deleted.
pub(super) fn is_ours(role: &FoundRole, external_id: &str) -> bool {
    tags(external_id).iter().all(|(key, value)| role.tags.get(key) == Some(value))
}

/// The role to make.
pub(super) fn new(onboarding: &Onboarding, trust_policy: String, external_id: &str) -> NewRole {
    NewRole {
        name: onboarding.role_name.clone(),
        trust_policy,
        description: "Lets Tenantry manage this account.".to_owned(),
        tags: tags(external_id),
    }
}

/// Who can assume the role, as IAM's JSON: the signer alone, with the external ID. The principal is the whole account, because IAM turns that of a role into
/// an id which nobody has once the role is made anew; the condition narrows it to the signer.
pub(super) fn trust_policy(signer: &Signer, identity: &Identity, external_id: &str) -> String {
    trust_document(&root(identity).into(), &principals(signer, identity).into(), &external_id.into()).to_string()
}

/// As [`trust_policy`], of values that a template can refer to instead.
pub(super) fn trust_document(account: &Value, signer: &Value, external_id: &Value) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": {"AWS": account},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": external_id}, "ArnLike": {"aws:PrincipalArn": signer}},
        }],
    })
}

/// The account of an identity, as a principal.
pub(super) fn root(identity: &Identity) -> String {
    format!("arn:{}:iam::{}:root", identity.partition.key(), identity.account)
}

/// By which ARNs IAM knows the signer. Who assumed a role is known by the role's ARN, with its path, which a session's ARN lacks.
pub(super) fn principals(signer: &Signer, identity: &Identity) -> Vec<String> {
    if let (AwsSignIn::Role { arn }, None) = (&signer.sign_in, &signer.role) {
        return vec![arn.to_string()];
    }
    let session = identity.arn.split_once(":assumed-role/").and_then(|(_, session)| session.split('/').next());
    match session {
        Some(role) => {
            let roles = format!("arn:{}:iam::{}:role", identity.partition.key(), identity.account);
            vec![format!("{roles}/{role}"), format!("{roles}/*/{role}")]
        }
        None => vec![identity.arn.clone()],
    }
}

/// The CloudFormation template of the role, as JSON.
pub(super) fn template(onboarding: &Onboarding, trust_policy: &str, external_id: &str) -> String {
    let document = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
    let tags: Vec<_> = tags(external_id).into_iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect();
    let template = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "The role by which Tenantry enters this account.",
        "Resources": {"Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "RoleName": onboarding.role_name,
                "AssumeRolePolicyDocument": document(trust_policy),
                "Policies": [{"PolicyName": POLICY, "PolicyDocument": document(&onboarding.access.policy())}],
                "Tags": tags,
            },
        }},
        "Outputs": {"RoleArn": {"Value": {"Fn::GetAtt": ["Role", "Arn"]}}},
    });
    format!("{template:#}")
}

#[cfg(test)]
mod tests {
    use domain::{AwsAccountNumber, AwsPartition};

    use super::*;
    use crate::aws::account::signer;

    fn identity(arn: &str) -> Identity {
        Identity { account: AwsAccountNumber::typed("111111111111").unwrap(), arn: arn.to_owned(), partition: AwsPartition::Aws }
    }

    #[test]
    fn the_role_trusts_the_signer_alone() {
        let principals = |arn: &str| principals(&signer::server(), &identity(arn));
        assert_eq!(principals("arn:aws:iam::111111111111:user/ops/Leo"), ["arn:aws:iam::111111111111:user/ops/Leo"]);
        assert_eq!(
            principals("arn:aws:sts::111111111111:assumed-role/Tenantry/i-0123"),
            ["arn:aws:iam::111111111111:role/Tenantry", "arn:aws:iam::111111111111:role/*/Tenantry"]
        );
        let signer = Signer { sign_in: AwsSignIn::Role { arn: "arn:aws:iam::111111111111:role/a/b".parse().unwrap() }, ..signer::server() };
        assert_eq!(super::principals(&signer, &identity("arn:aws:sts::111111111111:assumed-role/b/s")), ["arn:aws:iam::111111111111:role/a/b"]);
        let policy = trust_policy(&signer, &identity("arn:aws:sts::111111111111:assumed-role/b/s"), "ours");
        assert!(policy.contains(r#""sts:ExternalId":"ours""#) && policy.contains("arn:aws:iam::111111111111:root"), "{policy}");
    }
}
