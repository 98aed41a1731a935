//! As whom calls are made.

use aws::AwsSdk;
use domain::{AwsPartition, AwsSignIn, AwsStatus};
use services::aws::calls::{AwsCalls, AwsFault, Signer};

use crate::{MANAGEMENT, MEMBER, in_member, in_role, number, organization, role_of, server};

#[tokio::test]
async fn the_server_is_who_its_default_profile_says() {
    let (_fake, aws) = organization(0).await;
    let identity = aws.identity(&server()).await.unwrap();
    assert_eq!(identity.account, number(MANAGEMENT));
    assert_eq!(identity.arn, format!("arn:aws:iam::{MANAGEMENT}:user/administrator"));
    assert_eq!(identity.partition, AwsPartition::Aws);
}

#[tokio::test]
async fn a_named_profile_is_another_account() {
    let (fake, _) = organization(0).await;
    fake.account("333333333333", "Other");
    let aws = AwsSdk::at(&fake.url(), &fake.credentials(MANAGEMENT));
    let by = |name: &str| Signer { sign_in: AwsSignIn::Profile { name: name.into() }, ..server() };
    assert_eq!(aws.identity(&by("333333333333")).await.unwrap().account, number("333333333333"));
    fake.forget_calls();
    let fault = aws.identity(&by("missing")).await.unwrap_err();
    assert_eq!(fault, AwsFault::NoCredentials("the profile “missing” isn’t configured".into()));
    assert_eq!(fake.calls(), [], "nobody else’s credentials are used");
}

#[tokio::test]
async fn other_partitions_are_recognized() {
    let (fake, aws) = organization(0).await;
    fake.switch(|switches| switches.partition = "aws-cn".into());
    assert_eq!(aws.identity(&server()).await.unwrap().partition, AwsPartition::China);
}

#[tokio::test]
async fn a_role_is_assumed_for_15_minutes_and_its_session_used_again() {
    let (fake, aws) = organization(1).await;
    let by = in_member();
    assert_eq!(aws.identity(&by).await.unwrap().account, number(MEMBER));
    aws.role_find(&by, "Tenantry").await.unwrap();
    aws.role_find(&by, "Tenantry").await.unwrap();
    assert_eq!(fake.count("sts:AssumeRole"), 1);
    let assumed = fake.calls().into_iter().find(|call| call.action == "sts:AssumeRole").unwrap();
    assert_eq!(assumed.parameters.get("DurationSeconds"), "900");
    assert_eq!(assumed.parameters.get("ExternalId"), "", "none was asked for");
}

#[tokio::test]
async fn asking_for_the_identity_assumes_the_role_anew() {
    let (fake, aws) = organization(1).await;
    aws.identity(&in_member()).await.unwrap();
    fake.change(MEMBER, |account| account.roles.clear());
    assert_eq!(aws.identity(&in_member()).await, Err(AwsFault::Denied { action: "sts:AssumeRole".into() }));
}

#[tokio::test]
async fn one_role_leads_to_the_next() {
    let (fake, aws) = organization(1).await;
    let trust = |principal: &str, external_id: &str| {
        format!(
            r#"{{"Statement": [{{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {{"AWS": "{principal}"}}, "Condition": {{"StringEquals": {{"sts:ExternalId": "{external_id}"}}}}}}]}}"#
        )
    };
    fake.account("444444444444", "Management of others");
    fake.change("444444444444", |account| {
        account.roles.insert("Entry".into(), aws_fake::Role::trusting(&trust(MANAGEMENT, "ours")));
    });
    fake.change(MEMBER, |account| {
        account.roles.insert("Next".into(), aws_fake::Role::trusting(&trust("arn:aws:iam::444444444444:role/Entry", "theirs")));
    });
    let entry = AwsSignIn::Role { arn: role_of("444444444444", "Entry") };
    let by = Signer { sign_in: entry, external_id: "ours".into(), ..in_role("Next", Some("theirs")) };
    assert_eq!(aws.identity(&by).await.unwrap().arn, format!("arn:aws:sts::{MEMBER}:assumed-role/Next/tenantry"));

    let wrong = Signer { external_id: "another".into(), ..by.clone() };
    assert_eq!(aws.identity(&wrong).await, Err(AwsFault::Denied { action: "sts:AssumeRole".into() }), "a session belongs to its external ID");
    let direct = in_role("Next", Some("theirs"));
    assert_eq!(aws.identity(&direct).await, Err(AwsFault::Denied { action: "sts:AssumeRole".into() }), "and to the roles before it");
}

#[tokio::test]
async fn external_ids_are_sent_as_they_are() {
    let (fake, aws) = organization(1).await;
    let trust = format!(
        r#"{{"Statement": {{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {{"AWS": "arn:aws:iam::{MANAGEMENT}:root"}}, "Condition": {{"StringEquals": {{"sts:ExternalId": "right"}}, "ArnEquals": {{"aws:PrincipalArn": "arn:aws:iam::{MANAGEMENT}:user/administrator"}}}}}}}}"#
    );
    fake.change(MEMBER, |account| {
        account.roles.insert("Tenantry".into(), aws_fake::Role::trusting(&trust));
    });
    assert!(aws.identity(&in_role("Tenantry", Some("right"))).await.is_ok());
    let denied = AwsFault::Denied { action: "sts:AssumeRole".into() };
    assert_eq!(aws.identity(&in_role("Tenantry", Some("wrong"))).await, Err(denied.clone()));
    assert_eq!(aws.identity(&in_role("Tenantry", None)).await, Err(denied));
    fake.switch(|switches| switches.ignores_external_ids = true);
    assert!(aws.identity(&in_role("Tenantry", Some("wrong"))).await.is_ok(), "the fake can be careless");
}

#[tokio::test]
async fn all_members_are_listed_page_by_page() {
    let (fake, aws) = organization(45).await;
    fake.change("200000000045", |account| account.state = "SUSPENDED".into());
    fake.change("200000000044", |account| account.state = "PENDING_CLOSURE".into());
    fake.switch(|switches| switches.empty_page = Some(2));
    let (mut sizes, mut members, mut next) = (Vec::new(), Vec::new(), None);
    loop {
        let page = aws.members(&server(), next.as_deref()).await.unwrap();
        sizes.push(page.members.len());
        members.extend(page.members);
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [20, 0, 20, 6]);
    assert_eq!(members[0].number, number(MANAGEMENT), "the management account is one of them");
    assert_eq!((members[1].name.as_str(), members[1].email.as_str()), ("Member 1", "member.1@aws.example"));
    assert_eq!(members[1].status, Some(AwsStatus::Active));
    assert_eq!(members[44].status, Some(AwsStatus::PendingClosure));
    assert_eq!(members[45].status, Some(AwsStatus::Suspended));
    assert_eq!(aws.management_account(&server()).await, Ok(number(MANAGEMENT)));
    assert_eq!(aws.management_account(&in_member()).await, Ok(number(MANAGEMENT)), "a member knows it too");
}
