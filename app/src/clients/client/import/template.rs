//! Which columns a file may have, and one to begin with.

use domain::{CLIENT_COLUMNS, ClientColumn};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{ButtonLink, Cell, Column, DataTable, Glyph, Row, RowHeader, Section, or_dash},
};

/// The explanation.
pub(super) fn template() -> AnyView {
    let file = format!("data:text/csv;charset=utf-8,{}", paths::encoded(&format!("\u{feff}{}", ClientColumn::template())));
    let row = |column: &'static ClientColumn| {
        let [example, _] = column.examples;
        view! {
            <Row>
                <RowHeader>{column.name}</RowHeader>
                <Cell label="Needed">{if column.is_required { "Yes" } else { "No" }}</Cell>
                <Cell label="Content">{column.about}</Cell>
                <Cell label="For example"><span class="mono">{or_dash(example.to_owned())}</span></Cell>
            </Row>
        }
    };
    let rows = CLIENT_COLUMNS.iter().map(row).collect_view();
    let heads = ["Column", "Needed", "Content", "For example"].map(Column::new).to_vec();
    let download =
        move || view! { <ButtonLink href=file.clone() icon=Glyph::Download attr:download="clients.csv">"Download a template"</ButtonLink> };
    let description =
        "The first line names the columns, in any order; each line below is a client. No two clients have the same name or external ID.";
    view! {
        <Section title="Columns" description actions=download>
            <DataTable caption="Columns" columns=heads>{rows}</DataTable>
        </Section>
    }
    .into_any()
}
