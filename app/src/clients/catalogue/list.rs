//! Items in a table.

use domain::CatalogueItem;
use leptos::prelude::*;

use super::actions::Actions;
use crate::ui::{Badge, ButtonSize, Cell, Column, DataTable, Glyph, Menu, MenuButton, Row, RowHeader, or_dash};

/// A row for each item, with what can be done with it.
pub(super) fn item_table(caption: &str, items: Vec<CatalogueItem>, actions: Actions) -> AnyView {
    let columns = vec![Column::new("Name"), Column::new("Description"), Column::quiet("Actions")];
    let rows = items.into_iter().map(|item| row(item, actions)).collect_view();
    view! { <DataTable caption columns>{rows}</DataTable> }.into_any()
}

fn row(item: CatalogueItem, actions: Actions) -> impl IntoView {
    let (name, retired, description) = (item.name.clone(), item.retired, item.description.clone());
    view! {
        <Row>
            <RowHeader>
                <span class="row">{name}{retired.then(|| view! { <Badge text="Retired" /> })}</span>
            </RowHeader>
            <Cell label="Description">{or_dash(description)}</Cell>
            <Cell corner=true>{item_menu(item, actions)}</Cell>
        </Row>
    }
}

/// What can be done with an item.
pub(super) fn item_menu(item: CatalogueItem, actions: Actions) -> impl IntoView {
    let (verb, glyph) = if item.retired { ("Restore", Glyph::Refresh) } else { ("Retire", Glyph::Pause) };
    let (id, label) = (format!("item-{}", item.id), format!("Actions for {}", item.name));
    let item = StoredValue::new(item);
    let edit = move || item.with_value(|item| actions.edit.set(Some((item.kind, item.parent, Some(item.clone())))));
    let offer = move || actions.retire_or_restore.set(Some(item.get_value()));
    view! {
        <Menu id label size=ButtonSize::Small>
            <MenuButton label="Edit" icon=Glyph::Pencil disabled_because=actions.refused() on_click=edit />
            <MenuButton label=verb icon=glyph disabled_because=actions.refused() on_click=offer />
        </Menu>
    }
}
