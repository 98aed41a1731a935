//! Who signs in where the way into an account begins, and what becomes of the roles that trust it.

use domain::{AwsAccountDraft, AwsAccountId, AwsAccountKind, AwsAccountState, Error, OnboardingDraft};

use super::{Cloud, MANAGEMENT, draft, isolation::technician, number, with_organization};
use crate::support::refusal;

/// Lets the server sign in at the management account by a role there.
async fn by_role(cloud: &Cloud, management: AwsAccountId) {
    let trust = cloud.services().aws_trust(&cloud.admin, MANAGEMENT, OnboardingDraft::default()).await.unwrap();
    cloud.aws.change(MANAGEMENT, |account| {
        account.roles.insert("Ours".into(), aws_fake::Role::trusting(&trust.trust_policy));
    });
    let role_arn = format!("arn:aws:iam::{MANAGEMENT}:role/Ours");
    let version = cloud.get(management).await.version;
    let changed = AwsAccountDraft { sign_in: "role".into(), role_arn, ..draft(MANAGEMENT) };
    cloud.services().aws_account_update(&cloud.admin, management, version, changed).await.unwrap();
}

#[test]
fn another_sign_in_lets_the_roles_of_members_be_proved_anew() {
    with_organization(2, async |mut cloud| {
        let id = cloud.management().await;
        let (onboarded, other) = (cloud.onboarded(id, 1).await, cloud.member(id, 2).await);
        by_role(&cloud, id).await;
        assert_eq!(cloud.get(onboarded.id).await.state, AwsAccountState::Pending);
        assert_eq!(cloud.get(other.id).await.state, AwsAccountState::Discovered);
        cloud.later(1).await;
        assert_eq!(cloud.services().aws_checks_due().await.unwrap(), 1);
        cloud.run().await;
        // Its role trusts whom the server was before.
        let after = cloud.get(onboarded.id).await;
        assert_eq!((after.state, after.role), (AwsAccountState::Pending, onboarded.role));
        assert!(after.problem.contains("trust policy names the server’s identity"), "{}", after.problem);
    });
}

#[test]
fn who_manages_one_client_gets_the_trust_policy_of_who_signs_in() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let member = cloud.member(id, 1).await.id;
        by_role(&cloud, id).await;
        let acme = cloud.world.client(&cloud.admin, "Acme").await;
        cloud.services().aws_accounts_associate(&cloud.admin, &[member], acme).await.unwrap();
        let limited = technician(&cloud, acme).await;
        let trust = cloud.services().aws_trust(&limited, &number(1), OnboardingDraft::default()).await.unwrap();
        assert!(trust.trust_policy.contains("role/Ours"), "{}", trust.trust_policy);
    });
}

#[test]
fn what_was_typed_is_kept_for_an_account_that_cannot_be_entered() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.change(&number(1), |account| account.roles.clear());
        let member = cloud.member(id, 1).await.id;
        assert_eq!(cloud.get(member).await.onboarding(), OnboardingDraft::default());
        let typed = OnboardingDraft { role_name: "Operations".into(), access: "administrator".into(), region: "eu-central-1".into() };
        cloud.services().aws_accounts_onboard(&cloud.admin, &[member], typed.clone()).await.unwrap();
        cloud.run().await;
        let account = cloud.get(member).await;
        assert_eq!((account.state, account.onboarding()), (AwsAccountState::Pending, typed));
    });
}

#[test]
fn how_the_server_signs_in_is_the_partners_matter_also_at_an_account_of_a_client() {
    with_organization(1, async |cloud| {
        let (services, admin) = (cloud.services(), &cloud.admin);
        let profile = AwsAccountDraft { sign_in: "profile".into(), profile: number(1), ..draft(&number(1)) };
        let single = services.aws_account_create(admin, AwsAccountKind::Single, profile.clone()).await.unwrap();
        let acme = cloud.world.client(admin, "Acme").await;
        services.aws_accounts_associate(admin, &[single.id], acme).await.unwrap();
        let limited = technician(&cloud, acme).await;
        let single = services.aws_account_get(&limited, single.id).await.unwrap();
        for refused in [
            refusal(services.aws_account_update(&limited, single.id, single.version, profile).await),
            refusal(services.aws_account_promote(&limited, single.id).await),
            refusal(services.aws_account_delete(&limited, single.id, false).await),
        ] {
            assert!(matches!(refused, Error::Forbidden { .. }), "{refused:?}");
        }
    });
}
