//! Where a request comes from. `X-Forwarded-For` is believed only from configured proxies, and read from its right end: whatever
//! stands further left was written by somebody we don't know.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use app::session::Channel;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use domain::Origin;
use http::{HeaderMap, header::USER_AGENT};
use ipnet::IpNet;

use crate::config::Config;

/// Longer descriptions of browsers are cut.
const MAX_USER_AGENT: usize = 200;

/// Puts the request's [`Origin`] and [`Channel`] among its extensions.
pub async fn origin(State(config): State<Arc<Config>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(Origin::default().ip, |info| info.0.ip());
    let ip = client_address(peer, request.headers(), &config.trusted_proxies);
    let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let origin = Origin { ip, user_agent: user_agent.chars().take(MAX_USER_AGENT).collect() };
    // Whatever a proxy passes on has come from elsewhere, whether it says so or not.
    let is_proxy = config.trusted_proxies.iter().any(|network| network.contains(&peer.to_canonical()));
    let channel = if is_proxy { Channel::Secure } else { Channel::of(peer, request.headers()) };
    request.extensions_mut().insert(origin);
    request.extensions_mut().insert(channel);
    next.run(request).await
}

fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|network| network.contains(&ip));
    let mut believed = peer.to_canonical();
    let forwarded: Vec<_> =
        headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    for hop in forwarded.into_iter().rev() {
        if !is_trusted(believed) {
            break;
        }
        let Some(ip) = address(hop) else { break };
        believed = ip.to_canonical();
    }
    believed
}

/// A hop as proxies write it: an address, perhaps with a port.
fn address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.strip_prefix('[').and_then(|hop| hop.split(']').next()).unwrap_or(hop);
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_configured_proxies_are_believed_and_only_from_the_right() {
        let cases = [
            // peer, X-Forwarded-For, trusted, expected
            ("192.0.2.9", "10.1.2.3", "", "192.0.2.9"),
            ("127.0.0.1", "10.1.2.3", "", "127.0.0.1"),
            ("127.0.0.1", "10.1.2.3", "127.0.0.1/32", "10.1.2.3"),
            ("127.0.0.1", "10.1.2.3, 203.0.113.7", "127.0.0.1/32", "203.0.113.7"),
            ("127.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.1", "127.0.0.1/32,10.0.0.0/8", "203.0.113.7"),
            ("127.0.0.1", "nonsense", "127.0.0.1/32", "127.0.0.1"),
            ("127.0.0.1", "10.1.2.3, nonsense", "127.0.0.1/32", "127.0.0.1"),
            ("::ffff:127.0.0.1", "[2001:db8::1]:443", "127.0.0.1/32", "2001:db8::1"),
            ("127.0.0.1", "10.1.2.3:5555", "127.0.0.1/32", "10.1.2.3"),
        ];
        for (peer, forwarded, trusted, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
            let trusted: Vec<IpNet> = trusted.split(',').filter(|part| !part.is_empty()).map(|part| part.parse().unwrap()).collect();
            assert_eq!(client_address(peer.parse().unwrap(), &headers, &trusted), expected.parse::<IpAddr>().unwrap(), "{forwarded}");
        }
    }
}
