//! Lists of one client's rows, and rows that the name of their client finds.

use domain::{
    ApiKeyQuery, Caller, ClientId, CredentialSetQuery, DeviceGroupQuery, DeviceQuery, ListFilter, NameSort, OfClient, Query, RoleDraft, RoleQuery,
    UserGroupQuery, UserQuery,
};

use crate::{
    credential_set, device, device_group,
    role::{self, exactly},
    support::{World, on_both_engines},
};

/// A view of a list, of one client or of all.
fn view<F: ListFilter>(search: &str, client: Option<ClientId>) -> Query<NameSort, F> {
    Query { search: search.to_owned(), ..Query::filtered(F::default().of_client(client)) }
}

/// What each list shows of a view, by name.
async fn listed(world: &World, caller: &Caller, search: &str, client: Option<ClientId>) -> Vec<(&'static str, String)> {
    let services = &world.services;
    let mut names = Vec::new();
    let devices: DeviceQuery = view(search, client);
    names.extend(services.device_list(caller, &devices).await.unwrap().rows.into_iter().map(|row| ("device", row.name)));
    let users: UserQuery = view(search, client);
    names.extend(services.user_list(caller, &users).await.unwrap().rows.into_iter().map(|row| ("user", row.profile.login)));
    let groups: UserGroupQuery = view(search, client);
    names.extend(services.user_group_list(caller, &groups).await.unwrap().rows.into_iter().map(|row| ("user group", row.group.name)));
    let groups: DeviceGroupQuery = view(search, client);
    names.extend(services.device_group_list(caller, &groups).await.unwrap().rows.into_iter().map(|row| ("device group", row.details.name)));
    let sets: CredentialSetQuery = view(search, client);
    names.extend(services.credential_set_list(caller, &sets).await.unwrap().rows.into_iter().map(|row| ("credential set", row.details.name)));
    let keys: ApiKeyQuery = view(search, client);
    names.extend(services.api_key_list(caller, &keys).await.unwrap().rows.into_iter().map(|row| ("API key", row.name)));
    names
}

/// The roles of a view, by name.
async fn roles(world: &World, caller: &Caller, search: &str, client: Option<ClientId>) -> Vec<String> {
    let query = RoleQuery { search: search.to_owned(), ..RoleQuery::filtered(OfClient { client, ..OfClient::default() }) };
    world.services.role_list(caller, &query).await.unwrap().rows.into_iter().map(|row| row.name).collect()
}

/// One of each noun at a client, named after it.
async fn furnish(world: &World, admin: &Caller, client: ClientId, name: &str) {
    let services = &world.services;
    device::device(world, admin, client, &format!("{name}-pc"), "Desktop").await;
    world.registered(admin, Some(client), &format!("{name}.user"), &[]).await;
    world.group(admin, Some(client), &format!("{name} people")).await;
    services.device_group_create(admin, Some(client), device_group::draft(&format!("{name} things"))).await.unwrap();
    services.credential_set_create(admin, Some(client), credential_set::draft(&format!("{name} SSH"), &[])).await.unwrap();
    services.operator().api_key_create(client.into(), &format!("{name} key"), "Customer").await.unwrap();
}

const NOUNS: [&str; 6] = ["device", "user", "user group", "device group", "credential set", "API key"];

fn named(names: [&str; 6]) -> Vec<(&'static str, String)> {
    NOUNS.into_iter().zip(names.map(ToOwned::to_owned)).collect()
}

#[test]
fn each_list_shows_one_client_s_rows_or_finds_them_by_its_name() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (zephyr, corp) = (world.client(&admin, "Zephyr Bäckerei").await, world.client(&admin, "Corp").await);
        furnish(&world, &admin, zephyr, "one").await;
        furnish(&world, &admin, corp, "two").await;
        let (one, two) = (
            named(["one-pc", "one.user", "one people", "one things", "one SSH", "one key"]),
            named(["two-pc", "two.user", "two people", "two things", "two SSH", "two key"]),
        );
        assert_eq!(listed(&world, &admin, "", Some(zephyr)).await, one);
        assert_eq!(listed(&world, &admin, "", Some(corp)).await, two);
        for search in ["zephyr", "BACKEREI", "ze"] {
            assert_eq!(listed(&world, &admin, search, None).await, one, "{search}");
        }
        assert_eq!(listed(&world, &admin, "two", None).await, two, "own texts still count");
        assert!(listed(&world, &admin, "zephyr", Some(corp)).await.is_empty());
        // Where all rows are of one client, its name would find all of them.
        assert!(listed(&world, &admin, "zephyr", Some(zephyr)).await.is_empty());
        assert_eq!(listed(&world, &admin, "one", Some(zephyr)).await, one);
        assert!(listed(&world, &admin, "", Some(ClientId::new(999))).await.is_empty());
        let within = Caller { within: Some(corp), ..admin.clone() };
        assert!(listed(&world, &within, "", Some(zephyr)).await.is_empty());
        assert_eq!(listed(&world, &within, "", Some(corp)).await, two);
    });
}

#[test]
fn a_client_that_one_may_not_see_lists_nothing() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        furnish(&world, &admin, lab, "one").await;
        furnish(&world, &admin, corp, "two").await;
        let reads =
            RoleDraft { permission_sets: exactly(["8"]), all_devices: Some(true), all_credentials: Some(true), ..role::draft("At Corp", "MSP") };
        let at_corp = RoleDraft { clients: exactly([&corp.to_string()]), ..reads };
        world.services.role_create(&admin, at_corp).await.unwrap();
        let technician = world.caller(admin.partner, None, "At Corp").await;
        let devices = |client| DeviceQuery::from_address(&format!("client={client}"));
        let names = async |query: DeviceQuery| {
            let rows = world.services.device_list(&technician, &query).await.unwrap().rows;
            rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        assert_eq!(names(devices(corp)).await, ["two-pc"]);
        assert_eq!(names(devices(lab)).await, Vec::<String>::new());
        assert_eq!(names(DeviceQuery { search: "lab".into(), ..DeviceQuery::default() }).await, Vec::<String>::new());
        assert_eq!(names(DeviceQuery { search: "corp".into(), ..DeviceQuery::default() }).await, ["two-pc"]);
        assert_eq!(names(DeviceQuery::from_address("client=nonsense")).await, ["two-pc"], "what is no client is no filter");
    });
}

#[test]
fn roles_of_a_client_are_its_own_and_those_that_list_it() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let lists = |name: &str, client: ClientId| RoleDraft {
            permission_sets: exactly(["8"]),
            clients: exactly([&client.to_string()]),
            ..role::draft(name, "MSP")
        };
        world.services.role_create(&admin, lists("Lists Lab", lab)).await.unwrap();
        world.services.role_create(&admin, lists("Lists Corp", corp)).await.unwrap();
        let within = Caller { within: Some(lab), ..admin.clone() };
        world.services.role_create(&within, role::draft("Own", "CLIENT")).await.unwrap();
        assert_eq!(roles(&world, &admin, "", Some(lab)).await, ["Lists Lab", "Own"]);
        assert_eq!(roles(&world, &admin, "", Some(corp)).await, ["Lists Corp"]);
        assert_eq!(roles(&world, &admin, "lists", Some(lab)).await, ["Lists Lab"]);
        assert_eq!(roles(&world, &admin, "own", None).await, ["Own"]);
        assert_eq!(roles(&world, &admin, "lab", None).await, ["Lists Lab", "Own"]);
        // Who can't see a client isn't told which roles list it.
        let technician = world.caller(admin.partner, None, "Lists Corp").await;
        if let Ok(page) = world.services.role_list(&technician, &RoleQuery::filtered(OfClient { client: Some(lab), ..OfClient::default() })).await {
            assert!(page.rows.iter().all(|role| role.name != "Lists Lab"));
        }
    });
}
