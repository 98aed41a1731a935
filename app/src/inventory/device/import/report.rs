//! What the server says of a file before it is imported.

use domain::{CsvRead, DeviceImportExisting, DeviceImportReport, ExistingDevices, Total, counted};
use leptos::prelude::*;

use super::{button::import_button, file::Import};
use crate::{
    forms::{CsvChoice, UNCERTAIN, csv_fields, faults_table},
    paths,
    ui::{Button, Cell, Choice, Column, DataTable, Notice, RadioGroup, Row, RowHeader, Tone},
};

/// Why a file with faults isn't imported.
const FAULTY: &str = "Nothing is imported while a row has errors. Correct the file and choose it again.";

/// What would become of the file.
pub(super) fn report(import: Import, report: DeviceImportReport) -> AnyView {
    if !report.file.is_empty() {
        let sentences = report.file.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
        return view! { <Notice tone=Tone::Danger title="This file can’t be imported">{sentences}</Notice>{reading(import, report.read)} }.into_any();
    }
    let devices = report.devices;
    if report.faulty_rows == 0 {
        let refused = (!report.is_faultless()).then_some(UNCERTAIN);
        let reading = reading(import, report.read.clone());
        let found = format!("{} at {} in the file.", counted(devices, "device", "devices"), counted(report.clients, "client", "clients"));
        let (new, there) = (devices.saturating_sub(report.existing), report.existing);
        let words = move || match ExistingDevices::from_key(&import.existing.get()) {
            Some(ExistingDevices::Skip) if there > 0 => format!("Import {}", counted(new, "new device", "new devices")),
            _ => format!("Import {}", counted(devices, "device", "devices")),
        };
        return view! {
            <Notice tone=Tone::Positive title=found><p>"All rows are valid."</p></Notice>
            {reading}
            {existing(import, report)}
            {import_button(import, words, refused)}
        }
        .into_any();
    }
    let title = format!(
        "{} of {} {} errors",
        Total::Exactly(report.faulty_rows),
        counted(devices, "row", "rows"),
        if report.faulty_rows == 1 { "has" } else { "have" }
    );
    let more = (report.more_faults > 0)
        .then(|| view! { <p class="muted">{format!("And {}.", counted(report.more_faults, "more error", "more errors"))}</p> });
    view! {
        <Notice tone=Tone::Danger title><p>{FAULTY}</p></Notice>
        {faults_table(report.faults)}
        {more}
        {reading(import, report.read)}
        {import_button(import, move || format!("Import {}", counted(devices, "device", "devices")), Some(FAULTY))}
    }
    .into_any()
}

/// Lists existing devices and lets the user choose what to do with them.
fn existing(import: Import, report: DeviceImportReport) -> Option<AnyView> {
    if report.existing == 0 {
        return None;
    }
    let title = format!("{} already there.", counted(report.existing, "device is", "devices are"));
    let options: Vec<Choice> = ExistingDevices::ALL.iter().map(|choice| Choice::new(choice.key(), choice.label())).collect();
    let columns = ["Line", "Existing device", "Same"].map(Column::new).to_vec();
    let more = report.existing.saturating_sub(report.first_existing.len() as u64);
    let more = (more > 0).then(|| view! { <p class="muted">{format!("And {}.", counted(more, "more device", "more devices"))}</p> });
    let row = |DeviceImportExisting { line, id, name, same }| {
        view! {
            <Row>
                <RowHeader>{format!("Line {line}")}</RowHeader>
                <Cell label="Existing device"><a href=paths::device(&id)>{name}</a></Cell>
                <Cell label="Same">{same.label()}</Cell>
            </Row>
        }
    };
    let rows = report.first_existing.into_iter().map(row).collect_view();
    let view = view! {
        <Notice tone=Tone::Warning title><p>"They have the same serial number, name or IP address at the same client."</p></Notice>
        <RadioGroup name="existing" label="Existing devices" value=import.existing options />
        <DataTable caption="Existing devices" columns>{rows}</DataTable>
        {more}
    };
    Some(view.into_any())
}

/// How the file was read, to be changed by hand.
fn reading(import: Import, read: Option<CsvRead>) -> AnyView {
    let choice = CsvChoice::of(read.as_ref(), import.reading.get_untracked());
    let busy = import.sending.sending.busy();
    let again = move || import.look_again(choice.reading_untracked());
    view! {
        {csv_fields(choice, read, busy, Callback::new(move |()| again()))}
        <div class="actions"><Button busy on_click=again>"Check again"</Button></div>
    }
    .into_any()
}
