//! Roles, made and deleted.

use std::collections::BTreeMap;

use services::aws::calls::{AwsCalls, AwsFault, NewRole};

use crate::{MANAGEMENT, MEMBER, in_member, organization, role_of};

const POLICY: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}]}"#;

/// A trust policy with what a URL encodes.
fn trust(comment: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Sid": "{comment}", "Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::{MANAGEMENT}:root"}}, "Action": "sts:AssumeRole"}}]}}"#
    )
}

fn tags() -> BTreeMap<String, String> {
    [("tenantry:managed", "true"), ("tenantry:external-id", "a+b=c")].map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

fn new_role() -> NewRole {
    NewRole { name: "Tenantry".into(), trust_policy: trust("50% + é/ü"), description: "Lets Tenantry in".into(), tags: tags() }
}

#[tokio::test]
async fn a_role_is_made_found_changed_and_deleted() {
    let (fake, aws) = organization(2).await;
    let by = in_member();
    assert_eq!(aws.role_find(&by, "Tenantry").await, Ok(None));
    assert_eq!(aws.role_create(&by, &new_role()).await, Ok(role_of(MEMBER, "Tenantry")));
    aws.role_policy_put(&by, "Tenantry", "tenantry", POLICY).await.unwrap();

    let found = aws.role_find(&by, "Tenantry").await.unwrap().unwrap();
    assert_eq!(found.arn, role_of(MEMBER, "Tenantry"));
    assert_eq!(found.trust_policy, trust("50% + é/ü"));
    assert_eq!(found.tags, tags());
    assert_eq!(found.inline_policies, ["tenantry"]);
    assert!(found.attached_policies.is_empty());
    let made = fake.role(MEMBER, "Tenantry").unwrap();
    assert_eq!(made.description, "Lets Tenantry in");
    assert_eq!(made.inline_policies["tenantry"], POLICY);

    aws.role_trust_set(&by, "Tenantry", &trust("changed")).await.unwrap();
    assert_eq!(fake.role(MEMBER, "Tenantry").unwrap().trust_policy, trust("changed"));

    aws.role_delete(&by, "Tenantry").await.unwrap();
    assert!(fake.role(MEMBER, "Tenantry").is_none());
    assert_eq!(fake.roles(MEMBER), [aws_fake::ORGANIZATION_ROLE], "the other role stays");
    aws.role_delete(&by, "Tenantry").await.expect("one that is gone is deleted");
}

#[tokio::test]
async fn a_role_is_emptied_before_it_is_deleted() {
    let (fake, aws) = organization(1).await;
    aws.role_create(&in_member(), &new_role()).await.unwrap();
    fake.change(MEMBER, |account| {
        let role = account.roles.get_mut("Tenantry").unwrap();
        role.inline_policies.extend([("one".to_owned(), POLICY.to_owned()), ("two".to_owned(), POLICY.to_owned())]);
        role.attached_policies.insert("arn:aws:iam::aws:policy/ReadOnlyAccess".into());
    });
    let found = aws.role_find(&in_member(), "Tenantry").await.unwrap().unwrap();
    assert_eq!(found.attached_policies, ["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
    aws.role_delete(&in_member(), "Tenantry").await.unwrap();
    assert!(fake.role(MEMBER, "Tenantry").is_none());
}

#[tokio::test]
async fn a_role_that_a_machine_uses_stays() {
    let (fake, aws) = organization(1).await;
    aws.role_create(&in_member(), &new_role()).await.unwrap();
    fake.change(MEMBER, |account| account.roles.get_mut("Tenantry").unwrap().is_in_use = true);
    let fault = aws.role_delete(&in_member(), "Tenantry").await.unwrap_err();
    assert!(matches!(&fault, AwsFault::DeleteConflict(words) if words.contains("instance profile")), "{fault:?}");
    assert!(fake.role(MEMBER, "Tenantry").is_some());
}

#[tokio::test]
async fn a_name_is_taken_once() {
    let (fake, aws) = organization(1).await;
    aws.role_create(&in_member(), &new_role()).await.unwrap();
    let other = NewRole { description: "Another".into(), ..new_role() };
    assert_eq!(aws.role_create(&in_member(), &other).await, Err(AwsFault::Exists));
    assert_eq!(fake.role(MEMBER, "Tenantry").unwrap().description, "Lets Tenantry in");
}

#[tokio::test]
async fn a_role_trusts_only_whom_iam_knows() {
    let (fake, aws) = organization(1).await;
    let role = NewRole { trust_policy: trust("").replace(MANAGEMENT, "999999999999"), ..new_role() };
    assert_eq!(aws.role_create(&in_member(), &role).await, Err(AwsFault::InvalidPrincipal));
    assert!(fake.role(MEMBER, "Tenantry").is_none());
}

#[tokio::test]
async fn what_is_not_there_cannot_be_changed() {
    let (_fake, aws) = organization(1).await;
    assert_eq!(aws.role_trust_set(&in_member(), "Tenantry", &trust("")).await, Err(AwsFault::NotFound));
    assert_eq!(aws.role_policy_put(&in_member(), "Tenantry", "tenantry", POLICY).await, Err(AwsFault::NotFound));
}
