//! The client's address. `X-Forwarded-For` is trusted only from configured proxies and read from the right, because entries further left come from
//! unknown senders.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use app::people::session::Channel;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use domain::Origin;
use http::{HeaderMap, header::USER_AGENT};
use ipnet::IpNet;

use crate::{config::Config, request_head::REQUEST_ID};

/// Longer descriptions of browsers are cut.
const MAX_USER_AGENT: usize = 200;

/// A proxy can send an id of its own; longer ones are cut.
const MAX_REQUEST_ID: usize = 100;

/// Puts the request's [`Origin`] and [`Channel`] among its extensions.
pub async fn origin(State(config): State<Arc<Config>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let ip = peer.and_then(|peer| client_address(peer, request.headers(), &config.trusted_proxies));
    let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let origin = Origin { ip, user_agent: user_agent.chars().take(MAX_USER_AGENT).collect(), request: id.chars().take(MAX_REQUEST_ID).collect() };
    // A request through a proxy came from elsewhere, even without a proxy header.
    let is_proxy = |peer: &IpAddr| config.trusted_proxies.iter().any(|network| network.contains(&peer.to_canonical()));
    let channel = peer.filter(|peer| !is_proxy(peer)).map_or(Channel::Secure, |peer| Channel::of(peer, request.headers()));
    request.extensions_mut().insert(origin);
    request.extensions_mut().insert(channel);
    next.run(request).await
}

/// The nearest address that isn't a trusted proxy's. `None` if a trusted proxy's entry can't be parsed, such as `unknown`: using the proxy's own
/// address instead would satisfy a restriction that allows the proxy.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|network| network.contains(&ip));
    let mut believed = peer.to_canonical();
    let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().collect();
    for hop in lines.into_iter().rev().flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b',')) {
        if !is_trusted(believed) {
            break;
        }
        believed = address(hop)?.to_canonical();
    }
    Some(believed)
}

/// A hop as proxies write it: an address, perhaps with a port.
fn address(hop: &[u8]) -> Option<IpAddr> {
    let hop = std::str::from_utf8(hop).ok()?.trim();
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    hop.parse().ok().or_else(bracketed).or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::network;

    const PROXY: &str = "127.0.0.1";

    /// Peer, lines of X-Forwarded-For, trusted proxies, the address that counts.
    type Case<'a> = (&'a str, &'a [&'a [u8]], &'a str, Option<&'a str>);

    #[test]
    fn only_configured_proxies_are_believed_and_only_from_the_right() {
        let cases: &[Case<'_>] = &[
            ("192.0.2.9", &[b"10.1.2.3"], "", Some("192.0.2.9")),
            ("127.0.0.1", &[b"10.1.2.3"], "", Some("127.0.0.1")),
            ("127.0.0.1", &[], PROXY, Some("127.0.0.1")),
            ("127.0.0.1", &[b"10.1.2.3"], PROXY, Some("10.1.2.3")),
            ("127.0.0.1", &[b"10.1.2.3, 203.0.113.7"], PROXY, Some("203.0.113.7")),
            ("127.0.0.1", &[b"6.6.6.6, 203.0.113.7, 10.0.0.1"], "127.0.0.1,10.0.0.0/8", Some("203.0.113.7")),
            ("127.0.0.1", &[b"10.0.0.2, 10.0.0.1"], "127.0.0.1,10.0.0.0/8", Some("10.0.0.2")),
            // Several header lines form one list.
            ("127.0.0.1", &[b"6.6.6.6", b"203.0.113.7"], PROXY, Some("203.0.113.7")),
            ("127.0.0.1", &[b"203.0.113.7", b"10.0.0.1"], "127.0.0.1,10.0.0.0/8", Some("203.0.113.7")),
            // Entries left of an untrusted hop are never read.
            ("127.0.0.1", &[b"\xff, 203.0.113.9"], PROXY, Some("203.0.113.9")),
            ("127.0.0.1", &[b"\xff", b"203.0.113.9"], PROXY, Some("203.0.113.9")),
            ("127.0.0.1", &[b"nonsense, 203.0.113.9"], PROXY, Some("203.0.113.9")),
            // Unparsable entries of a trusted proxy.
            ("127.0.0.1", &[b"203.0.113.9, \xff"], PROXY, None),
            ("127.0.0.1", &[b"203.0.113.9\xff"], PROXY, None),
            ("127.0.0.1", &[b"203.0.113.9", b"\xff"], PROXY, None),
            ("127.0.0.1", &[b"nonsense"], PROXY, None),
            ("127.0.0.1", &[b"10.1.2.3, unknown"], PROXY, None),
            ("127.0.0.1", &[b"10.1.2.3, _hidden"], PROXY, None),
            ("127.0.0.1", &[b""], PROXY, None),
            ("127.0.0.1", &[b"10.1.2.3,"], PROXY, None),
            ("127.0.0.1", &[b"10.1.2.3", b""], PROXY, None),
            ("127.0.0.1", &[b"203.0.113.9, nonsense, 10.0.0.1"], "127.0.0.1,10.0.0.0/8", None),
            ("127.0.0.1", &[b"999.1.1.1"], PROXY, None),
            // Ports, brackets and zones.
            ("::ffff:127.0.0.1", &[b"[2001:db8::1]:443"], PROXY, Some("2001:db8::1")),
            ("127.0.0.1", &[b"[2001:db8::1]"], PROXY, Some("2001:db8::1")),
            ("127.0.0.1", &[b"[::1]nonsense"], PROXY, None),
            ("127.0.0.1", &[b"[10.1.2.3]"], PROXY, None),
            ("127.0.0.1", &[b"10.1.2.3:5555"], PROXY, Some("10.1.2.3")),
            ("127.0.0.1", &[b"10.1.2.3:port"], PROXY, None),
            ("127.0.0.1", &[b"fe80::1%eth0"], PROXY, None),
            ("127.0.0.1", &[b"::ffff:10.1.2.3"], PROXY, Some("10.1.2.3")),
        ];
        for (peer, forwarded, trusted, expected) in cases {
            assert_eq!(found(peer, forwarded, trusted).map(|ip| ip.to_string()).as_deref(), *expected, "{:?}", forwarded);
        }
    }

    #[test]
    fn a_very_long_list_ends_with_whoever_the_proxy_saw() {
        let long = [b"198.51.100.1, ".repeat(20_000).as_slice(), b"203.0.113.9"].concat();
        assert_eq!(found("127.0.0.1", &[&long], PROXY), "203.0.113.9".parse().ok());
    }

    #[test]
    fn another_header_says_nothing() {
        let headers = HeaderMap::from_iter(
            [("forwarded", "for=203.0.113.9"), ("x-real-ip", "203.0.113.9")]
                .map(|(name, value)| (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))),
        );
        assert_eq!(client_address("127.0.0.1".parse().unwrap(), &headers, &[PROXY.parse::<IpAddr>().unwrap().into()]), "127.0.0.1".parse().ok());
    }

    fn found(peer: &str, forwarded: &[&[u8]], trusted: &str) -> Option<IpAddr> {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", http::HeaderValue::from_bytes(line).unwrap());
        }
        let trusted: Vec<IpNet> = trusted.split(',').filter(|part| !part.is_empty()).map(|part| network(part).unwrap()).collect();
        client_address(peer.parse().unwrap(), &headers, &trusted)
    }
}
