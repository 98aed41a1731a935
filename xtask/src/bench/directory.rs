//! What is asked about users, devices and roles, and what roles cost.

use super::{
    http::{Answer, Connection},
    list,
    request::{Request, Times, api as path, page_list},
    subject::Subject,
};
use crate::shell::Result;

/// Changes; each waits for the disk.
const WRITES: usize = 1000;

/// A user with so many roles, each of which lists clients.
const ROLES: usize = 50;

/// Types of resources, frequent and rare.
const TYPES: [&str; 5] = ["Desktop", "Laptop", "Windows", "Switch", "UPS"];

/// What the page asks, of each noun: where a later page begins, and what is searched.
pub(super) fn pages(subject: &Subject) -> Result<Vec<Request>> {
    let cookie = subject.cookie()?;
    let nouns =
        [("users", "after=m~0", "q=carter"), ("devices", "after=pc-0005~0", "q=lnx-00"), ("roles", "after=technicians 0005~0", "q=technicians 001")];
    let of_noun = |(noun, later, search): (&'static str, &'static str, &'static str)| {
        let queries = [("list + total", ""), ("later page", later), ("last page", "last=1"), ("search", search)];
        queries.map(|(name, query)| Request::get(format!("{noun}: {name}"), &cookie, move |_| page_list(noun, &query.replace(' ', "+"))))
    };
    Ok(nouns.into_iter().flat_map(of_noun).collect())
}

/// What scripts ask, where there are so many of each.
pub(super) fn api(subject: &Subject, size: u64) -> Result<Vec<Request>> {
    let bearer = subject.bearer()?;
    let clients = list::ids(subject, &bearer, "clients/search?queryString=activeStatus:true&pageSize=150")?;
    let ids = clients.clone();
    let login = move |n: usize| path(&format!("users/search?queryString=loginName:user{}&pageSize=25", size / 10 + n as u64 % (size - size / 10)));
    let mut requests = vec![
        Request::of("token, durable", "", Times::Exactly(WRITES), subject.token_requests()),
        Request::get("API clients: get", &bearer, move |n| path(&format!("clients/{}", ids[n % ids.len()]))),
        Request::get("API users: by login", &bearer, login),
        Request::get("API users: minimal", &bearer, |_| path("users/minimal")),
        Request::get("API resources: of a client", &bearer, move |n| {
            format!("/api/v2/tenants/{}/resources/search?pageSize=25", clients[n % clients.len()])
        }),
        Request::get("API resources: by type", &bearer, |n| {
            path(&format!("resources/search?queryString=resourceType:{}&pageSize=25", TYPES[n % TYPES.len()]))
        }),
        Request::get("API roles: by name", &bearer, move |n| path(&format!("roles/search?queryString=name:{:05}&pageSize=25", n as u64 % size))),
    ];
    for noun in ["users", "resources", "roles"] {
        requests.extend(list::requests(subject, &bearer, noun)?);
    }
    Ok(requests)
}

/// Roles that list a hundred clients and more, and one as people make it by hand: four users, four clients.
pub(super) fn roles(subject: &Subject) -> Result<Vec<Request>> {
    let bearer = subject.bearer()?;
    let long = long_roles(subject, &bearer)?;
    let short = list::ids(subject, &bearer, "roles/search?queryString=name:Bay+Area")?.concat();
    let count = long.len();
    let long = move |n: usize| path(&format!("roles/{}", long[n * 31 % count]));
    let short = move |_: usize| path(&format!("roles/{short}"));
    Ok(vec![
        Request::get("API roles: get, for the first time", &bearer, long.clone()).times(Times::Exactly(count)),
        Request::get("API roles: get", &bearer, long.clone()),
        Request::get("API roles: get, short", &bearer, short.clone()),
        Request::of("API roles: update, durable", &bearer, Times::Exactly(WRITES), update(subject.run.clone(), long)),
        Request::of("API roles: update, short, durable", &bearer, Times::Exactly(WRITES), update(subject.run.clone(), short)),
    ])
}

/// Roles made for load tests.
fn long_roles(subject: &Subject, bearer: &str) -> Result<Vec<String>> {
    list::ids(subject, bearer, "roles/search?queryString=name:Technicians&pageSize=1000")
}

/// Gives a role words that it doesn't have yet: what stays as it is isn't written.
fn update(run: String, role: impl Fn(usize) -> String + Sync) -> impl Fn(&mut Connection, usize) -> Result<Answer> + Sync {
    move |connection, n| connection.post(&role(n), "application/json", format!(r#"{{"description":"Measured {run} {n}"}}"#).as_bytes())
}

/// The page for somebody with fifty roles that list clients: the decision is by all of them.
pub(super) fn decisions(subject: &Subject) -> Result<Vec<Request>> {
    let bearer = subject.bearer()?;
    let login = format!("decision-{}@load.example", subject.run);
    let roles = long_roles(subject, &bearer)?;
    let listed: Vec<_> = roles.iter().take(ROLES).map(|role| format!(r#"{{"uniqueId":"{role}"}}"#)).collect();
    let body = format!(
        r#"{{"loginName":"{login}","firstName":"Dora","lastName":"Decides","email":"{login}","password":"Demo#2026","roles":[{}]}}"#,
        listed.join(",")
    );
    let mut connection = subject.connect(&bearer)?;
    let made = connection.post(&path("users"), "application/json", body.as_bytes())?;
    if made.status >= 300 {
        return Err(format!("no user could be made: {} {}", made.status, made.text()));
    }
    let seen = connection.get(&path(&format!("roles/{}", roles[0])), "")?.text();
    let client: String = seen.split("client_").nth(1).unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    let cookie = subject.sign_in(&login)?;
    Ok(vec![
        Request::get("get, decided by 50 roles", &cookie, move |_| format!("/rpc/clients/get?id=client_{client}")),
        Request::get("list, seen by 50 roles", &cookie, |_| page_list("clients", "")),
    ])
}
