//! Light and dark.
//!
//! The choice is kept in a cookie, so that the server already sends the page in the right colours (`<html data-theme>`), and in the local storage,
//! whose events tell the other windows. Without a choice the system decides.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// The name of the cookie, and of the entry in the local storage.
pub const THEME_COOKIE: &str = "theme";

/// Which colours the page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The word in cookie, storage and `data-theme`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name; anything unknown is `Auto`.
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// The choice in a request's `Cookie` header.
    pub fn from_cookies(header: &str) -> Self {
        let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
        let theme = pairs.into_iter().find(|(name, _)| *name == THEME_COOKIE);
        theme.map_or(Self::Auto, |(_, value)| Self::from_name(value))
    }
}

/// Makes [`ThemeSwitch`] start from what the request chose; once, at the root of the page. On the server the argument comes from
/// [`Theme::from_cookies`] and belongs into `<html data-theme=theme.name()>` as well; the browser reads that attribute with [`page_theme`].
pub fn provide_theme(theme: Theme) {
    provide_context(RwSignal::new(theme));
}

/// The theme that the server gave to the page. Only in the browser.
pub fn page_theme() -> Theme {
    let root = document().document_element();
    Theme::from_name(&root.and_then(|root| root.get_attribute("data-theme")).unwrap_or_default())
}

/// Auto, light or dark.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let theme = use_context::<RwSignal<Theme>>().unwrap_or_else(|| RwSignal::new(Theme::Auto));
    #[cfg(feature = "hydrate")]
    follow_other_windows(theme);
    let option = move |mine: Theme, label: &'static str, glyph: Glyph| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="theme"
                    value=mine.name()
                    checked=theme.get_untracked() == mine
                    prop:checked=move || theme.get() == mine
                    on:change=move |_| { theme.set(mine); remember(mine) }
                />
                <Icon glyph />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segments" data-needs-script="">
            <legend class="visually-hidden">"Colours"</legend>
            {option(Theme::Auto, "Auto", Glyph::Settings)}
            {option(Theme::Light, "Light", Glyph::Sun)}
            {option(Theme::Dark, "Dark", Glyph::Moon)}
        </fieldset>
    }
}

#[cfg(not(feature = "hydrate"))]
fn remember(_: Theme) {}

#[cfg(feature = "hydrate")]
fn remember(theme: Theme) {
    apply(theme);
    // A year; Lax, since a link from elsewhere should open in the right colours too.
    let cookie = format!("{THEME_COOKIE}={}; path=/; max-age=31536000; samesite=lax", theme.name());
    _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
    if let Ok(Some(storage)) = window().local_storage() {
        _ = storage.set_item(THEME_COOKIE, theme.name());
    }
}

#[cfg(feature = "hydrate")]
fn apply(theme: Theme) {
    if let Some(root) = document().document_element() {
        _ = root.set_attribute("data-theme", theme.name());
    }
}

#[cfg(feature = "hydrate")]
fn follow_other_windows(theme: RwSignal<Theme>) {
    let listener = window_event_listener_untyped("storage", move |_| {
        let stored = window().local_storage().ok().flatten().and_then(|storage| storage.get_item(THEME_COOKIE).ok().flatten());
        if let Some(stored) = stored {
            let chosen = Theme::from_name(&stored);
            theme.set(chosen);
            apply(chosen);
        }
    });
    on_cleanup(move || listener.remove());
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn the_cookie_is_found_among_others() {
        for (header, theme) in [("", Theme::Auto), ("a=b; theme=dark", Theme::Dark), ("theme=light;x=1", Theme::Light), ("theme=pink", Theme::Auto)] {
            assert_eq!(Theme::from_cookies(header), theme);
        }
    }
}
