//! Words of the document, as the page shows them.

use leptos::prelude::*;
use serde_json::Value;

/// A text of the document; nothing for what is none.
pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The id of what has a name: `Credential sets` is `credential-sets`.
pub(super) fn anchor(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

/// A description: what stands between backticks is code, what stands between stars is strong.
pub(super) fn prose(text: &str) -> AnyView {
    let mut rest = text;
    let mut parts = Vec::new();
    while let Some((before, mark, inside, after)) = marked(rest) {
        // An empty text would be shown as a space.
        parts.extend((!before.is_empty()).then(|| before.to_owned().into_any()));
        let inside = inside.to_owned();
        parts.push(if mark == '`' { view! { <code>{inside}</code> }.into_any() } else { view! { <strong>{inside}</strong> }.into_any() });
        rest = after;
    }
    parts.extend((!rest.is_empty()).then(|| rest.to_owned().into_any()));
    parts.collect_view().into_any()
}

/// The first part between two equal marks.
fn marked(text: &str) -> Option<(&str, char, &str, &str)> {
    let at = text.find(['`', '*'])?;
    let (before, rest) = text.split_at(at);
    let mark = rest.chars().next()?;
    let (inside, after) = rest.get(1..)?.split_once(mark)?;
    Some((before, mark, inside, after))
}

/// A value as one would write it.
pub(super) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// A document to read, which may be wider than the page.
pub(super) fn document(label: &'static str, value: &Value) -> AnyView {
    view! { <pre role="group" tabindex="0" aria-label=label>{pretty(value)}</pre> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_markup() {
        let html = prose("`a` and *b: c*, or 2 * 2").to_html().replace("<!>", "");
        assert_eq!(html, "<code>a</code> and <strong>b: c</strong>, or 2 * 2");
    }
}
