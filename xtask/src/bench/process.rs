//! The measured server as a process: how fast it starts, what it and its database take.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use super::console::Console;
use crate::shell::Result;

/// Clock ticks a second in /proc, as on every Linux that we run on.
const TICKS_PER_SECOND: f64 = 100.0;

/// A running server. Dropped, it is gone.
pub(super) struct Server {
    child: Child,
    database: Option<u32>,
    pub(super) address: SocketAddr,
    pub(super) start: Duration,
}

impl Server {
    /// Starts the server and waits until it says that it listens.
    pub(super) fn start(console: &Console) -> Result<Self> {
        let begun = Instant::now();
        let mut command = console.command(&["serve", "--listen", "127.0.0.1:0", "--api-rate-limit", "0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
        let said = child.stdout.take().ok_or("the server has no output")?;
        let address = BufReader::new(said)
            .lines()
            .map_while(std::result::Result::ok)
            .find_map(|line| line.rsplit_once("http://").filter(|_| line.starts_with("listening")).and_then(|(_, address)| address.parse().ok()))
            .ok_or("the server ended before it listened")?;
        Ok(Self { child, database: console.database(), address, start: begun.elapsed() })
    }

    /// Seconds of processor time so far, in user and kernel, of the server and of all processes of its database.
    pub(super) fn cpu_seconds(&self) -> f64 {
        (ticks_of_family(self.child.id()) + self.database.map_or(0.0, ticks_of_family)) / TICKS_PER_SECOND
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

/// The processor time of a process, of its children, and of those that have ended: PostgreSQL has a process for each connection and each parallel worker.
fn ticks_of_family(parent: u32) -> f64 {
    let processes = fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let children = processes.map(stat).filter(|stat| stat.get(PARENT) == Some(&f64::from(parent)));
    let alive: f64 = children.map(|stat| ticks(&stat, OWN)).sum();
    alive + ticks(&stat(parent), OWN_AND_ENDED_CHILDREN)
}

/// Where /proc/PID/stat has the parent's id, counted behind the name and the state.
const PARENT: usize = 0;
/// The process's own time, in user and kernel.
const OWN: std::ops::Range<usize> = 10..12;
/// The same, and that of children which have ended.
const OWN_AND_ENDED_CHILDREN: std::ops::Range<usize> = 10..14;

/// The numbers of /proc/PID/stat; none where the process has ended.
fn stat(process: u32) -> Vec<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let behind_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    behind_name.split_whitespace().skip(1).map(|number| number.parse().unwrap_or_default()).collect()
}

fn ticks(stat: &[f64], fields: std::ops::Range<usize>) -> f64 {
    stat.get(fields).unwrap_or_default().iter().sum()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_child_that_has_ended_still_counts() {
        let before = ticks_of_family(std::process::id());
        let busy = Command::new("sh").args(["-c", "i=0; while [ $i -lt 500000 ]; do i=$((i + 1)); done"]).status().unwrap();
        assert!(busy.success());
        assert!(ticks_of_family(std::process::id()) >= before + 5.0);
    }

    #[test]
    fn a_child_that_works_counts() {
        let before = ticks_of_family(std::process::id());
        let mut busy = Command::new("sh").args(["-c", "while :; do :; done"]).spawn().unwrap();
        let own = || ticks(&stat(busy.id()), OWN);
        while own() < 5.0 {
            std::thread::sleep(Duration::from_millis(10));
        }
        let after = ticks_of_family(std::process::id());
        busy.kill().unwrap();
        busy.wait().unwrap();
        assert!(after >= before + 5.0);
    }
}
