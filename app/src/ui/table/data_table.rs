//! Tables of records: sorted by links, paged by links, and on a phone a card for each row.

use leptos::prelude::*;

use super::{hidden::hidden, opening::open_row};
use crate::ui::{Glyph, Icon, given};

/// The direction in which a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDirection {
    /// A to Z, small to large, old to new.
    Ascending,
    /// The other way round.
    Descending,
}

/// A column of a [`DataTable`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    label: String,
    href: Option<String>,
    sorted: Option<SortDirection>,
    quiet: bool,
    number: bool,
}

impl Column {
    /// A column with a heading.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A column whose heading is only read out: tick boxes, row menus.
    pub fn quiet(label: impl Into<String>) -> Self {
        Self { quiet: true, ..Self::new(label) }
    }

    /// The heading becomes a link to the list sorted by this column (the other way round, if it is already).
    #[must_use]
    pub fn sortable(mut self, href: impl Into<String>, sorted: Option<SortDirection>) -> Self {
        self.href = Some(href.into());
        self.sorted = sorted;
        self
    }

    /// Aligned to the right.
    #[must_use]
    pub const fn number(mut self) -> Self {
        self.number = true;
        self
    }
}

/// A table. Its children are [`Row`]s of [`RowHeader`] and [`Cell`]s.
///
/// The roles say once more what the elements mean, because browsers forget it when a table is laid out as cards.
#[component]
pub fn DataTable(
    /// What it lists; read out only.
    #[prop(into)]
    caption: String,
    /// The columns.
    columns: Vec<Column>,
    /// The rows are being fetched anew.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let columns = columns.into_iter().map(header).collect_view();
    view! {
        <div class="table-frame">
            <table class="table" role="table" aria-busy=move || busy.get().then_some("true")>
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup"><tr role="row">{columns}</tr></thead>
                <tbody role="rowgroup" on:click=open_row>{children()}</tbody>
            </table>
        </div>
    }
}

fn header(column: Column) -> impl IntoView {
    let Column { label, href, sorted, quiet, number } = column;
    let (order, glyph) = match sorted {
        Some(SortDirection::Ascending) => (Some("ascending"), Glyph::ArrowUp),
        Some(SortDirection::Descending) => (Some("descending"), Glyph::ArrowDown),
        None => (None, Glyph::ChevronsUpDown),
    };
    let (sortable, hidden) = (href.is_some(), hidden(&label));
    let content = match href {
        Some(href) => view! { <a class="sort" href=href>{label}<Icon glyph /></a> }.into_any(),
        None if quiet => view! { <span class="visually-hidden">{label}</span> }.into_any(),
        None => label.into_any(),
    };
    view! {
        <th
            scope="col"
            role="columnheader"
            aria-sort=order
            data-sortable=sortable.then_some("")
            data-number=number.then_some("")
            data-hidden=move || hidden.get()
        >
            {content}
        </th>
    }
}

/// A row.
#[component]
pub fn Row(
    /// It is ticked.
    #[prop(optional, into)]
    selected: Signal<bool>,
    /// Its cells.
    children: Children,
) -> impl IntoView {
    view! { <tr role="row" data-selected=move || selected.get().then_some("")>{children()}</tr> }
}

/// The cell that names the row; on a phone the heading of the card.
#[component]
pub fn RowHeader(
    /// The name, usually a link.
    children: Children,
) -> impl IntoView {
    view! { <th scope="row" role="rowheader">{children()}</th> }
}

/// A cell.
#[component]
pub fn Cell(
    /// The column's heading, repeated on a phone. Empty for tick boxes and row menus.
    #[prop(optional, into)]
    label: String,
    /// Aligned to the right.
    #[prop(optional)]
    number: bool,
    /// On a phone it stands in the corner of the card: tick box and row menu.
    #[prop(optional)]
    corner: bool,
    /// A phone's row goes without it.
    #[prop(optional)]
    secondary: bool,
    /// The value.
    children: Children,
) -> impl IntoView {
    let hidden = hidden(&label);
    view! {
        <td
            role="cell"
            data-hidden=move || hidden.get()
            data-label=given(label)
            data-number=number.then_some("")
            data-corner=corner.then_some("")
            data-secondary=secondary.then_some("")
        >
            {children()}
        </td>
    }
}
