//! Lists by position, as the API pages them: any part of any order, and what happens when rows come and go between one part and the next.

use domain::{Caller, ClientFilter, ClientId, ClientSort, Direction, PartnerId, Slice, StatusFilter};

use crate::support::{World, on_both_engines};

async fn part(world: &World, caller: &Caller, filter: &ClientFilter, sort: ClientSort, slice: Slice<ClientSort>) -> (Vec<i64>, u64) {
    let found = world.services.client_search(caller, filter, Slice { sort, ..slice }).await.unwrap();
    (found.rows.into_iter().map(|client| client.id.number()).collect(), found.total)
}

const FIRST: Slice<ClientSort> = Slice { offset: 0, limit: 7, direction: Direction::Ascending, sort: ClientSort::Name };

async fn world_of(world: &World, clients: u64) -> Caller {
    world.services.operator().seed_clients(clients, |_| {}).await.unwrap();
    world.caller(PartnerId::new(1), None, "Partner Administrator").await
}

#[test]
fn parts_in_any_sequence_make_up_the_list_in_every_order() {
    on_both_engines(async |world| {
        let admin = world_of(&world, 60).await;
        // Somebody else, who hasn't read what comes before.
        world.user_named(admin.partner, None, "Partner Administrator", "grace").await;
        let grace = world.signed_in("grace").await;
        let named = ClientFilter { name: "a".to_owned(), ..ClientFilter::default() };
        let in_state = |status| ClientFilter { status, ..ClientFilter::default() };
        for filter in [ClientFilter::default(), in_state(StatusFilter::Active), in_state(StatusFilter::Inactive), named] {
            for sort in ClientSort::ALL {
                for direction in Direction::ALL {
                    let slice = |offset, limit| Slice { offset, limit, direction: *direction, ..FIRST };
                    let (whole, total) = part(&world, &admin, &filter, *sort, slice(0, 1000)).await;
                    assert_eq!(whole.len() as u64, total);
                    for offset in (0..total + 7).step_by(7) {
                        let expected: Vec<_> = whole.iter().copied().skip(usize::try_from(offset).unwrap()).take(7).collect();
                        let found = part(&world, &admin, &filter, *sort, slice(offset, 7)).await;
                        assert_eq!(found, (expected.clone(), total), "{filter:?} {sort:?} {direction:?} {offset}");
                        // From the last part to the first, so that none was just read.
                        let from_end = total + 6 - offset.min(total + 6);
                        let expected: Vec<_> = whole.iter().copied().skip(usize::try_from(from_end).unwrap()).take(7).collect();
                        let found = part(&world, &grace, &filter, *sort, slice(from_end, 7)).await;
                        assert_eq!(found, (expected, total), "{filter:?} {sort:?} {direction:?} {from_end}");
                    }
                }
            }
        }
        let mut ascending = part(&world, &admin, &ClientFilter::default(), ClientSort::Created, Slice { limit: 1000, ..FIRST }).await.0;
        let descending = Slice { limit: 1000, direction: Direction::Descending, ..FIRST };
        ascending.reverse();
        assert_eq!(ascending, part(&world, &admin, &ClientFilter::default(), ClientSort::Created, descending).await.0);
    });
}

#[test]
fn who_reads_on_misses_and_repeats_nothing_while_clients_come_and_go() {
    on_both_engines(async |world| {
        let admin = world_of(&world, 40).await;
        let (plain, slice) = (ClientFilter::default(), |offset| Slice { offset, ..FIRST });
        let (whole, total) = part(&world, &admin, &plain, ClientSort::Name, Slice { limit: 1000, ..FIRST }).await;
        let (mut read, _) = part(&world, &admin, &plain, ClientSort::Name, slice(0)).await;
        world.client(&admin, "0 comes before all").await;
        read.extend(part(&world, &admin, &plain, ClientSort::Name, slice(7)).await.0);
        let (gone, first) = (ClientId::new(whole[3]), ClientId::new(whole[0]));
        for id in [gone, first] {
            world.execute(&format!("UPDATE clients SET status = 'terminated' WHERE id = {}", id.number())).await;
            world.execute("UPDATE row_counts SET number = number - 1 WHERE counted = 'clients active'").await;
        }
        for offset in (14..total + 7).step_by(7) {
            read.extend(part(&world, &admin, &plain, ClientSort::Name, slice(offset)).await.0);
        }
        assert_eq!(read, whole, "each that was there when the reading began, once");
        // A new reader sees the list as it is now, from the first part on.
        let (now, total) = part(&world, &admin, &plain, ClientSort::Name, Slice { limit: 1000, ..FIRST }).await;
        let mut again = Vec::new();
        for offset in (0..total).step_by(7) {
            again.extend(part(&world, &admin, &plain, ClientSort::Name, slice(offset)).await.0);
        }
        assert_eq!(again, now);
    });
}

#[test]
fn a_filter_by_time_finds_few_and_many() {
    on_both_engines(async |world| {
        let admin = world_of(&world, 60).await;
        let (whole, _) = part(&world, &admin, &ClientFilter::default(), ClientSort::Created, Slice { limit: 1000, ..FIRST }).await;
        let created = async |id: i64| world.services.client_get(&admin, ClientId::new(id)).await.unwrap().created;
        let (from, to) = (created(whole[10]).await, created(whole[30]).await);
        let filter = ClientFilter { created: (Some(from), Some(to)), ..ClientFilter::default() };
        let (found, total) = part(&world, &admin, &filter, ClientSort::Created, Slice { limit: 5, offset: 4, ..FIRST }).await;
        assert_eq!((found.as_slice(), total), (&whole[14..19], 21));
        let filter = ClientFilter { id: Some(ClientId::new(whole[12])), ..filter };
        assert_eq!(part(&world, &admin, &filter, ClientSort::Name, FIRST).await, (vec![whole[12]], 1));
        let filter = ClientFilter { id: Some(ClientId::new(whole[40])), ..filter };
        assert_eq!(part(&world, &admin, &filter, ClientSort::Name, FIRST).await, (vec![], 0));
    });
}
