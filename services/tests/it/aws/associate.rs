//! Customers of accounts.

use domain::{AwsMemberFilter, AwsMemberView, ClientId, CustomerDraft, Error};

use super::with_organization;
use crate::{client::fields, support::refusal};

#[test]
fn accounts_are_given_to_a_customer_and_taken_away() {
    with_organization(4, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let (acme, bell) = (cloud.world.client(admin, "Acme").await, cloud.world.client(admin, "Bell").await);
        let ids: Vec<_> = cloud.members(id, AwsMemberFilter::default()).await.iter().map(|account| account.id).collect();
        let given = services.aws_accounts_associate(admin, &ids[..3], acme).await.unwrap();
        assert!(given.iter().all(|account| account.client_id() == Some(acme)));
        assert_eq!(cloud.get(id).await.members.associated, 3);
        // One account has one customer.
        services.aws_accounts_associate(admin, &ids[..1], bell).await.unwrap();
        assert_eq!(services.aws_accounts_of_client(admin, acme).await.unwrap().len(), 2);
        assert_eq!(services.aws_accounts_of_client(admin, bell).await.unwrap()[0].id, ids[0]);
        let of = |view, client| AwsMemberFilter { view, client };
        assert_eq!(cloud.members(id, of(Some(AwsMemberView::Unassociated), None)).await.len(), 1);
        assert_eq!(cloud.members(id, of(Some(AwsMemberView::Associated), None)).await.len(), 3);
        assert_eq!(cloud.members(id, of(None, Some(bell))).await.len(), 1);
        assert_eq!(cloud.members(id, of(Some(AwsMemberView::Onboarded), Some(acme))).await.len(), 0);
        services.aws_accounts_disassociate(admin, &ids).await.unwrap();
        assert_eq!(cloud.get(id).await.members.associated, 0);
        let audit = cloud.world.audit().await;
        for entry in [format!("aws_account.associate {acme}"), format!("aws_account.associate {bell}"), format!("aws_account.disassociate {acme}")] {
            assert!(audit.iter().any(|line| line.starts_with(&entry)), "{entry}: {audit:?}");
        }
    });
}

#[test]
fn all_or_none_are_associated() {
    with_organization(2, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let member = cloud.member(id, 1).await.id;
        let client = cloud.world.client(admin, "Acme").await;
        let missing = domain::AwsAccountId::new(99_999);
        assert_eq!(refusal(services.aws_accounts_associate(admin, &[member, missing], client).await), Error::NotFound);
        assert_eq!(refusal(services.aws_accounts_associate(admin, &[member], ClientId::new(99)).await), Error::NotFound);
        assert!(matches!(refusal(services.aws_accounts_associate(admin, &[member, id], client).await), Error::Conflict { .. }));
        let gone = cloud.world.client(admin, "Gone").await;
        services.client_terminate(admin, gone).await.unwrap();
        assert!(matches!(refusal(services.aws_accounts_associate(admin, &[member], gone).await), Error::Conflict { .. }));
        assert_eq!(cloud.get(member).await.client, None);
    });
}

#[test]
fn an_account_that_a_job_works_on_stays_where_it_is() {
    with_organization(2, async |cloud| {
        let id = cloud.management().await;
        let (services, admin) = (cloud.services(), &cloud.admin);
        let (acme, bell) = (cloud.world.client(admin, "Acme").await, cloud.world.client(admin, "Bell").await);
        let [busy, free] = [cloud.member(id, 1).await.id, cloud.member(id, 2).await.id];
        services.aws_accounts_associate(admin, &[busy, free], acme).await.unwrap();
        cloud.aws.switch(|switches| switches.deny("iam:CreateRole"));
        let old = cloud.onboard(&[busy]).await[0];
        for refused in [
            refusal(services.aws_accounts_associate(admin, &[busy, free], bell).await),
            refusal(services.aws_accounts_disassociate(admin, &[busy, free]).await),
        ] {
            assert_eq!(refused.sentences(), "A job is running for Member 1. Wait until it finishes. Leave out 200000000001, then try again.");
        }
        assert_eq!(cloud.get(free).await.client_id(), Some(acme));
        services.aws_accounts_associate(admin, &[busy], acme).await.unwrap();
        cloud.run().await;
        cloud.aws.switch(|switches| switches.denied.clear());
        services.aws_accounts_associate(admin, &[busy], bell).await.unwrap();
        // The old job would act for the client that the account had.
        services.job_repeat(admin, old).await.unwrap();
        cloud.run().await;
        assert!(cloud.job(old).await.outcome.starts_with("Something else was done with this account"));
        assert_eq!(cloud.get(busy).await.role, None);
        let job = cloud.onboard(&[busy]).await[0];
        assert_eq!(cloud.job(job).await.client, Some(bell));
    });
}

#[test]
fn a_customer_is_made_in_a_hurry() {
    with_organization(0, async |cloud| {
        let (services, admin) = (cloud.services(), &cloud.admin);
        assert_eq!(fields(services.customer_create(admin, CustomerDraft::default()).await), ["company_name", "first_name", "last_name", "email"]);
        let draft = |email: &str| CustomerDraft {
            company_name: " Acme ".into(),
            first_name: "Ada".into(),
            last_name: "Lovelace".into(),
            email: email.into(),
        };
        assert_eq!(fields(services.customer_create(admin, draft("ada@a_b.example")).await), ["email"]);
        let made = services.customer_create(admin, draft("ada@acme.example")).await.unwrap();
        let details = services.client_get(admin, made.id).await.unwrap().details;
        assert_eq!((details.name.as_str(), details.contact_person.as_str(), details.email.as_str()), ("Acme", "Ada Lovelace", "ada@acme.example"));
        assert_eq!((details.address.as_str(), details.country.as_str(), details.time_zone.as_str()), ("To be completed", "USA", "UTC"));
        cloud.world.client(admin, "Bell").await;
        let next = services.customer_create(admin, draft("")).await;
        assert_eq!(fields(next), ["email"]);
        let next = services.customer_create(admin, draft("ada@acme.example")).await.unwrap();
        assert_eq!(services.client_get(admin, next.id).await.unwrap().details.time_zone, "America/Los_Angeles", "as the client before");
        let viewer = cloud.world.caller(admin.partner, None, "Auditor View").await;
        assert!(matches!(refusal(services.customer_create(&viewer, draft("ada@acme.example")).await), Error::Forbidden { .. }));
    });
}
