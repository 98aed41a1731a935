//! Terminating a client that has accounts.

use domain::{AwsAccountState, Erased, JobQuery, JobState};

use super::{ROLE, number, with_organization};

#[test]
fn its_accounts_are_delinked_and_stay_the_partners() {
    with_organization(4, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let acme = cloud.world.client(admin, "Acme").await;
        let [first, second] = [cloud.onboarded(id, 1).await, cloud.onboarded(id, 2).await];
        let (third, other) = (cloud.member(id, 3).await, cloud.onboarded(id, 4).await);
        services.aws_accounts_associate(admin, &[first.id, second.id, third.id], acme).await.unwrap();
        cloud.aws.change(&number(2), |account| account.roles.get_mut(ROLE).unwrap().is_in_use = true);
        let preview = services.termination_preview(admin, acme).await.unwrap();
        let counted = |counts: &[domain::ErasedCount]| counts.iter().find(|count| count.kind == Erased::AwsAccounts).unwrap().count;
        assert_eq!(counted(&preview.erased), 3);

        services.client_terminate(admin, acme).await.unwrap();
        // Each step by another server, after the one before has died.
        while services.client_get(admin, acme).await.unwrap().status != domain::ClientStatus::Terminated {
            assert_eq!(services.jobs_run(1).await.unwrap(), 1);
            cloud.world.clock.advance_seconds(31);
        }
        let receipt = services.termination_receipt(admin, acme).await.unwrap().unwrap();
        assert_eq!(counted(&receipt.erased), 3);
        for account in [&first, &second, &third] {
            let after = cloud.get(account.id).await;
            assert_eq!((after.state, after.client, after.role), (AwsAccountState::Discovered, None, None));
            assert_eq!(after.external_id, account.external_id);
        }
        assert!(cloud.aws.role(&number(1), ROLE).is_none());
        assert_eq!(cloud.get(other.id).await.role, other.role, "another account is as it was");
        assert!(cloud.aws.role(&number(4), ROLE).is_some());
        // What couldn't be deleted is said.
        let jobs = services.job_list(admin, &JobQuery::default()).await.unwrap().rows;
        let job = jobs.iter().find(|job| job.client == Some(acme) && job.state == JobState::Succeeded).unwrap();
        assert!(job.outcome.contains("while it is in use") && job.outcome.contains("aws iam delete-role --role-name Tenantry"), "{}", job.outcome);
        assert!(cloud.aws.role(&number(2), ROLE).is_some());
    });
}

#[test]
fn a_termination_waits_for_aws_but_not_for_ever() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let acme = cloud.world.client(admin, "Acme").await;
        let account = cloud.onboarded(id, 1).await;
        services.aws_accounts_associate(admin, &[account.id], acme).await.unwrap();
        cloud.aws.switch(|switches| switches.fail("iam:DeleteRole", "ConcurrentModification", "Try again."));
        services.client_terminate(admin, acme).await.unwrap();
        cloud.run().await;
        assert_eq!(cloud.get(account.id).await.client_id(), Some(acme));
        cloud.wait(60).await;
        assert_eq!(services.client_get(admin, acme).await.unwrap().status, domain::ClientStatus::Terminated);
        assert_eq!(cloud.get(account.id).await.client, None);
    });
}
