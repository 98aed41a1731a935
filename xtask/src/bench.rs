//! `cargo xtask bench`: what the console costs, with ten thousand clients and with a million, in figures.

mod directory;
mod first_load;
mod http;
mod load;
mod process;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use clap::Args;

use crate::{
    build,
    paths::Paths,
    setup::{Toolchain, browser},
    shell::{Result, run as run_program, step},
};
use http::{Answer, Connection};
use load::{HEAD, load};
use process::Server;

/// What `cargo xtask bench` is asked for.
#[derive(Args)]
pub(crate) struct Options {
    /// How many clients
    #[arg(default_values_t = [10_000, 1_000_000], conflicts_with = "directory")]
    clients: Vec<u64>,
    /// Measure only what roles cost
    #[arg(long)]
    directory: bool,
    /// Measure this binary, to compare with another build
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
}

/// Requests of a reading measurement; enough for a 99th percentile that means something.
const READS: usize = 4_000;

/// Clients created; each waits for the disk. A user has at most a hundred drafts.
const CREATES: usize = 90;

/// Searched for, as one would type: rare and frequent, whole words and beginnings of them.
const TERMS: [&str; 8] = ["leoart", "north", "logist", "client_99", "med", "zq", "energy+gr", "ext-10"];

/// What costs most: long terms of frequent letters, and hits that lie together in the order asked for.
const HARD_TERMS: [&str; 5] = ["solutions+inc", "carter+marketing", "dallas&sort=country", "inc&sort=country", "llc&sort=country"];

/// The demo's administrator.
const ADMINISTRATOR: &str = "admin@leoart.example";

/// The address that a request of some number asks for.
type Address = Box<dyn Fn(usize) -> String + Sync>;

/// Builds, seeds what is missing, measures, prints.
pub(crate) fn run(options: Options) -> Result<()> {
    let paths = Paths::find()?;
    let sizes = if options.directory { Vec::new() } else { options.clients };
    let tenantry = match options.binary {
        Some(binary) => binary,
        None => build(&Toolchain::prepare(&paths)?, &paths)?,
    };
    for clients in sizes {
        let data = seeded(&tenantry, &paths, &clients.to_string(), &["--clients", &clients.to_string()])?;
        measure(&tenantry, &data, clients, &paths)?;
    }
    directory::run(&tenantry, &paths)
}

/// A data directory of some name with what is wanted in it. It is kept for the next time.
fn seeded(tenantry: &Path, paths: &Paths, name: &str, wanted: &[&str]) -> Result<PathBuf> {
    let data = paths.target.join("bench").join(name);
    let schema = schema(paths)?;
    if fs::read_to_string(data.join("seeded")).ok().as_ref() != Some(&schema) {
        step(&format!("seed {}", wanted.join(" ")), || seed(tenantry, &data, wanted, &schema))?;
    }
    Ok(data)
}

/// The schema that a database was seeded with: another one needs another database.
fn schema(paths: &Paths) -> Result<String> {
    let folder = fs::read_dir(paths.root.join("migrations")).map_err(|error| format!("migrations: {error}"))?;
    let mut texts: Vec<String> = folder.filter_map(|file| fs::read_to_string(file.ok()?.path()).ok()).collect();
    texts.sort_unstable();
    Ok(texts.concat())
}

/// The demo, and what the words want besides.
fn seed(tenantry: &Path, data: &Path, wanted: &[&str], schema: &str) -> Result<()> {
    if data.exists() {
        fs::remove_dir_all(data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    fs::create_dir_all(data).map_err(|error| format!("{}: {error}", data.display()))?;
    let call = |words: &[&str]| run_program(Command::new(tenantry).args(words).args(["--log", "warn", "--data"]).arg(data));
    call(&["seed", "--demo"])?;
    call(&[&["seed"], wanted].concat())?;
    fs::write(data.join("seeded"), schema).map_err(|error| error.to_string())
}

fn measure(tenantry: &Path, data: &Path, clients: u64, paths: &Paths) -> Result<()> {
    println!("\n{clients} clients\n");
    let mut starts = (0..5).map(|_| Server::start(tenantry, data).map(|server| server.start)).collect::<Result<Vec<Duration>>>()?;
    starts.sort_unstable();
    println!("start until it listens: {:.0} ms (median of 5)", starts.get(2).copied().unwrap_or_default().as_secs_f64() * 1000.0);
    let server = Server::start(tenantry, data)?;
    thread::sleep(Duration::from_secs(2));
    let (resident, own) = server.memory();
    println!("idle memory: {resident:.1} MB resident, of which {own:.1} MB its own and the rest pages of the binary");
    let cookie = sign_in(&server, ADMINISTRATOR)?;

    println!("\n{:<28} {HEAD}", "");
    let list =
        |query: &str| format!("/rpc/clients/list?query={}", query.replace('%', "%25").replace('&', "%26").replace('=', "%3D").replace('+', "%2B"));
    let reads: [(&str, Address); 8] = [
        ("get", Box::new(move |n| format!("/rpc/clients/get?id=client_{}", 10 + (n as u64 * 7919) % 150))),
        ("list + total", Box::new(move |_| list(""))),
        ("list, by created, falling", Box::new(move |_| list("sort=created&dir=desc"))),
        ("deep page", Box::new(move |n| list(&format!("after={}~0", char::from(b'b' + u8::try_from(n % 20).unwrap_or_default()))))),
        ("last page", Box::new(move |_| list("last=1"))),
        ("search", Box::new(move |n| list(&format!("q={}", TERMS[n % TERMS.len()])))),
        ("Clients page, whole", Box::new(|_| "/clients".to_owned())),
        ("Client Details, whole", Box::new(move |n| format!("/clients/client_{}", 10 + n % 150))),
    ];
    for (name, path) in &reads {
        load(&server, &cookie, READS / 10, |connection, n| connection.get(&path(n), ""))?;
        let cost = load(&server, &cookie, READS, |connection, n| connection.get(&path(n), ""))?;
        println!("{name:<28} {cost}");
    }
    for term in TERMS.iter().chain(&HARD_TERMS) {
        let cost = load(&server, &cookie, READS / 10, |connection, _| connection.get(&list(&format!("q={term}")), ""))?;
        println!("{:<28} {cost}", format!("  search {term}"));
    }
    let drafts = drafts(&server, &cookie)?;
    let cost = load(&server, &cookie, CREATES, |connection, n| finish(connection, drafts.get(n).map_or("", String::as_str), n))?;
    println!("{:<28} {cost}", "create, durable");

    first_load::print(&server, &cookie)?;
    rows_visible(&server, &cookie, paths)
}

/// Signs in and gives the header that says so.
fn sign_in(server: &Server, login: &str) -> Result<String> {
    let mut connection = Connection::open(server.address, "")?;
    let form = format!("draft%5Blogin%5D={}&draft%5Bpassword%5D=Demo%232026", login.replace('@', "%40"));
    let answer = connection.post("/rpc/sessions/create", "application/x-www-form-urlencoded", form.as_bytes())?;
    let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
    cookie.map(|cookie| format!("Cookie: {cookie}")).ok_or_else(|| format!("{login} can't sign in: {} {}", answer.status, answer.text()))
}

/// As many drafts as clients are to be created, by id.
fn drafts(server: &Server, cookie: &str) -> Result<Vec<String>> {
    let mut connection = Connection::open(server.address, cookie)?;
    let mut draft = || {
        let answer = connection.post("/rpc/client-drafts/create", "application/x-www-form-urlencoded", b"")?;
        let path = answer.header("location").or_else(|| answer.header("serverfnredirect")).unwrap_or_default().to_owned();
        path.split('/').nth(3).map(str::to_owned).ok_or_else(|| format!("no draft: {} {}", answer.status, answer.text()))
    };
    (0..CREATES).map(|_| draft()).collect()
}

fn finish(connection: &mut Connection, draft: &str, number: usize) -> Result<Answer> {
    let details = format!(r#"{{"name":"Bench {number}","address":"1 Main St","country":"USA","time_zone":"UTC","maintenance_state":"up"}}"#);
    let body = format!(r#"{{"id":"{draft}","version":1,"draft":{details}}}"#);
    connection.post("/rpc/client-drafts/finish", "application/json", body.as_bytes())
}

/// How long a person waits for the list, in a real browser.
fn rows_visible(server: &Server, cookie: &str, paths: &Paths) -> Result<()> {
    let folder = paths.root.join("end2end");
    let chromium = browser::chromium(&folder)?;
    let mut node = Command::new("node");
    node.arg("bench/rows.mjs").current_dir(&folder).envs(chromium);
    run_program(node.env("TENANTRY_URL", format!("http://{}", server.address)).env("TENANTRY_COOKIE", cookie.trim_start_matches("Cookie: ")))
}
