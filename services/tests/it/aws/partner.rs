//! What is the partner's matter, and what others learn of it.

use domain::{AwsAccountFilter, Direction, Error, JobKind, JobQuery, JobState, NameSort, Slice};

use super::{Cloud, isolation::technician, with_organization};
use crate::support::refusal;

const ALL: Slice = Slice { offset: 0, limit: 100, direction: Direction::Ascending, sort: NameSort::Name };

/// The organization of which the first member belongs to a client, and somebody who may do everything at that client.
async fn with_technician(cloud: &Cloud) -> (domain::AwsAccountId, domain::AwsAccountId, domain::Caller) {
    let id = cloud.management().await;
    let member = cloud.member(id, 1).await.id;
    let acme = cloud.world.client(&cloud.admin, "Acme").await;
    cloud.services().aws_accounts_associate(&cloud.admin, &[member], acme).await.unwrap();
    (id, member, technician(cloud, acme).await)
}

#[test]
fn who_manages_one_client_gives_none_of_its_accounts_to_the_partner() {
    with_organization(1, async |cloud| {
        let (_, member, limited) = with_technician(&cloud).await;
        let refused = refusal(cloud.services().aws_accounts_disassociate(&limited, &[member]).await);
        assert_eq!(refused, Error::forbidden("This requires “AWS Accounts: Manage” in a role for all clients."));
        assert!(cloud.get(member).await.client.is_some());
    });
}

#[test]
fn whose_member_an_account_is_can_t_be_found_out_by_a_filter() {
    with_organization(1, async |cloud| {
        let (id, _, limited) = with_technician(&cloud).await;
        let of = AwsAccountFilter { management: Some(id), ..AwsAccountFilter::default() };
        let found = async |caller| cloud.services().aws_account_search(caller, &of, ALL).await.unwrap().total;
        assert_eq!((found(&cloud.admin).await, found(&limited).await), (1, 0));
    });
}

#[test]
fn clients_are_told_in_their_records_that_accounts_went_with_their_management_account() {
    with_organization(2, async |cloud| {
        let (id, _, _) = with_technician(&cloud).await;
        cloud.services().aws_account_delete(&cloud.admin, id, false).await.unwrap();
        let audit = cloud.world.audit().await;
        assert!(audit.iter().any(|entry| entry.starts_with("aws_account.disassociate client_")), "{audit:?}");
    });
}

#[test]
fn what_waits_for_aws_lets_other_jobs_pass() {
    with_organization(3, async |cloud| {
        let id = cloud.management().await;
        let members = [cloud.member(id, 1).await.id, cloud.member(id, 2).await.id, cloud.member(id, 3).await.id];
        let acme = cloud.world.client(&cloud.admin, "Acme").await;
        cloud.onboard(&members).await;
        cloud.services().client_terminate(&cloud.admin, acme).await.unwrap();
        cloud.services().jobs_run(1).await.unwrap();
        let begun: Vec<_> = cloud.services().job_list(&cloud.admin, &JobQuery::default()).await.unwrap().rows;
        let begun: Vec<_> = begun.into_iter().filter(|job| job.state == JobState::Running).map(|job| job.kind).collect();
        assert_eq!(begun, [JobKind::Termination]);
    });
}
