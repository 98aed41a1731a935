//! Jobs that are let run again: they go on only where nothing else was done meanwhile.

use aws_fake::Role;
use domain::{AwsAccountId, AwsAccountState, AwsStatus, Error, JobId, JobState, OnboardingDraft};

use super::{Cloud, MANAGEMENT, ROLE, number, with_organization};
use crate::support::refusal;

/// Lets a job run again; what became of it.
async fn again(cloud: &Cloud, job: JobId) -> domain::Job {
    cloud.services().job_repeat(&cloud.admin, job).await.unwrap();
    cloud.run().await;
    cloud.job(job).await
}

/// A refresh that somebody cancelled after so many pages.
async fn cancelled(cloud: &Cloud, management: AwsAccountId, pages: usize) -> JobId {
    let job = cloud.services().aws_account_refresh(&cloud.admin, management).await.unwrap();
    assert_eq!(cloud.services().jobs_run(pages).await.unwrap(), pages);
    cloud.services().job_cancel(&cloud.admin, job).await.unwrap();
    cloud.world.clock.advance_seconds(31);
    cloud.run().await;
    assert_eq!(cloud.job(job).await.state, JobState::Cancelled);
    job
}

/// Lets a job end as failed before it did anything.
async fn broken(cloud: &Cloud, job: JobId) {
    cloud.world.execute(&format!("UPDATE jobs SET state = 'failed', outcome = 'Broken.', ended = 1 WHERE id = {}", job.number())).await;
    cloud.services().aws_checks_due().await.unwrap();
}

#[test]
fn a_cancelled_refresh_does_not_merge_a_part_of_the_list() {
    with_organization(45, async |cloud| {
        let id = cloud.management().await;
        let old = cancelled(&cloud, id, 2).await;
        cloud.services().aws_account_refresh(&cloud.admin, id).await.unwrap();
        cloud.run().await;
        let job = again(&cloud, old).await;
        assert_eq!((job.state, job.outcome.as_str()), (JobState::Succeeded, "45 accounts: 0 new."));
        assert_eq!(cloud.member(id, 1).await.status, Some(AwsStatus::Active));
        assert_eq!(cloud.get(id).await.members.all, 45);
    });
}

#[test]
fn a_refresh_that_fails_leaves_the_account_to_the_job_that_has_it() {
    with_organization(45, async |cloud| {
        let id = cloud.management().await;
        let old = cancelled(&cloud, id, 1).await;
        let job = cloud.services().aws_account_refresh(&cloud.admin, id).await.unwrap();
        cloud.aws.switch(|switches| switches.deny("organizations:ListAccounts"));
        cloud.services().job_repeat(&cloud.admin, old).await.unwrap();
        cloud.services().jobs_run(1).await.unwrap();
        assert_eq!(cloud.job(old).await.outcome, "Another job is running for Payer.");
        assert_eq!(cloud.get(id).await.refresh.job, Some(job));
        cloud.aws.switch(|switches| switches.denied.clear());
        cloud.run().await;
        assert_eq!(cloud.job(job).await.state, JobState::Succeeded);
    });
}

#[test]
fn only_a_refresh_is_returned_as_the_refresh() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let check = cloud.services().aws_account_check(&cloud.admin, id).await.unwrap();
        let account = cloud.get(id).await;
        assert_eq!((account.job, account.refresh.job), (Some(check), None));
        assert!(matches!(refusal(cloud.services().aws_account_refresh(&cloud.admin, id).await), Error::Conflict { .. }));
        cloud.run().await;
        let refresh = cloud.services().aws_account_refresh(&cloud.admin, id).await.unwrap();
        assert_eq!(cloud.services().aws_account_refresh(&cloud.admin, id).await.unwrap(), refresh);
        assert_ne!(refresh, check);
    });
}

#[test]
fn an_onboarding_that_was_refused_for_its_owner_begins_anew_for_another() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        let other = cloud.world.caller(cloud.admin.partner, None, "Var Administrator").await;
        let job = cloud.services().aws_accounts_onboard(&other, &[member], OnboardingDraft::default()).await.unwrap()[0];
        cloud.services().jobs_run(3).await.unwrap();
        cloud.services().user_deactivate(&cloud.admin, other.user.id, "Left").await.unwrap();
        cloud.world.clock.advance_seconds(31);
        cloud.run().await;
        assert_eq!((cloud.job(job).await.state, cloud.get(member).await.state), (JobState::Failed, AwsAccountState::Failed));
        let done = again(&cloud, job).await;
        assert_eq!((done.state, cloud.get(member).await.state), (JobState::Succeeded, AwsAccountState::Onboarded), "{}", done.outcome);
        assert_eq!(cloud.aws.count("iam:CreateRole"), 1, "the role is adopted");
    });
}

#[test]
fn an_old_onboarding_changes_nothing_once_something_else_was_done() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        cloud.aws.switch(|switches| {
            switches.denied.insert("iam:CreateRole".into(), 1);
        });
        let old = cloud.onboard(&[member]).await[0];
        cloud.run().await;
        let account = cloud.onboarded(id, 1).await;
        let job = again(&cloud, old).await;
        assert!(job.state == JobState::Failed && job.outcome.contains("Something else was done"), "{job:?}");
        assert_eq!(cloud.get(member).await, account);
    });
}

#[test]
fn a_role_made_by_hand_is_proved_again_once_it_was_mended() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        let trust = cloud.services().aws_trust(&cloud.admin, &number(1), OnboardingDraft::default()).await.unwrap();
        let open = format!(
            r#"{{"Statement": [{{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::{MANAGEMENT}:root"}}, "Action": "sts:AssumeRole"}}]}}"#
        );
        let trusting = |policy: &str| {
            cloud.aws.change(&number(1), |account| {
                account.roles.insert("Theirs".into(), Role::trusting(policy));
            });
        };
        trusting(&open);
        let job = cloud.services().aws_role_set(&cloud.admin, member, "arn:aws:iam::200000000001:role/Theirs").await.unwrap();
        // Also if the account's row doesn't say which role.
        cloud.world.execute(&format!("UPDATE aws_accounts SET candidate = '' WHERE id = {}", member.number())).await;
        assert!(cloud.services().jobs_run(20).await.unwrap() < 20, "it comes to an end");
        let account = cloud.get(member).await;
        assert!(account.state == AwsAccountState::Failed && account.problem.ends_with("then try again."), "{account:?}");
        assert!(cloud.aws.role(&number(1), "Theirs").is_some(), "it isn’t ours to delete");
        trusting(&trust.trust_policy);
        assert_eq!(again(&cloud, job).await.state, JobState::Succeeded);
        assert_eq!(cloud.get(member).await.role.unwrap().name(), "Theirs");
    });
}

#[test]
fn a_delinking_that_broke_goes_on_but_not_after_another_onboarding() {
    with_organization(2, async |cloud| {
        let id = cloud.management().await;
        let (first, second) = (cloud.onboarded(id, 1).await, cloud.onboarded(id, 2).await);
        let old = cloud.services().aws_accounts_delink(&cloud.admin, &[first.id, second.id]).await.unwrap();
        for job in &old {
            broken(&cloud, *job).await;
        }
        assert_eq!(again(&cloud, old[0]).await.state, JobState::Succeeded);
        assert!(cloud.aws.role(&number(1), ROLE).is_none());

        cloud.services().aws_accounts_delink(&cloud.admin, &[second.id]).await.unwrap();
        cloud.run().await;
        let account = cloud.onboarded(id, 2).await;
        let job = again(&cloud, old[1]).await;
        assert!(job.state == JobState::Failed && job.outcome.contains("Something else was done"), "{job:?}");
        assert_eq!(cloud.get(second.id).await, account);
        assert!(cloud.aws.role(&number(2), ROLE).is_some());
    });
}
