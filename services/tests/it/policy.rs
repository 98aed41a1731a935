//! The whole policy as one table: what each default role lets its users do, and where.

use std::fmt::Write;

use domain::{Caller, ClientId, DEFAULT_PERMISSION_SETS, DEFAULT_ROLES, Error, PartnerId, Permission, RoleScope, Scope};

use crate::support::{World, on_both_engines};

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
