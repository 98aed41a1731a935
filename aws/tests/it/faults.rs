//! What goes wrong at AWS, and what it is here.

use std::time::Duration;

use aws::AwsSdk;
use services::aws::calls::{AwsCalls, AwsFault};

use crate::{MANAGEMENT, MEMBER, in_member, organization, server};

fn denied(action: &str) -> AwsFault {
    AwsFault::Denied { action: action.into() }
}

#[tokio::test]
async fn codes_of_aws_become_faults() {
    let (fake, aws) = organization(1).await;
    let conflict = "Cannot delete entity, must detach all policies first.";
    let other = AwsFault::Other { code: "ValidationError".into(), message: "1 validation error detected".into() };
    let cases = [
        ("ExpiredToken", "The security token is expired", AwsFault::CredentialsRefused("The security token is expired".into())),
        ("InvalidClientTokenId", "The security token is invalid", AwsFault::CredentialsRefused("The security token is invalid".into())),
        ("SignatureDoesNotMatch", "The signature does not match", AwsFault::CredentialsRefused("The signature does not match".into())),
        ("AccessDenied", "User: x is not authorized to perform: iam:ListRoleTags on resource: y", denied("iam:ListRoleTags")),
        ("AccessDenied", "Denied by a service control policy", denied("iam:GetRole")),
        ("Throttling", "Rate exceeded", AwsFault::Throttled),
        ("DeleteConflict", conflict, AwsFault::DeleteConflict(conflict.into())),
        (
            "LimitExceeded",
            "Cannot exceed quota for RolesPerAccount: 1000",
            AwsFault::LimitExceeded("Cannot exceed quota for RolesPerAccount: 1000".into()),
        ),
        ("ConcurrentModification", "Try again", AwsFault::Concurrent),
        ("MalformedPolicyDocument", "Invalid principal in policy: x", AwsFault::InvalidPrincipal),
        ("EntityAlreadyExists", "Role exists", AwsFault::Exists),
        ("ValidationError", "1 validation error detected", other),
    ];
    for (code, message, fault) in cases {
        fake.switch(|switches| switches.fail("iam:GetRole", code, message));
        assert_eq!(aws.role_find(&in_member(), "Tenantry").await, Err(fault), "{code}");
    }
    let malformed = aws.role_policy_put(&in_member(), aws_fake::ORGANIZATION_ROLE, "tenantry", "{").await.unwrap_err();
    assert!(matches!(&malformed, AwsFault::Other { code, .. } if code == "MalformedPolicyDocument"), "{malformed:?}");
}

#[tokio::test]
async fn an_account_without_an_organization_says_so() {
    let (fake, _) = organization(0).await;
    fake.account("333333333333", "Single");
    let aws = AwsSdk::at(&fake.url(), &fake.credentials("333333333333"));
    assert_eq!(aws.management_account(&server()).await, Err(AwsFault::NoOrganization));
    assert_eq!(aws.members(&server(), None).await, Err(AwsFault::NoOrganization));
}

#[tokio::test]
async fn a_member_may_not_list_its_organization() {
    let (_fake, aws) = organization(1).await;
    assert_eq!(aws.members(&in_member(), None).await, Err(denied("organizations:ListAccounts")));
}

#[tokio::test]
async fn a_page_can_be_denied_and_another_find_the_credentials_over() {
    let (fake, aws) = organization(45).await;
    fake.switch(|switches| switches.denied_page = Some(3));
    let second = aws.members(&server(), None).await.unwrap().next;
    let third = aws.members(&server(), second.as_deref()).await.unwrap().next;
    assert_eq!(aws.members(&server(), third.as_deref()).await, Err(denied("organizations:ListAccounts")));
    fake.switch(|switches| (switches.denied_page, switches.expired_page) = (None, Some(3)));
    let fault = aws.members(&server(), third.as_deref()).await.unwrap_err();
    assert!(matches!(fault, AwsFault::CredentialsRefused(_)), "{fault:?}");
    fake.switch(|switches| switches.expired_page = None);
    assert_eq!(aws.members(&server(), third.as_deref()).await.unwrap().members.len(), 6);
}

#[tokio::test]
async fn a_refused_session_is_not_used_again() {
    let (fake, aws) = organization(1).await;
    aws.role_find(&in_member(), "Tenantry").await.unwrap();
    fake.switch(|switches| switches.fail("iam:GetRole", "ExpiredToken", "The security token is expired"));
    assert!(aws.role_find(&in_member(), "Tenantry").await.is_err());
    fake.switch(|switches| switches.failing.clear());
    fake.forget_calls();
    assert_eq!(aws.role_find(&in_member(), "Tenantry").await, Ok(None));
    assert_eq!(fake.count("sts:AssumeRole"), 1);
}

#[tokio::test]
async fn throttled_calls_are_repeated_and_then_given_up() {
    let (fake, aws) = organization(45).await;
    fake.switch(|switches| switches.throttles_every_second = true);
    let (mut listed, mut next) = (0, None);
    loop {
        let page = aws.members(&server(), next.as_deref()).await.unwrap();
        listed += page.members.len();
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(listed, 46);
    assert!(fake.calls().iter().any(|call| call.refused.as_deref() == Some("TooManyRequestsException")));

    fake.switch(|switches| switches.throttles_all = true);
    fake.forget_calls();
    assert_eq!(aws.management_account(&server()).await, Err(AwsFault::Throttled));
    assert_eq!(fake.count("organizations:DescribeOrganization"), 6);
}

#[tokio::test]
async fn an_unknown_key_is_refused() {
    let (fake, _) = organization(0).await;
    let aws = AwsSdk::at(&fake.url(), "[default]\naws_access_key_id = AKIA000000000000\naws_secret_access_key = secret\n");
    let fault = aws.identity(&server()).await.unwrap_err();
    assert!(matches!(&fault, AwsFault::CredentialsRefused(words) if words.contains("invalid")), "{fault:?}");
}

#[tokio::test]
async fn a_suspended_account_cannot_be_entered() {
    let (fake, aws) = organization(1).await;
    fake.change(MEMBER, |account| account.state = "SUSPENDED".into());
    assert_eq!(aws.identity(&in_member()).await, Err(denied("sts:AssumeRole")));
}

#[tokio::test]
async fn a_role_can_be_assumed_only_some_time_after_it_is_made() {
    let (fake, aws) = organization(1).await;
    fake.switch(|switches| switches.assumable_after = Duration::from_millis(300));
    let trust =
        format!(r#"{{"Statement": {{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::{MANAGEMENT}:root"}}, "Action": "sts:AssumeRole"}}}}"#);
    let role = services::aws::calls::NewRole { name: "Late".into(), trust_policy: trust, description: String::new(), tags: Default::default() };
    aws.role_create(&in_member(), &role).await.unwrap();
    let late = crate::in_role("Late", None);
    assert_eq!(aws.identity(&late).await, Err(denied("sts:AssumeRole")));
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert!(aws.identity(&late).await.is_ok());
}

#[tokio::test]
async fn without_credentials_nothing_is_called() {
    let (fake, _) = organization(0).await;
    let aws = AwsSdk::at(&fake.url(), "");
    assert_eq!(aws.identity(&server()).await, Err(AwsFault::NoCredentials("none are configured".into())));
    assert_eq!(fake.calls(), []);
}

#[tokio::test]
async fn where_nobody_answers_it_says_so() {
    let (fake, _) = organization(0).await;
    let (url, credentials) = (fake.url(), fake.credentials(MANAGEMENT));
    drop(fake);
    let fault = AwsSdk::at(&url, &credentials).identity(&server()).await.unwrap_err();
    assert!(matches!(&fault, AwsFault::Unreachable(words) if words.contains("refused")), "{fault:?}");
}
