//! The measured server as a process: how fast it starts, what it takes.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::shell::Result;

/// Clock ticks a second in /proc, as on every Linux that we run on.
const TICKS_PER_SECOND: f64 = 100.0;

/// A running server. Dropped, it is gone.
pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
    pub(super) start: Duration,
}

impl Server {
    /// Starts the binary on a data directory and waits until it says that it listens.
    pub(super) fn start(binary: &Path, data: &Path) -> Result<Self> {
        let begun = Instant::now();
        let mut child = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "warn", "--api-rate-limit", "0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let said = child.stdout.take().ok_or("the server has no output")?;
        let address = BufReader::new(said)
            .lines()
            .map_while(std::result::Result::ok)
            .find_map(|line| line.rsplit_once("http://").filter(|_| line.starts_with("listening")).and_then(|(_, address)| address.parse().ok()))
            .ok_or("the server ended before it listened")?;
        Ok(Self { child, address, start: begun.elapsed() })
    }

    /// Seconds of processor time so far, in user and kernel.
    pub(super) fn cpu_seconds(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks: f64 = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
        ticks / TICKS_PER_SECOND
    }

    /// Resident memory in MB: all of it, and what is the process's own rather than pages of files.
    pub(super) fn memory(&self) -> (f64, f64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
        };
        (field("VmRSS:"), field("RssAnon:"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
