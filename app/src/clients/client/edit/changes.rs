//! What differs between two states of a client, as a table.

use domain::{Catalogues, Change, ClientDraft, changes};
use leptos::prelude::*;

use crate::ui::{Cell, Column, DataTable, Row, RowHeader};

/// Each changed field with its value before and after.
pub(super) fn change_table(caption: &'static str, before: &ClientDraft, after: &ClientDraft, catalogues: &Catalogues) -> AnyView {
    comparison(caption, ["Before", "After"], [before, after], catalogues)
}

/// A table of the fields in which two states differ, with a column for each state.
pub(in crate::clients::client) fn comparison(
    caption: &'static str,
    names: [&'static str; 2],
    [before, after]: [&ClientDraft; 2],
    catalogues: &Catalogues,
) -> AnyView {
    let changes = changes(before, after, catalogues);
    if changes.is_empty() {
        return view! { <p class="muted">"Nothing is changed."</p> }.into_any();
    }
    let row = |Change { label, before, after, .. }: Change| {
        view! {
            <Row>
                <RowHeader>{label}</RowHeader>
                <Cell label=names[0]><del>{or_dash(before)}</del></Cell>
                <Cell label=names[1]><ins>{or_dash(after)}</ins></Cell>
            </Row>
        }
    };
    let rows = changes.into_iter().map(row).collect_view();
    let columns = vec![Column::new("Field"), Column::new(names[0]), Column::new(names[1])];
    view! {
        <div class="change-table">
            <DataTable caption columns>{rows}</DataTable>
        </div>
    }
    .into_any()
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "—".to_owned() } else { text }
}
