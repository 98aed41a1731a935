//! The addresses of the frame, of signing in, and of what belongs to no list.

use domain::{CatalogueKind, ImageId, Keyed, ListFilter, Query, SignInStep, UserId};

/// Where one starts.
#[must_use]
pub fn home() -> String {
    "/".to_owned()
}

/// A file of the page, by its name in the build's manifest.
#[must_use]
pub fn asset(name: &str) -> String {
    format!("/assets/{name}")
}

/// The icon of the window.
#[must_use]
pub fn favicon() -> String {
    "/favicon.svg".to_owned()
}

/// Sign in.
#[must_use]
pub fn login() -> String {
    "/login".to_owned()
}

/// Sign in, and then go on to an address of ours.
#[must_use]
pub fn login_then(next: &str) -> String {
    format!("/login?next={}", encoded(next))
}

/// The page for a step of signing in that comes after the password, and then an address of ours.
#[must_use]
pub fn second_factor(step: SignInStep, next: &str) -> String {
    let page = match step {
        SignInStep::Prove => "/second-factor",
        SignInStep::SetUp => "/second-factor/set-up",
    };
    format!("{page}?next={}", encoded(next))
}

/// Checks whether the browser kept the cookie of a sign-in attempt, then leads to `next`, or back to the sign-in page.
#[must_use]
pub fn cookie_check(next: &str) -> String {
    format!("{COOKIE_CHECK}?next={}", encoded(next))
}

/// The path of [`cookie_check`].
pub const COOKIE_CHECK: &str = "/cookie-check";

/// As [`login_then`], with a message that the browser blocks cookies.
#[cfg(feature = "ssr")]
#[must_use]
pub fn login_without_cookie(next: &str) -> String {
    format!("{}&{NO_COOKIE}", login_then(next))
}

/// Whether an address was made by [`login_without_cookie`].
#[cfg(feature = "ssr")]
pub(crate) fn is_login_without_cookie(address: &http::Uri) -> bool {
    address.query().is_some_and(|query| query.split('&').any(|part| part == NO_COOKIE))
}

/// A flag, not a message, because anybody can put it into a link.
#[cfg(feature = "ssr")]
const NO_COOKIE: &str = "cookie=none";

/// An address to go on to, if it is one of ours; home otherwise. Browsers take `//` and `/\\` for the start of another host's address and
/// drop tabs and line breaks, so nothing but visible ASCII is let through.
#[must_use]
pub fn own(address: &str) -> String {
    let ours =
        address.starts_with('/') && !address.starts_with("//") && !address.contains('\\') && address.bytes().all(|byte| byte.is_ascii_graphic());
    if ours { address.to_owned() } else { home() }
}

/// The first administrator's page, by the token of the one-time link.
#[must_use]
pub fn setup(token: &str) -> String {
    format!("/setup/{token}")
}

/// Password, sessions.
#[must_use]
pub fn account() -> String {
    "/account".to_owned()
}

/// Below which all catalogues are. No page by itself.
pub(crate) const CATALOGUES: &str = "/catalogues";

/// A catalogue.
#[must_use]
pub fn catalogue(kind: CatalogueKind) -> String {
    format!("{CATALOGUES}/{}", kind.key())
}

/// The partner's own settings.
#[must_use]
pub fn settings() -> String {
    "/settings".to_owned()
}

/// Where the API is explained and tried. No page of the console: a link to it loads it.
#[must_use]
pub fn api_docs() -> String {
    "/api/docs".to_owned()
}

/// Where images are sent to.
#[must_use]
pub fn images() -> String {
    "/images".to_owned()
}

/// Where a user's picture is sent to.
#[must_use]
pub fn user_pictures(id: UserId) -> String {
    format!("/images/users/{id}")
}

/// A user's picture. A new picture has a new address, so that caches don't show the old one.
#[must_use]
pub fn user_picture(id: UserId, picture: &ImageId) -> String {
    format!("/images/users/{id}?picture={picture}")
}

/// An image.
#[must_use]
pub fn image(id: &ImageId) -> String {
    format!("/images/{id}")
}

/// The address of a list.
pub(super) fn listed<S: Keyed + Default, F: ListFilter>(path: &str, query: &Query<S, F>) -> String {
    match query.to_address() {
        plain if plain.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// Percent-encoded for a part of a query.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_addresses_are_gone_on_to() {
        for ours in ["/", "/clients?page=2", "/clients/client_8"] {
            assert_eq!(own(ours), ours);
        }
        for other in ["", "clients", "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", "/cl\u{ef}ents"] {
            assert_eq!(own(other), "/", "{other:?}");
        }
    }
}
