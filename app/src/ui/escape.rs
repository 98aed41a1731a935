//! Text within HTML that no view writes.

/// Text as HTML, also within an attribute. Views escape by themselves.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
