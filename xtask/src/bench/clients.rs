//! What is asked about clients.

use super::{
    list,
    request::{Request, Times, api as path, page_list},
    subject::Subject,
};
use crate::shell::Result;

/// Searched for, as one would type: rare and frequent, whole words and beginnings of them.
const TERMS: [&str; 8] = ["leoart", "north", "logist", "client_99", "med", "zq", "energy+gr", "ext-10"];

/// What costs most: long terms of frequent letters, and hits that lie together in the order asked for.
const HARD_TERMS: [&str; 5] = ["solutions+inc", "carter+marketing", "dallas&sort=country", "inc&sort=country", "llc&sort=country"];

/// Clients created; each waits for the disk. A user has at most a hundred drafts.
const CREATES: usize = 90;

/// One of the demo's clients.
fn client(n: usize) -> String {
    format!("client_{}", 10 + n * 7919 % 150)
}

/// What the page asks.
pub(super) fn pages(subject: &Subject) -> Result<Vec<Request>> {
    let cookie = subject.cookie()?;
    let list = |name: &str, query: &'static str| Request::get(name, &cookie, move |_| page_list("clients", query));
    let later = |n: usize| format!("after={}~0", char::from(b'b' + u8::try_from(n % 20).unwrap_or_default()));
    let mut requests = vec![
        Request::get("home", &cookie, |_| "/rpc/home/get".to_owned()),
        Request::get("Home page, whole", &cookie, |_| "/".to_owned()),
        Request::get("palette, eight terms in turn", &cookie, |n| format!("/rpc/palette/search?words={}", TERMS[n % TERMS.len()])),
        Request::get("get", &cookie, |n| format!("/rpc/clients/get?id={}", client(n))),
        list("list + total", ""),
        list("list, by created, falling", "sort=created&dir=desc"),
        list("list, in every status", "status=all"),
        Request::get("later page", &cookie, move |n| page_list("clients", &later(n))),
        list("last page", "last=1"),
        Request::get("search, eight terms in turn", &cookie, |n| page_list("clients", &format!("q={}", TERMS[n % TERMS.len()]))),
        Request::get("Clients page, whole", &cookie, |_| "/clients".to_owned()),
        Request::get("Client Details, whole", &cookie, |n| format!("/clients/{}", client(n))),
    ];
    let search = |term: &&'static str| {
        let term = *term;
        Request::get(format!("  search {term}"), &cookie, move |_| page_list("clients", &format!("q={term}")))
    };
    requests.extend(TERMS.iter().chain(&HARD_TERMS).map(search));
    Ok(requests)
}

/// What scripts ask.
pub(super) fn api(subject: &Subject) -> Result<Vec<Request>> {
    let bearer = subject.bearer()?;
    // One that is suspended or terminated answers nothing.
    let ids = list::ids(subject, &bearer, "clients/search?queryString=activeStatus:true&pageSize=150")?;
    let named = |n: usize| path(&format!("clients/search?pageSize=25&queryString=name:{}", TERMS[n % TERMS.len()]));
    let mut requests = vec![
        Request::get("API clients: get", &bearer, move |n| path(&format!("clients/{}", ids[n % ids.len()]))),
        Request::get("API clients: by name, eight in turn", &bearer, named),
        Request::get("API clients: minimal", &bearer, |_| path("clients/minimal")),
    ];
    requests.extend(list::requests(subject, &bearer, "clients")?);
    Ok(requests)
}

/// Finishes drafts, each of which becomes a client.
pub(super) fn creates(subject: &Subject) -> Result<Vec<Request>> {
    let cookie = subject.cookie()?;
    let mut connection = subject.connect(&cookie)?;
    let mut draft = || {
        let draft = connection.post("/rpc/client-drafts/create", "application/x-www-form-urlencoded", b"")?.done()?;
        draft["id"].as_str().map(str::to_owned).ok_or_else(|| format!("no draft: {draft}"))
    };
    let drafts = (0..CREATES).map(|_| draft()).collect::<Result<Vec<_>>>()?;
    Ok(vec![Request::of("create, durable", &cookie, Times::Exactly(CREATES), move |connection, n| {
        let (id, details) = (&drafts[n], r#""address":"1 Main St","country":"USA","time_zone":"UTC","maintenance_state":"up""#);
        let body = format!(r#"{{"id":"{id}","version":1,"draft":{{"name":"Bench {n}",{details}}}}}"#);
        connection.post("/rpc/client-drafts/finish", "application/json", body.as_bytes())
    })])
}
