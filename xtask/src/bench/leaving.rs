//! What long work costs: a termination, and what others wait meanwhile, a report and an import.

mod import;
mod memory;
mod others;
mod report;
mod termination;

use super::subject::Subject;
use crate::shell::Result;

/// As many clients as a file can have.
const MOST_IMPORTED: u64 = 100_000;

/// Measures one console after the other: what works for so long would slow the other one down. Each run leaves its clients behind.
pub(super) fn measure(subjects: &[Subject], size: u64) -> Result<()> {
    for subject in subjects {
        println!("\n{}", subject.console.engine.name());
        termination::measure(subject, size)?;
        report::measure(subject)?;
        import::measure(subject, (size / 10).min(MOST_IMPORTED))?;
    }
    Ok(())
}
