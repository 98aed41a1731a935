//! Who sees which accounts, and who changes them.

use domain::{
    AwsAccountDraft, AwsAccountKind, AwsAccountQuery, AwsAccountState, Caller, ClientId, Error, JobQuery, OnboardingDraft, Permission, RoleDraft,
};

use super::{Cloud, calling, draft, with_organization};
use crate::{
    role::{draft as role, exactly},
    support::refusal,
};

/// Somebody who may do everything, at one client.
pub(super) async fn technician(cloud: &Cloud, client: ClientId) -> Caller {
    let lists =
        RoleDraft { permission_sets: exactly(["11"]), clients: exactly([&client.to_string()]), all_devices: Some(true), ..role("Of one", "MSP") };
    cloud.services().role_create(&cloud.admin, lists).await.unwrap();
    cloud.world.registered(&cloud.admin, None, "limited", &["Of one"]).await;
    cloud.world.signed_in("limited").await
}

#[test]
fn a_technician_of_one_client_reaches_no_other_and_nothing_without_a_client() {
    with_organization(3, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let (acme, bell) = (cloud.world.client(admin, "Acme").await, cloud.world.client(admin, "Bell").await);
        let [own, other, nobody] = [cloud.member(id, 1).await.id, cloud.member(id, 2).await.id, cloud.member(id, 3).await.id];
        services.aws_accounts_associate(admin, &[own], acme).await.unwrap();
        services.aws_accounts_associate(admin, &[other], bell).await.unwrap();
        let limited = technician(&cloud, acme).await;

        let seen = services.aws_accounts_of_client(&limited, acme).await.unwrap();
        assert_eq!(seen.iter().map(|account| account.id).collect::<Vec<_>>(), [own]);
        assert_eq!(seen[0].management, None, "nor who lists it");
        assert_eq!(refusal(services.aws_accounts_of_client(&limited, bell).await), Error::NotFound);
        for hidden in [id, other, nobody] {
            assert_eq!(refusal(services.aws_account_get(&limited, hidden).await), Error::NotFound);
            assert_eq!(refusal(services.aws_account_check(&limited, hidden).await), Error::NotFound);
            assert_eq!(refusal(services.aws_accounts_associate(&limited, &[own, hidden], acme).await), Error::NotFound);
            assert_eq!(refusal(services.aws_accounts_disassociate(&limited, &[hidden]).await), Error::NotFound);
            assert_eq!(refusal(services.aws_accounts_onboard(&limited, &[hidden], OnboardingDraft::default()).await), Error::NotFound);
            assert_eq!(refusal(services.aws_accounts_delink(&limited, &[hidden]).await), Error::NotFound);
            assert_eq!(refusal(services.aws_account_delete(&limited, hidden, true).await), Error::NotFound);
        }
        assert_eq!(refusal(services.aws_member_list(&limited, id, &domain::AwsMemberQuery::default()).await), Error::NotFound);
        assert!(services.aws_account_list(&limited, AwsAccountKind::Management, &AwsAccountQuery::default()).await.unwrap().rows.is_empty());
        assert_eq!(services.aws_account_search(&limited, &domain::AwsAccountFilter::default(), slice()).await.unwrap().total, 1);
        assert_eq!(refusal(services.aws_accounts_associate(&limited, &[own], bell).await), Error::NotFound, "to a client that they don't see");
        let create = services.aws_account_create(&limited, AwsAccountKind::Single, super::draft("333333333333")).await;
        assert!(matches!(refusal(create), Error::Forbidden { .. }), "adding is about the partner");
        assert_eq!(cloud.get(own).await.client_id(), Some(acme));

        // What is theirs they onboard, by the management account that they don't see.
        let job = services.aws_accounts_onboard(&limited, &[own], OnboardingDraft::default()).await.unwrap()[0];
        cloud.run().await;
        assert_eq!(services.job_get(&limited, job).await.unwrap().outcome, "The account is onboarded: arn:aws:iam::200000000001:role/Tenantry.");
        // Taken from their client, it is out of their reach, and so is its next job.
        services.aws_accounts_associate(admin, &[own], bell).await.unwrap();
        let job = services.aws_account_check(admin, own).await.unwrap();
        assert_eq!(refusal(services.job_get(&limited, job).await), Error::NotFound);
        assert_eq!(refusal(services.aws_accounts_delink(&limited, &[own]).await), Error::NotFound);
    });
}

fn slice() -> domain::Slice {
    domain::Slice { offset: 0, limit: 100, direction: domain::Direction::Ascending, sort: domain::NameSort::Name }
}

#[test]
fn a_clients_users_see_its_accounts_and_change_nothing() {
    with_organization(2, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let (acme, bell) = (cloud.world.client(admin, "Acme").await, cloud.world.client(admin, "Bell").await);
        let (own, other) = (cloud.member(id, 1).await.id, cloud.member(id, 2).await.id);
        services.aws_accounts_associate(admin, &[own], acme).await.unwrap();
        services.aws_accounts_associate(admin, &[other], bell).await.unwrap();
        let user = cloud.world.caller(admin.partner, Some(acme), "Client Administrator").await;
        assert_eq!(services.aws_accounts_of_client(&user, acme).await.unwrap()[0].id, own);
        assert_eq!(services.aws_account_get(&user, own).await.unwrap().client_id(), Some(acme));
        for hidden in [id, other] {
            assert_eq!(refusal(services.aws_account_get(&user, hidden).await), Error::NotFound);
        }
        assert_eq!(refusal(services.aws_accounts_of_client(&user, bell).await), Error::NotFound);
        for refused in [
            refusal(services.aws_accounts_disassociate(&user, &[own]).await),
            refusal(services.aws_accounts_onboard(&user, &[own], OnboardingDraft::default()).await),
            refusal(services.aws_account_check(&user, own).await),
        ] {
            assert!(matches!(refused, Error::Forbidden { .. }), "{refused:?}");
        }
        // Where the partner restricts it, they don't even see them.
        let restricted = [Permission::AccountView].into_iter().collect();
        services.client_restrictions_set(admin, acme, None, restricted).await.unwrap();
        let user = cloud.world.signed_in(&user.user.login).await;
        assert!(services.aws_accounts_of_client(&user, acme).await.is_err());
        assert!(matches!(refusal(services.aws_account_get(&user, own).await), Error::NotFound | Error::Forbidden { .. }));
    });
}

#[test]
fn only_who_sees_all_accounts_reads_how_the_server_signs_in() {
    const ALONE: &str = "999999999999";
    with_organization(1, async |mut cloud| {
        cloud.aws.account(ALONE, "Alone");
        cloud.world.services = calling(&cloud.world, &cloud.aws);
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let acme = cloud.world.client(admin, "Acme").await;
        let member = cloud.member(id, 1).await.id;
        let profile = AwsAccountDraft { sign_in: "profile".into(), profile: ALONE.into(), ..draft(ALONE) };
        let single = services.aws_account_create(admin, AwsAccountKind::Single, profile).await.unwrap().id;
        services.aws_accounts_associate(admin, &[member, single], acme).await.unwrap();
        let user = cloud.world.caller(admin.partner, Some(acme), "Client Administrator").await;
        let limited = technician(&cloud, acme).await;

        let secret = "The token of arn:aws:iam::111111111111:user/secret-admin is expired";
        for code in ["ExpiredToken", "LimitExceeded", "ValidationError"] {
            cloud.aws.switch(|switches| switches.fail("sts:GetCallerIdentity", code, secret));
            let job = services.aws_accounts_onboard(&limited, &[member], OnboardingDraft::default()).await.unwrap()[0];
            services.aws_account_check(&limited, single).await.unwrap();
            cloud.run().await;
            let full = cloud.get(member).await.problem;
            assert!(full.contains(secret) && full.contains("111111111111"), "{full}");
            assert_eq!(cloud.job(job).await.outcome, full);
            assert!(cloud.get(single).await.problem.contains(secret));
            assert!(services.aws_accounts_of_client(admin, acme).await.unwrap().iter().all(|account| account.problem.contains(secret)));
            let said = "The server can’t sign in at the MSP account of 200000000001. Your provider’s administrators can see the details.";
            for reader in [&user, &limited] {
                let accounts = services.aws_accounts_of_client(reader, acme).await.unwrap();
                let found = services.aws_account_search(reader, &domain::AwsAccountFilter::default(), slice()).await.unwrap().rows;
                for account in accounts.into_iter().chain(found) {
                    assert!(!account.problem.contains("111111111111") && account.problem.ends_with("can see the details."), "{}", account.problem);
                    assert_eq!(account.sign_in, None);
                }
                assert_eq!(services.aws_account_get(reader, member).await.unwrap().problem, said);
            }
            assert_eq!(services.job_get(&limited, job).await.unwrap().outcome, said);
        }
        // What they aren't told, the server knows: an account at which it signs in needs no role to be checked.
        cloud.aws.switch(|switches| switches.failing.clear());
        services.aws_account_check(&limited, single).await.unwrap();
        cloud.run().await;
        let checked = cloud.get(single).await;
        assert_eq!((checked.state, checked.problem.as_str(), checked.sign_in.is_some()), (AwsAccountState::Onboarded, "", true));
    });
}

#[test]
fn viewers_change_nothing_and_other_partners_see_nothing() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let services = cloud.services();
        let viewer = cloud.world.caller(cloud.admin.partner, None, "Auditor View").await;
        let member = cloud.member(id, 1).await.id;
        assert_eq!(services.aws_account_get(&viewer, member).await.unwrap().id, member);
        for refused in [
            refusal(services.aws_account_refresh(&viewer, id).await),
            refusal(services.aws_accounts_onboard(&viewer, &[member], OnboardingDraft::default()).await),
            refusal(services.aws_trust(&viewer, &super::number(1), OnboardingDraft::default()).await),
            refusal(services.aws_account_promote(&viewer, id).await),
        ] {
            assert!(matches!(refused, Error::Forbidden { .. }), "{refused:?}");
        }
        let foreign = cloud.world.services.operator().partner_create("Other").await.unwrap();
        cloud.world.user_named(foreign, None, "Partner Administrator", "foreign").await;
        let foreign = cloud.world.signed_in("foreign").await;
        assert_eq!(refusal(services.aws_account_get(&foreign, id).await), Error::NotFound);
        assert!(services.aws_account_list(&foreign, AwsAccountKind::Management, &AwsAccountQuery::default()).await.unwrap().rows.is_empty());
        assert!(services.job_list(&foreign, &JobQuery::default()).await.unwrap().rows.is_empty());
    });
}
