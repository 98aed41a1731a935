//! Roles that we made: none is left at AWS without a word, whatever happens after it was made.

use std::{collections::BTreeMap, time::Instant};

use aws_fake::{ORGANIZATION_ROLE, Role};
use domain::{AwsAccountId, AwsAccountState, ClientStatus, Error, JobId, JobState, OnboardingDraft, RoleDraft, RoleQuery};

use super::{Cloud, LONG, ROLE, isolation::technician, number, with_organization};
use crate::{role::exactly, support::refusal};

/// An account whose role was made, but can't be assumed within the time that we wait.
async fn pending(cloud: &Cloud) -> AwsAccountId {
    let id = cloud.management().await;
    cloud.aws.switch(|switches| switches.assumable_after = LONG);
    let member = cloud.member(id, 1).await.id;
    cloud.onboard(&[member]).await;
    cloud.run().await;
    cloud.wait(70).await;
    assert_eq!(cloud.get(member).await.state, AwsAccountState::Pending);
    member
}

/// Lets a server do so many steps of an onboarding and die.
async fn begun(cloud: &Cloud, member: AwsAccountId, steps: usize) -> JobId {
    let job = cloud.onboard(&[member]).await[0];
    assert_eq!(cloud.services().jobs_run(steps).await.unwrap(), steps);
    job
}

/// The role, as if a server had made it and died before it wrote that.
fn made(cloud: &Cloud, external_id: &str) {
    let tags = BTreeMap::from([("tenantry:managed".to_owned(), "true".to_owned()), ("tenantry:external-id".to_owned(), external_id.to_owned())]);
    cloud.aws.change(&number(1), |account| {
        account.roles.insert(ROLE.into(), Role { tags, ..Role::trusting("{}") });
    });
}

async fn give_up(cloud: &Cloud, member: AwsAccountId) -> String {
    let job = cloud.services().aws_account_give_up(&cloud.admin, member).await.unwrap().job.unwrap();
    cloud.run().await;
    let account = cloud.get(member).await;
    assert_eq!((account.state, account.role, account.awaited, account.job), (AwsAccountState::Discovered, None, None, None));
    cloud.job(job).await.outcome
}

#[test]
fn giving_up_deletes_the_role_that_answers_too_late() {
    with_organization(1, async |cloud| {
        let member = pending(&cloud).await;
        cloud.aws.change(&number(1), |account| account.roles.get_mut(ROLE).unwrap().assumable = Instant::now());
        let said = give_up(&cloud, member).await;
        assert!(said.contains("The role was deleted."), "{said}");
        assert_eq!(cloud.aws.roles(&number(1)), [ORGANIZATION_ROLE]);
        // Another time there is nothing to give up.
        assert!(matches!(refusal(cloud.services().aws_account_give_up(&cloud.admin, member).await), Error::Conflict { .. }));
    });
}

#[test]
fn a_failed_onboarding_knows_its_role_until_that_is_gone() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        cloud.aws.switch(|switches| switches.deny("iam:PutRolePolicy"));
        cloud.onboard(&[member]).await;
        cloud.run().await;
        cloud.wait(65).await;
        // The next try doesn't get as far.
        cloud.aws.switch(|switches| switches.other_account = Some("999999999999".into()));
        cloud.onboard(&[member]).await;
        cloud.run().await;
        assert_eq!(cloud.get(member).await.state, AwsAccountState::Failed);
        cloud.aws.switch(|switches| switches.other_account = None);
        // A role without its policy isn't one to check.
        assert!(refusal(cloud.services().aws_account_check(&cloud.admin, member).await).sentences().contains("no role to check"));
        let said = give_up(&cloud, member).await;
        assert!(said.contains("The role was deleted."), "{said}");
        assert_eq!(cloud.aws.roles(&number(1)), [ORGANIZATION_ROLE]);
    });
}

#[test]
fn another_role_name_replaces_the_role() {
    with_organization(1, async |cloud| {
        let member = pending(&cloud).await;
        cloud.aws.switch(|switches| switches.assumable_after = std::time::Duration::ZERO);
        let other = OnboardingDraft { role_name: "Tenantry-2".into(), ..OnboardingDraft::default() };
        let job = cloud.services().aws_accounts_onboard(&cloud.admin, &[member], other).await.unwrap()[0];
        cloud.run().await;
        assert_eq!(cloud.job(job).await.outcome, "The account is onboarded: arn:aws:iam::200000000001:role/Tenantry-2.");
        assert_eq!(cloud.aws.roles(&number(1)), [ORGANIZATION_ROLE, "Tenantry-2"], "never two of ours");
    });
}

#[test]
fn a_role_made_by_hand_replaces_the_role_and_what_is_left_is_said() {
    for is_in_use in [false, true] {
        with_organization(1, async |cloud| {
            let member = pending(&cloud).await;
            cloud.aws.change(&number(1), |account| account.roles.get_mut(ROLE).unwrap().is_in_use = is_in_use);
            let trust = cloud.services().aws_trust(&cloud.admin, &number(1), OnboardingDraft::default()).await.unwrap();
            cloud.aws.change(&number(1), |account| {
                account.roles.insert("Theirs".into(), Role::trusting(&trust.trust_policy));
            });
            let job = cloud.services().aws_role_set(&cloud.admin, member, "arn:aws:iam::200000000001:role/Theirs").await.unwrap();
            cloud.run().await;
            let (job, account) = (cloud.job(job).await, cloud.get(member).await);
            assert_eq!((account.state, account.role.unwrap().name()), (AwsAccountState::Onboarded, "Theirs"));
            assert_eq!(job.outcome.contains("The role Tenantry in account 200000000001 couldn’t be deleted."), is_in_use, "{}", job.outcome);
            assert_eq!(cloud.aws.role(&number(1), ROLE).is_some(), is_in_use);
        });
    }
}

#[test]
fn a_role_that_is_open_to_all_and_cannot_be_deleted_yet_is_not_forgotten() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        cloud.aws.switch(|switches| switches.ignores_external_ids = true);
        begun(&cloud, member, 4).await;
        let in_use = |is| cloud.aws.change(&number(1), |account| account.roles.get_mut(ROLE).unwrap().is_in_use = is);
        in_use(true);
        cloud.world.clock.advance_seconds(31);
        cloud.run().await;
        let account = cloud.get(member).await;
        assert_eq!((account.state, account.role), (AwsAccountState::Failed, None));
        assert!(account.problem.contains("couldn’t be deleted"), "{}", account.problem);
        in_use(false);
        give_up(&cloud, member).await;
        assert_eq!(cloud.aws.roles(&number(1)), [ORGANIZATION_ROLE]);
    });
}

#[test]
fn a_proof_that_aws_cannot_finish_is_pending_not_failed() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        let job = begun(&cloud, member, 4).await;
        cloud.aws.switch(|switches| switches.fail("sts:AssumeRole", "ValidationError", "Broken"));
        cloud.world.clock.advance_seconds(31);
        cloud.run().await;
        cloud.wait(40).await;
        assert_eq!((cloud.job(job).await.state, cloud.get(member).await.state), (JobState::Succeeded, AwsAccountState::Pending));
        cloud.aws.switch(|switches| switches.failing.clear());
        cloud.services().aws_account_check(&cloud.admin, member).await.unwrap();
        cloud.run().await;
        assert_eq!(cloud.get(member).await.state, AwsAccountState::Onboarded);
    });
}

#[test]
fn a_termination_waits_for_a_role_that_is_just_being_made() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let acme = cloud.world.client(admin, "Acme").await;
        let member = cloud.member(id, 1).await.id;
        services.aws_accounts_associate(admin, &[member], acme).await.unwrap();
        begun(&cloud, member, 1).await;
        made(&cloud, &cloud.get(member).await.external_id);
        services.client_terminate(admin, acme).await.unwrap();
        cloud.run().await;
        assert_eq!(services.client_get(admin, acme).await.unwrap().status, ClientStatus::Terminating);
        assert!(cloud.aws.role(&number(1), ROLE).is_some());
        cloud.world.clock.advance_seconds(31);
        cloud.run().await;
        cloud.wait(5).await;
        assert_eq!(services.client_get(admin, acme).await.unwrap().status, ClientStatus::Terminated);
        let account = cloud.get(member).await;
        assert_eq!((account.state, account.client, account.job), (AwsAccountState::Discovered, None, None));
        assert_eq!(cloud.aws.roles(&number(1)), [ORGANIZATION_ROLE]);
    });
}

#[test]
fn an_onboarding_that_may_not_go_on_says_so_about_its_account() {
    with_organization(2, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let (acme, bell) = (cloud.world.client(admin, "Acme").await, cloud.world.client(admin, "Bell").await);
        let [first, second] = [cloud.member(id, 1).await.id, cloud.member(id, 2).await.id];
        services.aws_accounts_associate(admin, &[first], acme).await.unwrap();
        services.aws_accounts_associate(admin, &[second], bell).await.unwrap();
        cloud.onboard(&[first]).await;
        services.client_terminate(admin, acme).await.unwrap();
        let limited = technician(&cloud, bell).await;
        services.aws_accounts_onboard(&limited, &[second], OnboardingDraft::default()).await.unwrap();
        let role = services.role_list(admin, &RoleQuery { search: "Of one".into(), ..RoleQuery::default() }).await.unwrap().rows.remove(0);
        services.role_update(admin, &role.id, None, RoleDraft { permission_sets: exactly(["8"]), ..RoleDraft::default() }).await.unwrap();
        cloud.run().await;
        cloud.wait(10).await;
        let (first, second) = (cloud.get(first).await, cloud.get(second).await);
        assert_eq!((first.client, first.state), (None, AwsAccountState::Failed));
        assert_eq!(first.problem, "The account’s customer was terminated meanwhile. Start it again.");
        assert_eq!(second.state, AwsAccountState::Failed);
        assert_eq!(second.problem, "The person or API key that started this can no longer manage the account. Start it again yourself.");
        cloud.onboard(&[first.id]).await;
        cloud.run().await;
        assert_eq!(cloud.get(first.id).await.state, AwsAccountState::Onboarded);
    });
}

#[test]
fn a_deletion_waits_for_a_role_that_is_just_being_made() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        let onboarding = begun(&cloud, member, 1).await;
        made(&cloud, &cloud.get(member).await.external_id);
        let deletion = cloud.services().aws_account_delete(&cloud.admin, id, true).await.unwrap().unwrap();
        cloud.run().await;
        assert_eq!(cloud.get(member).await.state, AwsAccountState::Onboarding);
        cloud.world.clock.advance_seconds(31);
        cloud.run().await;
        cloud.wait(10).await;
        assert_eq!((cloud.job(onboarding).await.state, cloud.job(deletion).await.state), (JobState::Succeeded, JobState::Succeeded));
        assert_eq!(refusal(cloud.services().aws_account_get(&cloud.admin, id).await), Error::NotFound);
        assert_eq!(cloud.aws.roles(&number(1)), [ORGANIZATION_ROLE]);
    });
}
