//! Checks: by hand, and every hour while an account is pending.

use domain::{AwsAccountState, JobQuery, JobState};

use super::{ROLE, number, with_organization};
use crate::support::refusal;

#[test]
fn an_onboarded_account_that_stops_answering_is_pending_and_keeps_its_arn() {
    with_organization(1, async |mut cloud| {
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        let trust = cloud.aws.role(&number(1), ROLE).unwrap().trust_policy;
        cloud.aws.change(&number(1), |account| account.roles.get_mut(ROLE).unwrap().trust_policy = r#"{"Statement": []}"#.into());
        let check = async || {
            let job = cloud.services().aws_account_check(&cloud.admin, account.id).await.unwrap();
            cloud.run().await;
            cloud.job(job).await
        };
        let job = check().await;
        assert!(job.outcome.contains("AWS denied sts:AssumeRole"), "{}", job.outcome);
        let pending = cloud.get(account.id).await;
        assert_eq!((pending.state, pending.role, pending.job), (AwsAccountState::Pending, account.role.clone(), None));
        assert!(refusal(cloud.services().aws_account_give_up(&cloud.admin, account.id).await).sentences().contains("Role ARN"));
        // It answers again within the hour.
        cloud.aws.change(&number(1), |account| account.roles.get_mut(ROLE).unwrap().trust_policy = trust);
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 0, "not due yet");
        cloud.later(3600).await;
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 1);
        cloud.run().await;
        let again = cloud.get(account.id).await;
        assert_eq!((again.state, again.problem.as_str(), again.role), (AwsAccountState::Onboarded, "", account.role));
        cloud.later(3600).await;
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 0, "only pending accounts are checked");
    });
}

#[test]
fn a_role_that_was_opened_to_all_is_forgotten() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        cloud.aws.switch(|switches| switches.ignores_external_ids = true);
        cloud.services().aws_account_check(&cloud.admin, account.id).await.unwrap();
        cloud.run().await;
        let after = cloud.get(account.id).await;
        assert_eq!((after.state, after.role), (AwsAccountState::Failed, None));
    });
}

#[test]
fn a_pending_account_can_be_given_up() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.change(&number(1), |account| account.roles.clear());
        let member = cloud.member(id, 1).await.id;
        assert!(refusal(cloud.services().aws_account_give_up(&cloud.admin, member).await).sentences().contains("pending or failed"));
        assert!(refusal(cloud.services().aws_account_check(&cloud.admin, member).await).sentences().contains("no role to check"));
        cloud.onboard(&[member]).await;
        cloud.run().await;
        let given_up = cloud.services().aws_account_give_up(&cloud.admin, member).await.unwrap();
        assert_eq!((given_up.state, given_up.problem.as_str()), (AwsAccountState::Discovered, ""));
        cloud.world.clock.advance_seconds(7200);
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 0);
    });
}

#[test]
fn checks_end_with_the_rights_of_who_asked() {
    with_organization(1, async |mut cloud| {
        let id = cloud.management().await;
        cloud.aws.change(&number(1), |account| account.roles.clear());
        let member = cloud.member(id, 1).await.id;
        let other = cloud.world.caller(cloud.admin.partner, None, "Var Administrator").await;
        cloud.services().aws_accounts_onboard(&other, &[member], domain::OnboardingDraft::default()).await.unwrap();
        cloud.run().await;
        cloud.services().user_deactivate(&cloud.admin, other.user.id, "Left").await.unwrap();
        cloud.later(3600).await;
        cloud.services().aws_checks_due().await.unwrap();
        cloud.run().await;
        let account = cloud.get(member).await;
        assert!(account.problem.contains("can’t act any more"), "{}", account.problem);
        cloud.later(3600).await;
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 0, "nobody is told each hour");
        let jobs = cloud.services().job_list(&cloud.admin, &JobQuery::default()).await.unwrap().rows;
        assert!(jobs.iter().all(|job| job.state != JobState::Failed), "{jobs:?}");
        // Whoever checks it by hand takes it on.
        cloud.services().aws_account_check(&cloud.admin, member).await.unwrap();
        cloud.run().await;
        cloud.later(3600).await;
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 1);
    });
}
