//! What roles cost: the REST API with a hundred thousand users, a thousand roles and a million devices.

use std::{path::Path, process::Command};

use super::{
    READS,
    http::Connection,
    load::{HEAD, load},
    process::Server,
    seeded, sign_in,
};
use crate::{paths::Paths, shell::Result};

/// What the database holds.
const HOLDS: [&str; 8] = ["--clients", "10000", "--users", "100000", "--devices", "1000000", "--roles", "1000"];

/// Changes; each waits for the disk.
const WRITES: usize = 1000;

/// A user with so many roles, each of which lists clients.
const ROLES: usize = 50;

/// Seeds what is missing, measures, prints.
pub(super) fn run(tenantry: &Path, paths: &Paths) -> Result<()> {
    let data = seeded(tenantry, paths, "directory", &HOLDS)?;
    println!("\n100000 users, 1000 roles, 1000000 devices, 10000 clients; by the REST API\n");
    let key = api_key(tenantry, &data)?;
    let server = Server::start(tenantry, &data)?;
    let form = format!("grant_type=client_credentials&client_id={}&client_secret={}", key.0, key.1);
    let token = token(&server, &form)?;
    let bearer = format!("Authorization: Bearer {token}");
    let roles = ids(&server, &bearer, "/api/v2/tenants/msp_1/roles/search?queryString=name:Technicians&pageSize=1000")?;
    // One as people make it by hand: four users, four clients.
    let short = ids(&server, &bearer, "/api/v2/tenants/msp_1/roles/search?queryString=name:Bay+Area")?.concat();
    // One that is suspended or terminated answers nothing.
    let clients = ids(&server, &bearer, "/api/v2/tenants/msp_1/clients/search?queryString=activeStatus:true&pageSize=150")?;
    let client = {
        let clients = clients.clone();
        move |n: usize| clients.get(n % clients.len().max(1)).cloned().unwrap_or_default()
    };
    let other = client.clone();
    let role = |n: usize| roles.get(n * 31 % roles.len().max(1)).map_or("", String::as_str);
    println!("{:<28} {HEAD}", "");

    let cost = load(&server, "", WRITES, |connection, _| connection.post("/auth/oauth/token", "application/x-www-form-urlencoded", form.as_bytes()))?;
    println!("{:<28} {cost}", "token");
    let reads: [(&str, super::Address); 4] = [
        ("role search", Box::new(|n| format!("/api/v2/tenants/msp_1/roles/search?queryString=name:{:03}&pageSize=25", n % 1000))),
        ("user search", Box::new(|n| format!("/api/v2/tenants/msp_1/users/search?queryString=loginName:user{}&pageSize=25", n % 90_000 + 10_000))),
        ("device search", Box::new(move |n| format!("/api/v2/tenants/{}/resources/search?pageSize=25", client(n)))),
        ("client get", Box::new(move |n| format!("/api/v2/tenants/msp_1/clients/{}", other(n)))),
    ];
    for (name, count) in [("role get, for the first time", roles.len()), ("role get", READS)] {
        let cost = load(&server, &bearer, count, |connection, n| connection.get(&format!("/api/v2/tenants/msp_1/roles/{}", role(n)), ""))?;
        println!("{name:<28} {cost}");
    }
    let cost = load(&server, &bearer, READS, |connection, _| connection.get(&format!("/api/v2/tenants/msp_1/roles/{short}"), ""))?;
    println!("{:<28} {cost}", "role get, short");
    for (name, path) in &reads {
        let cost = load(&server, &bearer, READS / 10, |connection, n| connection.get(&path(n), ""))?;
        println!("{name:<28} {cost}");
    }
    // Words that no role has yet: what stays as it is isn't written.
    let run = std::process::id();
    let update = |connection: &mut Connection, role: &str, n: usize| {
        let body = format!(r#"{{"description":"Measured {run} {n}"}}"#);
        connection.post(&format!("/api/v2/tenants/msp_1/roles/{role}"), "application/json", body.as_bytes())
    };
    let cost = load(&server, &bearer, WRITES, |connection, n| update(connection, role(n), n))?;
    println!("{:<28} {cost}", "role update, durable");
    let cost = load(&server, &bearer, WRITES, |connection, n| update(connection, &short, n))?;
    println!("{:<28} {cost}", "role update, short, durable");
    decisions(&server, &bearer, &roles)
}

/// A client's page for somebody with fifty roles that list clients: the decision is by all of them.
fn decisions(server: &Server, bearer: &str, roles: &[String]) -> Result<()> {
    let login = format!("decision{}@load.example", std::process::id());
    let listed: Vec<_> = roles.iter().take(ROLES).map(|role| format!(r#"{{"uniqueId":"{role}"}}"#)).collect();
    let body = format!(
        r#"{{"loginName":"{login}","firstName":"Dora","lastName":"Decides","email":"{login}","password":"Demo#2026","roles":[{}]}}"#,
        listed.join(",")
    );
    let mut connection = Connection::open(server.address, bearer)?;
    let made = connection.post("/api/v2/tenants/msp_1/users", "application/json", body.as_bytes())?;
    if made.status >= 300 {
        return Err(format!("no user could be made: {} {}", made.status, made.text()));
    }
    let seen = connection.get(&format!("/api/v2/tenants/msp_1/roles/{}", roles.first().map_or("", String::as_str)), "")?.text();
    let client = seen.split("client_").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>()).unwrap_or_default();
    let cookie = sign_in(server, &login)?;
    let cost = load(server, &cookie, READS, |connection, _| connection.get(&format!("/rpc/clients/get?id=client_{client}"), ""))?;
    println!("{:<28} {cost}", "get, decided by 50 roles");
    let cost = load(server, &cookie, READS / 10, |connection, _| connection.get("/rpc/clients/list?query=", ""))?;
    println!("{:<28} {cost}", "list, seen by 50 roles");
    Ok(())
}

/// A key of the partner's administrator: the key and its secret.
fn api_key(tenantry: &Path, data: &Path) -> Result<(String, String)> {
    let name = format!("bench {}", std::process::id());
    let mut command = Command::new(tenantry);
    command.args(["api-key", "create", "--tenant", "msp_1", "--name", &name, "--role", "Partner Administrator", "--log", "warn", "--data"]).arg(data);
    let output = command.output().map_err(|error| format!("{}: {error}", tenantry.display()))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let field = |name: &str| said.split(&format!("\"{name}\":\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    field("key").zip(field("secret")).ok_or_else(|| format!("no key: {said}"))
}

fn token(server: &Server, form: &str) -> Result<String> {
    let answer = Connection::open(server.address, "")?.post("/auth/oauth/token", "application/x-www-form-urlencoded", form.as_bytes())?;
    let text = answer.text();
    let token = text.split("\"access_token\":\"").nth(1).and_then(|rest| rest.split('"').next());
    token.map(str::to_owned).ok_or_else(|| format!("no token: {} {text}", answer.status))
}

/// What a search finds.
fn ids(server: &Server, bearer: &str, address: &str) -> Result<Vec<String>> {
    let mut connection = Connection::open(server.address, bearer)?;
    let text = connection.get(address, "")?.text();
    let ids: Vec<String> = text.split("\"uniqueId\":\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect();
    if ids.is_empty() { Err(format!("{address} finds nothing: {text}")) } else { Ok(ids) }
}
