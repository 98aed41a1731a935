//! AWS accounts, with a fake AWS on the same machine: what the console itself adds to what AWS takes.

mod fake;

use std::{path::Path, time::Instant};

use serde_json::{Value, json};

use super::{
    console::Console,
    engine::Engine,
    http::Connection,
    job,
    request::{Request, api},
    subject::Subject,
    table,
};
use crate::{paths::Paths, shell::Result};
use fake::{Fake, MANAGEMENT};

/// How many accounts are associated at once.
const ASSOCIATED: usize = 500;

/// Clients of the console.
const CLIENTS: &str = "10000";

pub(super) fn measure(engines: &[Engine], tenantry: &Path, paths: &Paths, members: u64) -> Result<()> {
    println!("\n{members} members, {CLIENTS} clients\n");
    for engine in engines {
        // Each with an AWS of its own, whose calls are counted.
        let fake = Fake::start(paths, members)?;
        let mut console = Console::open(*engine, tenantry, paths, CLIENTS, &["--clients", CLIENTS])?;
        console.settings = fake.settings();
        let subject = Subject::start(console)?;
        let mut connection = subject.connect(&subject.bearer()?)?;
        forget(&mut connection)?;
        let id = added(&subject, &fake, &mut connection, members)?;
        refreshed(&subject, &fake, &mut connection, &id)?;
        table::head(std::slice::from_ref(&subject));
        table::rows(std::slice::from_ref(&subject), |subject| lists(subject, &id, members))?;
        associated(&subject, &mut connection, &id)?;
        forget(&mut connection)?;
    }
    Ok(())
}

/// Deletes the account of a run before this one.
fn forget(connection: &mut Connection) -> Result<()> {
    let found = connection.get(&api(&format!("awsAccounts?queryString=accountId:{MANAGEMENT}")), "")?.done()?;
    match found["results"][0]["id"].as_str() {
        Some(id) => connection.delete(&api(&format!("awsAccounts/{id}")))?.done().map(drop),
        None => Ok(()),
    }
}

/// Adds the management account, whose members a job reads; the account's id.
fn added(subject: &Subject, fake: &Fake, connection: &mut Connection, members: u64) -> Result<String> {
    let begun = Instant::now();
    let account = post(connection, "awsAccounts", &json!({ "accountId": MANAGEMENT, "name": "Bench", "kind": "management" }))?;
    let answered = begun.elapsed();
    job::wait(&mut subject.connect(&subject.cookie()?)?)?;
    let id = account["id"].as_str().ok_or_else(|| format!("no account: {account}"))?;
    let read = connection.get(&api(&format!("awsAccounts/{id}")), "")?.done()?;
    if read["members"]["all"] != members {
        return Err(format!("not all members are there: {read}"));
    }
    println!("  added in {:.2} s, members read after {:.2} s, calls {}", answered.as_secs_f64(), begun.elapsed().as_secs_f64(), fake.calls()?);
    Ok(id.to_owned())
}

/// Reads the members again, of which none has changed.
fn refreshed(subject: &Subject, fake: &Fake, connection: &mut Connection, id: &str) -> Result<()> {
    let (before, cpu, begun) = (fake.calls()?, subject.server.cpu_seconds(), Instant::now());
    post(connection, &format!("awsAccounts/{id}/refresh"), &json!({}))?;
    job::wait(&mut subject.connect(&subject.cookie()?)?)?;
    let (seconds, cpu) = (begun.elapsed().as_secs_f64(), subject.server.cpu_seconds() - cpu);
    println!("  refreshed in {seconds:.2} s with {} calls, {cpu:.2} s of processor time", fake.calls()? - before);
    Ok(())
}

fn lists(subject: &Subject, id: &str, members: u64) -> Result<Vec<Request>> {
    let bearer = subject.bearer()?;
    let path = api(&format!("awsAccounts/{id}/members?pageSize=25"));
    let get = |name: &str, more: Box<dyn Fn(usize) -> String + Sync>| {
        let path = path.clone();
        Request::get(name, &bearer, move |n| format!("{path}{}", more(n)))
    };
    let pages = usize::try_from(members / 25).unwrap_or(usize::MAX).max(2);
    Ok(vec![
        get("API members: first page", Box::new(|_| String::new())),
        get("API members: some page", Box::new(move |n| format!("&pageNo={}", n * 7 % pages + 1))),
        get("API members: last page", Box::new(move |_| format!("&pageNo={pages}"))),
        get("API members: by name", Box::new(move |n| format!("&queryString=name:Member+{}", n % 1000))),
        get("API members: without a customer", Box::new(|_| "&queryString=associated:false".to_owned())),
    ])
}

/// Associates many accounts with a client at once.
fn associated(subject: &Subject, connection: &mut Connection, id: &str) -> Result<()> {
    let found = connection.get(&api(&format!("awsAccounts/{id}/members?pageSize={ASSOCIATED}")), "")?.done()?;
    let accounts: Vec<_> = found["results"].as_array().into_iter().flatten().map(|account| json!({ "id": account["id"] })).collect();
    let client = super::list::ids(subject, &subject.bearer()?, "clients/search?pageSize=1")?.remove(0);
    let begun = Instant::now();
    let answer = post(connection, "awsAccounts/associate", &json!({ "client": { "uniqueId": client }, "accounts": accounts }))?;
    let done = answer.as_array().map_or(0, Vec::len);
    println!("  {done} accounts associated at once in {:.3} s", begun.elapsed().as_secs_f64());
    Ok(())
}

fn post(connection: &mut Connection, path: &str, body: &Value) -> Result<Value> {
    connection.post(&api(path), "application/json", body.to_string().as_bytes())?.done()
}
