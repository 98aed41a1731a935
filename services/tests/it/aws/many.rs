//! Large organizations.

use std::time::Instant;

use domain::{AwsMemberFilter, AwsMemberQuery, AwsMemberView};

use super::{number, with_organization};

/// With some seconds for each engine, this is for who wants the figures: `cargo test -p services --test it -- --ignored ten_thousand --nocapture`.
#[test]
#[ignore = "it takes a minute"]
fn ten_thousand_members_are_quick() {
    with_organization(10_000, async |cloud| {
        let begun = Instant::now();
        let id = cloud.management().await;
        eprintln!("refresh: {:?}, {} calls", begun.elapsed(), cloud.aws.count("organizations:ListAccounts"));
        assert_eq!(cloud.get(id).await.members.all, 10_000);
        let (services, admin) = (cloud.services(), &cloud.admin);
        let all = |view| AwsMemberFilter { view, client: None };
        let lists = [
            AwsMemberQuery::default(),
            AwsMemberQuery::filtered(all(Some(AwsMemberView::Unassociated))),
            AwsMemberQuery::filtered(all(Some(AwsMemberView::Failed))),
            AwsMemberQuery { search: "member 99".into(), ..AwsMemberQuery::default() },
            AwsMemberQuery { search: number(7777), ..AwsMemberQuery::default() },
        ];
        for query in lists {
            let mut slowest = std::time::Duration::ZERO;
            for _ in 0..100 {
                let begun = Instant::now();
                services.aws_member_list(admin, id, &query).await.unwrap();
                slowest = slowest.max(begun.elapsed());
            }
            eprintln!("list {:?} {:?}: slowest of 100 {slowest:?}", query.search, query.filter.view);
        }
        let client = cloud.world.client(admin, "Acme").await;
        let query = AwsMemberQuery { size: 500, ..AwsMemberQuery::default() };
        let ids: Vec<_> = services.aws_member_list(admin, id, &query).await.unwrap().rows.iter().map(|account| account.id).collect();
        let begun = Instant::now();
        services.aws_accounts_associate(admin, &ids, client).await.unwrap();
        eprintln!("associate {}: {:?}", ids.len(), begun.elapsed());
        assert_eq!(services.aws_accounts_of_client(admin, client).await.unwrap().len(), 500);
        let begun = Instant::now();
        services.aws_account_refresh(admin, id).await.unwrap();
        cloud.run().await;
        eprintln!("refresh again: {:?}", begun.elapsed());
    });
}
