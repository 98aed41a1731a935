//! Which columns a file may have, and one to begin with.

use domain::{DEVICE_COLUMNS, DeviceColumn};
use leptos::prelude::*;

use crate::{
    caller::use_caller,
    paths,
    ui::{ButtonLink, Cell, Column, DataTable, Glyph, Row, RowHeader, Section},
};

/// The explanation.
pub(super) fn columns() -> AnyView {
    let of_one_client = use_caller().client.is_some();
    // Whoever works in one client needn't name it.
    let wanted = move |column: &DeviceColumn| !(of_one_client && column.field == "client");
    let example = format!("data:text/csv;charset=utf-8,{}", paths::encoded(&DeviceColumn::example_file(wanted)));
    let row = |column: DeviceColumn| {
        let [example, _] = column.examples;
        view! {
            <Row>
                <RowHeader>{column.name}</RowHeader>
                <Cell label="Content">{column.about}</Cell>
                <Cell label="For example"><span class="mono">{example}</span></Cell>
            </Row>
        }
    };
    let rows = DEVICE_COLUMNS.iter().copied().filter(wanted).map(row).collect_view();
    let heads = ["Column", "Content", "For example"].map(Column::new).to_vec();
    let download = move || {
        view! { <ButtonLink href=example.clone() icon=Glyph::Download attr:download="devices.csv">"Download an example"</ButtonLink> }
    };
    let needed = if of_one_client { "A" } else { "The client and a" };
    let description = format!(
        "The first line names the columns, in any order; each line below is a device. {needed} name, a host name or an IP address is required. \
         Other columns are optional."
    );
    view! {
        <Section title="Columns" description actions=download>
            <DataTable caption="Columns" columns=heads>{rows}</DataTable>
        </Section>
    }
    .into_any()
}
