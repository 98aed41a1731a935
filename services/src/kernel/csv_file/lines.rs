//! Line numbers as editors count them. The CSV reader's own positions begin before line breaks and empty lines.

use serde::{Deserialize, Serialize};

/// The line at the byte that was asked for last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lines {
    byte: usize,
    line: u64,
}

impl Default for Lines {
    fn default() -> Self {
        Self { byte: 0, line: 1 }
    }
}

impl Lines {
    /// The line at a byte. Bytes must be asked for in ascending order.
    pub(super) fn at(&mut self, text: &[u8], byte: usize) -> u64 {
        let rest = text.get(byte..).unwrap_or_default();
        let start = byte + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = text.get(self.byte..start).unwrap_or_default();
        // A line break is a line feed, or a carriage return without one.
        let follows = passed.iter().skip(1).map(Some).chain([None]);
        self.line += passed.iter().zip(follows).filter(|(byte, next)| **byte == b'\n' || (**byte == b'\r' && *next != Some(&b'\n'))).count() as u64;
        self.byte = start;
        self.line
    }
}
