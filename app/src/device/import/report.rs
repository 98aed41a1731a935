//! What the server says of a file before it is imported.

use domain::{DeviceImportFault, DeviceImportReport, Total};
use leptos::prelude::*;

use super::{file::Import, import_button};
use crate::{
    directory::times,
    ui::{Cell, Column, DataTable, Notice, Row, RowHeader, Tone, or_dash},
};

/// Why a file with faults isn't imported.
const FAULTY: &str = "Nothing is imported as long as a row is wrong. Correct the file and choose it again.";

/// What would become of the file.
pub(super) fn report(import: Import, report: DeviceImportReport) -> AnyView {
    if !report.file.is_empty() {
        let sentences = report.file.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
        return view! { <Notice tone=Tone::Danger title="This file can’t be imported">{sentences}</Notice> }.into_any();
    }
    let devices = report.devices;
    if report.is_faultless() {
        let made = format!("{} at {} will be made.", times(devices, "device", "devices"), times(report.clients, "client", "clients"));
        return view! {
            <Notice tone=Tone::Positive title=made><p>"Every row is right."</p></Notice>
            {import_button(import, devices, None)}
        }
        .into_any();
    }
    let (wrong, all) = (times(report.faulty_rows, "row", "rows"), Total::Exactly(devices));
    let verb = if report.faulty_rows == 1 { "is" } else { "are" };
    let columns = ["Line", "Column", "Value", "What is wrong"].map(Column::new).to_vec();
    let rows = report.faults.into_iter().map(row).collect_view();
    let more =
        (report.more_faults > 0).then(|| view! { <p class="muted">{format!("And {}.", times(report.more_faults, "more fault", "more faults"))}</p> });
    view! {
        <Notice tone=Tone::Danger title=format!("{wrong} of {all} {verb} wrong")><p>{FAULTY}</p></Notice>
        <DataTable caption="What is wrong" columns>{rows}</DataTable>
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
            <Cell label="What is wrong">{message}</Cell>
        </Row>
    }
}
