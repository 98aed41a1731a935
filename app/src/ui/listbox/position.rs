//! Where the list opens, and scrolling in it.

use leptos::{html, prelude::*};

/// The preferred height of the list, in pixels.
#[cfg(feature = "hydrate")]
const HEIGHT: f64 = 260.0;

/// Whether there is more room above the box than below, between the window's sticky bars.
pub(super) fn has_more_room_above(input: NodeRef<html::Input>) -> bool {
    #[cfg(feature = "hydrate")]
    if let Some(input) = input.get_untracked() {
        let edge = |selector: &str| document().query_selector(selector).ok().flatten().map(|bar| bar.get_bounding_client_rect());
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let top = edge(".topbar").map_or(0.0, |bar| bar.bottom());
        let bottom = edge(".form-bar").map_or(height, |bar| bar.top().min(height));
        let rect = input.get_bounding_client_rect();
        let below = bottom - rect.bottom();
        return below < HEIGHT && rect.top() - top > below;
    }
    let _ = input;
    false
}

/// Scrolls the list so that an option is seen.
pub(super) fn reveal(option: Option<String>) {
    let Some(id) = option else { return };
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            #[cfg(feature = "hydrate")]
            {
                let nearest = web_sys::ScrollIntoViewOptions::new();
                nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
                element.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
            #[cfg(not(feature = "hydrate"))]
            element.scroll_into_view();
        }
    });
}
