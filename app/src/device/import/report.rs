//! What the server says of a file before it is imported.

use domain::{DeviceImportFault, DeviceImportReport, Total, counted};
use leptos::prelude::*;

use super::{file::Import, import_button};
use crate::ui::{Cell, Column, DataTable, Notice, Row, RowHeader, Tone, or_dash};

/// Why a file with faults isn't imported.
const FAULTY: &str = "Nothing is imported while a row has errors. Correct the file and choose it again.";

/// What would become of the file.
pub(super) fn report(import: Import, report: DeviceImportReport) -> AnyView {
    if !report.file.is_empty() {
        let sentences = report.file.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
        return view! { <Notice tone=Tone::Danger title="This file can’t be imported">{sentences}</Notice> }.into_any();
    }
    let devices = report.devices;
    if report.is_faultless() {
        let made = format!("{} at {} will be made.", counted(devices, "device", "devices"), counted(report.clients, "client", "clients"));
        return view! {
            <Notice tone=Tone::Positive title=made><p>"All rows are valid."</p></Notice>
            {import_button(import, devices, None)}
        }
        .into_any();
    }
    let title = format!(
        "{} of {} {} errors",
        Total::Exactly(report.faulty_rows),
        counted(devices, "row", "rows"),
        if report.faulty_rows == 1 { "has" } else { "have" }
    );
    let columns = ["Line", "Column", "Value", "Error"].map(Column::new).to_vec();
    let rows = report.faults.into_iter().map(row).collect_view();
    let more = (report.more_faults > 0)
        .then(|| view! { <p class="muted">{format!("And {}.", counted(report.more_faults, "more error", "more errors"))}</p> });
    view! {
        <Notice tone=Tone::Danger title><p>{FAULTY}</p></Notice>
        <DataTable caption="Errors" columns>{rows}</DataTable>
        {more}
        {import_button(import, devices, Some(FAULTY))}
    }
    .into_any()
}

fn row(DeviceImportFault { line, column, value, message }: DeviceImportFault) -> impl IntoView {
    view! {
        <Row>
            <RowHeader>{format!("Line {line}")}</RowHeader>
            <Cell label="Column">{or_dash(column)}</Cell>
            <Cell label="Value">{or_dash(value)}</Cell>
            <Cell label="Error">{message}</Cell>
        </Row>
    }
}
