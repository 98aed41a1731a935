//! The window's title.

use leptos::prelude::*;
use leptos_meta::Title;

use super::PRODUCT;

/// Sets the window's title. Pages must use this instead of `leptos_meta`, which doesn't escape: a name such as `</title><meta …>` would become elements.
#[component]
pub fn WindowTitle(
    /// The name of the page.
    #[prop(into)]
    page: TextProp,
) -> impl IntoView {
    view! { <Title text=move || in_head(&format!("{} · {PRODUCT}", page.get())) /> }
}

/// Escapes the title on the server, where it becomes HTML; the browser sets it as text.
fn in_head(title: &str) -> String {
    #[cfg(feature = "ssr")]
    return super::escaped(title);
    #[cfg(not(feature = "ssr"))]
    return title.to_owned();
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_the_title_is_text() {
        assert_eq!(in_head("</title><meta http-equiv=refresh> & Co"), "&lt;/title&gt;&lt;meta http-equiv=refresh&gt; &amp; Co");
    }
}
