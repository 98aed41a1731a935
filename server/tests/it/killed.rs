//! Servers that are killed at random moments, as by a power failure, while they work on jobs (docs/spec/leaving.md, "Jobs").
//!
//! Each prints its seed; `TENANTRY_TEST_SEED` with that number repeats it, as far as the machine does.
//!
//! A server that is dead can't renew its lease, so tests let it run out at once instead of waiting for 30 seconds. One test waits.

use std::{
    collections::BTreeSet,
    env, fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use aws_fake::FakeAws;
use domain::{
    AwsAccount, Client, ClientId, ClientImportReport, ClientRow, ClientStatus, Job, JobId, JobState, ListPage, Report, ReportRun, ReportRunId,
    Statement, Total,
};
use http::StatusCode;
use serde_json::{Value, json};
use services::{DEMO_PASSWORD, Ids, RandomIds};
use tokio::time::sleep;

use crate::support::{Actor, Engine, Installation, Server, installed_on, installed_on_both_engines};

/// So often servers are killed; the next one may end the job.
const KILLS: u32 = 8;

/// No server lives longer than this, once it has done a step.
const LIFE: Duration = Duration::from_millis(300);

/// How long a job may take in the end.
const PATIENCE: Duration = Duration::from_secs(60);

/// Random numbers that come again with the seed that is printed.
struct Dice(u64);

impl Dice {
    fn new() -> Self {
        let seed = env::var("TENANTRY_TEST_SEED").ok().map(|seed| seed.parse().expect("TENANTRY_TEST_SEED must be a number"));
        let seed = seed.unwrap_or_else(|| u64::from_le_bytes(*RandomIds.secret().first_chunk().unwrap()));
        eprintln!("TENANTRY_TEST_SEED={seed}");
        Self(seed | 1)
    }

    /// A random part of a time.
    fn part_of(&mut self, whole: Duration) -> Duration {
        // Marsaglia's xorshift.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        whole.mul_f64((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

/// The demo partner's administrator at a server, who signs in once for all servers.
struct Administrator(String);

impl Administrator {
    async fn sign_in(server: &Server) -> Self {
        let answer = server.nobody().sign_in("admin@leoart.example", DEMO_PASSWORD).await;
        Self(answer.session_cookie().unwrap_or_else(|| panic!("no session: {answer:?}")))
    }

    fn at(&self, server: &Server) -> Actor<'static> {
        server.nobody().with_cookie(&self.0)
    }
}

async fn look_up(admin: &Actor<'_>, job: JobId) -> Job {
    admin.rpc("jobs/get", json!({ "id": job })).await.ok()
}

/// Kills the server that works on a job, and each that is started after it, some time after it has done a step, until one ends the job, and returns that.
/// `look` is called all the time.
async fn killed(installation: &Installation, admin: &Administrator, first: Server, job: JobId, look: impl AsyncFn(&Actor<'_>)) -> Server {
    let (mut dice, mut server, mut killed) = (Dice::new(), first, 0);
    for kill in 0.. {
        let (visitor, since) = (admin.at(&server), Instant::now());
        let before = look_up(&visitor, job).await.progress;
        let mut now = look_up(&visitor, job).await;
        while !now.state.is_over() && (kill == KILLS || now.progress == before) {
            assert!(since.elapsed() < PATIENCE, "it takes too long: {now:?}");
            look(&visitor).await;
            now = look_up(&visitor, job).await;
        }
        look(&visitor).await;
        if now.state.is_over() {
            break;
        }
        // Half as long as a step takes, or so.
        sleep(dice.part_of(since.elapsed().min(LIFE) / 2)).await;
        server.kill();
        let left = installation.database.column("SELECT CAST(id AS TEXT) FROM jobs WHERE lease_key <> '' AND ended = 0").await;
        killed += left.len();
        leases_run_out(installation).await;
        server = installation.serve();
    }
    eprintln!("servers died {killed} times with the job in their hands");
    assert!(killed >= 3, "servers died {killed} times with the job in their hands");
    assert_eq!(look_up(&admin.at(&server), job).await.state, JobState::Succeeded);
    server
}

/// As if thirty seconds had passed since a server died.
async fn leases_run_out(installation: &Installation) {
    installation.database.execute("UPDATE jobs SET lease_until = 1, retry_at = 0 WHERE ended = 0").await;
}

/// How many clients the list shows, and how many a search for a word.
async fn shown(admin: &Actor<'_>, word: &str) -> [Total; 2] {
    let list = async |query: String| admin.rpc("clients/list", json!({ "query": query })).await.ok::<ListPage<ClientRow>>().total;
    [list(String::new()).await, list(format!("q={word}")).await]
}

#[test]
fn an_import_has_every_client_once_and_never_shows_a_part() {
    const CLIENTS: u64 = 6000;
    installed_on_both_engines(async |installation| {
        let server = installation.serve();
        let admin = Administrator::sign_in(&server).await;
        let visitor = admin.at(&server);
        let [Total::Exactly(before), Total::Exactly(0)] = shown(&visitor, "Killed").await else { panic!() };
        let rows: String = (1..=CLIENTS).map(|number| format!("Killed {number},1 Main Street,DE,UTC\n")).collect();
        let file = format!("name,address,country,time zone\n{rows}");
        let file: ClientImportReport = visitor.post("/clients/import?name=clients.csv", "text/csv", file).await.ok();
        let job = visitor.rpc("client-imports/start", json!({ "id": file.id })).await.ok();

        let server = killed(installation, &admin, server, job, async |visitor| {
            let [all, found] = shown(visitor, "Killed").await;
            assert!(all == Total::Exactly(before) || all == Total::Exactly(before + CLIENTS), "{all:?}");
            assert!(matches!(found, Total::Exactly(0) | Total::MoreThan(1000)), "{found:?}");
        });
        let server = server.await;
        assert_eq!(shown(&admin.at(&server), "Killed").await, [Total::Exactly(before + CLIENTS), Total::MoreThan(1000)]);
        let names = installation.database.column("SELECT name FROM clients WHERE name LIKE 'Killed %'").await;
        assert_eq!((names.len() as u64, names.iter().collect::<BTreeSet<_>>().len() as u64), (CLIENTS, CLIENTS), "each is there once");
        for (what, sql) in [
            ("details", "SELECT CAST(client_id AS TEXT) FROM client_details WHERE client_id IN (SELECT id FROM clients WHERE name LIKE 'Killed %')"),
            ("audit records", "SELECT object FROM audit_records WHERE action = 'client.create' AND changes LIKE '%Killed %'"),
        ] {
            assert_eq!(installation.database.column(sql).await.len() as u64, CLIENTS, "{what}");
        }
    });
}

#[test]
fn onboarding_makes_one_role_in_each_account_and_keeps_its_external_id() {
    const MANAGEMENT: &str = "111111111111";
    const MEMBERS: u64 = 30;
    installed_on_both_engines(async |installation| {
        let aws = FakeAws::start().await.unwrap();
        aws.organization(MANAGEMENT, MEMBERS);
        let mut server = installation.serve_with_aws(&aws, MANAGEMENT);
        let admin = Administrator::sign_in(&server).await;
        let draft = json!({ "number": MANAGEMENT, "name": "Payer", "sign_in": "server" });
        let payer: AwsAccount = admin.at(&server).rpc("aws-accounts/create", json!({ "kind": "management", "draft": draft })).await.ok();
        let listed = format!("SELECT CAST(id AS TEXT) FROM aws_accounts WHERE management_id = {} ORDER BY id", payer.id.number());
        until(async || installation.database.column(&listed).await.len() as u64 == MEMBERS).await;
        let members: Vec<_> = installation.database.column(&listed).await.iter().map(|id| format!("aws_{id}")).collect();
        let onboarding = json!({ "accounts": members, "draft": { "role_name": "Tenantry", "access": "read-only", "region": "us-east-1" } });
        let jobs: Vec<JobId> = admin.at(&server).rpc("aws-accounts/onboard", onboarding).await.ok();
        assert_eq!(jobs.len() as u64, MEMBERS);
        let external_ids = async || installation.database.column("SELECT number || ' ' || external_id FROM aws_external_ids ORDER BY number").await;
        let before = external_ids().await;

        let unfinished = "SELECT CAST(id AS TEXT) FROM jobs WHERE kind = 'aws-onboarding' AND ended = 0";
        let (mut dice, mut killed) = (Dice::new(), 0);
        for _ in 0..KILLS {
            sleep(dice.part_of(LIFE)).await;
            server.kill();
            killed += installation.database.column(&format!("{unfinished} AND lease_key <> ''")).await.len();
            leases_run_out(installation).await;
            server = installation.serve_with_aws(&aws, MANAGEMENT);
        }
        eprintln!("servers died {killed} times with a job in their hands");
        assert!(killed >= 3, "servers died {killed} times with a job in their hands");
        until(async || installation.database.column(unfinished).await.is_empty()).await;

        assert_eq!(external_ids().await, before);
        for entry in before.iter().filter(|entry| !entry.starts_with(MANAGEMENT)) {
            let (number, external_id) = entry.split_once(' ').unwrap();
            // The demo's accounts have external IDs too.
            let Some(role) = aws.role(number, "Tenantry") else { continue };
            assert_eq!(role.tags["tenantry:external-id"], external_id);
            assert_eq!(aws.roles(number).len(), 2, "ours and the organization's");
        }
        let states = format!("SELECT state || ' ' || problem FROM aws_accounts WHERE management_id = {}", payer.id.number());
        assert_eq!(installation.database.column(&states).await, vec!["onboarded "; MEMBERS as usize]);
        assert_eq!(aws.count("iam:CreateRole") as u64, MEMBERS);
    });
}

/// Waits for something.
async fn until(is_so: impl AsyncFn() -> bool) {
    let since = Instant::now();
    while !is_so().await {
        assert!(since.elapsed() < PATIENCE, "it takes too long");
        sleep(Duration::from_millis(100)).await;
    }
}

/// A report of all clients.
fn report(schedule: Value) -> Value {
    let draft = json!({ "name": "Clients", "attributes": ["tenant-id", "client-name", "city", "email", "servers"], "clients": "all", "filter": "",
        "days": "90", "schedule": schedule });
    json!({ "kind": "tenant-profiles", "draft": draft })
}

fn once() -> Value {
    report(json!({ "frequency": "once", "time_zone": "UTC" }))
}

async fn file(admin: &Actor<'_>, run: ReportRunId) -> Option<Vec<u8>> {
    let answer = admin.get(&format!("/report-runs/{run}/file")).await;
    assert!(matches!(answer.status, StatusCode::OK | StatusCode::CONFLICT), "{answer:?}");
    (answer.status == StatusCode::OK).then(|| answer.body.to_vec())
}

/// The names of the files of a run, in order.
fn parts(installation: &Installation, run: ReportRunId) -> Vec<String> {
    names(&installation.files().join(format!("reports/{}", run.number())))
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A run of a report that nothing disturbs, and its file.
async fn undisturbed(admin: &Actor<'_>) -> (ReportRunId, Vec<u8>) {
    let report: Report = admin.rpc("reports/create", once()).await.ok();
    let run = report.row.last_run.unwrap();
    let until = Instant::now() + PATIENCE;
    while !look_up(admin, run.job).await.state.is_over() && Instant::now() < until {
        sleep(Duration::from_millis(50)).await;
    }
    (run.id, file(admin, run.id).await.unwrap())
}

#[test]
fn a_report_is_complete_and_offered_only_then() {
    installed_on_both_engines(async |installation| {
        installation.add_clients(20_000).await;
        let server = installation.serve();
        let admin = Administrator::sign_in(&server).await;
        let visitor = admin.at(&server);
        let (other, whole) = undisturbed(&visitor).await;
        let report: Report = visitor.rpc("reports/create", once()).await.ok();
        let run = report.row.last_run.unwrap();

        let server = killed(installation, &admin, server, run.job, async |visitor| {
            let offered = file(visitor, run.id).await;
            assert!(offered.is_none_or(|offered| offered == whole), "a part of the file is offered");
        });
        let server = server.await;
        let visitor = admin.at(&server);
        assert!(file(&visitor, run.id).await.unwrap() == whole, "the file differs from one that was written at once");
        assert_eq!(parts(installation, run.id), parts(installation, other), "nothing but the parts is left");
        visitor.rpc("reports/delete", json!({ "id": report.row.id })).await.ok::<()>();
        assert_eq!(parts(installation, run.id), Vec::<String>::new());
    });
}

/// Daily reports, all of which are due, though no server has seen that yet.
async fn due(installation: &Installation, reports: usize) -> Administrator {
    let server = installation.serve();
    let admin = Administrator::sign_in(&server).await;
    for _ in 0..reports {
        let daily = report(json!({ "frequency": "daily", "time": "12:00", "time_zone": "UTC" }));
        admin.at(&server).rpc("reports/create", daily).await.ok::<Report>();
    }
    server.kill();
    installation.database.execute("UPDATE reports SET next_run = 1").await;
    admin
}

/// Waits until no report is due and no job is left, and returns the runs of all reports.
async fn runs(installation: &Installation, admin: &Actor<'_>) -> Vec<ReportRun> {
    let left = "SELECT name FROM reports WHERE next_run = 1 UNION ALL SELECT name FROM jobs WHERE ended = 0";
    let until = Instant::now() + PATIENCE;
    while !installation.database.column(left).await.is_empty() {
        assert!(Instant::now() < until, "not all is done");
        sleep(Duration::from_millis(100)).await;
    }
    let mut runs = Vec::new();
    for report in installation.database.column("SELECT CAST(id AS TEXT) FROM reports").await {
        let page: ListPage<ReportRun> = admin.rpc("reports/runs", json!({ "id": format!("report_{report}"), "query": "" })).await.ok();
        runs.extend(page.rows);
    }
    runs
}

#[test]
fn reports_that_are_due_run_once_whenever_a_server_dies() {
    const REPORTS: usize = 60;
    installed_on_both_engines(async |installation| {
        let (mut dice, admin) = (Dice::new(), due(installation, REPORTS).await);
        let left = async || installation.database.column("SELECT name FROM reports WHERE next_run = 1").await.len();
        let mut killed = 0;
        for _ in 0..KILLS {
            let before = left().await;
            let (server, since) = (installation.serve(), Instant::now());
            while before > 0 && left().await == before {
                assert!(since.elapsed() < PATIENCE, "nothing that is due is asked for");
            }
            sleep(dice.part_of(Duration::from_millis(20))).await;
            server.kill();
            leases_run_out(installation).await;
            killed += u32::from(left().await > 0);
        }
        eprintln!("servers died {killed} times while they asked for runs");
        assert!(killed > 0, "none died while it asked for runs");
        let server = installation.serve();
        let mut runs = runs(installation, &admin.at(&server)).await;
        assert_eq!(runs.iter().map(|run| run.state).collect::<Vec<_>>(), [JobState::Succeeded; REPORTS]);
        runs.dedup_by_key(|run| run.report);
        assert_eq!(runs.len(), REPORTS, "one run of each");
    });
}

#[test]
fn of_two_servers_one_does_what_the_other_dies_with() {
    const REPORTS: usize = 12;
    // SQLite has one server.
    installed_on(Engine::Postgres, async |installation| {
        installation.add_clients(10_000).await;
        let admin = due(installation, REPORTS).await;
        let (one, other) = thread::scope(|scope| {
            let one = scope.spawn(|| installation.serve());
            (installation.serve(), one.join().unwrap())
        });
        // A server has two jobs at most, so both have one here.
        let until = Instant::now() + PATIENCE;
        let held = async || installation.database.column("SELECT CAST(id AS TEXT) FROM jobs WHERE lease_key <> '' AND ended = 0").await;
        while held().await.len() < 3 {
            assert!(Instant::now() < until, "they don't share the jobs");
        }
        one.kill();
        let died = Instant::now();
        let visitor = admin.at(&other);
        let runs = runs(installation, &visitor).await;
        assert!(died.elapsed() > Duration::from_secs(20), "the jobs of the dead server wait until its lease is over");
        assert_eq!(runs.iter().map(|run| run.state).collect::<Vec<_>>(), [JobState::Succeeded; REPORTS]);
        let (_, whole) = undisturbed(&visitor).await;
        let mut reports = BTreeSet::new();
        for run in &runs {
            assert!(run.is_scheduled && reports.insert(run.report), "{run:?} isn't the only one of its report");
            assert!(file(&visitor, run.id).await.unwrap() == whole, "{run:?}");
        }
    });
}

/// Files of a folder and those below that contain a text, in whatever case.
fn containing(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in names(folder) {
        let path = folder.join(name);
        if path.is_dir() {
            found.extend(containing(&path, text));
        } else if fs::read(&path).unwrap().to_ascii_lowercase().windows(text.len()).any(|window| window == text.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[test]
fn a_termination_leaves_nothing_of_the_client() {
    installed_on_both_engines(async |installation| {
        let server = installation.serve();
        let admin = Administrator::sign_in(&server).await;
        let visitor = admin.at(&server);
        let gone = ClientId::new(8);
        let client: Client = visitor.rpc("clients/get", json!({ "id": gone })).await.ok();
        let rows: String = (0..30_000).map(|number| format!("{gone},xylophone-{number},Desktop\n")).collect();
        let devices = visitor.post("/devices/import", "text/csv", format!("client,host name,type\n{rows}")).await;
        assert_eq!(devices.status, StatusCode::CREATED, "{devices:?}");
        let draft = json!({ "name": client.details.name, "statements": Statement::ALL });
        let client: Client = visitor.rpc("clients/terminate", json!({ "id": gone, "draft": draft })).await.ok();
        assert_eq!(client.status, ClientStatus::Terminating);
        let jobs: ListPage<Job> = visitor.rpc("jobs/list", json!({ "query": "" })).await.ok();

        let server = killed(installation, &admin, server, jobs.rows[0].id, async |_| sleep(Duration::from_millis(10)).await).await;
        let client: Client = admin.at(&server).rpc("clients/get", json!({ "id": gone })).await.ok();
        assert_eq!(client.status, ClientStatus::Terminated);
        let traces = installation.database.contents().await.into_iter().chain(installation.database.audit().await);
        assert_eq!(traces.filter(|row| row.to_lowercase().contains("xylo")).collect::<Vec<_>>(), Vec::<String>::new());
        for folder in installation.database.folder().into_iter().chain([installation.files()]) {
            assert_eq!(containing(&folder, "xylo"), Vec::<String>::new());
        }
    });
}
