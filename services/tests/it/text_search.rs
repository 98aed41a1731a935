//! Finding users and devices by a text anywhere in what they are called: what the text index says must be what the rows say.

use domain::{DeviceDraft, DeviceFilter, DeviceQuery, PageAt, Slice, Total, UserDraft, UserFilter, UserQuery};

use crate::{
    device::{SLICE, device},
    support::{World, on_both_engines},
};

/// More than are looked at one by one.
const MANY: usize = 6500;

async fn users(world: &World, admin: &domain::Caller, search: &str) -> Vec<String> {
    let query = UserQuery { search: search.to_owned(), ..UserQuery::default() };
    world.services.user_list(admin, &query).await.unwrap().rows.into_iter().map(|row| row.profile.login).collect()
}

#[test]
fn a_user_is_found_by_what_it_is_called_now() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        world.user_named(partner, None, "Technician", "grace").await;
        assert_eq!(users(&world, &admin, "RACE").await, ["grace"]);
        assert_eq!(users(&world, &admin, "ace@leo").await, ["grace"], "the mail address");
        assert_eq!(users(&world, &admin, "lovelace gr").await, ["grace"], "across two of them");
        assert_eq!(users(&world, &admin, "lovelace \"gr").await, Vec::<String>::new(), "a quotation mark is one");
        assert_eq!(users(&world, &admin, "lovelace OR grace").await, Vec::<String>::new(), "and so is a word");

        let grace = world.services.user_search(&admin, &UserFilter { login: Some("rac".into()), ..UserFilter::default() }, SLICE).await.unwrap();
        let draft = UserDraft { last_name: Some("Hopper".into()), email: Some("admiral@navy.example".into()), ..UserDraft::default() };
        world.services.user_update(&admin, grace.rows[0].id, None, draft).await.unwrap();
        assert_eq!(users(&world, &admin, "admiral").await, ["grace"]);
        assert_eq!(users(&world, &admin, "grace@leoart").await, Vec::<String>::new(), "no longer");
        let gone = UserFilter { last_name: Some("lovelace".into()), login: Some("grace".into()), ..UserFilter::default() };
        assert_eq!(world.services.user_search(&admin, &gone, SLICE).await.unwrap().total, 0);
    });
}

#[test]
fn a_device_is_found_by_each_of_its_names_and_by_none_when_it_is_gone() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let lab = world.client(&admin, "Lab").await;
        let made = device(&world, &admin, lab, "web-Ärmel-01", "Linux").await;
        let draft = DeviceDraft {
            name: Some("n".repeat(255)),
            alias_name: Some("a".repeat(255)),
            ip_address: Some("172.28.2.233".into()),
            ..DeviceDraft::default()
        };
        world.services.device_update(&admin, &made.id, None, draft).await.unwrap();
        let total = async |filter: DeviceFilter| world.services.device_search(&admin, &filter, SLICE).await.unwrap().total;
        // However long its other names are.
        assert_eq!(total(DeviceFilter { host_name: "WEB-".into(), ..DeviceFilter::default() }).await, 1);
        assert_eq!(total(DeviceFilter { ip_address: "28.2.2".into(), ..DeviceFilter::default() }).await, 1);
        assert_eq!(total(DeviceFilter { ip_address: "28.2.3".into(), ..DeviceFilter::default() }).await, 0);
        assert_eq!(total(DeviceFilter { text: "NNNN".into(), host_name: "b-".into(), ..DeviceFilter::default() }).await, 1);
        world.services.device_delete(&admin, &made.id).await.unwrap();
        assert_eq!(total(DeviceFilter { host_name: "web".into(), ..DeviceFilter::default() }).await, 0);
        device(&world, &admin, lab, "mail-01", "Linux").await;
        assert_eq!(total(DeviceFilter { host_name: "mail".into(), ..DeviceFilter::default() }).await, 1);
    });
}

#[test]
fn what_fits_many_is_listed_in_order_and_counted_like_what_fits_few() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let lab = world.client(&admin, "Lab").await;
        world
            .execute(&format!(
                "INSERT INTO devices (id, unique_id, partner_id, client_id, name, name_key, search_key, kind, resource_type, state, host_name, ip_address, \
                 details, created, updated, version) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY}) \
                 SELECT i, '00000000-0000-4000-9000-' || (100000000000 + i), {}, {}, 'pc-' || (10000 + i), 'pc-' || (10000 + i), 'pc-' || (10000 + i), \
                 'desktop', 'Desktop', 'active', 'pc-' || (10000 + i), '', '{{}}', 0, 0, 1 FROM n",
                partner.number(),
                lab.number()
            ))
            .await;
        let slice = Slice { offset: 6490, limit: 2, ..SLICE };
        let filter = DeviceFilter { text: "pc-1".into(), ..DeviceFilter::default() };
        let found = world.services.device_search(&admin, &filter, slice).await.unwrap();
        assert_eq!(found.total, u64::try_from(MANY).unwrap());
        let numbers: Vec<_> = found.rows.iter().map(|device| device.id.as_str()[24..].to_owned()).collect();
        assert_eq!(numbers, ["100000006491", "100000006492"], "in the order of the names");
        let list = async |search: &str, at: PageAt| {
            let query = DeviceQuery { search: search.to_owned(), at, size: 2, ..DeviceQuery::default() };
            let page = world.services.device_list(&admin, &query).await.unwrap();
            (page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>(), page.total, page.next)
        };
        let (rows, total, next) = list("pc-1", PageAt::First).await;
        assert_eq!((rows, total), (vec!["pc-10001".to_owned(), "pc-10002".to_owned()], Total::MoreThan(1000)));
        assert_eq!(list("pc-1", next.unwrap()).await.0, ["pc-10003", "pc-10004"]);
        let (rows, total, next) = list("c-100", PageAt::First).await;
        assert_eq!((rows, total), (vec!["pc-10001".to_owned(), "pc-10002".to_owned()], Total::Exactly(99)));
        assert_eq!(list("c-100", next.unwrap()).await.0, ["pc-10003", "pc-10004"]);
        assert_eq!(list("c-100", PageAt::Last).await.0, ["pc-10099"]);
    });
}
