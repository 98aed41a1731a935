//! Checks: by hand, and every hour while an account is pending.

use domain::{AwsAccountDraft, AwsAccountId, AwsAccountKind, AwsAccountState, ClientId, JobKind, JobQuery, JobState, OnboardingDraft};
use sqlx::Row;

use super::{Cloud, ROLE, draft, isolation::technician, number, with_organization};
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
fn a_role_that_was_opened_to_all_is_deleted_and_forgotten() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        cloud.aws.switch(|switches| switches.ignores_external_ids = true);
        cloud.services().aws_account_check(&cloud.admin, account.id).await.unwrap();
        cloud.run().await;
        let after = cloud.get(account.id).await;
        assert_eq!((after.state, after.role), (AwsAccountState::Failed, None));
        assert!(after.problem.contains("wrong external ID or none") && after.problem.ends_with("The role was deleted."), "{}", after.problem);
        assert!(cloud.aws.role(&number(1), ROLE).is_none(), "it doesn’t stay open at AWS");
        let audit = cloud.world.audit().await;
        assert!(audit.iter().any(|entry| entry.starts_with(&format!("aws_account.check_failed {}", account.id))), "{audit:?}");
        // There is nothing left to give up.
        assert_eq!(cloud.services().aws_account_give_up(&cloud.admin, account.id).await.unwrap().job, None);
    });
}

#[test]
fn an_open_role_to_sign_in_by_stays_what_is_checked() {
    with_organization(1, async |cloud| {
        let (services, admin) = (cloud.services(), &cloud.admin);
        let trust = services.aws_trust(admin, &number(1), OnboardingDraft::default()).await.unwrap();
        cloud.aws.change(&number(1), |account| {
            account.roles.insert("Ours".into(), aws_fake::Role::trusting(&trust.trust_policy));
        });
        let role_arn = format!("arn:aws:iam::{}:role/Ours", number(1));
        let by_role = AwsAccountDraft { sign_in: "role".into(), role_arn, ..draft(&number(1)) };
        let account = services.aws_account_create(admin, AwsAccountKind::Single, by_role).await.unwrap();
        let check = async || {
            services.aws_account_check(admin, account.id).await.unwrap();
            cloud.run().await;
            cloud.get(account.id).await
        };
        cloud.aws.switch(|switches| switches.ignores_external_ids = true);
        for _ in 0..2 {
            let open = check().await;
            assert_eq!((open.state, open.role), (AwsAccountState::Failed, account.role.clone()));
            assert!(open.problem.contains("wrong external ID or none"), "{}", open.problem);
        }
        assert!(cloud.aws.role(&number(1), "Ours").is_some());
        cloud.aws.switch(|switches| switches.ignores_external_ids = false);
        assert_eq!(check().await.state, AwsAccountState::Onboarded);
    });
}

#[test]
fn faults_of_the_server_say_nothing_of_an_account() {
    with_organization(2, async |cloud| {
        let id = cloud.management().await;
        let (member, slow) = (cloud.onboarded(id, 1).await, cloud.member(id, 2).await.id);
        cloud.aws.change(&number(2), |account| account.roles.clear());
        cloud.onboard(&[slow]).await;
        cloud.run().await;
        cloud.world.clock.advance_seconds(60);
        for (code, sentence) in [("ExpiredToken", "AWS refused the server’s credentials"), ("ConcurrentModification", "Somebody else is changing")]
        {
            cloud.aws.switch(|switches| switches.fail("sts:GetCallerIdentity", code, "Over."));
            cloud.aws.switch(|switches| switches.fail("sts:AssumeRole", code, "Over."));
            for (account, state) in [(id, AwsAccountState::Onboarded), (member.id, AwsAccountState::Onboarded), (slow, AwsAccountState::Pending)] {
                let before = cloud.get(account).await;
                cloud.services().aws_account_check(&cloud.admin, account).await.unwrap();
                cloud.run().await;
                let after = cloud.get(account).await;
                assert_eq!((after.state, &after.role, &after.awaited, after.checked), (state, &before.role, &before.awaited, before.checked));
                assert!(after.problem.contains(sentence), "{}", after.problem);
            }
        }
        cloud.aws.switch(|switches| switches.failing.clear());
        cloud.services().aws_account_check(&cloud.admin, member.id).await.unwrap();
        cloud.run().await;
        assert_eq!(cloud.get(member.id).await.problem, "");
        cloud.world.clock.advance_seconds(3600);
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 1, "the pending one goes on being checked");
    });
}

/// Two pending accounts, the first of a client, whose roles were made by hand meanwhile.
async fn two_due(cloud: &mut Cloud) -> (ClientId, [AwsAccountId; 2]) {
    let id = cloud.management().await;
    let acme = cloud.world.client(&cloud.admin, "Acme").await;
    let accounts = [cloud.member(id, 1).await.id, cloud.member(id, 2).await.id];
    cloud.services().aws_accounts_associate(&cloud.admin, &accounts[..1], acme).await.unwrap();
    for member in [1, 2] {
        cloud.aws.change(&number(member), |account| account.roles.clear());
    }
    cloud.onboard(&accounts).await;
    cloud.run().await;
    for member in [1, 2] {
        let trust = cloud.services().aws_trust(&cloud.admin, &number(member), OnboardingDraft::default()).await.unwrap();
        cloud.aws.change(&number(member), |account| {
            account.roles.insert(ROLE.into(), aws_fake::Role::trusting(&trust.trust_policy));
        });
    }
    cloud.later(3600).await;
    assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 1);
    (acme, accounts)
}

#[test]
fn an_account_that_cannot_be_written_leaves_the_others_alone() {
    with_organization(2, async |mut cloud| {
        let (acme, [_, other]) = two_due(&mut cloud).await;
        let listed = cloud.services().job_list(&cloud.admin, &JobQuery::default()).await.unwrap().rows;
        let job = listed.into_iter().find(|job| job.kind == JobKind::AwsCheck).unwrap();
        assert_eq!((job.kind.label(), job.subject.as_str()), ("AWS check", "2 pending AWS accounts"));
        cloud.services().client_terminate(&cloud.admin, acme).await.unwrap();
        cloud.run().await;
        let job = cloud.job(job.id).await;
        assert_eq!((job.state, job.outcome.as_str()), (JobState::Succeeded, "2 accounts were checked: 1 can be entered."));
        assert_eq!(cloud.get(other).await.state, AwsAccountState::Onboarded);
    });
}

#[test]
fn a_check_leaves_alone_what_somebody_else_took_on() {
    with_organization(1, async |mut cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        let acme = cloud.world.client(&cloud.admin, "Acme").await;
        cloud.services().aws_accounts_associate(&cloud.admin, &[member], acme).await.unwrap();
        cloud.aws.change(&number(1), |account| account.roles.clear());
        let limited = technician(&cloud, acme).await;
        cloud.services().aws_accounts_onboard(&limited, &[member], OnboardingDraft::default()).await.unwrap();
        cloud.run().await;
        cloud.later(3600).await;
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 1);
        // It goes where the technician has no rights, and the administrator takes it on.
        cloud.services().aws_accounts_disassociate(&cloud.admin, &[member]).await.unwrap();
        cloud.services().aws_account_check(&cloud.admin, member).await.unwrap();
        let row = async || {
            let rows = cloud.world.rows(&format!("SELECT check_at, problem FROM aws_accounts WHERE id = {}", member.number())).await;
            (rows[0].get::<i64, _>(0), rows[0].get::<String, _>(1))
        };
        let before = row().await;
        assert_eq!(cloud.services().jobs_run(1).await.unwrap(), 1);
        assert_eq!(row().await, before);
        assert_ne!(before.0, 0);
    });
}

#[test]
fn whoever_moves_an_account_takes_its_checks_on() {
    with_organization(1, async |mut cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        let (acme, bell) = (cloud.world.client(&cloud.admin, "Acme").await, cloud.world.client(&cloud.admin, "Bell").await);
        cloud.services().aws_accounts_associate(&cloud.admin, &[member], acme).await.unwrap();
        cloud.aws.change(&number(1), |account| account.roles.clear());
        let limited = technician(&cloud, acme).await;
        cloud.services().aws_accounts_onboard(&limited, &[member], OnboardingDraft::default()).await.unwrap();
        cloud.run().await;
        let before = cloud.get(member).await;
        assert_eq!(before.state, AwsAccountState::Pending);
        cloud.services().aws_accounts_associate(&cloud.admin, &[member], bell).await.unwrap();
        for _ in 0..2 {
            cloud.later(3600).await;
            assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 1);
            cloud.run().await;
            let after = cloud.get(member).await;
            assert_eq!(after.state, AwsAccountState::Pending);
            assert!(after.checked > before.checked && after.problem.contains("AWS denied sts:AssumeRole"), "{}", after.problem);
        }
    });
}

#[test]
fn checks_that_change_a_state_are_recorded_and_others_are_not() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let account = cloud.onboarded(id, 1).await;
        cloud.aws.change(&number(1), |account| account.roles.get_mut(ROLE).unwrap().trust_policy = r#"{"Statement": []}"#.into());
        for _ in 0..2 {
            cloud.services().aws_account_check(&cloud.admin, account.id).await.unwrap();
            cloud.run().await;
        }
        let audit = cloud.world.audit().await;
        assert_eq!(audit.iter().filter(|entry| entry.starts_with(&format!("aws_account.pending {}", account.id))).count(), 1, "{audit:?}");
    });
}

#[test]
fn a_pending_account_can_be_given_up() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.change(&number(1), |account| account.roles.clear());
        let member = cloud.member(id, 1).await.id;
        assert!(refusal(cloud.services().aws_account_give_up(&cloud.admin, member).await).sentences().contains("neither pending nor failed"));
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
        assert!(account.problem.contains("no longer has access"), "{}", account.problem);
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
