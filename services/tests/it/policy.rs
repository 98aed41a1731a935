//! The whole policy as one table: what each default role lets its users do, and where.

use std::fmt::Write;

use domain::{
    Caller, ClientId, ClientQuery, DEFAULT_PERMISSION_SETS, DEFAULT_ROLES, Error, NameQuery, PartnerId, Permission, RoleDraft, RoleScope, Scope,
};

use crate::{
    role::{add, exactly},
    support::{World, on_both_engines},
};

const WIDTH: usize = 14;
const LEGEND: &str =
    "Each cell is four answers: on the own partner, on a client (the own one, for a client's user), on another client, on a foreign partner.
+ yes    x forbidden: sees that it exists, may not    . not found: may not even know that it exists";

#[test]
fn every_default_role_on_every_permission() {
    on_both_engines(async |world| {
        let table = table(&world).await;
        insta::allow_duplicates! { insta::assert_snapshot!("policy", table) }
    });
}

/// Custom roles: what they list, what is restricted, groups, and two roles together. Every cell is asked of the services' own decision, and a client
/// that a role lists must be in the list of clients just then, so that the queries' conditions and the decision can't part.
#[test]
fn custom_roles_on_every_permission() {
    on_both_engines(async |world| {
        let table = custom_table(&world).await;
        insta::allow_duplicates! { insta::assert_snapshot!("policy_custom", table) }
    });
}

const CUSTOM_LEGEND: &str =
    "Each cell is four answers: on a client that the role lists, on one that it doesn't list, on one that it lists and where \
“Devices: Manage” and “Users: View” are restricted, and on the partner itself.
+ yes    x forbidden: sees that it exists, may not    . not found: may not even know that it exists";

async fn custom_table(world: &World) -> String {
    let partner = world.partner().await;
    world.user_named(partner, None, "Partner Administrator", "admin").await;
    let admin = world.signed_in("admin").await;
    let clients = [world.client(&admin, "Listed").await, world.client(&admin, "Other").await, world.client(&admin, "Restricted").await];
    let restricted = [Permission::DeviceManage, Permission::UserView].into_iter().collect();
    world.services.client_restrictions_set(&admin, clients[2], None, restricted).await.unwrap();
    let listed = || exactly(["client_1", "client_3"]);
    let all = |sets| RoleDraft { permission_sets: sets, all_clients: Some(true), all_devices: Some(true), ..RoleDraft::default() };
    let some = |sets| RoleDraft { permission_sets: sets, clients: listed(), all_devices: Some(true), ..RoleDraft::default() };
    let roles = [("Lists technician", some(exactly(["12"]))), ("All viewer", all(exactly(["8"]))), ("Lists administrator", some(exactly(["11"])))];
    for (name, role) in roles {
        world.services.role_create(&admin, RoleDraft { name: Some(name.into()), scope: Some("MSP".into()), ..role }).await.unwrap();
    }
    let mut callers = Vec::new();
    for (column, first, second) in [
        ("Lists technician", "Lists technician", None),
        ("Lists administrator", "Lists administrator", None),
        ("All viewer", "All viewer", None),
        ("Viewer and technician", "All viewer", Some("Lists technician")),
    ] {
        let login = column.to_lowercase().replace(' ', ".");
        world.user_named(partner, None, first, &login).await;
        if let Some(second) = second {
            // The second role comes through a group.
            let group = world.group(&admin, None, "G").await.row.group.id;
            world.services.user_group_users_add(&admin, &group, &[world.user_id(&login).await.parse().unwrap()]).await.unwrap();
            let given = RoleDraft { user_groups: add(&group), ..RoleDraft::default() };
            let role = world.role(&admin, second).await.id;
            world.services.role_update(&admin, &role, None, given).await.unwrap();
        }
        callers.push((column, world.signed_in(&login).await));
    }
    let mut table = format!("{CUSTOM_LEGEND}\n\n{}", header(callers.iter().map(|(column, _)| *column)));
    for permission in Permission::ALL {
        let mut cells = Vec::new();
        for (_, caller) in &callers {
            let reasons = world.services.user_permissions(&admin, caller.user.id, &NameQuery::default()).await.unwrap();
            let at = |client: ClientId| {
                let own = reasons.clients.rows.iter().find(|row| row.client == Some(client));
                own.or(reasons.everywhere.as_ref()).map(|row| row.permissions).unwrap_or_default()
            };
            let answers = clients.map(|client| match (at(client).contains(Permission::ClientView), at(client).contains(*permission)) {
                (false, _) => '.',
                (true, false) => 'x',
                (true, true) => '+',
            });
            let of_partner = answer(&caller.can(*permission, Scope::Partner(partner)));
            cells.push(answers.into_iter().chain([of_partner]).collect::<String>());
        }
        row(&mut table, &permission.name(), cells.iter().map(String::as_str));
    }
    for (column, caller) in &callers {
        let page = world.services.client_list(caller, &ClientQuery::default()).await.unwrap();
        for client in clients {
            let is_listed = page.rows.iter().any(|row| row.id == client);
            assert_eq!(world.services.client_get(caller, client).await.is_ok(), is_listed, "{column} {client}");
        }
        // A user of each client is seen where the decision says so, and nowhere else.
        let users = world.services.user_permissions(&admin, caller.user.id, &NameQuery::default()).await.unwrap();
        let seen = users.clients.rows.iter().filter(|row| row.permissions.contains(Permission::ClientView)).count();
        let listed = page.rows.iter().filter(|row| users.clients.rows.iter().any(|own| own.client == Some(row.id))).count();
        assert_eq!(seen, listed, "{column}");
    }
    table
}

async fn table(world: &World) -> String {
    let partner = world.partner().await;
    world.user_named(partner, None, "Partner Administrator", "admin").await;
    let admin = world.signed_in("admin").await;
    let (client, other) = (world.client(&admin, "LeoArt Lab").await, world.client(&admin, "LeoArt Corp.").await);
    let mut callers = Vec::new();
    for (role, set) in DEFAULT_ROLES.iter().zip(DEFAULT_PERMISSION_SETS) {
        let client = (set.scope == RoleScope::Client).then_some(client);
        callers.push((role.name, world.caller(partner, client, role.name).await));
    }
    let mut table = format!("{LEGEND}\n\n{}", header(callers.iter().map(|(role, _)| *role)));
    for permission in Permission::ALL {
        let cells: Vec<_> = callers.iter().map(|(_, caller)| cell(caller, *permission, client, other)).collect();
        row(&mut table, &permission.name(), cells.iter().map(String::as_str));
    }
    table
}

fn cell(caller: &Caller, permission: Permission, client: ClientId, other: ClientId) -> String {
    let scopes = [Scope::Partner(caller.partner), Scope::Client(client), Scope::Client(other), Scope::Partner(PartnerId::new(2))];
    scopes.map(|scope| answer(&caller.can(permission, scope))).into_iter().collect()
}

fn answer(decision: &Result<(), Error>) -> char {
    match decision {
        Ok(()) => '+',
        Err(Error::Forbidden { .. }) => 'x',
        Err(Error::NotFound) => '.',
        Err(other) => panic!("{other:?}"),
    }
}

/// The roles' names, one word a line.
fn header<'a>(roles: impl Iterator<Item = &'a str>) -> String {
    let roles: Vec<Vec<_>> = roles.map(|role| role.split(' ').collect()).collect();
    let lines = roles.iter().map(Vec::len).max().unwrap_or_default();
    let mut header = String::new();
    for line in 0..lines {
        row(&mut header, "", roles.iter().map(|words: &Vec<&str>| words.get(line).copied().unwrap_or_default()));
    }
    header
}

fn row<'a>(table: &mut String, first: &str, cells: impl Iterator<Item = &'a str>) {
    let mut line = format!("{first:<24}");
    for cell in cells {
        write!(line, "{cell:<WIDTH$}").unwrap();
    }
    table.push_str(line.trim_end());
    table.push('\n');
}
