//! A bounded load: so many requests over a few connections, and what they cost.

use std::{
    fmt,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use super::{
    http::Connection,
    process::Server,
    request::{Request, Times},
};
use crate::shell::Result;

/// Connections at a time: enough to keep a small machine busy, few enough to measure answers and not queues.
const CONNECTIONS: usize = 2;

/// Requests at most; enough for a 99th percentile that means something.
const REQUESTS: usize = 4_000;

/// No more requests are sent after this time, where their number isn't given.
const TIME: Duration = Duration::from_secs(4);

/// What a load cost.
pub(super) struct Cost {
    cpu_ms: f64,
    p50: Duration,
    p99: Duration,
    requests_per_second: f64,
}

impl Cost {
    /// The head of the columns that it fills.
    pub(super) const HEAD: &str = "   CPU ms    p50 ms    p99 ms    req/s";
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        write!(f, "{:>9.3} {:>9.2} {:>9.2} {:>8.0}", self.cpu_ms, ms(self.p50), ms(self.p99), self.requests_per_second)
    }
}

/// Sends a request as often as it says. An answer that is no success is an error.
pub(super) fn load(server: &Server, request: &Request) -> Result<Cost> {
    match request.times {
        Times::Many => {
            send(server, request, CONNECTIONS, REQUESTS / 10, TIME / 10)?;
            send(server, request, CONNECTIONS, REQUESTS, TIME)
        }
        Times::Exactly(count) => send(server, request, CONNECTIONS, count, Duration::MAX),
        Times::InTurn(count) => send(server, request, 1, count, Duration::MAX),
    }
}

fn send(server: &Server, request: &Request, connections: usize, count: usize, time: Duration) -> Result<Cost> {
    let (cpu, begun, next) = (server.cpu_seconds(), Instant::now(), AtomicUsize::new(0));
    let worker = || -> Result<Vec<Duration>> {
        let mut connection = Connection::open(server.address, &request.credentials)?;
        let mut times = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count || begun.elapsed() >= time {
                return Ok(times);
            }
            let sent = Instant::now();
            let answer = (request.send)(&mut connection, number)?;
            times.push(sent.elapsed());
            if answer.status >= 400 {
                return Err(format!("request {number} was answered {}: {}", answer.status, answer.text().chars().take(300).collect::<String>()));
            }
        }
    };
    let outcomes: Vec<Result<Vec<Duration>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..connections).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err("a worker failed".to_owned()))).collect()
    });
    let (seconds, cpu) = (begun.elapsed().as_secs_f64(), server.cpu_seconds() - cpu);
    let mut times = outcomes.into_iter().collect::<Result<Vec<_>>>()?.concat();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let done = f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX)).max(1.0);
    Ok(Cost { cpu_ms: cpu * 1000.0 / done, p50: at(50), p99: at(99), requests_per_second: done / seconds })
}
