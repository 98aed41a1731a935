//! Others, who ask at their own pace while something long is done.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{
    bench::{http::Connection, process::Server, request::Request},
    shell::Result,
};

/// How often a request of each kind is due.
pub(super) const EVERY: Duration = Duration::from_millis(100);

/// What the requests of a kind waited, in order of length.
pub(super) struct Waits {
    times: Vec<Duration>,
    /// How many were refused, for example because the database was busy for too long.
    pub(super) refused: usize,
}

impl Waits {
    /// So many in a hundred waited no longer, in ms.
    pub(super) fn percentile(&self, share: usize) -> f64 {
        let at = (self.times.len() * share / 100).min(self.times.len().saturating_sub(1));
        self.times.get(at).copied().unwrap_or_default().as_secs_f64() * 1000.0
    }
}

/// Does something while others ask.
pub(super) fn during<T>(server: &Server, requests: &[Request], work: impl FnOnce() -> Result<T>) -> Result<(T, Vec<Waits>)> {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let asking: Vec<_> = requests.iter().map(|request| scope.spawn(|| ask(server, request, &over))).collect();
        let done = work();
        over.store(true, Ordering::Relaxed);
        let waits = asking.into_iter().map(|one| one.join().unwrap_or_else(|_| Err("a worker failed".to_owned())));
        let waits = waits.collect::<Result<Vec<_>>>();
        Ok((done?, waits?))
    })
}

/// Sends a request whenever it is due. One that is due while the answer before it is still missing waits from then on: others wouldn't wait for each other's answers.
fn ask(server: &Server, request: &Request, over: &AtomicBool) -> Result<Waits> {
    let mut connection = Connection::open(server.address, &request.credentials)?;
    let mut waits = Waits { times: Vec::new(), refused: 0 };
    let mut due = Instant::now();
    loop {
        let early = due.saturating_duration_since(Instant::now());
        if !early.is_zero() {
            if over.load(Ordering::Relaxed) {
                waits.times.sort_unstable();
                return Ok(waits);
            }
            thread::sleep(early);
        }
        let answer = (request.send)(&mut connection, waits.times.len())?;
        waits.times.push(due.elapsed());
        match answer.status {
            0..400 => {}
            // The database was busy for too long.
            408 | 503 => waits.refused += 1,
            status => return Err(format!("{} was answered {status}: {}", request.name, answer.text())),
        }
        due += EVERY;
    }
}
