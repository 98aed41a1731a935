//! Text equality: names, login names, passwords, and exact matches in search.

use domain::{ClientQuery, DeviceQuery, Direction, Error, NameSort, PageAt, Slice, UserDraft, UserFilter, UserGroupDraft, UserGroupQuery, UserQuery};
use services::Store;
use sqlx::Row;

use crate::{
    device::{SLICE, device},
    support::{PASSWORD, World, at, on_both_engines, on_postgres_in_english, refusal, sign_in},
    user::draft,
};

/// Names of groups as a search lists them, page by page.
async fn pages(world: &World, admin: &domain::Caller, search: &str, direction: Direction) -> Vec<Vec<String>> {
    let mut query = UserGroupQuery { search: search.to_owned(), direction, ..UserGroupQuery::default() };
    let mut pages = Vec::new();
    loop {
        let page = world.services.user_group_list(admin, &query).await.unwrap();
        pages.push(page.rows.into_iter().map(|row| row.group.name).collect());
        match page.next {
            Some(next) => query.at = next,
            None => return pages,
        }
    }
}

#[test]
fn what_is_just_what_was_searched_for_comes_first_and_every_row_once() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        for number in 10..70 {
            world.group(&admin, None, &format!("AA zdev {number}")).await;
        }
        world.group(&admin, None, "ZDev").await;
        for direction in [Direction::Ascending, Direction::Descending] {
            let found = pages(&world, &admin, "zdev", direction).await;
            assert_eq!(found[0][0], "ZDev");
            assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [25, 25, 11]);
            let mut all = found.concat();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 61, "none is listed twice");

            let mut query = UserGroupQuery { search: "zdev".into(), direction, at: PageAt::Last, ..UserGroupQuery::default() };
            let mut backwards = Vec::new();
            loop {
                let page = world.services.user_group_list(&admin, &query).await.unwrap();
                backwards.insert(0, page.rows.into_iter().map(|row| row.group.name).collect::<Vec<_>>());
                match page.previous {
                    Some(previous) => query.at = previous,
                    None => break,
                }
            }
            assert_eq!(backwards, found, "pages are the same from either end");
        }
        let slice = async |offset, limit| {
            let slice = Slice { offset, limit, direction: Direction::Ascending, sort: NameSort::Name };
            let found = world.services.user_group_search(&admin, "zdev", slice).await.unwrap();
            assert_eq!(found.total, 61);
            found.rows.into_iter().map(|row| row.group.name).collect::<Vec<_>>()
        };
        assert_eq!(slice(0, 2).await, ["ZDev", "AA zdev 10"]);
        assert_eq!(slice(1, 2).await, ["AA zdev 10", "AA zdev 11"]);
        assert_eq!(slice(60, 9).await, ["AA zdev 69"]);
    });
}

#[test]
fn clients_users_and_devices_that_are_just_that_come_first() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        for number in 10..40 {
            world.client(&admin, &format!("AA Acme {number}")).await;
        }
        let acme = world.client(&admin, "Acme").await;
        let mut query = ClientQuery { search: "acme".into(), ..ClientQuery::default() };
        let first = world.services.client_list(&admin, &query).await.unwrap();
        assert_eq!((first.rows[0].id, first.rows.len()), (acme, 25));
        query.at = first.next.unwrap();
        let second = world.services.client_list(&admin, &query).await.unwrap();
        assert_eq!((second.rows.len(), second.rows[0].name.as_str(), second.next), (6, "AA Acme 34", None));
        query.at = second.previous.unwrap();
        let back = world.services.client_list(&admin, &query).await.unwrap();
        assert_eq!(back.rows, first.rows);
        let name = ClientQuery { direction: Direction::Descending, ..ClientQuery::from_address("name=ACME") };
        assert_eq!(world.services.client_list(&admin, &name).await.unwrap().rows[0].id, acme);

        for number in 10..40 {
            device(&world, &admin, acme, &format!("0-10.0.0.1-{number}"), "Linux").await;
        }
        let made = device(&world, &admin, acme, "10.0.0.1", "Linux").await;
        let query = DeviceQuery { search: "10.0.0.1".into(), ..DeviceQuery::default() };
        assert_eq!(world.services.device_list(&admin, &query).await.unwrap().rows[0].id, made.id);

        for number in 10..40 {
            world.registered(&admin, None, &format!("aa.ada{number}"), &[]).await;
        }
        let ada = world.registered(&admin, None, "ada", &[]).await.row.id;
        let query = UserQuery { search: "ADA".into(), ..UserQuery::default() };
        assert_eq!(world.services.user_list(&admin, &query).await.unwrap().rows[0].id, ada);
        let filter = UserFilter { login: Some("ada".into()), ..UserFilter::default() };
        assert_eq!(world.services.user_search(&admin, &filter, SLICE).await.unwrap().rows[0].id, ada);
    });
}

#[test]
fn a_name_is_the_same_however_it_is_spelled() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        for (name, same) in [("ΟΔΟΣ", "οδος"), ("Acme", "Ac\u{200b}me"), ("Café", "CAFE\u{301}")] {
            world.group(&admin, None, name).await;
            let taken = UserGroupDraft { name: Some(same.to_owned()), ..UserGroupDraft::default() };
            let says = format!("Another user group has this name already: “{name}”. Capital letters, accents and spaces make no difference.");
            assert_eq!(refusal(world.services.user_group_create(&admin, None, &taken).await), Error::invalid("name", says));
            let query = UserGroupQuery { search: same.to_owned(), ..UserGroupQuery::default() };
            assert_eq!(world.services.user_group_list(&admin, &query).await.unwrap().rows[0].group.name, name);
        }
        let client = world.client(&admin, "日本電気").await;
        let query = ClientQuery { search: "本電".into(), ..ClientQuery::default() };
        assert_eq!(world.services.client_list(&admin, &query).await.unwrap().rows[0].id, client);
        device(&world, &admin, client, "СЕРВЕР", "Сервер").await;
        for filter in [
            domain::DeviceFilter { host_name: "сервер".into(), ..domain::DeviceFilter::default() },
            domain::DeviceFilter { resource_type: "СЕРВЕР".into(), ..domain::DeviceFilter::default() },
        ] {
            assert_eq!(world.services.device_search(&admin, &filter, SLICE).await.unwrap().total, 1);
        }
    });
}

#[test]
fn a_login_name_has_one_spelling_and_mail_goes_to_domains_that_there_are() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        world.services.user_create(&admin, None, draft("caf\u{e9}")).await.unwrap();
        assert_eq!(
            refusal(world.services.user_create(&admin, None, draft("cafe\u{301}")).await),
            Error::invalid("login", "This login name is taken.")
        );
        world.services.user_create(&admin, None, draft("cafe")).await.unwrap();
        world.services.user_create(&admin, None, draft("user@exämple.com")).await.unwrap();
        refusal(world.services.user_create(&admin, None, draft("user@xn--exmple-cua.com")).await);
        for address in [".a@example.com", "a..b@example.com", "a@xn--a.com"] {
            let draft = UserDraft { email: Some(address.to_owned()), ..draft("ada") };
            let Error::Invalid { violations } = refusal(world.services.user_create(&admin, None, draft).await) else { panic!("{address}") };
            assert!(violations.of("email").is_some(), "{address}");
        }
        let draft = UserDraft { email: Some("ada@xn--exmple-cua.com".into()), ..draft("ada") };
        let ada = world.services.user_create(&admin, None, draft).await.unwrap().user.row.id;
        let filter = UserFilter { email: Some("ada@exämple.com".into()), ..UserFilter::default() };
        assert_eq!(world.services.user_search(&admin, &filter, SLICE).await.unwrap().rows[0].id, ada);
    });
}

#[test]
fn a_password_is_the_same_in_every_normal_form_and_an_old_hash_is_made_anew() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (composed, decomposed) = ("Kiwi#2026\u{e9}", "Kiwi#2026e\u{301}");
        let with_password = |login: &str| UserDraft { password: Some(composed.to_owned()), ..draft(login) };
        world.services.user_create(&admin, None, with_password("ada")).await.unwrap();
        let signs_in = async |login: &str, password: &str| world.services.session_sign_in(sign_in(login, password), &at("192.0.2.9")).await.is_ok();
        assert!(signs_in("ada", composed).await);
        assert!(signs_in("ada", decomposed).await);

        // The password as typed.
        let hasher: &dyn argon2::PasswordHasher<argon2::password_hash::phc::PasswordHash> = &argon2::Argon2::default();
        let old = hasher.hash_password_with_salt(decomposed.as_bytes(), &[7; 32]).unwrap().to_string();
        let hash = async || world.rows("SELECT password_hash FROM users WHERE login = 'ada'").await[0].get::<String, _>(0);
        world.execute(&format!("UPDATE users SET password_hash = '{old}' WHERE login = 'ada'")).await;
        assert!(signs_in("ada", decomposed).await, "the old form");
        assert_ne!(hash().await, old);
        assert!(signs_in("ada", composed).await);
        assert!(!signs_in("ada", PASSWORD).await);
    });
}

/// Starts a program with other keys on the same database.
pub(crate) async fn start(world: &World) {
    world.execute("UPDATE text_keys SET version = 0").await;
    let store = Store::open(&world.url).await.unwrap();
    store.migrate().await.unwrap();
    store.close().await;
}

#[test]
fn keys_of_older_programs_are_made_anew_and_names_that_now_collide_are_kept() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "Άλφα ΟΔΟΣ").await;
        let (first, second) = (world.group(&admin, None, "ΝΙΚΟΣ").await, world.group(&admin, None, "Second").await);
        let third = world.group(&admin, None, "Third").await;
        device(&world, &admin, client, "СЕРВЕР", "Linux").await;
        world.execute("UPDATE clients SET name_key = 'αλφα οδος'").await;
        world.execute("UPDATE devices SET host_key = '', name_key = 'old', search_key = 'old'").await;
        world.execute(&format!("UPDATE user_groups SET name_key = 'old' WHERE id = {}", first.row.group.number)).await;
        world.execute(&format!("UPDATE user_groups SET name = 'Νικος', name_key = 'νικος' WHERE id = {}", second.row.group.number)).await;
        // Its old key no longer collides once it is recomputed.
        world.execute(&format!("UPDATE user_groups SET name_key = 'νικοσ' WHERE id = {}", third.row.group.number)).await;
        for _ in 0..2 {
            start(&world).await;
            let keys = world.rows("SELECT name_key FROM user_groups ORDER BY id").await;
            let keys: Vec<String> = keys.iter().map(|row| row.get(0)).collect();
            assert_eq!(keys, ["νικοσ".to_owned(), format!("νικοσ\u{1}{}", second.row.group.number), "third".to_owned()]);
        }
        let found = world.services.client_list(&admin, &ClientQuery { search: "οδοσ".into(), ..ClientQuery::default() }).await.unwrap();
        assert_eq!(found.rows[0].id, client);
        let filter = domain::DeviceFilter { host_name: "серв".into(), ..domain::DeviceFilter::default() };
        assert_eq!(world.services.device_search(&admin, &filter, SLICE).await.unwrap().total, 1);
        let both = UserGroupQuery { search: "νικος".into(), ..UserGroupQuery::default() };
        assert_eq!(world.services.user_group_list(&admin, &both).await.unwrap().rows.len(), 2);
        let renamed = UserGroupDraft { name: Some("Other".into()), ..UserGroupDraft::default() };
        world.services.user_group_update(&admin, &second.row.group.id, None, &renamed).await.unwrap();
    });
}

async fn sorts_by_bytes(world: World) {
    let admin = world.admin().await;
    for name in ["b-a", "ba", "b c", "Zebra", "_x", "é"] {
        world.group(&admin, None, name).await;
    }
    let found = world.services.user_group_list(&admin, &UserGroupQuery::default()).await.unwrap();
    assert_eq!(found.rows.into_iter().map(|row| row.group.name).collect::<Vec<_>>(), ["_x", "b c", "b-a", "ba", "é", "Zebra"]);
    if world.is_postgres() {
        let others = "SELECT COUNT(*) FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema \
                      AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE' WHERE c.table_schema = 'public' AND c.data_type = 'text' \
                      AND c.collation_name IS DISTINCT FROM 'C' AND c.table_name <> '_sqlx_migrations'";
        assert_eq!(world.rows(others).await[0].get::<i64, _>(0), 0, "every column of text");
    }
}

#[test]
fn names_sort_alike_whatever_the_language_of_the_database() {
    on_both_engines(sorts_by_bytes);
    on_postgres_in_english(sorts_by_bytes);
}
