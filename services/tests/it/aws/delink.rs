//! Delinking: our role goes, and nobody else's.

use std::time::Duration;

use aws_fake::Role;
use domain::{AwsAccount, AwsAccountState, Error, JobState};
use sqlx::Row;

use super::{Cloud, ROLE, number, with_organization};
use crate::support::refusal;

const COMMAND: &str = "aws iam delete-role --role-name Tenantry";

/// Delinks an account; what the job says.
async fn delink(cloud: &Cloud, account: &AwsAccount) -> String {
    let job = cloud.services().aws_accounts_delink(&cloud.admin, &[account.id]).await.unwrap()[0];
    cloud.run().await;
    let job = cloud.job(job).await;
    assert_eq!(job.state, JobState::Succeeded, "{}", job.outcome);
    let after = cloud.get(account.id).await;
    assert_eq!((after.state, after.role, after.job), (AwsAccountState::Discovered, None, None), "the ARN is forgotten in any case");
    assert_eq!(after.external_id, account.external_id, "the external id stays");
    job.outcome
}

#[test]
fn our_role_is_deleted_and_can_be_made_again() {
    with_organization(2, async |cloud| {
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        assert_eq!(delink(&cloud, &account).await, "The Role ARN was removed. The role was deleted.");
        assert!(cloud.aws.role(&number(1), ROLE).is_none());
        let audit = cloud.world.audit().await;
        assert!(audit.iter().any(|entry| entry.starts_with(&format!("aws_account.delinked {}", account.id))), "{audit:?}");
        let refused = refusal(cloud.services().aws_accounts_delink(&cloud.admin, &[account.id]).await);
        assert!(refused.sentences().contains("has no Role ARN"), "{refused:?}");
        assert_eq!(cloud.onboarded(id, 1).await.external_id, account.external_id);
    });
}

#[test]
fn a_role_that_somebody_else_made_meanwhile_is_left_alone() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        cloud.aws.change(&number(1), |account| {
            let mut role = Role::trusting("{}");
            role.inline_policies.insert("theirs".into(), "{}".into());
            role.attached_policies.insert("arn:aws:iam::aws:policy/ReadOnlyAccess".into());
            account.roles.insert(ROLE.into(), role);
        });
        let outcome = delink(&cloud, &account).await;
        assert!(outcome.contains("was left unchanged: Tenantry didn’t create it") && outcome.contains(COMMAND), "{outcome}");
        // What deletes it is what it has.
        assert!(outcome.contains("--policy-name theirs”") && !outcome.contains("--policy-name tenantry"), "{outcome}");
        assert!(outcome.contains("aws iam detach-role-policy --role-name Tenantry --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess"), "{outcome}");
        assert!(cloud.aws.role(&number(1), ROLE).is_some());
    });
}

#[test]
fn a_role_that_is_in_use_is_said_with_what_deletes_it() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        cloud.aws.change(&number(1), |account| account.roles.get_mut(ROLE).unwrap().is_in_use = true);
        let outcome = delink(&cloud, &account).await;
        assert!(outcome.contains("while it is in use") && outcome.contains(COMMAND), "{outcome}");
        assert!(cloud.get(account.id).await.problem.contains(COMMAND));
        // Onboarding it again adopts the role, for it is ours.
        cloud.onboarded(id, 1).await;
        assert_eq!(cloud.aws.count("iam:CreateRole"), 1);
    });
}

#[test]
fn an_account_that_cannot_be_entered_any_more_is_forgotten_all_the_same() {
    with_organization(2, async |mut cloud| {
        let id = cloud.management().await;
        let (gone, shut) = (cloud.onboarded(id, 1).await, cloud.onboarded(id, 2).await);
        cloud.aws.change(&number(1), |account| {
            account.roles.remove(ROLE);
        });
        assert_eq!(delink(&cloud, &gone).await, "The Role ARN was removed. The role is gone.");
        cloud.aws.change(&number(2), |account| {
            account.roles.remove(aws_fake::ORGANIZATION_ROLE);
        });
        cloud.world.services = super::calling(&cloud.world, &cloud.aws);
        let outcome = delink(&cloud, &shut).await;
        assert!(outcome.contains("couldn’t be deleted") && outcome.contains(COMMAND), "{outcome}");
    });
}

#[test]
fn the_record_is_of_the_client_that_has_the_account_in_the_end() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        let acme = cloud.world.client(&cloud.admin, "Acme").await;
        // A deletion takes its members one by one, and no job has them meanwhile.
        cloud.services().aws_account_delete(&cloud.admin, id, true).await.unwrap();
        cloud.aws.switch(|switches| switches.latency = Duration::from_millis(500));
        let associated = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            cloud.services().aws_accounts_associate(&cloud.admin, &[account.id], acme).await.unwrap();
        };
        tokio::join!(cloud.run(), associated);
        let rows = cloud.world.rows("SELECT client_id FROM audit_records WHERE action = 'aws_account.delinked'").await;
        assert_eq!(rows[0].get::<Option<i64>, _>(0), Some(acme.number()));
    });
}

#[test]
fn what_was_asked_for_goes_on_without_whoever_asked() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.onboarded(id, 1).await;
        let other = cloud.world.caller(cloud.admin.partner, None, "Var Administrator").await;
        let job = cloud.services().aws_account_delete(&other, id, true).await.unwrap().unwrap();
        cloud.services().user_deactivate(&cloud.admin, other.user.id, "Left").await.unwrap();
        cloud.run().await;
        assert_eq!(cloud.job(job).await.state, JobState::Succeeded);
        assert!(cloud.aws.role(&number(1), ROLE).is_none());
        assert_eq!(refusal(cloud.services().aws_account_get(&cloud.admin, id).await), Error::NotFound);
    });
}
