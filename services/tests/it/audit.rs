//! The audit log: who sees which records, how they are found, and that nobody changes them unnoticed.

mod chain;
mod export;
mod forged;
mod refused;
mod retention;

use domain::{
    AuditFilter, AuditQuery, AuditRecord, Caller, Change, ClientId, CredentialField, Direction, Error, ListFilter, Moment, PAGE_SIZES, PageAt,
    Through,
};
use services::Services;

use crate::support::{PASSWORD, World, at, client_draft, on_both_engines, refusal, sign_in};

/// A page's query.
fn filtered(filter: AuditFilter) -> AuditQuery {
    AuditQuery::filtered(filter)
}

fn searched(text: &str) -> AuditQuery {
    AuditQuery { search: text.to_owned(), ..AuditQuery::default() }
}

/// What a query finds: action and object of each record.
async fn found(services: &Services, caller: &Caller, query: &AuditQuery) -> Vec<String> {
    let records = services.audit_list(caller, query).await.unwrap().rows;
    records.iter().map(|record| format!("{} {}", record.action, record.object)).collect()
}

/// A partner with two clients, and an administrator of each.
struct Setting {
    admin: Caller,
    one: ClientId,
    two: ClientId,
    of_one: Caller,
}

async fn setting(world: &World) -> Setting {
    let partner = world.partner().await;
    let admin = world.caller(partner, None, "Partner Administrator").await;
    let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
    let of_one = world.caller(partner, Some(one), "Client Administrator").await;
    Setting { admin, one, two, of_one }
}

#[test]
fn a_partner_sees_all_and_a_client_its_own_records() {
    on_both_engines(async |world| {
        let Setting { admin, one, two, of_one } = setting(&world).await;
        let services = &world.services;
        services.client_suspend(&admin, two).await.unwrap();
        let all = services.audit_list(&admin, &AuditQuery::default()).await.unwrap().rows;
        assert_eq!((all[0].action.as_str(), all[0].object.as_str()), ("client.suspend", two.to_string().as_str()), "the latest first");
        assert!(all.iter().any(|record| record.action == "partner.create"));

        let own = services.audit_list(&of_one, &AuditQuery::default()).await.unwrap().rows;
        assert!(!own.is_empty());
        assert!(own.iter().all(|record| record.client == Some(one)), "neither another client's nor the partner's alone: {own:?}");
        let created = own.iter().find(|record| record.action == "client.create").unwrap();
        assert_eq!((&created.actor, created.reference.as_str()), (&None, ""), "who at the provider did it stays there");
        assert!(own.iter().any(|record| record.actor.as_ref().is_some_and(|actor| actor.login == of_one.user.login)));
        let of_partner = all.iter().find(|record| record.action == "client.suspend").unwrap();
        assert_eq!(refusal(services.audit_get(&of_one, of_partner.id).await), Error::NotFound);
        assert_eq!(services.audit_get(&admin, of_partner.id).await.unwrap(), *of_partner);

        // By what isn't shown, nothing is found either.
        let by = |filter| filtered(filter);
        for hidden in [
            by(AuditFilter::by_user(admin.user.id)),
            by(AuditFilter { who: admin.user.login.clone(), ..AuditFilter::default() }),
            by(AuditFilter::of_client(two)),
            searched(&admin.user.login),
            searched("Two"),
        ] {
            assert_eq!(found(services, &of_one, &hidden).await, Vec::<String>::new(), "{hidden:?}");
        }
        let from_there = AuditFilter { address: created_from(&all), ..AuditFilter::default() };
        assert!(found(services, &of_one, &filtered(from_there)).await.iter().all(|found| !found.starts_with("client.create")));

        let other = world.partner().await;
        world.user_named(other, None, "Partner Administrator", "other").await;
        let other = world.signed_in("other").await;
        let foreign = services.audit_list(&other, &AuditQuery::default()).await.unwrap().rows;
        assert!(foreign.iter().all(|record| all.iter().all(|ours| ours.id != record.id)), "another partner sees none of it");
        assert_eq!(refusal(services.audit_get(&other, all[0].id).await), Error::NotFound);
    });
}

/// The address that the tests' callers come from.
async fn created_address(world: &World) -> String {
    sqlx::Row::get(&world.rows("SELECT ip FROM audit_records WHERE action = 'client.create'").await[0], 0)
}

fn created_from(records: &[AuditRecord]) -> String {
    records.iter().find(|record| record.action == "client.create").and_then(|record| record.actor.clone()).unwrap().ip
}

#[test]
fn records_are_found_by_each_filter_and_by_free_text() {
    on_both_engines(async |world| {
        let Setting { admin, one, of_one, .. } = setting(&world).await;
        let services = &world.services;
        world.clock.advance_seconds(1800);
        let moment = Moment::parse(&services.now().rfc3339()[..16]).unwrap();
        services.client_suspend(&admin, one).await.unwrap();
        services.client_activate(&admin, one).await.unwrap();
        let suspended = format!("client.suspend {one}");
        let activated = format!("client.activate {one}");
        let created = format!("client.create {one}");
        let find = async |filter: AuditFilter| found(services, &admin, &filtered(filter)).await;

        assert_eq!(find(AuditFilter { action: "client.suspend".to_owned(), ..AuditFilter::default() }).await, [&*suspended]);
        let later = AuditFilter { from: Some(moment), ..AuditFilter::default() };
        assert_eq!(find(later.clone()).await, [&*activated, &*suspended]);
        let before = find(AuditFilter { until: Some(moment), ..AuditFilter::default() }).await;
        assert!(before.contains(&created) && !before.contains(&suspended));
        let day = |days: i64| Moment::parse(&services.now().plus_seconds(days * 24 * 60 * 60).rfc3339()[..10]).unwrap();
        let today = find(AuditFilter { from: Some(day(0)), until: Some(day(0)), ..AuditFilter::default() }).await;
        assert!(today.contains(&suspended), "until a day is until its end: {today:?}");
        let yesterday = find(AuditFilter { until: Some(day(-1)), ..AuditFilter::default() }).await;
        assert!(!yesterday.contains(&suspended));
        let by_program = find(AuditFilter { who: "System".to_owned(), ..AuditFilter::default() }).await;
        assert!(by_program.iter().any(|found| found.starts_with("partner.create")) && !by_program.contains(&suspended), "{by_program:?}");
        assert_eq!(find(AuditFilter::of_object(one.to_string())).await, [&*activated, &*suspended, &*created]);
        assert_eq!(
            find(AuditFilter { action: "client.create".to_owned(), client: Some(one), ..AuditFilter::default() }).await,
            [&*created],
            "all filters hold"
        );
        let narrow = AuditFilter { action: "client.suspend".to_owned(), client: Some(one), ..AuditFilter::by_user(admin.user.id) };
        assert_eq!(find(narrow.clone()).await, [&*suspended], "along whichever index");
        assert_eq!(find(AuditFilter { action: "client.terminate".to_owned(), ..narrow.clone() }).await, Vec::<String>::new());
        assert_eq!(find(AuditFilter { object: one.to_string(), address: created_address(&world).await, ..narrow }).await, [&*suspended]);
        let by_id = find(AuditFilter::by_user(of_one.user.id)).await;
        assert_eq!(by_id, [format!("session.sign-in {}", of_one.user.id)]);
        assert_eq!(
            find(AuditFilter { who: of_one.user.login.to_uppercase(), ..AuditFilter::default() }).await,
            by_id,
            "by login, however it is typed"
        );
        assert_eq!(find(AuditFilter { who: "nobody".to_owned(), ..AuditFilter::default() }).await, Vec::<String>::new());

        let away = services.session_sign_in(sign_in(&of_one.user.login, "Wrong#2026"), &at("203.0.113.7")).await;
        assert!(away.is_err());
        let from_away = AuditFilter { address: "203.0.113.7".to_owned(), ..AuditFilter::default() };
        assert_eq!(find(from_away).await, [format!("session.sign-in-failed {}", of_one.user.id)]);

        let draft = domain::ClientDraft { city: "Zürich".to_owned(), ..client_draft("Distinct") };
        let distinct = services.client_create(&admin, draft).await.unwrap();
        for text in ["Zürich", "ZURICH", "distinct"] {
            assert_eq!(found(services, &admin, &searched(text)).await, [format!("client.create {distinct}")], "{text}");
        }
        assert_eq!(found(services, &admin, &searched("Client suspended")).await, [&*suspended], "by what the page says was done");
        assert_eq!(found(services, &admin, &searched("Zü")).await, Vec::<String>::new(), "too short for the index");
        assert_eq!(found(services, &admin, &searched("no such words")).await, Vec::<String>::new());
        assert_eq!(found(services, &admin, &searched("%")).await, Vec::<String>::new(), "a wildcard means itself");
    });
}

#[test]
fn records_of_earlier_versions_are_found_alike() {
    on_both_engines(async |world| {
        let Setting { admin, one, of_one, .. } = setting(&world).await;
        let services = &world.services;
        services.client_suspend(&admin, one).await.unwrap();
        let keys = async || -> Vec<String> {
            world.rows("SELECT search_key FROM audit_records ORDER BY id").await.iter().map(|row| sqlx::Row::get(row, 0)).collect()
        };
        let before = keys().await;
        world.execute("UPDATE audit_records SET search_key = LOWER(object || ' ' || changes)").await;
        assert_ne!(keys().await, before);
        crate::text::start(&world).await;
        assert_eq!(keys().await, before);
        assert_eq!(found(services, &admin, &searched("client suspended")).await, [format!("client.suspend {one}")]);
        assert_eq!(found(services, &of_one, &searched(&admin.user.login)).await, Vec::<String>::new());
        assert_eq!(services.operator().audit_verify(&[]).await.unwrap().iter().find_map(|verified| verified.fault.clone()), None);
    });
}

#[test]
fn pages_have_every_record_once_from_either_end() {
    on_both_engines(async |world| {
        let Setting { admin, .. } = setting(&world).await;
        for number in 0..40 {
            world.client(&admin, &format!("Client {number}")).await;
        }
        let stored = world.rows("SELECT id FROM audit_records WHERE partner_id = 1").await.len();
        for direction in [Direction::Ascending, Direction::Descending] {
            let mut query = AuditQuery { direction, size: PAGE_SIZES[0], ..AuditQuery::default() };
            let mut ids = Vec::new();
            loop {
                let page = world.services.audit_list(&admin, &query).await.unwrap();
                ids.extend(page.rows.iter().map(|record| record.id.number()));
                let Some(next) = page.next else { break };
                query.at = next;
            }
            assert_eq!(ids.len(), stored);
            assert!(if direction == Direction::Ascending {
                ids.is_sorted_by(|one, next| one > next)
            } else {
                ids.is_sorted_by(|one, next| one < next)
            });
            let last = AuditQuery { at: PageAt::Last, ..query.clone() };
            let page = world.services.audit_list(&admin, &last).await.unwrap();
            assert_eq!(page.rows.last().map(|record| record.id.number()), ids.last().copied());
        }
    });
}

#[test]
fn a_record_says_through_what_it_came() {
    on_both_engines(async |world| {
        let Setting { admin, one, .. } = setting(&world).await;
        let services = &world.services;
        let records = services.audit_list(&admin, &AuditQuery::default()).await.unwrap().rows;
        let through = |action: &str| records.iter().find(|record| record.action == action).and_then(|record| record.through);
        assert_eq!(through("user.create"), Some(Through::Command));
        assert_eq!(through("session.sign-in"), Some(Through::Page));
        assert_eq!(through("client.create"), Some(Through::Page));
        services.client_terminate(&admin, one).await.unwrap();
        services.jobs_run(1000).await.unwrap();
        let erased =
            services.audit_list(&admin, &filtered(AuditFilter { action: "client.erase".to_owned(), ..AuditFilter::default() })).await.unwrap().rows;
        assert_eq!((erased[0].through, erased[0].reference.as_str()), (Some(Through::Job), "job_1"));
        assert_eq!(erased[0].actor.as_ref().unwrap().login, "system");
    });
}

#[test]
fn a_change_shows_before_and_after_but_no_secret() {
    on_both_engines(async |world| {
        let Setting { admin, one, .. } = setting(&world).await;
        world.services.client_suspend(&admin, one).await.unwrap();
        let records = world.services.audit_list(&admin, &AuditQuery::default()).await.unwrap().rows;
        let Change { before, after, .. } = &records[0].changes[0];
        assert_eq!((before.as_str(), after.as_str()), ("Active", "Suspended"));
        assert_eq!(AuditFilter::of_object("x").pairs(), [("object", "x".to_owned())]);

        let typed = [(CredentialField::UserName, "root"), (CredentialField::Password, "Secret#2026")];
        let set = world.services.credential_set_create(&admin, None, crate::credential_set::draft("Switches", &typed)).await.unwrap();
        let key = world.services.operator().api_key_create(one.into(), "Script", "Customer").await.unwrap();
        let sql = "SELECT login || ' ' || object || ' ' || changes || ' ' || search_key FROM audit_records";
        let stored: Vec<String> = world.rows(sql).await.iter().map(|row| sqlx::Row::get(row, 0)).collect();
        assert!(stored.iter().any(|text| text.contains(&set.id.to_string()) && text.contains("root")), "what is no secret is there: {stored:?}");
        for secret in ["Secret#2026", PASSWORD, &key.secret] {
            let secret_key = secret.to_lowercase();
            assert!(!stored.iter().any(|text| text.contains(secret) || text.contains(&secret_key)), "{secret}");
        }
    });
}

/// An action without words would be shown as it is stored. Every test also fails for one that it records (`World`).
#[test]
fn every_recorded_action_has_words() {
    let mut unknown = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for line in text.lines() {
                let actions = line.split('"').skip(1).step_by(2).filter(|quoted| is_action(quoted));
                unknown
                    .extend(actions.filter(|action| domain::action_label(action) == *action).map(|action| format!("{}: {action}", path.display())));
            }
        }
    }
    assert_eq!(unknown, Vec::<String>::new());
}

/// Nothing else in the source has a noun, a dot and a verb, but for the names of files.
fn is_action(text: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_lowercase() || matches!(letter, '_' | '-'));
    text.split_once('.').is_some_and(|(noun, verb)| is_word(noun) && is_word(verb) && !["db", "json", "txt"].contains(&verb))
}

/// What tells pages of new records says so for what its reader can see, and for nothing else.
#[test]
fn the_newest_record_is_one_that_the_reader_can_see() {
    on_both_engines(async |world| {
        let Setting { admin, one, two, of_one } = setting(&world).await;
        let services = &world.services;
        let (of_partner, of_client) = (services.audit_newest(&admin).await.unwrap(), services.audit_newest(&of_one).await.unwrap());
        services.client_suspend(&admin, two).await.unwrap();
        assert_ne!(services.audit_newest(&admin).await.unwrap(), of_partner);
        assert_eq!(services.audit_newest(&of_one).await.unwrap(), of_client, "another client's record is no news");
        world.clock.advance_seconds(1);
        services.client_suspend(&admin, one).await.unwrap();
        services.client_activate(&admin, one).await.unwrap();
        let of_one = world.signed_in(&of_one.user.login).await;
        assert_ne!(services.audit_newest(&of_one).await.unwrap(), of_client);
        let nobody = world.caller(admin.partner, None, "Technician").await;
        assert!(matches!(refusal(services.audit_newest(&nobody).await), Error::Forbidden { .. }));
    });
}
