//! The home page: each figure is that of the list it leads to, and nobody sees more by it than by the lists.

use std::collections::BTreeMap;

use domain::{
    ApiKeyDraft, ApiKeyQuery, Attention, AuditQuery, Caller, ClientFilter, ClientId, ClientQuery, CountedList, DeviceDraft, DeviceFilter, DeviceKind,
    DeviceQuery, Home, JobQuery, Mask, Month, Origin, RoleDraft, Selection, StatusFilter, Timestamp, Total, UserDraft, UserQuery,
};
use sqlx::Row;

use crate::{
    device,
    role::{self, exactly},
    support::{PASSWORD, World, on_both_engines, sign_in},
    user,
};

const fn exact(number: u64) -> Total {
    Total::Exactly(number)
}

/// Asserts that each figure is the total of the list at the address to which it leads.
async fn same_as_lists(world: &World, caller: &Caller, home: &Home) {
    let services = &world.services;
    let of_clients = home.clients.iter().map(|(status, total)| (ClientFilter::in_states(*status), total));
    let of_months = home.created.iter().map(|(month, total)| (ClientFilter::created_in(*month), total));
    for (filter, total) in of_clients.chain(of_months) {
        let query = ClientQuery::from_address(&ClientQuery::filtered(filter).to_address());
        assert_eq!(services.client_list(caller, &query).await.unwrap().total, *total, "{}", query.to_address());
    }
    for (kind, total) in &home.devices {
        let query = DeviceQuery::from_address(&DeviceQuery::filtered(DeviceFilter::of_kind(*kind)).to_address());
        assert_eq!(services.device_list(caller, &query).await.unwrap().total, *total, "{kind:?}");
    }
    for (attention, total) in &home.attention {
        let listed = match attention.list(home.at) {
            CountedList::Jobs(query) => services.job_list(caller, &JobQuery::from_address(&query.to_address())).await.unwrap().total,
            CountedList::Users(query) => services.user_list(caller, &UserQuery::from_address(&query.to_address())).await.unwrap().total,
            CountedList::ApiKeys(query) => services.api_key_list(caller, &ApiKeyQuery::from_address(&query.to_address())).await.unwrap().total,
            CountedList::Audit(query) => services.audit_list(caller, &AuditQuery::from_address(&query.to_address())).await.unwrap().total,
            CountedList::Clients(query) => services.client_list(caller, &ClientQuery::from_address(&query.to_address())).await.unwrap().total,
        };
        assert_eq!(listed, *total, "{attention:?}");
    }
}

async fn home(world: &World, caller: &Caller) -> Home {
    let home = world.services.home_get(caller).await.unwrap();
    same_as_lists(world, caller, &home).await;
    home
}

/// A key that ends on a day.
async fn key(world: &World, admin: &Caller, name: &str, expires: Option<String>) {
    let roles = Some(vec![world.role_id(admin.partner, "Technician").await]);
    let draft = ApiKeyDraft { name: Some(name.to_owned()), roles, expires, ..ApiKeyDraft::default() };
    world.services.api_key_create(admin, &draft).await.unwrap();
}

/// Somebody who has a link, and hasn't chosen a password yet.
async fn invited(world: &World, admin: &Caller, client: Option<ClientId>, login: &str, role: &str) {
    let roles = Some(Selection::Exactly(vec![world.role_id(admin.partner, role).await]));
    world.services.user_create(admin, client, UserDraft { roles, ..user::draft(login) }).await.unwrap();
}

#[test]
fn figures_are_those_of_the_lists_they_lead_to() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let empty = home(&world, &admin).await;
        assert_eq!((empty.attention, empty.drafts.len()), (Vec::new(), 0));
        assert_eq!(empty.clients, Home::STATUSES.map(|status| (status, exact(0))));

        let (lab, corp, gone) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await, world.client(&admin, "Gone").await);
        world.services.client_suspend(&admin, corp).await.unwrap();
        let switch = device::device(&world, &admin, lab, "sw", "Switch").await;
        device::device(&world, &admin, lab, "pc", "Desktop").await;
        device::device(&world, &admin, gone, "old", "Desktop").await;
        world.services.client_terminate(&admin, gone).await.unwrap();
        world.services.jobs_run(100).await.unwrap();
        world.services.draft_create(&admin).await.unwrap();
        invited(&world, &admin, None, "new@leoart.example", "Technician").await;
        let day = |days: i64| Some(world.services.now().plus_seconds(days * 24 * 60 * 60).rfc3339()[..10].to_owned());
        for (name, days) in [("soon", day(3)), ("later", day(90)), ("always", None)] {
            key(&world, &admin, name, days).await;
        }
        world.execute("UPDATE jobs SET state = 'failed'").await;

        let full = home(&world, &admin).await;
        let attention = [Attention::FailedJobs, Attention::Invitations, Attention::ExpiringKeys, Attention::ClientsWithoutUsers];
        assert_eq!(full.attention, attention.map(|attention| (attention, exact(1))));
        assert_eq!(full.drafts.len(), 1);
        assert_eq!(full.clients, [(StatusFilter::Active, exact(1)), (StatusFilter::Suspended, exact(1)), (StatusFilter::Terminated, exact(1))]);
        let kinds = |home: &Home| home.devices.iter().copied().filter(|(_, total)| *total != exact(0)).collect::<Vec<_>>();
        assert_eq!(kinds(&full), [(DeviceKind::Desktop, exact(1)), (DeviceKind::Network, exact(1))]);
        let now = Month::of(world.services.now());
        assert_eq!(full.created.len(), Home::MONTHS);
        assert_eq!(full.created.last(), Some(&(now, exact(3))), "what became of them doesn't matter");
        assert_eq!(full.created.iter().filter(|(_, total)| *total != exact(0)).count(), 1);

        // What changes, is deleted or passes is counted no more.
        let other = DeviceDraft { resource_type: Some("Server".to_owned()), ..Default::default() };
        world.services.device_update(&admin, &switch.id, None, other).await.unwrap();
        world.clock.advance_seconds(5 * 24 * 60 * 60);
        let admin = world.signed_in(&admin.user.login).await;
        let after = home(&world, &admin).await;
        assert_eq!(kinds(&after), [(DeviceKind::Desktop, exact(1)), (DeviceKind::Server, exact(1))]);
        assert!(after.attention.iter().all(|(attention, _)| *attention != Attention::ExpiringKeys), "it has expired: {:?}", after.attention);
    });
}

#[test]
fn nobody_sees_more_at_home_than_in_the_lists() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        device::device(&world, &admin, lab, "pc", "Desktop").await;
        device::device(&world, &admin, corp, "srv", "Server").await;
        invited(&world, &admin, Some(corp), "invited@corp.example", "Customer").await;
        world.services.draft_create(&admin).await.unwrap();
        key(&world, &admin, "soon", Some(world.services.now().rfc3339()[..10].to_owned())).await;
        world.services.client_terminate(&admin, corp).await.unwrap();
        world.execute("UPDATE jobs SET state = 'failed'").await;

        // A role that lists one client.
        let set = world.rows("SELECT s.unique_id FROM permission_sets s WHERE s.name = 'Technician'").await;
        let set: String = set[0].get(0);
        let lab_only = RoleDraft { permission_sets: exactly([&set]), clients: exactly([&lab.to_string()]), ..role::draft("Lab only", "MSP") };
        world.services.role_create(&admin, RoleDraft { all_devices: Some(true), ..lab_only }).await.unwrap();
        let technician = world.caller(admin.partner, None, "Lab only").await;
        let seen = home(&world, &technician).await;
        assert_eq!(seen.clients, [(StatusFilter::Active, exact(1)), (StatusFilter::Suspended, exact(0)), (StatusFilter::Terminated, exact(0))]);
        assert!(seen.created.is_empty(), "only who sees all clients");
        let devices: BTreeMap<_, _> = seen.devices.iter().copied().collect();
        assert_eq!((devices[&DeviceKind::Desktop], devices[&DeviceKind::Server]), (exact(1), exact(0)));
        let own = vec![(Attention::ClientsWithoutUsers, exact(1))];
        assert_eq!((seen.attention, seen.drafts), (own, Vec::new()), "not others' jobs, keys and drafts");

        // A client's own user.
        let customer = world.caller(admin.partner, Some(lab), "Client Administrator").await;
        let seen = home(&world, &customer).await;
        assert_eq!((seen.clients, seen.created), (Vec::new(), Vec::new()));
        let devices: BTreeMap<_, _> = seen.devices.iter().copied().collect();
        assert_eq!((devices[&DeviceKind::Desktop], devices[&DeviceKind::Server]), (exact(1), exact(0)));
        assert_eq!((seen.attention, seen.drafts), (Vec::new(), Vec::new()));

        // Without any role, there is nothing to see.
        world.user(admin.partner, None, "VAR User").await;
        world.execute("DELETE FROM role_users WHERE user_id = (SELECT u.id FROM users u WHERE u.login = 'var.user')").await;
        let nobody = world.signed_in("var.user").await;
        let seen = home(&world, &nobody).await;
        assert_eq!(seen, Home { at: seen.at, ..Home::default() });
    });
}

#[test]
fn an_active_client_without_active_users_wants_attention() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let ada = world.registered(&admin, Some(lab), "ada@lab.example", &["Customer"]).await.row.id;
        let without = async || {
            let query = ClientQuery::filtered(ClientFilter::without_users());
            let names: Vec<_> = world.services.client_list(&admin, &query).await.unwrap().rows.into_iter().map(|row| row.name).collect();
            let counted = home(&world, &admin).await.attention;
            let expected = (!names.is_empty()).then(|| (Attention::ClientsWithoutUsers, exact(names.len() as u64)));
            assert_eq!(counted, expected.into_iter().collect::<Vec<_>>());
            names
        };
        assert_eq!(without().await, ["Corp"]);
        world.services.user_deactivate(&admin, ada, "").await.unwrap();
        assert_eq!(without().await, ["Corp", "Lab"]);
        world.services.user_activate(&admin, ada).await.unwrap();
        assert_eq!(without().await, ["Corp"]);
        world.services.client_suspend(&admin, corp).await.unwrap();
        assert_eq!(without().await, [""; 0], "a suspended client needs nobody");
        world.services.user_terminate(&admin, ada, "", Mask::Full).await.unwrap();
        assert_eq!(without().await, ["Lab"]);
    });
}

#[test]
fn refused_sign_ins_want_attention_for_a_day() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let left = world.registered(&admin, None, "left@leoart.example", &["Technician"]).await.row.id;
        world.services.user_deactivate(&admin, left, "").await.unwrap();
        for password in ["Wrong#2026", PASSWORD] {
            world.services.session_sign_in(sign_in("left@leoart.example", password), &Origin::default()).await.unwrap_err();
        }
        assert_eq!(home(&world, &admin).await.attention, [(Attention::RefusedSignIns, exact(1))], "wrong passwords are no refusals");
        let technician = world.caller(admin.partner, None, "Technician").await;
        assert_eq!(home(&world, &technician).await.attention, [], "only who sees the audit log");

        world.clock.advance_seconds(25 * 60 * 60);
        let admin = world.signed_in(&admin.user.login).await;
        assert_eq!(home(&world, &admin).await.attention, []);
    });
}

#[test]
fn clients_for_load_tests_are_counted_too() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        world.services.operator().seed_clients(30, |_| {}).await.unwrap();
        let seen = home(&world, &admin).await;
        let all: u64 = seen.clients.iter().map(|(_, total)| if let Total::Exactly(number) = total { *number } else { 0 }).sum();
        assert_eq!(all, 30);
    });
}

/// The migration computes months by whole numbers alone: each day that can go wrong, against the calendar of the domain.
#[test]
fn the_migration_counts_clients_by_month() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let days = [
            "1970-01-01",
            "1999-12-31",
            "2000-02-29",
            "2000-03-01",
            "2023-02-28",
            "2024-02-29",
            "2024-03-01",
            "2024-12-31",
            "2025-01-01",
            "2100-02-28",
            "2100-03-01",
        ];
        let mut expected = BTreeMap::<String, i64>::new();
        for (at, day) in days.iter().flat_map(|day| [format!("{day}T00:00:00Z"), format!("{day}T23:59:59Z")]).enumerate() {
            let client = world.client(&admin, &format!("Client {at}")).await;
            let moment = Timestamp::parse_rfc3339(&day).unwrap();
            world.execute(&format!("UPDATE clients SET created = {} WHERE id = {}", moment.millis(), client.number())).await;
            *expected.entry(format!("new clients {}", Month::of(moment))).or_default() += 1;
        }
        world.execute("DELETE FROM row_counts WHERE counted LIKE 'new clients %'").await;
        let migration = include_str!("../../../migrations/0026_home.sql");
        let statement = migration.split(';').find(|statement| statement.contains("new clients")).unwrap();
        let statement: String = statement.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
        world.execute(&statement).await;
        let rows = world.rows("SELECT counted, number FROM row_counts WHERE counted LIKE 'new clients %'").await;
        let counted: BTreeMap<String, i64> = rows.iter().map(|row| (row.get("counted"), row.get("number"))).collect();
        assert_eq!(counted, expected);
    });
}
