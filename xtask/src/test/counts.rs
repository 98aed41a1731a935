//! Counting what passed and failed, by what the test programs themselves report.

use std::{
    io::{BufRead as _, BufReader},
    ops::AddAssign,
    process::{Command, Stdio},
};

use crate::shell::Result;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Counts {
    pub(crate) fn passed(passed: usize) -> Self {
        Self { passed, failed: 0 }
    }

    pub(crate) fn failure() -> Self {
        Self { passed: 0, failed: 1 }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Whose report is read.
#[derive(Clone, Copy)]
pub(crate) enum Report {
    Libtest,
    Playwright,
    Pytest,
}

impl Report {
    /// What one line of the report adds.
    fn counts(self, line: &str) -> Counts {
        match self {
            Self::Libtest => {
                let Some((_, numbers)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
                    return Counts::default();
                };
                let number = |word: &str| numbers.split("; ").find_map(|part| part.strip_suffix(word)?.trim().parse().ok());
                Counts { passed: number(" passed").unwrap_or(0), failed: number(" failed").unwrap_or(0) }
            }
            Self::Pytest => {
                // Its last line: `=== 1 failed, 9 passed in 3.14s ===`.
                let Some(numbers) = line.strip_prefix('=').and_then(|rest| rest.trim_matches(['=', ' ']).rsplit_once(" in ")) else {
                    return Counts::default();
                };
                let mut counts = Counts::default();
                for (number, word) in numbers.0.split(", ").filter_map(|part| part.split_once(' ')) {
                    let Ok(number) = number.parse::<usize>() else { continue };
                    match word {
                        "passed" => counts.passed += number,
                        "warning" | "warnings" | "deselected" => {}
                        // What was skipped hasn't passed, whatever the reason.
                        _ => counts.failed += number,
                    }
                }
                counts
            }
            Self::Playwright => {
                let Some((number, word)) = line.trim().split_once(' ') else { return Counts::default() };
                let Ok(number) = number.parse() else { return Counts::default() };
                match word.split(" (").next().unwrap_or_default() {
                    "passed" => Counts::passed(number),
                    // A test that passes only sometimes hasn't passed, and neither has one that was never reached.
                    "failed" | "flaky" | "interrupted" | "did not run" => Counts { passed: 0, failed: number },
                    _ => Counts::default(),
                }
            }
        }
    }
}

/// Runs a test program, shows what it prints, and counts.
pub(crate) fn stream(command: &mut Command, report: Report) -> Result<Counts> {
    let name = command.get_program().display().to_string();
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("`{name}` can't be started: {error}."))?;
    let mut counts = Counts::default();
    for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines()) {
        let line = line.map_err(|error| error.to_string())?;
        println!("{line}");
        counts += report.counts(&line);
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if !status.success() && counts.failed == 0 {
        println!("`{name}` ended before its time ({status}).");
        counts += Counts::failure();
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed_and_failed_are_counted_in_each_runner_s_report() {
        for (report, line, passed, failed) in [
            (Report::Libtest, "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s", 12, 0),
            (Report::Libtest, "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out", 3, 2),
            (Report::Libtest, "test clients::search ... ok", 0, 0),
            (Report::Playwright, "  41 passed (1.2m)", 41, 0),
            (Report::Playwright, "  2 failed", 0, 2),
            (Report::Playwright, "  3 did not run", 0, 3),
            (Report::Playwright, "  1 flaky", 0, 1),
            (Report::Playwright, "  4 skipped", 0, 0),
            (Report::Playwright, "Running 8 tests using 2 workers", 0, 0),
            (Report::Pytest, "================= 2 failed, 9 passed, 1 skipped, 3 warnings in 83.14s (0:01:23) =================", 9, 3),
            (Report::Pytest, "======== 1 error in 0.12s ========", 0, 1),
            (Report::Pytest, "test_opsramp.py ..F......                            [ 90%]", 0, 0),
            (Report::Pytest, "=========================== short test summary info ============================", 0, 0),
        ] {
            assert_eq!(report.counts(line), Counts { passed, failed }, "{line}");
        }
    }

    #[test]
    fn a_program_that_dies_without_a_report_has_failed() {
        assert_eq!(stream(&mut Command::new("false"), Report::Libtest).unwrap(), Counts::failure());
        assert_eq!(stream(&mut Command::new("true"), Report::Libtest).unwrap(), Counts::default());
    }
}
