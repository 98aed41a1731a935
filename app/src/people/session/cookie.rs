//! Names and attributes of the sign-in cookies.
//!
//! Browsers accept a `__Host-` cookie only from the host itself, over a secure connection and for every path. Safari accepts none over plain HTTP, not
//! even on `http://127.0.0.1`, so there, and only there, the cookies have no prefix.

use std::net::IpAddr;

use http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, HOST, ORIGIN, SET_COOKIE},
    uri::Authority,
};

/// The beginning of a cookie's name on a secure connection.
const HOST_PREFIX: &str = "__Host-";
/// The session's token. It lives as long as the browser is open; on the server it expires earlier.
const SESSION: &str = "tenantry";
/// Carries the reason why the last sign-in was refused to the next page.
const REFUSAL: &str = "tenantry-refusal";

/// The token that identifies the browser at later sign-ins.
const BROWSER: &str = "tenantry-browser";

/// Headers that a proxy adds. With any of them, the connection between browser and proxy is unknown.
const FORWARDED: [&str; 6] = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/// How a request reached this server, which decides its cookies' names and attributes. The server's middleware adds it to the request's extensions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Channel {
    /// By HTTPS, or a connection that should be: cookies are `Secure`, and only those are read.
    #[default]
    Secure,
    /// By plain HTTP from a browser on this machine: cookies are set without `Secure`.
    Loopback,
}

impl Channel {
    /// Decides by the connection's address. Headers can only make it stricter, except `Host`, which the browser sets itself: it shows the name of a foreign
    /// site that resolves to 127.0.0.1.
    #[must_use]
    pub fn of(peer: IpAddr, headers: &HeaderMap) -> Self {
        let forwarded = FORWARDED.iter().any(|name| headers.contains_key(*name));
        let from_https = headers.get(ORIGIN).is_some_and(|origin| origin.as_bytes().starts_with(b"https:"));
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).and_then(|host| host.parse::<Authority>().ok());
        let to_loopback = host.is_some_and(|host| is_loopback(host.host()));
        // Some local proxies pass a request on without a header that says so.
        let has_secure = cookies(headers).any(|(name, _)| name.strip_prefix(HOST_PREFIX).is_some_and(|name| name.starts_with(SESSION)));
        if peer.to_canonical().is_loopback() && to_loopback && !forwarded && !from_https && !has_secure { Self::Loopback } else { Self::Secure }
    }

    /// The cookie that starts or renews the browser's session.
    #[must_use]
    pub fn set_session(self, token: &str) -> HeaderValue {
        self.written(SESSION, token, "")
    }

    /// The cookies that end the session, under both names.
    #[must_use]
    pub fn clear_session() -> [HeaderValue; 2] {
        [Self::Secure, Self::Loopback].map(|channel| channel.written(SESSION, "", "; Max-Age=0"))
    }

    /// The session token of a request.
    #[must_use]
    pub fn session(self, headers: &HeaderMap) -> Option<&str> {
        self.value(SESSION, headers)
    }

    /// The cookie that identifies the browser at later sign-ins, for [`services::BROWSER_SECONDS`].
    #[must_use]
    pub fn set_browser(self, token: &str) -> HeaderValue {
        self.written(BROWSER, token, &format!("; Max-Age={}", services::BROWSER_SECONDS))
    }

    /// The browser's tokens for a sign-in.
    #[must_use]
    pub fn browser(self, headers: &HeaderMap) -> services::Browser {
        services::Browser::new(self.session(headers), self.value(BROWSER, headers))
    }

    /// The cookie that carries a refusal to the sign-in page.
    pub(super) fn set_refusal(self, text: &str) -> HeaderValue {
        self.written(REFUSAL, text, "; Max-Age=60")
    }

    /// The cookie that clears the refusal.
    pub(super) fn clear_refusal(self) -> HeaderValue {
        self.written(REFUSAL, "", "; Max-Age=0")
    }

    /// The refusal cookie of a request.
    #[must_use]
    pub fn refusal(self, headers: &HeaderMap) -> Option<&str> {
        self.value(REFUSAL, headers)
    }

    fn written(self, name: &str, value: &str, more: &str) -> HeaderValue {
        let (prefix, secure) = match self {
            Self::Secure => (HOST_PREFIX, " Secure;"),
            Self::Loopback => ("", ""),
        };
        let cookie = |value: &str| HeaderValue::try_from(format!("{prefix}{name}={value}; Path=/;{secure} HttpOnly; SameSite=Lax{more}"));
        // A value that isn't valid in a header becomes empty.
        cookie(value).or_else(|_| cookie("")).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    fn value<'a>(self, name: &str, headers: &'a HeaderMap) -> Option<&'a str> {
        let prefix = if self == Self::Secure { HOST_PREFIX } else { "" };
        let named = cookies(headers).find(|(found, _)| found.strip_prefix(prefix) == Some(name));
        named.map(|(_, value)| value).filter(|value| !value.is_empty())
    }
}

/// Whether a response sets or clears the session cookie.
#[must_use]
pub fn is_session_set(headers: &HeaderMap) -> bool {
    let mut set = headers.get_all(SET_COOKIE).iter().filter_map(|header| header.to_str().ok()?.split_once('='));
    set.any(|(name, _)| name.strip_prefix(HOST_PREFIX).unwrap_or(name) == SESSION)
}

/// The cookies of a request, by name.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let headers = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    headers.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// Whether a host is `localhost` or a loopback address. Other names don't count, even if they resolve to one.
fn is_loopback(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || address.parse().is_ok_and(|ip: IpAddr| ip.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn channel(peer: &str, host: &'static str, more: &[(&'static str, &'static str)]) -> Channel {
        let more = more.iter().map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Channel::of(peer.parse().unwrap(), &HeaderMap::from_iter(more.chain([(HOST, HeaderValue::from_static(host))])))
    }

    #[test]
    fn only_a_browser_on_this_machine_that_asks_for_this_machine_may_do_without_https() {
        for (peer, host) in [
            ("127.0.0.1", "127.0.0.1:3000"),
            ("127.0.0.1", "localhost:3000"),
            ("127.0.0.1", "LocalHost"),
            ("::1", "[::1]:3000"),
            ("::ffff:127.0.0.1", "127.1.2.3"),
        ] {
            assert_eq!(channel(peer, host, &[("origin", "http://127.0.0.1:3000")]), Channel::Loopback, "{peer} {host}");
        }
        for (peer, host) in [
            ("192.0.2.9", "127.0.0.1:3000"),
            ("192.0.2.9", "localhost"),
            ("127.0.0.1", "console.example"),
            ("127.0.0.1", "localhost.evil.example"),
            ("127.0.0.1", "127.0.0.1.evil.example"),
            ("127.0.0.1", "192.0.2.9:3000"),
            ("127.0.0.1", "0.0.0.0:3000"),
            ("127.0.0.1", ""),
            ("127.0.0.1", "[::1"),
        ] {
            assert_eq!(channel(peer, host, &[]), Channel::Secure, "{peer} {host}");
        }
        assert_eq!(Channel::of("127.0.0.1".parse().unwrap(), &HeaderMap::new()), Channel::Secure, "no host");
    }

    #[test]
    fn what_a_proxy_or_an_https_page_adds_asks_for_secure_cookies() {
        for header in [
            ("x-forwarded-for", "127.0.0.1"),
            ("x-forwarded-proto", "http"),
            ("x-forwarded-host", "localhost"),
            ("x-real-ip", "127.0.0.1"),
            ("forwarded", "for=127.0.0.1;proto=http"),
            ("via", "1.1 proxy"),
            ("origin", "https://localhost"),
            ("cookie", "a=b; __Host-tenantry=abc"),
            ("cookie", "__Host-tenantry-browser=abc"),
        ] {
            assert_eq!(channel("127.0.0.1", "localhost", &[header]), Channel::Secure, "{header:?}");
        }
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        for (header, secure, loopback) in [
            ("theme=dark; __Host-tenantry=abc", Some("abc"), None),
            ("__Host-tenantry-refusal=x; __Host-tenantry=abc; a=b", Some("abc"), None),
            ("tenantry=here; __Host-tenantry=abc", Some("abc"), Some("here")),
            ("__Host-tenantry=abc; tenantry=here", Some("abc"), Some("here")),
            ("tenantry=here", None, Some("here")),
            ("tenantry-refusal=x; __Host-=y; tenantry=", None, None),
            ("__Host-tenantry=", None, None),
        ] {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(header))]);
            assert_eq!(Channel::Secure.session(&headers), secure, "{header}");
            assert_eq!(Channel::Loopback.session(&headers), loopback, "{header}");
        }
    }

    #[test]
    fn a_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        assert_eq!(Channel::Secure.set_session("abc"), "__Host-tenantry=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
        assert_eq!(Channel::Loopback.set_session("abc"), "tenantry=abc; Path=/; HttpOnly; SameSite=Lax");
        let [secure, loopback] = Channel::clear_session();
        assert_eq!(secure, "__Host-tenantry=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
        assert_eq!(loopback, "tenantry=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
