//! Every route against everybody who must not get through it. The routes are asked of the program: one without a line here fails, and
//! so does a line without a route.

mod step_up;
mod table;

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicU64, Ordering},
};

use app::paths::{home, login_then};
use domain::{
    ApiKey, CatalogueItem, CatalogueKind, Client, ClientImportReport, CredentialSet, DeviceGroup, DraftDetail, Job, ListPage, NetworkImage,
    NewApiKey, PermissionSet, Report, RoleSummary,
};
use leptos::server_fn::axum::server_fn_paths;
use serde_json::{Value, json};
use server::pages;

use crate::{
    images::picture,
    support::{Actor, Answer, App, on_both_engines},
};
use table::TABLE;

/// Routes that neither a page nor a server function has. What is behind the API's is covered by the table of its operations.
const OTHERS: &[&str] = &[
    "ANY /api/{*rest}",
    "GET /api/docs",
    "GET /assets/{*name}",
    "GET /audit-exports/{job}",
    "GET /backups/{backup}/file",
    "GET /client-imports/{id}/errors",
    "GET /events/audit",
    "GET /events/jobs",
    "GET /favicon.svg",
    "GET /healthz",
    "GET /images/{id}",
    "GET /images/users/{id}",
    "GET /readyz",
    "GET /report-runs/{run}/file",
    "GET /robots.txt",
    "POST /auth/oauth/token",
    "POST /clients/import",
    "POST /devices/import",
    "POST /devices/import/preview",
    "POST /images",
    "POST /images/users/{id}",
    "POST /restores",
    "POST /restores/{id}/{part}",
    "POST /tenancy/auth/oauth/token",
];

/// A route and what becomes of those who ask it for something of the demo partner's, or of its client_9.
struct Line {
    route: &'static str,
    /// What a person needs who has nothing else to get over; told in the refusal.
    needs: &'static str,
    /// Whether somebody who has a second factor must have proved it just before.
    step_up: bool,
    input: fn(&Things) -> Input,
    /// Of nobody, another partner's administrator, client_8's administrator, and a technician, who may see but not change clients.
    expected: [Expected; 4],
}

/// How a route is asked.
enum Input {
    /// As a browser opens a page.
    Open(String),
    /// As a script calls a server function.
    Call(Value),
    /// As a script sends an image.
    Upload(String),
    /// As a script sends a file of devices or clients.
    Devices(&'static str),
    /// As a program asks for a token, with a key that there is not.
    Token(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Expected {
    /// Refused with the status.
    Is(u16),
    /// Shown one's own, and nothing of the demo partner's other clients.
    Own,
    /// This one may see it.
    Shown,
    /// Redirected to the sign-in page, which leads back.
    SignIn,
    /// Redirected to the start page.
    Home,
    /// Redirected to client_8.
    OwnClient,
    /// Answered with this status and a page that contains this text.
    Page(u16, &'static str),
    /// It changes one's own things, which is right. Not asked.
    Apart,
}

/// What there is to get at.
struct Things {
    client: Client,
    draft: DraftDetail,
    image: NetworkImage,
    item: CatalogueItem,
    device_group: DeviceGroup,
    credentials: CredentialSet,
    key: ApiKey,
    role: RoleSummary,
    set: PermissionSet,
    import: ClientImportReport,
    job: Job,
    report: Report,
}

impl Things {
    async fn of(admin: &Actor<'_>) -> Self {
        let client = admin.rpc("clients/get", json!({ "id": "client_9" })).await.ok();
        let draft = admin.post_form("/rpc/client-drafts/create", "/clients/new", &json!({})).await;
        let draft = draft.location().split('/').nth(3).unwrap().to_owned();
        let draft = admin.rpc("client-drafts/get", json!({ "id": draft })).await.ok();
        let image = admin.post("/images", "image/png", picture()).await.ok();
        let item = json!({ "kind": CatalogueKind::Package, "parent": null, "draft": { "name": "Night shift", "description": "" } });
        let groups: ListPage<DeviceGroup> = admin.rpc("device-groups/list", json!({ "query": "q=corp-servers" })).await.ok();
        let device_group = groups.rows.into_iter().next().unwrap();
        let item = admin.rpc("catalogues/create", item).await.ok();
        let fields = json!({ "userName": "root", "password": "secret" });
        let credentials = json!({ "client": "client_9", "draft": { "name": "LeoArt Corp. Core", "credential_type": "SSH", "fields": fields } });
        let credentials = admin.rpc("credential-sets/create", credentials).await.ok();
        let roles: ListPage<RoleSummary> = admin.rpc("roles/list", json!({ "query": "q=technician" })).await.ok();
        let key = json!({ "draft": { "name": "LeoArt Corp. Terraform", "roles": [roles.rows[0].id] } });
        let (key, _): (ApiKey, NewApiKey) = admin.rpc("api-keys/create", key).await.ok();
        let role = admin.rpc("roles/create", json!({ "draft": { "name": "LeoArt Corp. Watchers", "scope": "MSP" } })).await.ok();
        let set = admin.rpc("permission-sets/create", json!({ "draft": { "name": "LeoArt Corp. Watching", "scope": "MSP" } })).await.ok();
        // Another client of the partner is being erased.
        let left: Client = admin.rpc("clients/get", json!({ "id": "client_12" })).await.ok();
        let confirmed = json!({ "name": left.details.name, "statements": ["forever", "erased", "signed_out"] });
        let _: Client = admin.rpc("clients/terminate", json!({ "id": left.id, "draft": confirmed })).await.ok();
        let jobs: ListPage<Job> = admin.rpc("jobs/list", json!({ "query": "" })).await.ok();
        let job = jobs.rows.into_iter().next().unwrap();
        let import = admin.post("/clients/import?name=x.csv", "text/csv", "name,address,country,time zone\nLeoArt Corp. Two,1 Main Street,DE,UTC\n");
        let import = import.await.ok();
        let report = json!({ "name": "LeoArt Corp. and the others", "attributes": ["client-name"], "clients": "all", "days": "90",
            "schedule": { "frequency": "daily", "time": "08:00", "time_zone": "UTC" } });
        let report = admin.rpc("reports/create", json!({ "kind": "tenant-profiles", "draft": report })).await.ok();
        Self { client, draft, image, item, device_group, credentials, key, role, set, job, import, report }
    }
}

/// What the program answers to.
fn routes() -> BTreeSet<String> {
    let pages = pages::routes().into_iter().map(|page| format!("GET {}", page.path()));
    let functions = server_fn_paths().map(|(path, method)| format!("{method} {path}"));
    pages.chain(functions).chain(OTHERS.iter().map(|route| (*route).to_owned())).collect()
}

#[test]
fn every_route_has_a_line_and_every_line_a_route() {
    let lines: BTreeSet<_> = TABLE.iter().map(|line| line.route.to_owned()).collect();
    assert_eq!(lines.len(), TABLE.len(), "a route stands in the table twice");
    let uncovered: Vec<_> = routes().difference(&lines).cloned().collect();
    assert!(uncovered.is_empty(), "no line in coverage/table.rs for {uncovered:#?}");
    let gone: Vec<_> = lines.difference(&routes()).cloned().collect();
    assert!(gone.is_empty(), "a line in coverage/table.rs, but no route, for {gone:#?}");
}

#[test]
fn whoever_has_no_business_there_is_refused_and_changes_nothing() {
    on_both_engines(async |app: &App| {
        let things = Things::of(&app.partner_admin().await).await;
        let actors = [
            ("nobody", app.nobody()),
            ("the foreign administrator", app.foreign_admin().await),
            ("client_8’s administrator", app.client_admin().await),
            ("the technician", app.technician().await),
        ];
        // The readiness probe writes a counter.
        app.nobody().get("/readyz").await;
        let before = app.database.contents().await;
        assert!(before.iter().any(|row| row.starts_with("clients: ") && row.contains("LeoArt Corp.")), "the comparison below sees the tables");
        let mut wrong = Vec::new();
        for line in TABLE {
            for ((who, actor), expected) in actors.iter().zip(line.expected) {
                if expected == Expected::Apart {
                    continue;
                }
                let answer = ask(actor, line, &things).await;
                wrong.extend(
                    objection(line, &path(line, &things), expected, &answer).map(|why| format!("{} as {who}: {why}\n{answer:?}\n", line.route)),
                );
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let after = app.database.contents().await;
        let changed: Vec<_> = after.iter().filter(|row| !before.contains(row)).chain(before.iter().filter(|row| !after.contains(row))).collect();
        assert!(changed.is_empty(), "a refused call changed {changed:#?}");
    });
}

async fn ask(actor: &Actor<'_>, line: &Line, things: &Things) -> Answer {
    match (line.input)(things) {
        Input::Open(path) => actor.get(&path).await,
        Input::Call(arguments) => {
            let (_, endpoint) = line.route.split_once("/rpc/").unwrap();
            actor.rpc(endpoint, arguments).await
        }
        Input::Token(path) => {
            // Each wrong secret uses another key, because repeated failures of one key are delayed.
            static KEY: AtomicU64 = AtomicU64::new(0);
            let form = format!("grant_type=client_credentials&client_id=x{}&client_secret=y", KEY.fetch_add(1, Ordering::Relaxed));
            actor.post(path, "application/x-www-form-urlencoded", form).await
        }
        Input::Upload(path) => actor.post(&path, "image/png", picture()).await,
        Input::Devices(path) => actor.post(path, "text/csv", "client,name\nclient_9,Sneaked in\n").await,
    }
}

/// The address at which a page of the table is opened.
fn path(line: &Line, things: &Things) -> String {
    match (line.input)(things) {
        Input::Open(path) => path,
        _ => String::new(),
    }
}

fn leads_to(answer: &Answer, address: &str) -> bool {
    answer.status.is_redirection() && answer.location() == address
}

/// What is wrong with an answer, if anything.
fn objection(line: &Line, path: &str, expected: Expected, answer: &Answer) -> Option<String> {
    let body = String::from_utf8_lossy(&answer.body);
    match expected {
        Expected::Is(status) if answer.status != status => Some(format!("{status} was expected")),
        Expected::Is(403) if !body.contains(line.needs) => Some(format!("“{}” is not named", line.needs)),
        Expected::Is(status) if status != 403 && body.contains("LeoArt Corp") => Some("it is refused, but tells about client_9".to_owned()),
        Expected::Own | Expected::Shown if !answer.status.is_success() => Some("it was expected to be shown".to_owned()),
        Expected::Own if body.contains("client_9\"") || body.contains("LeoArt Corp") => Some("it tells about client_9".to_owned()),
        Expected::SignIn if !leads_to(answer, &login_then(path)) => Some("it was expected to lead to the sign-in page and back".to_owned()),
        Expected::Home if !leads_to(answer, &home()) => Some("it was expected to lead to the start".to_owned()),
        Expected::OwnClient if !leads_to(answer, "/clients/client_8") => Some("it was expected to lead to the user's client".to_owned()),
        Expected::Page(status, text) if answer.status != status || !body.contains(text) => Some(format!("{status} and “{text}” were expected")),
        _ => None,
    }
}

/// Copies of a value, each with one of its texts replaced.
pub(crate) fn with_each_text(value: &Value, text: &str) -> Vec<Value> {
    match value {
        Value::String(_) => vec![text.into()],
        Value::Array(values) => {
            let changed = |(at, inner): (usize, &Value)| with_each_text(inner, text).into_iter().map(move |inner| (at, inner)).collect::<Vec<_>>();
            let at =
                |(at, inner)| values.iter().enumerate().map(|(other, old)| if other == at { Value::clone(&inner) } else { old.clone() }).collect();
            values.iter().enumerate().flat_map(changed).map(at).collect()
        }
        Value::Object(values) => {
            let changed = |(key, inner): (&String, &Value)| {
                let key = key.clone();
                with_each_text(inner, text).into_iter().map(move |inner| (key.clone(), inner)).collect::<Vec<_>>()
            };
            let with = |(key, inner)| {
                let mut values = values.clone();
                values.insert(key, inner);
                Value::Object(values)
            };
            values.iter().flat_map(changed).map(with).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn no_text_is_answered_by_a_server_error() {
    on_both_engines(async |app: &App| {
        let admin = app.partner_admin().await;
        let things = Things::of(&admin).await;
        let long = "x".repeat(5000);
        let mut wrong = Vec::new();
        for line in TABLE.iter().filter(|line| line.expected.iter().all(|expected| *expected != Expected::Apart)) {
            let mut answers = Vec::new();
            match (line.input)(&things) {
                Input::Call(arguments) => {
                    let (_, endpoint) = line.route.split_once("/rpc/").unwrap();
                    for text in ["a\0b", "\u{202e}\u{fffe}", &long] {
                        for arguments in with_each_text(&arguments, text) {
                            answers.push(admin.rpc(endpoint, arguments).await);
                        }
                    }
                }
                Input::Open(path) | Input::Upload(path) => {
                    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
                    for path in [format!("{parent}/a%00b"), format!("{parent}/%ED%A0%80"), format!("{path}?q=a%00b&name=%00&filter=%00&after=%00~1")]
                    {
                        answers.push(admin.get(&path).await);
                    }
                }
                Input::Token(path) => {
                    let form = "grant_type=client_credentials&client_id=%00&client_secret=%00";
                    answers.push(admin.post(path, "application/x-www-form-urlencoded", form).await);
                }
                Input::Devices(path) => answers.push(admin.post(path, "text/csv", "client,name\nclient_9\0,a\0b\nLeoArt\0,c\n").await),
            }
            wrong.extend(answers.into_iter().filter(|answer| answer.status.is_server_error()).map(|answer| format!("{}: {answer:?}", line.route)));
        }
        let sign_in = app.nobody().sign_in("a\0b", "x\0").await;
        assert!(sign_in.status.is_client_error(), "{sign_in:?}");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}
