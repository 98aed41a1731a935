//! Onboarding, with everything that can go wrong at AWS.

use std::time::Instant;

use aws_fake::{ORGANIZATION_ROLE, Role};
use domain::{AwsAccess, AwsAccountState, AwsMemberFilter, JobState, OnboardingDraft};

use super::{Cloud, LONG, MANAGEMENT, ROLE, number, with_organization};
use crate::support::refusal;

/// Begins to onboard the first member, whose role can't be assumed before the test says so.
async fn begun_with_a_slow_role(cloud: &Cloud) -> (domain::AwsAccountId, domain::JobId) {
    let id = cloud.management().await;
    cloud.aws.switch(|switches| switches.assumable_after = LONG);
    let member = cloud.member(id, 1).await.id;
    let job = cloud.onboard(&[member]).await[0];
    cloud.run().await;
    (member, job)
}

/// AWS knows the role from now on.
fn known(cloud: &Cloud) {
    cloud.aws.change(&number(1), |account| account.roles.get_mut(ROLE).unwrap().assumable = Instant::now());
}

#[test]
fn a_role_is_made_proved_and_kept() {
    with_organization(2, async |cloud| {
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        assert_eq!(account.state, AwsAccountState::Onboarded);
        assert_eq!(account.role.map(|arn| arn.to_string()).as_deref(), Some("arn:aws:iam::200000000001:role/Tenantry"));
        assert_eq!((account.access, account.job, account.problem.as_str()), (Some(AwsAccess::ReadOnly), None, ""));
        assert!(account.checked.is_some() && account.management.is_some());
        let role = cloud.aws.role(&number(1), ROLE).unwrap();
        assert_eq!(role.tags["tenantry:managed"], "true");
        assert_eq!(role.tags["tenantry:external-id"], account.external_id);
        assert_eq!(role.inline_policies["tenantry"], AwsAccess::ReadOnly.policy());
        assert!(role.trust_policy.contains(&account.external_id) && role.trust_policy.contains("aws:PrincipalArn"), "{}", role.trust_policy);
        assert_eq!(cloud.aws.roles(&number(2)), [ORGANIZATION_ROLE], "the other member is as it was");
        assert_ne!(cloud.onboarded(id, 2).await.external_id, account.external_id, "each account has its own");
        assert_eq!(cloud.get(id).await.members.onboarded, 2);
        let audit = cloud.world.audit().await;
        for action in ["aws_account.onboard ", "aws_account.onboarded "] {
            assert!(audit.iter().any(|entry| entry.starts_with(&format!("{action}{}", account.id))), "{action}: {audit:?}");
        }
        let again = cloud.services().aws_accounts_onboard(&cloud.admin, &[account.id], OnboardingDraft::default()).await;
        assert!(refusal(again).sentences().contains("is already onboarded"));
        let payer = cloud.services().aws_accounts_onboard(&cloud.admin, &[id], OnboardingDraft::default()).await;
        assert!(refusal(payer).sentences().contains("The server signs in at Payer itself"));
    });
}

#[test]
fn a_role_that_takes_any_external_id_is_not_kept() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.switch(|switches| switches.ignores_external_ids = true);
        let member = cloud.member(id, 1).await.id;
        let job = cloud.onboard(&[member]).await[0];
        cloud.run().await;
        let (job, account) = (cloud.job(job).await, cloud.get(member).await);
        assert_eq!((job.state, account.state, account.role.clone()), (JobState::Failed, AwsAccountState::Failed, None));
        assert!(job.outcome.contains("wrong external ID or none") && account.problem == job.outcome, "{account:?}");
        assert_eq!(cloud.aws.role(&number(1), ROLE).map(|role| role.description), None, "it doesn’t stay open at AWS either");
        assert!(!account.external_id.is_empty());
    });
}

#[test]
fn a_role_that_aws_knows_after_a_while_is_waited_for() {
    for seconds in [5, 20] {
        with_organization(1, async |cloud| {
            let (member, job) = begun_with_a_slow_role(&cloud).await;
            cloud.wait(seconds).await;
            let waiting = cloud.job(job).await;
            assert!(waiting.ended.is_none() && waiting.progress.doing.contains(&format!("waiting for AWS, {seconds} s")), "{waiting:?}");
            let account = cloud.get(member).await;
            assert_eq!((account.state, account.role, account.job), (AwsAccountState::Onboarding, None, Some(job)));
            known(&cloud);
            cloud.wait(5).await;
            assert_eq!(cloud.get(member).await.state, AwsAccountState::Onboarded);
        });
    }
}

#[test]
fn after_a_minute_it_is_pending_not_failed() {
    with_organization(1, async |cloud| {
        let (member, job) = begun_with_a_slow_role(&cloud).await;
        cloud.wait(70).await;
        let (job, account) = (cloud.job(job).await, cloud.get(member).await);
        assert_eq!((job.state, account.state, account.role), (JobState::Succeeded, AwsAccountState::Pending, None));
        assert!(job.outcome.contains("Tenantry checks every hour") && account.problem == job.outcome, "{}", job.outcome);
        known(&cloud);
        let checked = cloud.services().aws_account_check(&cloud.admin, member).await.unwrap();
        cloud.run().await;
        assert_eq!(cloud.job(checked).await.outcome, "Account 200000000001 can be entered.");
        assert_eq!(cloud.get(member).await.state, AwsAccountState::Onboarded);
        assert_eq!(cloud.aws.count("iam:CreateRole"), 1);
    });
}

#[test]
fn a_role_of_somebody_else_is_neither_adopted_nor_changed() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let theirs = r#"{"Version": "2012-10-17", "Statement": []}"#;
        cloud.aws.change(&number(1), |account| {
            account.roles.insert(ROLE.into(), Role::trusting(theirs));
        });
        let member = cloud.member(id, 1).await.id;
        cloud.onboard(&[member]).await;
        cloud.run().await;
        let account = cloud.get(member).await;
        assert_eq!((account.state, account.role), (AwsAccountState::Failed, None));
        assert_eq!(
            account.problem,
            "Account 200000000001 already has a role “Tenantry” that Tenantry didn’t create. It was left unchanged. Choose another role name."
        );
        let role = cloud.aws.role(&number(1), ROLE).unwrap();
        assert!(role.trust_policy == theirs && role.inline_policies.is_empty() && role.tags.is_empty());
        // With another name it works.
        let other = OnboardingDraft { role_name: "Tenantry-2".into(), access: "administrator".into(), ..OnboardingDraft::default() };
        cloud.services().aws_accounts_onboard(&cloud.admin, &[member], other).await.unwrap();
        cloud.run().await;
        assert_eq!(cloud.get(member).await.access, Some(AwsAccess::Administrator));
        assert_eq!(cloud.get(member).await.state, AwsAccountState::Onboarded);
    });
}

#[test]
fn what_aws_denies_fails_with_a_sentence_and_only_that_account() {
    with_organization(3, async |cloud| {
        let id = cloud.management().await;
        let ids: Vec<_> = cloud.members(id, AwsMemberFilter::default()).await.iter().map(|account| account.id).collect();
        cloud.aws.switch(|switches| {
            switches.denied.insert("iam:CreateRole".into(), 1);
        });
        let jobs = cloud.onboard(&ids).await;
        cloud.run().await;
        let mut states = Vec::new();
        for (job, id) in jobs.iter().zip(&ids) {
            states.push((cloud.job(*job).await.state, cloud.get(*id).await.state));
        }
        let done = (JobState::Succeeded, AwsAccountState::Onboarded);
        assert_eq!(states, [(JobState::Failed, AwsAccountState::Failed), done, done]);
        assert!(cloud.get(ids[0]).await.problem.contains("AWS denied iam:CreateRole in account 200000000001"));
        // The same job, let run again, does it.
        cloud.services().job_repeat(&cloud.admin, jobs[0]).await.unwrap();
        cloud.run().await;
        assert_eq!(cloud.get(ids[0]).await.state, AwsAccountState::Onboarded);
    });
}

#[test]
fn a_denial_right_after_the_role_was_made_passes() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.switch(|switches| {
            switches.denied.insert("iam:PutRolePolicy".into(), 3);
        });
        let member = cloud.member(id, 1).await.id;
        cloud.onboard(&[member]).await;
        cloud.run().await;
        assert_eq!(cloud.get(member).await.state, AwsAccountState::Onboarding);
        cloud.wait(20).await;
        assert_eq!(cloud.get(member).await.state, AwsAccountState::Onboarded);
        assert_eq!(cloud.aws.count("iam:CreateRole"), 1);
    });
}

#[test]
fn a_denial_that_stays_fails_in_the_end() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.switch(|switches| switches.deny("iam:PutRolePolicy"));
        let member = cloud.member(id, 1).await.id;
        let job = cloud.onboard(&[member]).await[0];
        cloud.run().await;
        cloud.wait(65).await;
        assert_eq!((cloud.job(job).await.state, cloud.get(member).await.state), (JobState::Failed, AwsAccountState::Failed));
        assert!(cloud.get(member).await.problem.contains("AWS denied iam:PutRolePolicy"));
    });
}

#[test]
fn a_limit_of_aws_is_said() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.switch(|switches| switches.fail("iam:CreateRole", "LimitExceeded", "Cannot exceed quota for RolesPerAccount: 1000"));
        let member = cloud.member(id, 1).await.id;
        cloud.onboard(&[member]).await;
        cloud.run().await;
        assert!(cloud.get(member).await.problem.contains("Cannot exceed quota for RolesPerAccount"));
    });
}

#[test]
fn a_session_of_another_account_is_refused() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.switch(|switches| switches.other_account = Some("999999999999".into()));
        let member = cloud.member(id, 1).await.id;
        cloud.onboard(&[member]).await;
        cloud.run().await;
        let account = cloud.get(member).await;
        assert_eq!((account.state, account.role), (AwsAccountState::Failed, None));
        assert!(account.problem.contains("999999999999 instead of 200000000001"), "{}", account.problem);
        assert_eq!(cloud.aws.roles(&number(1)), [ORGANIZATION_ROLE], "no role was made");
    });
}

#[test]
fn other_parts_of_aws_have_other_names() {
    with_organization(1, async |cloud| {
        cloud.aws.switch(|switches| switches.partition = "aws-us-gov".into());
        cloud.aws.organization(MANAGEMENT, 1);
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        assert_eq!(account.role.map(|arn| arn.to_string()).as_deref(), Some("arn:aws-us-gov:iam::200000000001:role/Tenantry"));
    });
}

#[test]
fn throttling_is_waited_for() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.switch(|switches| switches.throttles_every_second = true);
        let member = cloud.member(id, 1).await.id;
        cloud.onboard(&[member]).await;
        cloud.run().await;
        cloud.wait(60).await;
        assert_eq!(cloud.get(member).await.state, AwsAccountState::Onboarded);
    });
}

#[test]
fn an_account_that_cannot_be_entered_is_pending_until_somebody_makes_the_role() {
    with_organization(2, async |mut cloud| {
        let id = cloud.management().await;
        for member in [1, 2] {
            cloud.aws.change(&number(member), |account| account.roles.clear());
        }
        let (first, second) = (cloud.member(id, 1).await.id, cloud.member(id, 2).await.id);
        let jobs = cloud.onboard(&[first, second]).await;
        cloud.run().await;
        let account = cloud.get(first).await;
        assert_eq!((cloud.job(jobs[0]).await.state, account.state, account.role), (JobState::Succeeded, AwsAccountState::Pending, None));
        assert!(account.problem.contains("AWS denied its role OrganizationAccountAccessRole"), "{}", account.problem);
        let trust = cloud.services().aws_trust(&cloud.admin, &number(1), OnboardingDraft::default()).await.unwrap();
        assert_eq!(trust.external_id, account.external_id);
        // Under the name that we said, the hourly check finds it.
        cloud.aws.change(&number(1), |account| {
            account.roles.insert(ROLE.into(), Role::trusting(&trust.trust_policy));
        });
        cloud.later(3600).await;
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 1, "one job for both");
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 0);
        cloud.run().await;
        assert_eq!((cloud.get(first).await.state, cloud.get(second).await.state), (AwsAccountState::Onboarded, AwsAccountState::Pending));
        // Under another name, somebody enters its ARN.
        let trust = cloud.services().aws_trust(&cloud.admin, &number(2), OnboardingDraft::default()).await.unwrap();
        cloud.aws.change(&number(2), |account| {
            account.roles.insert("Theirs".into(), Role::trusting(&trust.trust_policy));
        });
        let set = async |arn: &str| cloud.services().aws_role_set(&cloud.admin, second, arn).await;
        assert_eq!(crate::client::fields(set("Theirs").await), ["role_arn"]);
        assert_eq!(crate::client::fields(set("arn:aws:iam::200000000001:role/Theirs").await), ["role_arn"]);
        set("arn:aws:iam::200000000002:role/Theirs").await.unwrap();
        cloud.run().await;
        let second = cloud.get(second).await;
        assert_eq!((second.state, second.role.map(|arn| arn.name().to_owned()).as_deref()), (AwsAccountState::Onboarded, Some("Theirs")));
    });
}
