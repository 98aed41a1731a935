//! Limits open connections, in total and per address, because file descriptors are limited. When the limit is reached, the connection that has waited
//! longest for a whole request is closed, so that connections that are idle, or send slowly, keep nobody out.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use domain::customer_network;
use ipnet::IpNet;
use tokio::sync::Notify;

/// One address gets at most this part of all connections.
const SHARE: usize = 4;

/// Requests are answered sooner (see `MAX_TIME` in [`crate::router`]), so a connection that is busy for longer has a peer that doesn't read.
const SLOW: Duration = Duration::from_secs(60);

/// The connections of a server.
#[derive(Clone)]
pub struct Connections {
    limit: usize,
    /// Trusted proxies, which have no share because many people come through each.
    proxies: Arc<[IpNet]>,
    open: Arc<Mutex<Open>>,
}

#[derive(Default)]
struct Open {
    last: u64,
    connections: BTreeMap<u64, Connection>,
}

struct Connection {
    /// None for a trusted proxy.
    address: Option<IpAddr>,
    requests: usize,
    /// When it last became busy or idle.
    since: Instant,
    close: Arc<Notify>,
}

/// The slot of an open connection, freed when dropped.
pub struct Place {
    id: u64,
    open: Arc<Mutex<Open>>,
    close: Arc<Notify>,
    was_of_use: AtomicBool,
}

/// A request; dropped when the answer is sent. Its connection is busy from when it has arrived whole.
pub struct InFlight {
    place: Arc<Place>,
    has_arrived: AtomicBool,
}

impl Connections {
    /// Admits at most `limit` connections at a time, and from each address that isn't a trusted proxy's at most a quarter of them.
    #[must_use]
    pub fn new(limit: usize, proxies: &[IpNet]) -> Self {
        Self { limit: limit.max(1), proxies: proxies.into(), open: Arc::default() }
    }

    /// Admits a new connection, closing an idle one if needed. `None` if there is no room and none can be closed.
    #[must_use]
    pub fn admit(&self, peer: IpAddr) -> Option<Arc<Place>> {
        let peer = peer.to_canonical();
        let address = (!self.proxies.iter().any(|proxy| proxy.contains(&peer))).then(|| customer_network(peer));
        let mut open = lock(&self.open);
        let share = self.limit.div_ceil(SHARE);
        let is_own = |connection: &Connection| connection.address == address;
        if address.is_some() && open.connections.values().filter(|connection| is_own(connection)).count() >= share {
            open.close_one(is_own)?;
        }
        if open.connections.len() >= self.limit {
            open.close_one(|_| true)?;
        }
        open.last += 1;
        let (id, close) = (open.last, Arc::new(Notify::new()));
        open.connections.insert(id, Connection { address, requests: 0, since: Instant::now(), close: close.clone() });
        Some(Arc::new(Place { id, open: self.open.clone(), close, was_of_use: AtomicBool::new(false) }))
    }
}

impl Open {
    /// Closes the connection that has been idle longest; if none is idle, the one whose peer has been too slow to read for longest.
    fn close_one(&mut self, may: impl Fn(&Connection) -> bool) -> Option<()> {
        let idle_or_slow = |connection: &Connection| connection.requests == 0 || connection.since.elapsed() > SLOW;
        let candidates = self.connections.iter().filter(|(_, connection)| may(connection) && idle_or_slow(connection));
        let id = candidates.min_by_key(|(_, connection)| (connection.requests > 0, connection.since)).map(|(id, _)| *id)?;
        let connection = self.connections.remove(&id)?;
        connection.close.notify_one();
        Some(())
    }
}

impl Place {
    /// Resolves when the connection must be closed for another one.
    pub async fn closed(&self) {
        self.close.notified().await;
    }

    /// Whether any request has begun on the connection.
    #[must_use]
    pub fn was_of_use(&self) -> bool {
        self.was_of_use.load(Ordering::Relaxed)
    }

    /// Starts a request on the connection.
    #[must_use]
    pub fn request(self: &Arc<Self>) -> InFlight {
        self.was_of_use.store(true, Ordering::Relaxed);
        InFlight { place: self.clone(), has_arrived: AtomicBool::new(false) }
    }

    fn count(&self, change: impl FnOnce(usize) -> usize) {
        if let Some(connection) = lock(&self.open).connections.get_mut(&self.id) {
            let was_idle = connection.requests == 0;
            connection.requests = change(connection.requests);
            if was_idle != (connection.requests == 0) {
                connection.since = Instant::now();
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.open).connections.remove(&self.id);
    }
}

impl InFlight {
    /// Makes the connection busy: the request has arrived whole, or is answered although it hasn't. Whether it was busy before.
    pub fn has_arrived(&self) -> bool {
        let before = self.has_arrived.swap(true, Ordering::Relaxed);
        if !before {
            self.place.count(|requests| requests + 1);
        }
        before
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        if *self.has_arrived.get_mut() {
            self.place.count(|requests| requests.saturating_sub(1));
        }
    }
}

fn lock(open: &Mutex<Open>) -> MutexGuard<'_, Open> {
    // Nothing panics while the lock is held.
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn is_closed(place: &Arc<Place>) -> bool {
        place.closed().now_or_never().is_some()
    }

    fn busy(place: &Arc<Place>) -> InFlight {
        let request = place.request();
        request.has_arrived();
        request
    }

    #[test]
    fn a_request_that_has_not_arrived_whole_keeps_no_place() {
        let connections = Connections::new(1, &[]);
        let slow = connections.admit(ip("192.0.2.1")).unwrap();
        let request = slow.request();
        let next = connections.admit(ip("192.0.2.2")).unwrap();
        assert!(is_closed(&slow));
        drop(request);
        let _busy = busy(&next);
        assert!(connections.admit(ip("192.0.2.3")).is_none());
    }

    #[test]
    fn an_address_has_its_share_and_its_oldest_idle_connection_gives_way() {
        let connections = Connections::new(8, &[]);
        let places: Vec<_> = (0..3).map(|_| connections.admit(ip("192.0.2.1")).unwrap()).collect();
        assert_eq!(places.iter().map(is_closed).collect::<Vec<_>>(), [true, false, false]);
        let busy: Vec<_> = places.iter().skip(1).map(busy).collect();
        assert!(connections.admit(ip("192.0.2.1")).is_none(), "both are being answered");
        assert!(connections.admit(ip("192.0.2.2")).is_some(), "another address has its own share");
        drop(busy);
        assert!(connections.admit(ip("192.0.2.1")).is_some());
    }

    #[test]
    fn all_together_have_no_more_than_the_limit() {
        let connections = Connections::new(4, &["10.0.0.0/8".parse().unwrap()]);
        let places: Vec<_> = (1..=4).map(|last| connections.admit(ip(&format!("192.0.2.{last}"))).unwrap()).collect();
        let busy: Vec<_> = places.iter().map(busy).collect();
        assert!(connections.admit(ip("192.0.2.5")).is_none() && connections.admit(ip("10.0.0.1")).is_none());
        drop(busy);
        let proxied: Vec<_> = (0..4).map(|_| connections.admit(ip("10.0.0.1")).unwrap()).collect();
        assert!(places.iter().all(is_closed));
        assert!(!proxied.iter().any(is_closed), "a proxy has no share");
    }

    #[test]
    fn a_closed_connection_leaves_its_place() {
        let connections = Connections::new(1, &[]);
        let first = connections.admit(ip("192.0.2.1")).unwrap();
        let busy = busy(&first);
        assert!(connections.admit(ip("192.0.2.2")).is_none());
        drop((first, busy));
        assert!(connections.admit(ip("192.0.2.2")).is_some());
    }

    #[test]
    fn neighbours_of_an_ipv6_network_count_as_one() {
        let connections = Connections::new(4, &[]);
        let first = connections.admit(ip("2001:db8::1")).unwrap();
        let _next = connections.admit(ip("2001:db8:0:1::1")).unwrap();
        assert!(is_closed(&first), "one customer has both");
    }
}
