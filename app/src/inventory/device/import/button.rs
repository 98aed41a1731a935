//! The button that starts the import.

use leptos::prelude::*;

use super::file::Import;
use crate::ui::{Button, ButtonVariant, Glyph};

/// The button that imports, or why it can't be used.
pub(super) fn import_button(import: Import, words: impl Fn() -> String + Send + 'static, refused: Option<&'static str>) -> AnyView {
    let disabled_because = refused.map(ToOwned::to_owned);
    view! {
        <div class="actions">
            <Button
                variant=ButtonVariant::Primary
                icon=Glyph::Upload
                busy=import.sending.sending.busy()
                disabled_because
                on_click=move || import.import()
            >
                {words}
            </Button>
        </div>
    }
    .into_any()
}
