//! The cookies of signing in: the only place that knows how they are spelled.
//!
//! Both names begin with `__Host-`: browsers take such a cookie from this very host only, over a secure connection, for every path.

use http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, SET_COOKIE},
};

/// The session's token. It lives as long as the browser is open; on the server it expires earlier.
const SESSION: &str = "__Host-tenantry";
/// Why the last try to sign in was refused, on its way to the next page.
const REFUSAL: &str = "__Host-tenantry-refusal";

/// By what the browser is known from earlier sign-ins.
const BROWSER: &str = "__Host-tenantry-browser";

/// Starts, or renews, the session of this browser.
#[must_use]
pub fn set(token: &str) -> HeaderValue {
    written(SESSION, token, "")
}

/// Ends it.
#[must_use]
pub fn clear() -> HeaderValue {
    written(SESSION, "", "; Max-Age=0")
}

/// Whether an answer starts, renews or ends the session itself.
#[must_use]
pub fn is_set(headers: &HeaderMap) -> bool {
    let mut set = headers.get_all(SET_COOKIE).iter().filter_map(|header| header.to_str().ok()?.split_once('='));
    set.any(|(name, _)| name == SESSION)
}

/// The token that a request brings along.
#[must_use]
pub fn read(headers: &HeaderMap) -> Option<&str> {
    value(headers, SESSION)
}

/// Makes the browser known for as long as it is.
#[must_use]
pub(super) fn set_browser(token: &str) -> HeaderValue {
    written(BROWSER, token, &format!("; Max-Age={}", services::BROWSER_SECONDS))
}

/// What a request brings along to a sign-in.
#[must_use]
pub(super) fn read_browser(headers: &HeaderMap) -> services::Browser {
    services::Browser::new(read(headers), value(headers, BROWSER))
}

/// Keeps a refusal until the sign-in page is loaded again.
pub(super) fn set_refusal(text: &str) -> HeaderValue {
    written(REFUSAL, text, "; Max-Age=60")
}

/// Forgets it.
pub(super) fn clear_refusal() -> HeaderValue {
    written(REFUSAL, "", "; Max-Age=0")
}

/// The refusal that a request brings along.
pub(super) fn read_refusal(headers: &HeaderMap) -> Option<&str> {
    value(headers, REFUSAL)
}

fn written(name: &str, value: &str, more: &str) -> HeaderValue {
    let cookie = |value: &str| HeaderValue::try_from(format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{more}"));
    // A value that doesn't fit into a header is no value.
    cookie(value).or_else(|_| cookie("")).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok()).flat_map(|header| header.split(';'));
    let named = pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(found, _)| *found == name);
    named.map(|(_, value)| value).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_found_among_other_cookies() {
        for (header, token) in [
            ("theme=dark; __Host-tenantry=abc", Some("abc")),
            ("__Host-tenantry-refusal=x; __Host-tenantry=abc; a=b", Some("abc")),
            ("__Host-tenantry=", None),
            ("tenantry=abc", None),
        ] {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(header))]);
            assert_eq!(read(&headers), token, "{header}");
        }
    }

    #[test]
    fn a_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        assert_eq!(set("abc"), "__Host-tenantry=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
        assert_eq!(clear(), "__Host-tenantry=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
