//! How the databases find what lists show: along an index, whatever the list. A plan that turns bad shows here before anybody waits for it.

use domain::{
    ApiKeyFilter, ApiKeyQuery, AuditFilter, AuditQuery, AwsAccountFilter, AwsAccountId, AwsAccountKind, AwsMemberFilter, AwsMemberQuery,
    AwsMemberView, Caller, ClientFilter, ClientId, ClientQuery, ClientSort, ClientViewerQuery, CredentialSetQuery, DeviceFilter, DeviceGroupQuery,
    DeviceQuery, Direction, ListFilter, LoginFilter, LoginSort, Moment, Month, NameQuery, NameSort, OfClient, Origin, PageAt, PartnerId,
    ReportClients, ReportDraft, ReportKind, ReportRunQuery, ReportSelection, RoleDraft, RoleQuery, Slice, StatusFilter, UserFilter, UserGroupQuery,
    UserQuery,
};
use futures::{FutureExt, future::LocalBoxFuture};
use services::{Result, Services, Store};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{
    role::{draft as role, exactly},
    sql,
    support::{PASSWORD, World, alone_on_both_engines, sign_in},
};

/// Rows of each table: enough that an index pays.
const ROWS: u64 = 3000;

const FIRST: Slice = Slice { offset: 0, limit: 25, direction: Direction::Ascending, sort: NameSort::Name };
const LATER: Slice = Slice { offset: 1000, ..FIRST };
const BY_NUMBER: Slice = Slice { sort: NameSort::Number, ..FIRST };

/// Fills the tables that no seed fills.
async fn fill(world: &World) {
    let numbers = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})");
    let common = "1000 + i, 1, 0, 'Name ' || i, 'name ' || i, '', 0, 0, 1";
    let columns = "id, partner_id, client_id, name, name_key, description, created, updated, version, unique_id";
    let uuid = "'00000000-0000-4000-9000-' || (100000000000 + i)";
    for (table, id, more, values) in [
        ("user_groups", format!("'USRGRP-' || {uuid}"), "email", "''"),
        ("device_groups", format!("'DGP-' || {uuid}"), "parent", "''"),
        ("permission_sets", format!("'PSET-' || {uuid}"), "scope, is_default", "'MSP', 0"),
        ("credential_sets", "'abcdefghijkl' || (100000000000 + i)".to_owned(), "credential_type, details, secrets", "'SSH', '{}', '{}'"),
    ] {
        world.execute(&format!("INSERT INTO {table} ({columns}, {more}) {numbers} SELECT {common}, {id}, {values} FROM n")).await;
    }
    let key = "id, key, secret_hash, partner_id, client_id, user_id, name, name_key, allowed_ips, revoked, last_ip, created, version";
    world
        .execute(&format!(
            "INSERT INTO api_keys ({key}) {numbers} SELECT 1000 + i, 'key-' || i, '', 1, 0, 1, 'Name', 'name ' || i, '', 0, '', 0, 1 FROM n"
        ))
        .await;
    let account = "id, partner_id, client_id, kind, management_id, number, name, name_key, email, search_key, sign_in, status, state, problem, role_arn, candidate, \
                   access, region, checked, check_at, asked_by, job_id, refreshed, refresh_failure, created, version";
    for (id, kind, management) in [("1000 + i", "member", 1), ("10000 + i", "management", 0)] {
        let values = format!(
            "{id}, 1, 0, '{kind}', {management}, CAST(200000000000 + {id} AS TEXT), 'Name ' || i, 'name ' || i, '', 'name ' || i, '{{\"by\":\"server\"}}', 'active', 'discovered', '', '', '', '', '', \
             0, 0, 0, 0, 0, '', 0, 1"
        );
        world.execute(&format!("INSERT INTO aws_accounts ({account}) {numbers} SELECT {values} FROM n")).await;
    }
    world.execute("UPDATE aws_accounts SET id = 1, number = '111111111111' WHERE id = 10001").await;
    let record = "id, at, partner_id, client_id, user_id, login, ip, through, reference, action, object, changes, search_key, hash";
    let values = "1000000001000 + i, i, 1, CASE WHEN i % 3 = 0 THEN 1 + i % 100 END, 1, 'ada', '192.0.2.' || i % 50, 'page', '', 'client.update', \
                  'client_' || i % 100, '[]', 'client_' || i % 100, ''";
    world.execute(&format!("INSERT INTO audit_records ({record}) {numbers} SELECT {values} FROM n")).await;
    let record = "id, partner_id, client_id, user_id, session, ip, status, kind, logged_in";
    world.execute(&format!("INSERT INTO login_records ({record}) {numbers} SELECT 1000 + i, 1, 0, 1, '', '', 'SUCCESS', 'PASSWORD', i FROM n")).await;
}

/// A user of some roles that list clients.
async fn of_roles(world: &World, admin: &Caller, login: &str, roles: usize) -> Caller {
    let names: Vec<_> = (1..=roles).map(|number| format!("{login} {number}")).collect();
    for name in &names {
        let lists =
            RoleDraft { permission_sets: exactly(["8"]), clients: exactly(["client_1", "client_2"]), all_devices: Some(true), ..role(name, "MSP") };
        world.services.role_create(admin, lists).await.unwrap();
    }
    world.registered(admin, None, login, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    world.signed_in(login).await
}

/// The plans of the statements that a call runs, one line each.
async fn plans(world: &World, connection: &mut AnyConnection, list: &str, call: impl Future<Output = Result<()>>) -> String {
    let statements = sql::during(async { call.await.unwrap() }).await;
    let mut text = String::new();
    for statement in statements.iter().filter(|statement| statement.starts_with("SELECT") || statement.starts_with("WITH")) {
        let plan = if world.is_postgres() { postgres(connection, statement).await } else { sqlite(connection, statement).await };
        let line = format!("{list}: {}\n", plan.join(" | "));
        // What is asked once for each row shows once.
        if !text.ends_with(&line) {
            text += &line;
        }
    }
    text
}

async fn sqlite(connection: &mut AnyConnection, statement: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| row.get("detail")).collect()
}

async fn version(connection: &mut AnyConnection) -> String {
    sqlx::query("SHOW server_version").fetch_one(connection).await.unwrap().get(0)
}

/// Of PostgreSQL only the steps, without their conditions.
async fn postgres(connection: &mut AnyConnection, statement: &str) -> Vec<String> {
    let places = (1..100).take_while(|place| statement.contains(&format!("${place}"))).map(|_| "NULL").collect::<Vec<_>>().join(", ");
    let arguments = if places.is_empty() { String::new() } else { format!("({places})") };
    sqlx::raw_sql(AssertSqlSafe(format!("PREPARE plan AS {statement}"))).execute(&mut *connection).await.unwrap();
    let rows = sqlx::raw_sql(AssertSqlSafe(format!("EXPLAIN (COSTS OFF) EXECUTE plan{arguments}"))).fetch_all(&mut *connection).await.unwrap();
    sqlx::raw_sql("DEALLOCATE plan").execute(connection).await.unwrap();
    let lines = rows.iter().map(|row| row.get::<String, _>(0));
    lines.enumerate().filter_map(|(at, line)| if at == 0 { Some(line) } else { line.split_once("->  ").map(|(_, step)| step.to_owned()) }).collect()
}

#[test]
fn every_list_is_found_along_an_index() {
    alone_on_both_engines(async |world| {
        let services = &world.services;
        services.operator().seed_clients(ROWS, |_| {}).await.unwrap();
        services.operator().seed_devices(ROWS, None, |_| {}).await.unwrap();
        services.operator().seed_users(ROWS, |_| {}).await.unwrap();
        services.operator().seed_roles(ROWS, |_| {}).await.unwrap();
        let admin = world.caller(PartnerId::new(1), None, "Partner Administrator").await;
        fill(&world).await;
        let few = of_roles(&world, &admin, "few", 8).await;
        let many = of_roles(&world, &admin, "many", 9).await;
        let mut connection = world.connection().await;
        if world.is_postgres() {
            // Rows count as visible to all once their commits are on disk, which asynchronous commits leave for later. Plans that are the same for all
            // values; and as few rows as a test can make might be found by looking at all.
            for setting in ["CHECKPOINT", "VACUUM ANALYZE", "SET plan_cache_mode = force_generic_plan", "SET enable_seqscan = off"] {
                sqlx::raw_sql(setting).execute(&mut connection).await.unwrap();
            }
        }
        let mut found = clients(&world, &admin, &mut connection).await + &directory(&world, &admin, &mut connection).await;
        let token = services.session_sign_in(sign_in("few", PASSWORD), &Origin::default()).await.unwrap();
        found += &plans(&world, &mut connection, "the roles of a session", done(services.session_resolve(token.expose(), &Origin::default()))).await;
        let (page, things) = (ClientQuery::default(), DeviceQuery::default());
        for (name, caller) in [("a few roles", &few), ("many roles", &many)] {
            let clients = done(services.client_list(caller, &page));
            found += &plans(&world, &mut connection, &format!("clients that {name} list"), clients).await;
            let devices = done(services.device_list(caller, &things));
            found += &plans(&world, &mut connection, &format!("devices of clients that {name} list"), devices).await;
        }
        let engine = if world.is_postgres() { "postgres" } else { "sqlite" };
        // Other versions of PostgreSQL name and order some steps otherwise.
        if !world.is_postgres() || version(&mut connection).await.starts_with("15.") {
            insta::assert_snapshot!(format!("plan_{engine}"), found);
        }
        for bad in ["SCAN t", "SCAN clients", "SCAN users", "SCAN devices", "SCAN roles", "Seq Scan"] {
            let lines: Vec<_> = found.lines().filter(|line| line.contains(bad)).collect();
            assert_eq!(lines, Vec::<&str>::new());
        }
    });
}

async fn clients(world: &World, admin: &Caller, connection: &mut AnyConnection) -> String {
    let (services, mut found) = (&world.services, String::new());
    let page = ClientQuery::default();
    let after = PageAt::After("m".to_owned(), 1);
    for (list, query) in [
        ("clients", page.clone()),
        ("clients, a later page", ClientQuery { at: after, ..page.clone() }),
        ("clients, the last page", ClientQuery { at: PageAt::Last, ..page.clone() }),
        ("clients by creation", ClientQuery { sort: ClientSort::Created, direction: Direction::Descending, ..page.clone() }),
        (
            "clients in every state",
            ClientQuery { filter: ClientFilter { status: StatusFilter::All, ..ClientFilter::default() }, sort: ClientSort::Country, ..page.clone() },
        ),
        ("clients created in a month", ClientQuery::filtered(ClientFilter::created_in(Month::of(world.services.now())))),
        ("clients named zephyr", ClientQuery { search: "zephyr".to_owned(), ..page.clone() }),
        ("clients named ltd", ClientQuery { search: "ltd".to_owned(), sort: ClientSort::Updated, ..page.clone() }),
    ] {
        found += &plans(world, connection, list, done(services.client_list(admin, &query))).await;
    }
    let all = ClientFilter::default();
    let since = (Some(domain::Timestamp::from_millis(1_794_900_000_000)), None);
    for (list, filter, sort, slice) in [
        ("clients by the API", all.clone(), ClientSort::Name, FIRST),
        ("clients by the API, later", all.clone(), ClientSort::Created, LATER),
        ("clients by the API, by id", all.clone(), ClientSort::Id, BY_NUMBER),
        ("clients by the API, not active", ClientFilter { status: StatusFilter::Inactive, ..all.clone() }, ClientSort::Name, FIRST),
        ("clients by the API, named zephyr", ClientFilter { name: "zephyr".to_owned(), ..all.clone() }, ClientSort::Name, FIRST),
        ("clients by the API, since", ClientFilter { updated: since, ..all }, ClientSort::Name, FIRST),
    ] {
        found += &plans(world, connection, list, done(services.client_search(admin, &filter, part(slice, sort)))).await;
    }
    found + &plans(world, connection, "clients, minimal", done(services.client_names(admin))).await
}

/// One client's rows.
fn of_client<F: Default>(client: Option<ClientId>) -> OfClient<F> {
    OfClient { which: F::default(), client }
}

/// A part in another order.
const fn part<S: Copy>(Slice { offset, limit, direction, .. }: Slice, sort: S) -> Slice<S> {
    Slice { offset, limit, sort, direction }
}

async fn directory(world: &World, admin: &Caller, connection: &mut AnyConnection) -> String {
    let (services, mut found): (&Services, _) = (&world.services, String::new());
    let (page, users, devices) = (NameQuery::default(), UserFilter::default(), DeviceFilter::default());
    let linux = DeviceFilter { resource_type: "Linux".to_owned(), ..devices.clone() };
    let all = ReportDraft::new(ReportKind::TenantProfiles, &ReportSelection::new(ReportClients::All, ""), "UTC");
    let report = services.report_create(admin, ReportKind::TenantProfiles, all).await.unwrap().row.id;
    let (audit, since) = (AuditQuery::default(), Moment::parse("2026-11-01"));
    let (payer, members) = (AwsAccountId::new(1), AwsMemberQuery::default());
    let client = Some(ClientId::new(7));
    let viewed = |view, client| AwsMemberQuery::filtered(AwsMemberFilter { view: Some(view), client });
    macro_rules! lists {
        ($($list:literal: $call:expr;)*) => {
            $(found += &plans(world, connection, $list, done($call)).await;)*
        };
    }
    lists! {
        "users": services.user_list(admin, &page.clone().with_filter(UserFilter::CURRENT));
        "users by the API": services.user_search(admin, &users, LATER);
        "users by the API, by id": services.user_search(admin, &users, BY_NUMBER);
        "users, minimal": services.user_minimal(admin);
        "devices": services.device_list(admin, &page.clone().with_filter(DeviceFilter::ALL));
        "devices by the API": services.device_search(admin, &devices, LATER);
        "devices by the API, by id": services.device_search(admin, &devices, BY_NUMBER);
        "devices by the API, of a type": services.device_search(admin, &linux, FIRST);
        "devices, minimal": services.device_rows(admin);
        "user groups": services.user_group_list(admin, &page.clone().with_filter(OfClient::default()));
        "user groups by the API": services.user_group_search(admin, "", LATER);
        "user groups by the API, by id": services.user_group_search(admin, "", BY_NUMBER);
        "device groups": services.device_group_list(admin, &page.clone().with_filter(OfClient::default()));
        "device groups by the API": services.device_group_search(admin, "", LATER);
        "device groups by the API, by id": services.device_group_search(admin, "", BY_NUMBER);
        "credential sets": services.credential_set_list(admin, &page.clone().with_filter(OfClient::default()));
        "credential sets by the API": services.credential_set_search(admin, "", LATER);
        "credential sets by the API, by id": services.credential_set_search(admin, "", BY_NUMBER);
        "roles": services.role_list(admin, &page.clone().with_filter(OfClient::default()));
        "roles by the API": services.role_search(admin, LATER, "");
        "roles by the API, by id": services.role_search(admin, BY_NUMBER, "");
        "permission sets": services.permission_set_list(admin, &page.clone().with_filter(None));
        "permission sets by the API": services.permission_set_search(admin, "", LATER);
        "permission sets by the API, by id": services.permission_set_search(admin, "", BY_NUMBER);
        "users who were invited": services.user_list(admin, &page.clone().with_filter(UserFilter::INVITED));
        "API keys": services.api_key_list(admin, &page.clone().with_filter(OfClient::default()));
        "API keys that expire soon": services.api_key_list(admin, &page.clone().with_filter(OfClient::any(Some(ApiKeyFilter::Expiring))));
        "users of a client": services.user_list(admin, &UserQuery::filtered(UserFilter::CURRENT.of_client(client)));
        "devices of a client": services.device_list(admin, &DeviceQuery::filtered(DeviceFilter::ALL.of_client(client)));
        "user groups of a client": services.user_group_list(admin, &UserGroupQuery::filtered(of_client(client)));
        "device groups of a client": services.device_group_list(admin, &DeviceGroupQuery::filtered(of_client(client)));
        "credential sets of a client": services.credential_set_list(admin, &CredentialSetQuery::filtered(of_client(client)));
        "roles of a client": services.role_list(admin, &RoleQuery::filtered(of_client(client)));
        "API keys of a client": services.api_key_list(admin, &ApiKeyQuery::filtered(of_client(client)));
        "users named zephyr": services.user_list(admin, &UserQuery { search: "zephyr".to_owned(), ..UserQuery::default() });
        "devices named zephyr": services.device_list(admin, &DeviceQuery { search: "zephyr".to_owned(), ..DeviceQuery::default() });
        "credential sets named zephyr": services.credential_set_list(admin, &CredentialSetQuery { search: "zephyr".to_owned(), ..Default::default() });
        "users with their last sign-in": services.user_directory(admin, &UserQuery::default());
        "who sees a client": services.client_viewers(admin, &ClientViewerQuery::filtered(of_client(client)));
        "numbers of a client": services.client_hub(admin, ClientId::new(7));
        "home": services.home_get(admin);
        "reports": services.report_list(admin, ReportKind::TenantProfiles, &page);
        "reports that are due": services.reports_due();
        "runs of a report": services.report_run_list(admin, report, &ReportRunQuery::default());
        "AWS accounts": services.aws_account_list(admin, AwsAccountKind::Management, &page);
        "AWS members": services.aws_member_list(admin, payer, &members);
        "AWS members, a later page": services.aws_member_list(admin, payer, &AwsMemberQuery { at: PageAt::After("name 3".to_owned(), 1), ..members.clone() });
        "AWS members by number": services.aws_member_list(admin, payer, &AwsMemberQuery { sort: NameSort::Number, ..members.clone() });
        "AWS members without a customer": services.aws_member_list(admin, payer, &viewed(AwsMemberView::Unassociated, None));
        "AWS members that failed": services.aws_member_list(admin, payer, &viewed(AwsMemberView::Failed, None));
        "AWS members of a client": services.aws_member_list(admin, payer, &viewed(AwsMemberView::Associated, Some(ClientId::new(1))));
        "AWS members named zephyr": services.aws_member_list(admin, payer, &AwsMemberQuery { search: "zephyr".to_owned(), ..members.clone() });
        "AWS accounts of a client": services.aws_accounts_of_client(admin, ClientId::new(1));
        "AWS accounts by the API": services.aws_account_search(admin, &AwsAccountFilter::default(), LATER);
        "AWS accounts by the API, by id": services.aws_account_search(admin, &AwsAccountFilter::default(), BY_NUMBER);
        "AWS accounts that are due": services.aws_checks_due();
        "audit log": services.audit_list(admin, &audit);
        "audit log, a later page": services.audit_list(admin, &AuditQuery { at: PageAt::After("1000".to_owned(), 1_000_000_001_000), ..audit.clone() });
        "audit log, a range of time": services.audit_list(admin, &AuditQuery::filtered(AuditFilter { from: since, until: since, ..AuditFilter::default() }));
        "audit log of a user": services.audit_list(admin, &AuditQuery::filtered(AuditFilter::by_user(admin.user.id)));
        "audit log of an action": services.audit_list(admin, &AuditQuery::filtered(AuditFilter { action: "client.update".to_owned(), ..AuditFilter::default() }));
        "audit log of an object": services.audit_list(admin, &AuditQuery::filtered(AuditFilter::of_object("client_7")));
        "audit log of a client": services.audit_list(admin, &AuditQuery::filtered(AuditFilter::of_client(ClientId::new(7))));
        "audit log of an address": services.audit_list(admin, &AuditQuery::filtered(AuditFilter { address: "192.0.2.1".to_owned(), ..AuditFilter::default() }));
        "audit log of a user, a later page": services.audit_list(admin, &AuditQuery { at: PageAt::After("1000".to_owned(), 1_000_000_001_000), ..AuditQuery::filtered(AuditFilter::by_user(admin.user.id)) });
        "audit log of an action at a client": services.audit_list(admin, &AuditQuery::filtered(AuditFilter { action: "client.update".to_owned(), ..AuditFilter::of_client(ClientId::new(7)) }));
        "audit log of a user's action": services.audit_list(admin, &AuditQuery::filtered(AuditFilter { action: "client.update".to_owned(), ..AuditFilter::by_user(admin.user.id) }));
        "audit log of a client, with a text": services.audit_list(admin, &AuditQuery { search: "zephyr".to_owned(), ..AuditQuery::filtered(AuditFilter::of_client(ClientId::new(7))) });
        "audit log, whether there is more": services.audit_newest(admin);
        "audit log, with a text": services.audit_list(admin, &AuditQuery { search: "zephyr".to_owned(), ..audit.clone() });
        "login history": services.login_history_search(admin, &LoginFilter::default(), part(LATER, LoginSort::LoggedIn));
    }
    let part = plans(world, connection, "a part of a report", done(services.jobs_run(1))).await;
    // Of jobs, those that aren't over are looked at, which are few.
    found + &part.split_inclusive('\n').filter(|line| !line.contains("jobs_unfinished")).collect::<String>()
}

/// A call without its answer, on the heap: the stack has no room for that many.
fn done<'a, T>(call: impl Future<Output = Result<T>> + 'a) -> LocalBoxFuture<'a, Result<()>> {
    call.map(|answer| answer.map(drop)).boxed_local()
}

/// What the schema finds to be there already is nothing to tell the operator: notices count as faults of every test.
#[test]
fn a_second_start_tells_the_operator_nothing() {
    alone_on_both_engines(async |world| {
        let store = Store::open(&world.url).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await;
    });
}
