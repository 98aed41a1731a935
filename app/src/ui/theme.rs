//! Light and dark.
//!
//! The choice is kept in a cookie, so that the server already sends the page in the right colours (`<html data-theme>`), and in the local storage,
//! whose events tell the other windows. Without a choice the system decides.
//!
//! Over HTTPS the cookie's name begins with `__Host-`, like those of the session, so that no other host of the domain can set it.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// The name of the cookie, and of the entry in the local storage.
pub const THEME_COOKIE: &str = "theme";
/// The name of the cookie over HTTPS.
const SECURE_COOKIE: &str = "__Host-theme";

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
        let named = |wanted: &str| {
            let mut pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value)
        };
        named(SECURE_COOKIE).or_else(|| named(THEME_COOKIE)).map_or(Self::Auto, Self::from_name)
    }

    /// The cookie that stores the choice for a year. It is `Lax`, since a link from elsewhere should open in the right colours too.
    #[cfg(any(feature = "hydrate", test))]
    fn cookie(self, is_https: bool) -> String {
        let (name, secure) = if is_https { (SECURE_COOKIE, "; secure") } else { (THEME_COOKIE, "") };
        format!("{name}={}; path=/; max-age=31536000; samesite=lax{secure}", self.name())
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
    let is_https = window().location().protocol().is_ok_and(|protocol| protocol == "https:");
    _ = js_sys::Reflect::set(&document(), &"cookie".into(), &theme.cookie(is_https).into());
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
        assert_eq!(Theme::from_cookies("theme=dark; __Host-theme=light"), Theme::Light, "no other host can have set it");
    }

    #[test]
    fn over_https_the_cookie_is_secure_and_of_this_host_alone() {
        assert_eq!(Theme::Dark.cookie(true), "__Host-theme=dark; path=/; max-age=31536000; samesite=lax; secure");
        assert_eq!(Theme::Dark.cookie(false), "theme=dark; path=/; max-age=31536000; samesite=lax");
    }
}
