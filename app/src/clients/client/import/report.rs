//! What the server says of a file before it is imported.

use domain::{ClientImportReport, Total, counted};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{file::Import, reading::Reading};
use crate::{
    forms::{UNCERTAIN, faults_table, replacing},
    leaving::job::use_jobs,
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Glyph, Notice, Section, Tone},
};

/// Why a file with faults isn't imported.
const FAULTY: &str = "Nothing is imported while a row has errors. Correct the file and choose it again.";

/// Why a file isn't imported whose reading was changed since it was checked.
const CHANGED: &str = "Check the file again first.";

/// What would become of the file.
pub(super) fn report(import: Import, report: ClientImportReport, reading: Reading) -> AnyView {
    let clients = counted(report.clients, "client", "clients");
    let is_guess = report.read.as_ref().is_some_and(|read| read.is_guess);
    let refused = match (report.file.is_empty(), report.faulty_rows, is_guess) {
        (true, 0, false) => None,
        (true, 0, true) => Some(UNCERTAIN),
        _ => Some(FAULTY),
    };
    let verdict = if !report.file.is_empty() {
        let sentences = report.file.iter().map(|sentence| view! { <p>{sentence.clone()}</p> }).collect_view();
        view! { <Notice tone=Tone::Danger title="This file can’t be imported yet">{sentences}</Notice> }.into_any()
    } else if report.faulty_rows > 0 {
        faulty(report)
    } else {
        view! { <Notice tone=Tone::Positive title=format!("{clients} in the file.")><p>"All rows are valid."</p></Notice> }.into_any()
    };
    view! { <Section title="Preview">{verdict}{import_button(import, reading, clients, refused)}</Section> }.into_any()
}

/// The faulty rows: the first ones, and a file of all.
fn faulty(report: ClientImportReport) -> AnyView {
    let verb = if report.faulty_rows == 1 { "has" } else { "have" };
    let title = format!("{} of {} {verb} errors", Total::Exactly(report.faulty_rows), counted(report.clients, "row", "rows"));
    let all = report.faults.len() as u64 + report.more_faults;
    let more = (report.more_faults > 0)
        .then(|| view! { <p class="muted">{format!("And {}.", counted(report.more_faults, "more error", "more errors"))}</p> });
    let href = paths::client_import_faults(&report.id);
    let download = format!("Download {}", counted(all, "error", "errors"));
    view! {
        <Notice tone=Tone::Danger title><p>{FAULTY}</p></Notice>
        {faults_table(report.faults)}
        {more}
        <div class="actions"><ButtonLink href icon=Glyph::Download attr:download="errors.csv">{download}</ButtonLink></div>
    }
    .into_any()
}

/// The button that imports, or why it can't be used. It leads to the job.
fn import_button(import: Import, reading: Reading, clients: String, refused: Option<&'static str>) -> AnyView {
    let (navigate, jobs) = (use_navigate(), use_jobs());
    let start = move || {
        let navigate = navigate.clone();
        import.start(move |job| {
            jobs.listen();
            navigate(&paths::job(job), replacing());
        });
    };
    let disabled_because = Signal::derive(move || refused.or_else(|| reading.is_changed().then_some(CHANGED)).map(ToOwned::to_owned));
    view! {
        <div class="actions">
            <Button variant=ButtonVariant::Primary icon=Glyph::Upload busy=import.sending.sending.busy() disabled_because on_click=start>
                {format!("Import {clients}")}
            </Button>
        </div>
    }
    .into_any()
}
