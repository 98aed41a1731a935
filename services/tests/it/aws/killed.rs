//! Servers that die while they onboard.

use domain::{AwsAccountState, JobState};

use super::{ROLE, number, with_organization};

#[test]
fn killed_after_any_step_there_is_one_role_and_one_external_id() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        let job = cloud.onboard(&[member]).await[0];
        let external_id = cloud.get(member).await.external_id;
        assert!(!external_id.is_empty(), "it is written before anything is made");
        let mut kills = 0;
        while cloud.job(job).await.ended.is_none() {
            // Each step by another server, after the one before has died.
            assert_eq!(cloud.services().jobs_run(1).await.unwrap(), 1);
            assert_eq!(cloud.get(member).await.external_id, external_id);
            cloud.world.clock.advance_seconds(31);
            kills += 1;
        }
        assert_eq!(kills, 5);
        assert_eq!((cloud.job(job).await.state, cloud.get(member).await.state), (JobState::Succeeded, AwsAccountState::Onboarded));
        assert_eq!(cloud.aws.count("iam:CreateRole"), 1);
        assert_eq!(cloud.aws.role(&number(1), ROLE).unwrap().tags["tenantry:external-id"], external_id);
    });
}

/// After AWS did something, before that was written here.
#[test]
fn what_was_done_at_aws_but_not_written_is_found_again() {
    with_organization(5, async |cloud| {
        let id = cloud.management().await;
        for steps in 1..=5 {
            let member = cloud.member(id, steps).await.id;
            let job = cloud.onboard(&[member]).await[0];
            for _ in 1..steps {
                cloud.services().jobs_run(1).await.unwrap();
                cloud.world.clock.advance_seconds(31);
            }
            let saved = async |sql: &str| cloud.world.rows(sql).await;
            let cursor: String = sqlx::Row::get(&saved(&format!("SELECT cursor FROM jobs WHERE id = {}", job.number())).await[0], 0);
            let account = format!("FROM aws_accounts WHERE id = {}", member.number());
            let before: String = sqlx::Row::get(&saved(&format!("SELECT candidate {account}")).await[0], 0);
            cloud.services().jobs_run(1).await.unwrap();
            cloud.world.clock.advance_seconds(31);
            let undo = [
                format!(
                    "UPDATE jobs SET cursor = '{cursor}', state = 'running', outcome = '', ended = 0, lease_until = 0 WHERE id = {}",
                    job.number()
                ),
                format!(
                    "UPDATE aws_accounts SET candidate = '{before}', role_arn = '', state = 'onboarding', job_id = {} WHERE id = {}",
                    job.number(),
                    member.number()
                ),
            ];
            for sql in undo {
                cloud.world.execute(&sql).await;
            }
            cloud.run().await;
            assert_eq!(cloud.get(member).await.state, AwsAccountState::Onboarded, "after step {steps}: {}", cloud.get(member).await.problem);
            assert_eq!(cloud.aws.roles(&number(steps)).len(), 2, "ours and the organization's");
        }
        assert_eq!(cloud.aws.count("iam:CreateRole"), 5, "one for each account");
    });
}

#[test]
fn a_job_that_is_gone_leaves_no_account_behind() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        let job = cloud.onboard(&[member]).await[0];
        cloud.world.execute(&format!("DELETE FROM jobs WHERE id = {}", job.number())).await;
        cloud.services().aws_checks_due().await.unwrap();
        let account = cloud.get(member).await;
        assert_eq!((account.state, account.problem.as_str()), (AwsAccountState::Failed, "The work was stopped. Start it again."));
        assert_eq!(cloud.onboarded(id, 1).await.state, AwsAccountState::Onboarded);
    });
}
