//! The name of the window.

use leptos::prelude::*;
use leptos_meta::Title;

use super::PRODUCT;

/// Names the window after its page. Pages use this one alone: `leptos_meta` writes a title into the server's HTML as it stands, where a name such as
/// `</title><meta …>` would become elements.
#[component]
pub fn WindowTitle(
    /// The name of the page.
    #[prop(into)]
    page: TextProp,
) -> impl IntoView {
    view! { <Title text=move || in_head(&format!("{} · {PRODUCT}", page.get())) /> }
}

/// On the server a title becomes HTML; a browser takes it as text.
fn in_head(title: &str) -> String {
    #[cfg(feature = "ssr")]
    return title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
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
