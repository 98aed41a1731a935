//! What memory something takes at most.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use crate::{bench::process::Server, shell::Result};

/// How often memory is looked at.
const LOOKS_EVERY: Duration = Duration::from_millis(20);

/// By how many MB the server's own memory grows at most meanwhile.
pub(super) fn growth<T>(server: &Server, work: impl FnOnce() -> Result<T>) -> Result<(T, f64)> {
    let (before, over) = (server.memory().1, AtomicBool::new(false));
    thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut most = before;
            while !over.load(Ordering::Relaxed) {
                most = most.max(server.memory().1);
                thread::sleep(LOOKS_EVERY);
            }
            most
        });
        let done = work();
        over.store(true, Ordering::Relaxed);
        let most = watching.join().map_err(|_| "memory can't be watched")?;
        Ok((done?, most - before))
    })
}
