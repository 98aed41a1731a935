//! What can be done with the items of a catalogue.

use domain::{CatalogueId, CatalogueItem, CatalogueKind};
use leptos::prelude::*;

/// What the editor is open for: the catalogue, a technology's service, and the item unless one is to be added.
pub(super) type Edited = (CatalogueKind, Option<CatalogueId>, Option<CatalogueItem>);

/// What can be done with the items of a page. All rows share it, so that there is one dialog for all of them.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    /// Opens the editor.
    pub(super) edit: RwSignal<Option<Edited>>,
    /// Asks whether the item is to be retired, or restored if it is retired.
    pub(super) retire_or_restore: RwSignal<Option<CatalogueItem>>,
    /// Why the caller can do none of it.
    refused: StoredValue<Option<String>>,
}

impl Actions {
    /// Nothing is open; `refused` says why the caller can do none of it.
    pub(super) fn new(refused: Option<String>) -> Self {
        Self { edit: RwSignal::new(None), retire_or_restore: RwSignal::new(None), refused: StoredValue::new(refused) }
    }

    /// Why the caller can do none of it.
    pub(super) fn refused(self) -> Option<String> {
        self.refused.get_value()
    }

    /// Opens the editor for a new item.
    pub(super) fn add(self, kind: CatalogueKind, parent: Option<CatalogueId>) {
        self.edit.set(Some((kind, parent, None)));
    }
}
