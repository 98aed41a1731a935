//! What came of a restore.

use domain::{ClientId, counted};

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Restored {
    /// How many of each kind are there again.
    came: Vec<(u64, &'static str, &'static str)>,
    /// What isn't, in words.
    pub(super) skipped: Vec<String>,
}

impl Restored {
    pub(super) fn came(&mut self, count: usize, one: &'static str, many: &'static str) {
        if count > 0 {
            self.came.push((count as u64, one, many));
        }
    }

    pub(super) fn skipped(&mut self, count: u64, one: &str, many: &str) {
        if count > 0 {
            self.skipped.push(counted(count, one, many));
        }
    }

    /// In sentences.
    pub(crate) fn sentence(&self, client: ClientId) -> String {
        let came: Vec<String> = self.came.iter().map(|(count, one, many)| counted(*count, one, many)).collect();
        let came = if came.is_empty() { String::new() } else { format!(" with {}", listed(&came)) };
        let skipped = if self.skipped.is_empty() { String::new() } else { format!(" Not restored: {}.", self.skipped.join(", ")) };
        format!("Created {client}{came}.{skipped}")
    }
}

pub(super) fn listed(parts: &[String]) -> String {
    match parts {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        parts => parts.join(""),
    }
}
