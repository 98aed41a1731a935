//! How fast `clients/minimal` hands out all clients, beside SQLite itself: its own shell, writing the same rows as JSON from the same file.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use super::{request::api, subject::Subject};
use crate::{
    setup::apt,
    shell::{Result, find, run},
};

/// The same rows in the same order: written so that SQLite merges the two states along the index, where it would sort an `IN`.
const ROWS: &str = "SELECT 'client_' || id AS uniqueId, name FROM ( \
    SELECT id, name, name_key FROM clients WHERE partner_id = 1 AND status = 'active' UNION ALL \
    SELECT id, name, name_key FROM clients WHERE partner_id = 1 AND status = 'suspended' ORDER BY name_key, id)";

/// Prints rows per second of each console, and how that compares with SQLite's shell.
pub(super) fn print(subjects: &[Subject]) -> Result<()> {
    println!("\nclients/minimal, one at a time, median of three");
    let mut shell = None;
    for subject in subjects {
        let (rate, rows) = served(subject)?;
        if let Some(file) = subject.console.file() {
            // What the shell takes to start is none of its rows.
            shell = Some(rows / (seconds_of_shell(&file, "-json", ROWS)? - seconds_of_shell(&file, "-json", "SELECT 1")?));
        }
        let compared = shell.map_or(String::new(), |shell| format!(", {:.2} of sqlite3's", rate / shell));
        println!("  {:<10} {rate:>9.0} rows/s{compared}", subject.console.engine.name());
    }
    if let Some(shell) = shell {
        println!("  {:<10} {shell:>9.0} rows/s", "sqlite3");
    }
    Ok(())
}

/// Rows per second, and rows in all.
fn served(subject: &Subject) -> Result<(f64, f64)> {
    let mut connection = subject.connect(&subject.bearer()?)?;
    let mut rows = 0;
    let seconds = median(|| {
        let answer = connection.get(&api("clients/minimal"), "")?;
        rows = answer.text().matches("\"uniqueId\"").count();
        Ok(())
    })?;
    let rows = f64::from(u32::try_from(rows).unwrap_or(u32::MAX));
    Ok((rows / seconds, rows))
}

/// How long SQLite's shell takes to write what a query finds, in some format.
pub(super) fn seconds_of_shell(file: &Path, format: &str, sql: &str) -> Result<f64> {
    let sqlite = apt::ensure("SQLite's shell", &["sqlite3"], || find("sqlite3"))?;
    median(|| run(Command::new(&sqlite).args(["-readonly", format]).arg(file).arg(sql).stdout(Stdio::null())))
}

/// How many seconds something takes: the median of three.
fn median(mut work: impl FnMut() -> Result<()>) -> Result<f64> {
    let mut timed = || {
        let begun = Instant::now();
        work().map(|()| begun.elapsed().as_secs_f64())
    };
    let mut times = [timed()?, timed()?, timed()?];
    times.sort_by(f64::total_cmp);
    Ok(times[1])
}
