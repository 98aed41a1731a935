//! Reports: what their files say, whose rights count, and when they run.

mod file;
mod right;
mod schedule;
mod spreadsheet;

use std::sync::Arc;

use domain::{
    Caller, ClientDraft, ClientId, JobState, Report, ReportClients, ReportDraft, ReportId, ReportKind, ReportRun, ReportRunId, ReportRunQuery,
    ReportSelection, ScheduleDraft,
};
use services::{CountingIds, Files, Services, Store};

use crate::support::{World, client_draft};

/// All clients with all columns, in Berlin's time.
fn draft() -> ReportDraft {
    ReportDraft::new(ReportKind::TenantProfiles, &ReportSelection::new(ReportClients::All, ""), "Europe/Berlin")
}

/// A schedule in Berlin's time.
fn every(frequency: &str, on: &str, time: &str) -> ReportDraft {
    let schedule = ScheduleDraft {
        frequency: frequency.to_owned(),
        time: time.to_owned(),
        weekday: on.to_owned(),
        day: on.to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
    };
    ReportDraft { schedule, ..draft() }
}

/// A report, run to its end.
async fn report(world: &World, caller: &Caller, draft: ReportDraft) -> Report {
    let made = world.services.report_create(caller, ReportKind::TenantProfiles, draft).await.unwrap();
    finish(world).await;
    world.services.report_get(caller, made.row.id).await.unwrap()
}

/// Works until no job is left, also on those whose server died or that wait for another try.
async fn finish(world: &World) {
    world.clock.advance_seconds(31);
    while world.services.jobs_run(1000).await.unwrap() > 0 {}
}

async fn runs(world: &World, caller: &Caller, id: ReportId) -> Vec<ReportRun> {
    world.services.report_run_list(caller, id, &ReportRunQuery::default()).await.unwrap().rows
}

/// The latest run, and its state.
async fn latest(world: &World, caller: &Caller, id: ReportId) -> (ReportRun, JobState) {
    let run = world.services.report_get(caller, id).await.unwrap().row.last_run.unwrap();
    let state = run.state;
    (run, state)
}

/// The file of a run, byte for byte.
async fn file(world: &World, caller: &Caller, run: ReportRunId) -> Vec<u8> {
    let file = world.services.report_file(caller, run).await.unwrap();
    let mut bytes = Vec::new();
    for part in 0..file.parts {
        bytes.extend_from_slice(&world.services.report_file_part(caller, run, part).await.unwrap());
    }
    assert_eq!(bytes.len() as u64, file.bytes);
    bytes
}

/// The lines of a report's latest file, its titles first.
async fn lines(world: &World, caller: &Caller, report: &Report) -> Vec<Vec<String>> {
    let bytes = file(world, caller, report.row.last_run.as_ref().unwrap().id).await;
    let text = String::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cells of one column, without its title.
fn column<'a>(lines: &'a [Vec<String>], title: &str) -> Vec<&'a str> {
    let at = lines[0].iter().position(|cell| cell == title).unwrap();
    lines[1..].iter().map(|line| line[at].as_str()).collect()
}

/// Another server on the same database and files.
async fn other_server(world: &World) -> Services {
    let store = Store::open(&world.url).await.unwrap();
    Services::new(store, world.clock.clone(), Arc::new(CountingIds::default())).with_files(Files::local(&world.files).unwrap())
}

/// A client with a phone number and what else is typed.
async fn client(world: &World, admin: &Caller, details: ClientDraft) -> ClientId {
    world.services.client_create(admin, details).await.unwrap()
}

fn named(name: &str) -> ClientDraft {
    client_draft(name)
}
