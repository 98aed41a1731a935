//! A bounded load: so many requests over a few connections, and what they cost.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use super::{
    http::{Answer, Connection},
    process::Server,
};
use crate::shell::Result;

/// Connections at a time: enough to keep a small machine busy, few enough to measure answers and not queues.
const CONNECTIONS: usize = 2;

/// What a load cost.
pub(super) struct Cost {
    requests_per_second: f64,
    p50: Duration,
    p99: Duration,
    cpu_ms: f64,
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        write!(f, "{:>8.0} {:>9.2} {:>9.2} {:>9.3}", self.requests_per_second, ms(self.p50), ms(self.p99), self.cpu_ms)
    }
}

/// The head of the table that [`Cost`] fills.
pub(super) const HEAD: &str = "requests/s    p50 ms    p99 ms  cpu ms/request";

/// Sends `count` requests, each made by `request` from its number. An answer that is no success ends the measuring.
pub(super) fn load(
    server: &Server,
    credentials: &str,
    count: usize,
    request: impl Fn(&mut Connection, usize) -> Result<Answer> + Sync,
) -> Result<Cost> {
    let next = AtomicUsize::new(0);
    let worker = || -> Result<Vec<Duration>> {
        let mut connection = Connection::open(server.address, credentials)?;
        let mut times = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(times);
            }
            let begun = Instant::now();
            let answer = request(&mut connection, number)?;
            times.push(begun.elapsed());
            if answer.status >= 400 {
                return Err(format!("request {number} was answered {}: {}", answer.status, answer.text().chars().take(300).collect::<String>()));
            }
        }
    };
    let (cpu, begun) = (server.cpu_seconds(), Instant::now());
    let outcomes: Vec<Result<Vec<Duration>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err("a worker failed".to_owned()))).collect()
    });
    let (seconds, cpu) = (begun.elapsed().as_secs_f64(), server.cpu_seconds() - cpu);
    let mut times = outcomes.into_iter().collect::<Result<Vec<_>>>()?.concat();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let done = f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX)).max(1.0);
    Ok(Cost { requests_per_second: done / seconds, p50: at(50), p99: at(99), cpu_ms: cpu * 1000.0 / done })
}
