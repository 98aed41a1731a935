//! The list of clients: order, pages, filters, search.

use domain::{
    Caller, ClientDraft, ClientFilter, ClientId, ClientQuery, ClientRow, ClientSort, ClientStatus, Direction, ListPage, PageAt, StatusFilter, Total,
};

use crate::support::{World, client_draft as draft, on_both_engines};

/// Names in no order, some of them twice, in every state.
const NAMES: [&str; 13] = [
    "Über Café GmbH",
    "acme",
    "Acme",
    "Zebra",
    "50% Off_Shop",
    "5000 Offers",
    "O'Brien \"Quoted\" LLC",
    "Łódź Works",
    "Nordwind",
    "acme",
    "Æther",
    "back\\slash",
    "Straßen Bau",
];

async fn world_of_clients(world: &World) -> Caller {
    let partner = world.partner().await;
    let admin = world.caller(partner, None, "Partner Administrator").await;
    for (at, name) in NAMES.iter().enumerate() {
        world.clock.advance_seconds(if at % 4 == 0 { 0 } else { 60 });
        let country = ["USA", "DEU", "POL"][at % 3];
        let time_zone = ["Europe/Berlin", "UTC"][at % 2];
        let external_id = if at % 3 == 0 { String::new() } else { format!("{}-{at:03}", ["CRM", "sf"][at % 2]) };
        let draft = ClientDraft { country: country.into(), time_zone: time_zone.into(), external_id, ..draft(name) };
        let id = world.services.client_create(&admin, draft).await.unwrap();
        if at % 5 == 4 {
            world.services.client_suspend(&admin, id).await.unwrap();
        }
    }
    world.execute("UPDATE clients SET status = 'terminated' WHERE id = 7").await;
    world.execute("UPDATE row_counts SET number = number - 1 WHERE counted = 'clients active'").await;
    world.execute("INSERT INTO row_counts (partner_id, counted, number) VALUES (1, 'clients terminated', 1)").await;
    admin
}

pub(crate) fn in_state(status: StatusFilter) -> ClientFilter {
    ClientFilter { status, ..ClientFilter::default() }
}

async fn list(world: &World, caller: &Caller, query: &ClientQuery) -> ListPage<ClientRow> {
    world.services.client_list(caller, query).await.unwrap()
}

fn ids(rows: &[ClientRow]) -> Vec<i64> {
    rows.iter().map(|row| row.id.number()).collect()
}

/// The order that the list must have, the slow way.
fn naive(mut rows: Vec<ClientRow>, sort: ClientSort, direction: Direction) -> Vec<i64> {
    // The letters of the names above, without their accents.
    let fold = |text: &str| {
        text.to_lowercase()
            .replace('ü', "u")
            .replace('é', "e")
            .replace('ó', "o")
            .replace('ł', "l")
            .replace('ź', "z")
            .replace('æ', "ae")
            .replace('ß', "ss")
    };
    let key = |row: &ClientRow| match sort {
        ClientSort::Name => (fold(&row.name), 0),
        ClientSort::Id => (String::new(), 0),
        ClientSort::Country => (row.country.clone(), 0),
        ClientSort::TimeZone => (row.time_zone.clone(), 0),
        ClientSort::ExternalId => (fold(&row.external_id), 0),
        ClientSort::Created => (String::new(), row.created.millis()),
        ClientSort::Updated => (String::new(), row.updated.millis()),
    };
    rows.sort_by_key(|row| (key(row), row.id));
    if direction == Direction::Descending {
        rows.reverse();
    }
    ids(&rows)
}

#[test]
fn every_order_is_right_forwards_backwards_and_from_the_end() {
    on_both_engines(async |world| {
        let admin = world_of_clients(&world).await;
        for status in StatusFilter::ALL {
            let all = list(&world, &admin, &ClientQuery { filter: in_state(*status), size: 100, ..Default::default() }).await;
            assert_eq!(all.total, Total::Exactly(all.rows.len() as u64), "{status:?}");
            assert_eq!((all.previous, all.next), (None, None));
            for sort in ClientSort::ALL {
                for direction in Direction::ALL {
                    // A page of 4 is none that people can choose, but shows more of the edges.
                    let query = ClientQuery { filter: in_state(*status), sort: *sort, direction: *direction, size: 4, ..Default::default() };
                    let expected = naive(all.rows.clone(), *sort, *direction);
                    let mut forwards = Vec::new();
                    let mut next = Some(PageAt::First);
                    while let Some(at) = next {
                        let page = list(&world, &admin, &ClientQuery { at: at.clone(), ..query.clone() }).await;
                        assert_eq!(page.previous.is_none(), at == PageAt::First);
                        forwards.extend(ids(&page.rows));
                        next = page.next;
                    }
                    assert_eq!(forwards, expected, "{query:?}");
                    let mut backwards = Vec::new();
                    let mut previous = Some(PageAt::Last);
                    while let Some(at) = previous {
                        let page = list(&world, &admin, &ClientQuery { at: at.clone(), ..query.clone() }).await;
                        assert_eq!(page.next.is_none(), at == PageAt::Last);
                        backwards.splice(0..0, ids(&page.rows));
                        previous = page.previous;
                    }
                    assert_eq!(backwards, expected, "{query:?}");
                }
            }
        }
    });
}

#[test]
fn states_are_filtered_and_counted() {
    on_both_engines(async |world| {
        let admin = world_of_clients(&world).await;
        let count = async |status| {
            let page = list(&world, &admin, &ClientQuery { filter: in_state(status), ..Default::default() }).await;
            assert!(page.rows.iter().all(|row| status.statuses().contains(&row.status)));
            page.total
        };
        assert_eq!(count(StatusFilter::Current).await, Total::Exactly(12));
        assert_eq!(count(StatusFilter::All).await, Total::Exactly(13));
        assert_eq!(count(StatusFilter::Active).await, Total::Exactly(10));
        assert_eq!(count(StatusFilter::Suspended).await, Total::Exactly(2));
        assert_eq!(count(StatusFilter::Terminated).await, Total::Exactly(1));
    });
}

#[test]
fn search_finds_names_anywhere_and_ids_and_takes_nothing_for_syntax() {
    on_both_engines(async |world| {
        let admin = world_of_clients(&world).await;
        let cases: [(&str, &[i64]); 27] = [
            ("acme", &[2, 3, 10]),
            ("CME", &[2, 3, 10]),
            ("über", &[1]),
            ("uber cafe", &[1]),
            ("cafe gm", &[1]),
            ("LODZ", &[8]),
            ("aether", &[11]),
            ("strassen", &[13]),
            ("straße", &[13]),
            ("50%", &[5]),
            ("off_s", &[5]),
            ("off", &[5, 6]),
            ("o'brien", &[]),
            ("\"quoted\"", &[]),
            ("back\\s", &[12]),
            ("%", &[]),
            ("___", &[]),
            ("acme OR zebra", &[]),
            ("acme*", &[]),
            ("a", &[2, 3, 10, 11]),
            ("ze", &[4]),
            ("rd", &[]),
            ("client_9", &[9]),
            ("9", &[9]),
            ("CRM-00", &[3, 5, 9]),
            ("sf-001", &[2]),
            ("xyz", &[]),
        ];
        for (search, expected) in cases {
            let page = list(&world, &admin, &ClientQuery { search: search.into(), sort: ClientSort::Id, ..Default::default() }).await;
            assert_eq!(ids(&page.rows), expected, "{search}");
            assert_eq!(page.total, Total::Exactly(expected.len() as u64), "{search}");
        }
        let name = async |name: &str, search: &str, status| {
            ids(&list(
                &world,
                &admin,
                &ClientQuery { search: search.into(), ..ClientQuery::filtered(ClientFilter { name: name.into(), status, ..Default::default() }) },
            )
            .await
            .rows)
        };
        assert_eq!(name("sf-001", "", StatusFilter::Current).await, [0_i64; 0], "the name alone");
        assert_eq!(name("acme", "crm", StatusFilter::Current).await, [3], "both");
        assert_eq!(name("acme", "", StatusFilter::Suspended).await, [10]);
        assert_eq!(name("o'b", "quoted", StatusFilter::All).await, [7]);
        assert!(
            world
                .services
                .client_list(&admin, &ClientQuery { search: "a\0b".into(), at: PageAt::After("\0".into(), 1), ..Default::default() })
                .await
                .is_ok()
        );
    });
}

#[test]
fn search_follows_a_rename_and_pages_like_the_list() {
    on_both_engines(async |world| {
        let admin = world_of_clients(&world).await;
        world.services.client_update(&admin, ClientId::new(2), 1, draft("Renamed Ltd")).await.unwrap();
        let query = ClientQuery { search: "acme".into(), size: 1, ..Default::default() };
        let first = list(&world, &admin, &query).await;
        assert_eq!((ids(&first.rows), first.total, first.previous), (vec![3], Total::Exactly(2), None));
        let second = list(&world, &admin, &ClientQuery { at: first.next.unwrap(), ..query.clone() }).await;
        assert_eq!((ids(&second.rows), second.next.clone()), (vec![10], None));
        let back = list(&world, &admin, &ClientQuery { at: second.previous.unwrap(), ..query.clone() }).await;
        assert_eq!((ids(&back.rows), back.previous), (vec![3], None));
        let beyond = list(&world, &admin, &ClientQuery { at: PageAt::After("zzz".into(), 1), ..query }).await;
        assert_eq!((beyond.rows.len(), beyond.total, beyond.previous), (0, Total::Exactly(2), Some(PageAt::Last)));
        let found = list(&world, &admin, &ClientQuery { search: "named l".into(), ..Default::default() }).await;
        assert_eq!(ids(&found.rows), [2]);
    });
}

/// Enough clients that a search finds too many to sort them.
#[test]
fn a_search_that_finds_much_walks_the_list() {
    on_both_engines(async |world| {
        world.services.operator().seed_clients(6000, |_| {}).await.unwrap();
        let admin = world.caller(domain::PartnerId::new(1), None, "Partner Administrator").await;
        let all = |rows: Vec<ClientRow>, part: &'static str| rows.into_iter().filter(move |row| row.name.to_lowercase().contains(part));
        let mut everything = Vec::new();
        let mut next = Some(PageAt::First);
        while let Some(at) = next {
            let page = list(&world, &admin, &ClientQuery { at, size: 100, sort: ClientSort::Id, ..Default::default() }).await;
            next = page.next;
            everything.extend(page.rows);
        }
        // Of few, of many, and of very many letters and hits; beginnings too.
        for (search, direction) in
            [("ing", Direction::Ascending), ("tech", Direction::Descending), ("ltd", Direction::Ascending), ("zephyr", Direction::Ascending)]
        {
            let query = ClientQuery { search: search.into(), direction, sort: ClientSort::Updated, ..Default::default() };
            let expected = naive(all(everything.clone(), search).collect(), query.sort, direction);
            let page = list(&world, &admin, &query).await;
            assert_eq!(ids(&page.rows), expected.iter().copied().take(25).collect::<Vec<_>>(), "{search}");
            let total = if expected.len() > 1000 { Total::MoreThan(1000) } else { Total::Exactly(expected.len() as u64) };
            assert_eq!(page.total, total, "{search}");
            let last = list(&world, &admin, &ClientQuery { at: PageAt::Last, ..query }).await;
            // Where the hits are counted, the last page has what the full ones leave.
            let rest = if expected.len() > 1000 { 25 } else { (expected.len() - 1) % 25 + 1 };
            assert_eq!(ids(&last.rows), expected.iter().copied().skip(expected.len() - rest).collect::<Vec<_>>(), "{search}");
        }
        let gone = list(&world, &admin, &ClientQuery { filter: in_state(StatusFilter::Terminated), ..Default::default() }).await.rows[3].clone();
        let found =
            list(&world, &admin, &ClientQuery::filtered(ClientFilter { name: gone.name.clone(), ..in_state(StatusFilter::Terminated) })).await;
        assert!(found.rows.contains(&gone));
        let now =
            list(&world, &admin, &ClientQuery { size: 100, ..ClientQuery::filtered(ClientFilter { name: gone.name.clone(), ..Default::default() }) })
                .await;
        assert!(!now.rows.contains(&gone));
        let many = list(&world, &admin, &ClientQuery { search: "crm-0".into(), ..Default::default() }).await;
        assert_eq!((many.rows.len(), many.total), (25, Total::MoreThan(1000)));
        let seldom =
            list(&world, &admin, &ClientQuery { search: "crm-0".into(), filter: in_state(StatusFilter::Suspended), size: 100, ..Default::default() })
                .await;
        assert!(seldom.rows.iter().all(|row| row.status == ClientStatus::Suspended && row.external_id.starts_with("CRM-0")));
        assert_eq!(
            seldom.total,
            Total::Exactly(
                everything.iter().filter(|row| row.status == ClientStatus::Suspended && row.external_id.starts_with("CRM-0")).count() as u64
            )
        );
    });
}

/// Every row of a query, page by page, which have to agree with the pages from the end.
async fn every_page(world: &World, caller: &Caller, query: &ClientQuery) -> Vec<ClientRow> {
    let (mut forwards, mut backwards) = (Vec::new(), Vec::new());
    let mut next = Some(PageAt::First);
    while let Some(at) = next {
        let page = list(world, caller, &ClientQuery { at, ..query.clone() }).await;
        next = page.next;
        forwards.extend(page.rows);
    }
    let mut previous = Some(PageAt::Last);
    while let Some(at) = previous {
        let page = list(world, caller, &ClientQuery { at, ..query.clone() }).await;
        previous = page.previous;
        backwards.push(page.rows);
    }
    backwards.reverse();
    assert_eq!(ids(&forwards), ids(&backwards.concat()), "{query:?}");
    forwards
}

#[test]
fn a_search_counts_to_a_thousand() {
    on_both_engines(async |world| {
        world.services.operator().seed_clients(3000, |_| {}).await.unwrap();
        let admin = world.caller(domain::PartnerId::new(1), None, "Partner Administrator").await;
        world.execute("UPDATE clients SET status = 'active', external_key = ''").await;
        for (hits, total) in [(999, Total::Exactly(999)), (1000, Total::Exactly(1000)), (1001, Total::MoreThan(1000))] {
            world.execute(&format!("UPDATE clients SET external_key = '@lot-1' WHERE id <= {hits}")).await;
            let query = ClientQuery { search: "@lot".into(), size: 100, sort: ClientSort::Created, ..Default::default() };
            assert_eq!(list(&world, &admin, &query).await.total, total, "{hits}");
            let found = every_page(&world, &admin, &query).await;
            assert_eq!(ids(&found), naive(found.clone(), query.sort, Direction::Ascending), "{hits}");
            assert_eq!(found.len(), hits, "each once");
        }
        // Found in several ways at once, and counted once: the unique id is also the beginning of an external id.
        world.execute("UPDATE clients SET external_key = '7' WHERE id <= 1000").await;
        let seven = list(&world, &admin, &ClientQuery { search: "7".into(), ..Default::default() }).await;
        assert_eq!(seven.total, Total::Exactly(1000));
    });
}

#[test]
fn a_search_finds_the_few_hits_among_many_candidates() {
    on_both_engines(async |world| {
        world.services.operator().seed_clients(6000, |_| {}).await.unwrap();
        let admin = world.caller(domain::PartnerId::new(1), None, "Partner Administrator").await;
        // The index of names knows them still.
        world.execute("UPDATE clients SET status = 'terminated' WHERE id % 50 <> 3").await;
        for search in ["s", "ing", "tech", "crm"] {
            let query = ClientQuery { search: search.into(), size: 100, ..Default::default() };
            let everything = every_page(&world, &admin, &ClientQuery { size: 100, ..Default::default() }).await;
            let fits = |row: &ClientRow| {
                let (name, external_id) = (row.name.to_lowercase(), row.external_id.to_lowercase());
                name.starts_with(search) || (search.len() > 2 && name.contains(search)) || external_id.starts_with(search)
            };
            let expected: Vec<_> = everything.into_iter().filter(fits).collect();
            assert!(!expected.is_empty(), "{search}");
            assert_eq!(ids(&every_page(&world, &admin, &query).await), ids(&expected), "{search}");
            assert_eq!(list(&world, &admin, &query).await.total, Total::Exactly(expected.len() as u64), "{search}");
        }
    });
}

/// Hits that lie together: before some countries, behind some, few enough to sort them, and too many for that.
#[test]
fn a_search_finds_hits_that_lie_together_in_its_order() {
    on_both_engines(async |world| {
        world.services.operator().seed_clients(9500, |_| {}).await.unwrap();
        let admin = world.caller(domain::PartnerId::new(1), None, "Partner Administrator").await;
        let everything = every_page(&world, &admin, &ClientQuery { size: 100, ..Default::default() }).await;
        for first in ["ESP", "POL"] {
            world.execute(&format!("UPDATE clients SET external_key = CASE WHEN country >= '{first}' THEN '@lot-1' ELSE 'other' END")).await;
            let hits: Vec<_> = everything.iter().filter(|row| *row.country >= *first).cloned().collect();
            for direction in Direction::ALL {
                let query = ClientQuery { search: "@lot".into(), sort: ClientSort::Country, direction: *direction, size: 100, ..Default::default() };
                let expected = naive(hits.clone(), query.sort, *direction);
                assert_eq!(ids(&every_page(&world, &admin, &query).await), expected, "{first} {direction:?}");
                assert_eq!(list(&world, &admin, &query).await.total, Total::MoreThan(1000));
            }
        }
    });
}

#[test]
fn a_clients_user_sees_that_client_alone() {
    on_both_engines(async |world| {
        let admin = world_of_clients(&world).await;
        let customer = world.caller(admin.partner, Some(ClientId::new(3)), "Customer").await;
        for search in ["", "acme", "client_3"] {
            let page = list(&world, &customer, &ClientQuery { search: search.into(), ..Default::default() }).await;
            assert_eq!((ids(&page.rows), page.total), (vec![3], Total::Exactly(1)), "{search}");
        }
        for search in ["zebra", "client_4", "4"] {
            let page = list(&world, &customer, &ClientQuery { search: search.into(), ..Default::default() }).await;
            assert_eq!((page.rows.len(), page.total), (0, Total::Exactly(0)), "{search}");
        }
        let elsewhere = world.services.operator().partner_create("Other Inc").await.unwrap();
        world.user_named(elsewhere, None, "Partner Administrator", "other").await;
        let other = world.signed_in("other").await;
        for search in ["", "acme", "a", "client_4"] {
            let page = list(&world, &other, &ClientQuery { search: search.into(), ..Default::default() }).await;
            assert_eq!((page.rows.len(), page.total), (0, Total::Exactly(0)), "{search}");
        }
    });
}
