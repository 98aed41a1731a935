//! A client is terminated while others work.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use super::others::{self, EVERY};
use crate::{
    bench::{
        job,
        request::{Request, Times, api},
        subject::Subject,
    },
    shell::{Result, run, step},
};

/// Devices of the client at which others work meanwhile.
const OTHER_DEVICES: u64 = 1000;

/// How long others are measured before it.
const QUIET: Duration = Duration::from_secs(30);

pub(super) fn measure(subject: &Subject, size: u64) -> Result<()> {
    let (gone, stays) = (client(subject, "Gone")?, client(subject, "Stays")?);
    step(&format!("seed a client with {size} devices"), || {
        devices(subject, &stays, OTHER_DEVICES)?;
        devices(subject, &gone, size)?;
        subject.console.vacuum()
    })?;
    let others = others(subject, &stays)?;
    let ((), quiet) = others::during(&subject.server, &others, || {
        thread::sleep(QUIET);
        Ok(())
    })?;
    let ((seconds, job), meanwhile) = others::during(&subject.server, &others, || terminate(subject, &gone))?;

    let stages: Vec<_> = job.stages.iter().map(|(doing, time)| format!("{doing} {:.1}", time.as_secs_f64())).collect();
    println!("  client with {size} devices: terminated after {seconds:.1} s ({})", stages.join(", "));
    println!(
        "  {:<34} │ {:>9} {:>9} {:>9} │ {:>9} {:>9} {:>9} │ {:>9}",
        "others, ms", "quiet p50", "p99", "max", "during p50", "p99", "max", "p99 ratio"
    );
    for ((request, quiet), meanwhile) in others.iter().zip(&quiet).zip(&meanwhile) {
        let three = |waits: &others::Waits| [50, 99, 100].map(|share| format!("{:>9.2}", waits.percentile(share))).join(" ");
        let ratio = meanwhile.percentile(99) / quiet.percentile(99);
        print!("  {:<34} │ {} │ {} │ {ratio:>9.1}", request.name, three(quiet), three(meanwhile));
        println!("{}", if meanwhile.refused > 0 { format!(" ({} refused)", meanwhile.refused) } else { String::new() });
    }
    println!("  {} requests of each kind a second", Duration::from_secs(1).as_millis() / EVERY.as_millis());
    Ok(())
}

/// Terminates the client as its page does; how long until all is erased, and the job that did it.
fn terminate(subject: &Subject, client: &str) -> Result<(f64, job::Done)> {
    let mut connection = subject.connect(&subject.cookie()?)?;
    let name = connection.get(&format!("/rpc/clients/get?id={client}"), "")?.done()?["details"]["name"].clone();
    let body = json!({ "id": client, "draft": { "name": name, "statements": ["forever", "erased", "signed_out"] } });
    let begun = Instant::now();
    connection.post("/rpc/clients/terminate", "application/json", body.to_string().as_bytes())?.done()?;
    let job = job::wait(&mut connection)?;
    Ok((begun.elapsed().as_secs_f64(), job))
}

/// What others do meanwhile, all of it by the API.
fn others(subject: &Subject, client: &str) -> Result<Vec<Request>> {
    let bearer = subject.bearer()?;
    let (get, resources) = (api(&format!("clients/{client}")), format!("/api/v2/tenants/{client}/resources"));
    let list = format!("{resources}/search?pageSize=100");
    let found = subject.connect(&bearer)?.get(&list, "")?.done()?;
    let ids: Vec<_> = found["results"].as_array().into_iter().flatten().filter_map(|one| one["id"].as_str().map(str::to_owned)).collect();
    if ids.is_empty() {
        return Err(format!("{client} has no devices: {found}"));
    }
    let (create, run) = (resources.clone(), subject.run.clone());
    let post = |name: &str, path: Box<dyn Fn(usize) -> String + Sync>, body: Box<dyn Fn(usize) -> String + Sync>| {
        Request::of(name, &bearer, Times::Many, move |connection, n| connection.post(&path(n), "application/json", body(n).as_bytes()))
    };
    Ok(vec![
        Request::get("API client: get", &bearer, move |_| get.clone()),
        Request::get("API resources: list, 25", &bearer, move |_| format!("{resources}/search?pageSize=25")),
        post(
            "API resource: create, durable",
            Box::new(move |_| create.clone()),
            Box::new(|n| json!({ "hostName": format!("bench-{n}") }).to_string()),
        ),
        post(
            "API resource: update, durable",
            Box::new({
                let resources = format!("/api/v2/tenants/{client}/resources");
                move |n| format!("{resources}/{}", ids[n % ids.len()])
            }),
            Box::new(move |n| json!({ "osName": format!("Measured {run} {n} {:?}", Instant::now()) }).to_string()),
        ),
    ])
}

/// A new client.
fn client(subject: &Subject, name: &str) -> Result<String> {
    let body = json!({ "name": format!("{name} {}", subject.run), "address": "1 Main St", "country": "United States", "timeZone": "UTC" });
    let made = subject.connect(&subject.bearer()?)?.post(&api("clients"), "application/json", body.to_string().as_bytes())?.done()?;
    made["uniqueId"].as_str().map(str::to_owned).ok_or_else(|| format!("no client: {made}"))
}

fn devices(subject: &Subject, client: &str, count: u64) -> Result<()> {
    run(&mut subject.console.command(&["seed", "--devices", &count.to_string(), "--client", client]))
}
