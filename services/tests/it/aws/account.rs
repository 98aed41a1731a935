//! Adding, changing, promoting and deleting accounts, each checked against AWS.

use domain::{AwsAccountDraft, AwsAccountKind, AwsAccountQuery, AwsAccountState, AwsSignIn, Error, OnboardingDraft};

use super::{MANAGEMENT, digits, draft, number, with_organization};
use crate::{
    client::fields,
    support::{on_both_engines, refusal},
};

#[test]
fn a_management_account_is_added_once_aws_says_that_it_is_one() {
    with_organization(3, async |cloud| {
        let services = cloud.services();
        let typed = AwsAccountDraft { number: " 1111-1111-1111".into(), ..draft("") };
        let account = services.aws_account_create(&cloud.admin, AwsAccountKind::Management, typed).await.unwrap();
        assert_eq!((account.number.as_str(), account.name.as_str(), account.sign_in.clone()), (MANAGEMENT, "Payer", Some(AwsSignIn::Server)));
        assert!(account.refresh.job.is_some() && account.refresh.at.is_none(), "its members are being read");
        cloud.run().await;
        let listed = services.aws_account_list(&cloud.admin, AwsAccountKind::Management, &AwsAccountQuery::default()).await.unwrap().rows;
        assert_eq!((listed.len(), listed[0].members.all, listed[0].members.onboarded), (1, 3, 0));
        assert!(listed[0].refresh.at.is_some() && listed[0].refresh.failure.is_empty());
        let audit = cloud.world.audit().await;
        assert!(audit.iter().any(|entry| entry == &format!("aws_account.create {} partner.administrator", account.id)), "{audit:?}");
        let again = services.aws_account_create(&cloud.admin, AwsAccountKind::Management, draft(MANAGEMENT)).await;
        assert_eq!(fields(again), ["number"]);
    });
}

#[test]
fn what_aws_denies_is_not_added() {
    with_organization(2, async |cloud| {
        cloud.aws.account("333333333333", "Alone");
        let (services, admin) = (cloud.services(), &cloud.admin);
        let create = async |kind, draft: AwsAccountDraft| refusal(services.aws_account_create(admin, kind, draft).await);
        let said = |error: &Error, field: &str| match error {
            Error::Invalid { violations } => violations.of(field).unwrap_or_default().to_owned(),
            other => panic!("{other:?}"),
        };
        let wrong = create(AwsAccountKind::Management, draft("333333333333")).await;
        assert!(said(&wrong, "number").contains("signs in at account 111111111111"), "{wrong:?}");
        let profile = |name: &str, number: &str| AwsAccountDraft { sign_in: "profile".into(), profile: name.into(), ..draft(number) };
        // The fake has profiles only of accounts that were there before.
        let unknown = create(AwsAccountKind::Management, profile("nobody", MANAGEMENT)).await;
        assert!(said(&unknown, "profile").contains("no AWS credentials"), "{unknown:?}");
        let member = create(AwsAccountKind::Management, profile(&number(1), &number(1))).await;
        assert!(said(&member, "number").contains("member of the organization of account 111111111111"), "{member:?}");
        assert!(cloud.world.rows("SELECT id FROM aws_accounts").await.is_empty());
    });
}

#[test]
fn a_role_to_sign_in_by_must_ask_for_our_external_id() {
    with_organization(1, async |cloud| {
        let (services, admin) = (cloud.services(), &cloud.admin);
        let trust = services.aws_trust(admin, &number(1), OnboardingDraft::default()).await.unwrap();
        assert!(!trust.external_id.is_empty() && trust.trust_policy.contains(&trust.external_id) && trust.template.contains(&trust.external_id));
        let again = services.aws_trust(admin, &number(1), OnboardingDraft::default()).await.unwrap();
        assert_eq!(trust.external_id, again.external_id, "the same for ever");
        let by_role = || AwsAccountDraft { sign_in: "role".into(), role_arn: format!("arn:aws:iam::{}:role/Ours", number(1)), ..draft(&number(1)) };
        cloud.aws.change(&number(1), |account| {
            account.roles.insert("Ours".into(), aws_fake::Role::trusting(&trust.trust_policy));
        });
        cloud.aws.switch(|switches| switches.ignores_external_ids = true);
        let open = refusal(services.aws_account_create(admin, AwsAccountKind::Single, by_role()).await).sentences();
        assert!(open.contains("wrong external ID"), "{open}");
        cloud.aws.switch(|switches| switches.ignores_external_ids = false);
        let account = services.aws_account_create(admin, AwsAccountKind::Single, by_role()).await.unwrap();
        assert_eq!((account.state, account.external_id, account.role.is_some()), (AwsAccountState::Onboarded, trust.external_id, true));
    });
}

#[test]
fn a_single_account_is_promoted_if_aws_says_so() {
    with_organization(2, async |cloud| {
        let (services, admin) = (cloud.services(), &cloud.admin);
        let profile = |number: &str| AwsAccountDraft { sign_in: "profile".into(), profile: number.into(), ..draft(number) };
        let single = services.aws_account_create(admin, AwsAccountKind::Single, draft(MANAGEMENT)).await.unwrap();
        let member = services.aws_account_create(admin, AwsAccountKind::Single, profile(&number(1))).await.unwrap();
        assert!(refusal(services.aws_account_promote(admin, member.id).await).sentences().contains("member of the organization"));
        let client = cloud.world.client(admin, "Acme").await;
        services.aws_accounts_associate(admin, &[single.id, member.id], client).await.unwrap();
        assert!(refusal(services.aws_account_promote(admin, single.id).await).sentences().contains("belongs to no customer"));
        services.aws_accounts_disassociate(admin, &[single.id]).await.unwrap();
        let promoted = services.aws_account_promote(admin, single.id).await.unwrap();
        assert_eq!(promoted.kind, AwsAccountKind::Management);
        cloud.run().await;
        // The account that was added by itself is listed: it becomes a member, and keeps its client.
        let after = cloud.get(member.id).await;
        assert_eq!((after.kind, after.client_id(), after.sign_in), (AwsAccountKind::Member, Some(client), None));
        assert_eq!((after.name.as_str(), after.management.map(|management| management.id)), ("Member 1", Some(single.id)));
        assert_eq!(cloud.get(single.id).await.members.associated, 1);
    });
}

#[test]
fn an_edit_asks_aws_again_and_a_stale_one_is_refused() {
    with_organization(1, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let before = cloud.get(id).await;
        let named = AwsAccountDraft { name: "Main payer".into(), ..draft("") };
        let after = services.aws_account_update(admin, id, before.version, named.clone()).await.unwrap();
        assert_eq!(after.name, "Main payer");
        assert!(matches!(refusal(services.aws_account_update(admin, id, before.version, named.clone()).await), Error::Conflict { .. }));
        cloud.aws.switch(|switches| switches.other_account = Some("999999999999".into()));
        assert_eq!(fields(services.aws_account_update(admin, id, after.version, named).await), ["number"]);
        let member = cloud.member(id, 1).await;
        assert!(matches!(refusal(services.aws_account_update(admin, member.id, member.version, draft("")).await), Error::Conflict { .. }));
    });
}

#[test]
fn without_aws_nothing_is_added_and_a_sentence_says_why() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let refused = refusal(world.services.aws_account_create(&admin, AwsAccountKind::Single, draft(MANAGEMENT)).await);
        assert_eq!(refused, Error::conflict("This server isn’t set up to call AWS."));
        assert_eq!(
            fields(world.services.aws_account_create(&admin, AwsAccountKind::Single, AwsAccountDraft::default()).await),
            ["number", "name", "sign_in"]
        );
    });
}

#[test]
fn an_account_goes_with_its_members_unless_some_are_onboarded() {
    with_organization(3, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let onboarded = cloud.onboarded(id, 2).await;
        let refused = refusal(services.aws_account_delete(admin, id, false).await);
        assert!(matches!(&refused, Error::Conflict { reason } if reason.contains("onboarded")), "{refused:?}");
        let job = services.aws_account_delete(admin, id, true).await.unwrap().unwrap();
        cloud.run().await;
        assert!(cloud.job(job).await.outcome.contains("1 account was delinked"), "{}", cloud.job(job).await.outcome);
        assert_eq!(cloud.aws.role(&number(2), super::ROLE).map(|role| role.description), None, "the role is gone at AWS");
        assert_eq!(refusal(services.aws_account_get(admin, id).await), Error::NotFound);
        assert!(cloud.world.rows("SELECT id FROM aws_accounts").await.is_empty());
        // Added again, it has the same external ids.
        let again = cloud.management().await;
        assert_eq!(cloud.member(again, 2).await.external_id, onboarded.external_id);
        assert_eq!(services.aws_account_delete(admin, again, false).await.unwrap(), None);
    });
}

#[test]
fn accounts_are_searched_filtered_and_sorted() {
    with_organization(30, async |cloud| {
        let id = cloud.management().await;
        cloud.aws.change(&number(7), |account| account.name = "Überlingen".into());
        cloud.services().aws_account_refresh(&cloud.admin, id).await.unwrap();
        cloud.run().await;
        let search = async |text: &str| {
            let query = domain::AwsMemberQuery { search: text.to_owned(), ..domain::AwsMemberQuery::default() };
            let rows = cloud.services().aws_member_list(&cloud.admin, id, &query).await.unwrap().rows;
            rows.into_iter().map(|row| row.number.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(search("uber").await, [number(7)]);
        assert_eq!(search("2000-0000-0007").await, [number(7)], "a number as it is typed");
        assert_eq!(search("member.12@").await, [number(12)], "an e-mail address");
        assert_eq!(search("nobody").await, Vec::<String>::new());
        let page = cloud.services().aws_member_list(&cloud.admin, id, &domain::AwsMemberQuery::default()).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (25, domain::Total::Exactly(30)));
        let all = cloud.services().aws_account_search(&cloud.admin, &domain::AwsAccountFilter::default(), slice()).await.unwrap();
        assert_eq!((all.total, all.rows.len()), (31, 31));
        let one = domain::AwsAccountFilter { number: "000007".into(), management: Some(id), ..domain::AwsAccountFilter::default() };
        let one = cloud.services().aws_account_search(&cloud.admin, &one, slice()).await.unwrap().rows;
        assert_eq!(one.into_iter().map(|account| account.number).collect::<Vec<_>>(), [digits(&number(7))]);
    });
}

fn slice() -> domain::Slice {
    domain::Slice { offset: 0, limit: 100, direction: domain::Direction::Ascending, sort: domain::NameSort::Name }
}
