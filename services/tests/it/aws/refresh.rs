//! Reading the members: a list that breaks replaces nothing.

use domain::{AwsMemberFilter, AwsStatus, JobState};

use super::{Cloud, number, with_organization};

/// Reads the members again; what the job says.
async fn refresh(cloud: &Cloud, management: domain::AwsAccountId) -> domain::Job {
    let job = cloud.services().aws_account_refresh(&cloud.admin, management).await.unwrap();
    cloud.run().await;
    cloud.job(job).await
}

#[test]
fn members_are_listed_with_what_aws_says_of_them() {
    with_organization(45, async |cloud| {
        let id = cloud.management().await;
        assert_eq!(cloud.aws.count("organizations:ListAccounts"), 3, "three pages");
        assert_eq!(cloud.get(id).await.members.all, 45, "the management account isn't its own member");
        cloud.aws.change(&number(4), |account| account.state = "SUSPENDED".into());
        cloud.aws.change(&number(5), |account| account.name = "Renamed".into());
        cloud.aws.remove(&number(6));
        cloud.aws.member("200000000900", "New");
        let job = refresh(&cloud, id).await;
        assert_eq!((job.state, job.outcome.as_str()), (JobState::Succeeded, "45 accounts: 1 new, 1 gone at AWS."));
        assert_eq!(cloud.member(id, 4).await.status, Some(AwsStatus::Suspended));
        assert_eq!(cloud.member(id, 5).await.name, "Renamed");
        assert_eq!(cloud.member(id, 6).await.status, Some(AwsStatus::Gone), "it is marked, not dropped");
        assert_eq!(cloud.get(id).await.members.all, 45);
        let suspended = cloud.member(id, 4).await;
        let refused = cloud.services().aws_accounts_onboard(&cloud.admin, &[suspended.id], domain::OnboardingDraft::default()).await;
        assert!(crate::support::refusal(refused).sentences().contains("isn’t active in AWS"));
    });
}

#[test]
fn a_list_that_breaks_leaves_the_last_whole_one() {
    with_organization(45, async |cloud| {
        let id = cloud.management().await;
        let before = (cloud.get(id).await.refresh.at, cloud.members(id, AwsMemberFilter::default()).await);
        cloud.world.clock.advance_seconds(60);
        cloud.aws.remove(&number(1));
        cloud.aws.member("200000000900", "New");
        cloud.aws.switch(|switches| switches.denied_page = Some(3));
        let job = refresh(&cloud, id).await;
        assert_eq!(job.state, JobState::Failed);
        let sentence =
            "AWS denied organizations:ListAccounts in account 111111111111. Allow it for the identity that the server uses there, then try again.";
        assert_eq!(job.outcome, sentence);
        let after = cloud.get(id).await.refresh;
        assert_eq!((after.at, after.failure.as_str(), after.job), (before.0, sentence, None), "it is stale, and says why");
        assert_eq!(cloud.members(id, AwsMemberFilter::default()).await, before.1);
        assert!(cloud.world.rows("SELECT number FROM aws_listed").await.is_empty(), "nothing of the broken one is kept");
        // The same job, let run again, begins anew.
        cloud.aws.switch(|switches| switches.denied_page = None);
        cloud.services().job_repeat(&cloud.admin, job.id).await.unwrap();
        cloud.run().await;
        assert_eq!(cloud.job(job.id).await.outcome, "45 accounts: 1 new, 1 gone at AWS.");
        assert!(cloud.get(id).await.refresh.failure.is_empty());
    });
}

#[test]
fn credentials_that_end_in_the_middle_break_it_too() {
    with_organization(45, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.switch(|switches| switches.expired_page = Some(2));
        let job = refresh(&cloud, id).await;
        assert!(job.state == JobState::Failed && job.outcome.contains("AWS refused the server’s credentials"), "{job:?}");
        assert_eq!(cloud.get(id).await.members.all, 45);
    });
}

#[test]
fn an_empty_page_is_not_the_end() {
    with_organization(45, async |cloud| {
        cloud.aws.switch(|switches| switches.empty_page = Some(2));
        let id = cloud.management().await;
        assert_eq!(cloud.get(id).await.members.all, 45);
    });
}

#[test]
fn throttling_is_waited_for() {
    with_organization(45, async |cloud| {
        cloud.aws.switch(|switches| switches.throttles_every_second = true);
        let id = cloud.management().await;
        cloud.wait(60).await;
        assert_eq!(cloud.get(id).await.members.all, 45);
    });
}

#[test]
fn killed_after_any_step_the_list_is_whole_in_the_end() {
    with_organization(45, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.member("200000000900", "New");
        let job = cloud.services().aws_account_refresh(&cloud.admin, id).await.unwrap();
        assert_eq!(cloud.services().aws_account_refresh(&cloud.admin, id).await.unwrap(), job, "no second one");
        let mut kills = 0;
        while cloud.job(job).await.ended.is_none() {
            assert_eq!(cloud.services().jobs_run(1).await.unwrap(), 1);
            let seen = cloud.get(id).await.members.all;
            assert!(seen == 45 || cloud.job(job).await.ended.is_some(), "nothing shows before all of it is there");
            cloud.world.clock.advance_seconds(31);
            kills += 1;
        }
        assert_eq!((kills, cloud.get(id).await.members.all), (4, 46));
    });
}
