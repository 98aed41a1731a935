//! Files of rows as spreadsheets save them: how one is read, and what is wrong in it (docs/spec/clients.md, "Files").

use serde::{Deserialize, Serialize};

use crate::choice::choice;

/// How many faults a report lists; the rest are only counted.
pub const MAX_LISTED_FAULTS: usize = 100;

choice!(
    /// How a file's bytes stand for letters.
    TextEncoding {
        /// The usual one.
        Utf8 = "utf-8", "UTF-8";
        /// Two bytes a letter, the lower first: "Unicode text" of spreadsheets.
        Utf16Le = "utf-16le", "UTF-16 little endian";
        /// Two bytes a letter, the higher first.
        Utf16Be = "utf-16be", "UTF-16 big endian";
        /// One byte a letter, for Western European languages.
        Windows1252 = "windows-1252", "Windows-1252";
    }
);

choice!(
    /// What stands between the cells of a row.
    CellSeparator {
        /// `,`
        Comma = "comma", "Comma";
        /// `;`, where the comma separates decimals.
        Semicolon = "semicolon", "Semicolon";
        /// A tab.
        Tab = "tab", "Tab";
    }
);

impl CellSeparator {
    /// The character.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// The encoding and separator that the user chose; each that is `None` is recognized from the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CsvReading {
    /// How its bytes stand for letters.
    pub encoding: Option<TextEncoding>,
    /// What separates its cells.
    pub separator: Option<CellSeparator>,
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvRead {
    /// How its bytes stand for letters.
    pub encoding: TextEncoding,
    /// Whether it begins with a byte order mark.
    pub has_mark: bool,
    /// Whether the encoding is a guess that a person must confirm: another one would be possible.
    pub is_guess: bool,
    /// What separates its cells.
    pub separator: CellSeparator,
    /// Where the encoding is a guess: some cells with letters by which a person can tell.
    pub samples: Vec<String>,
}

impl CsvRead {
    /// The encoding as people read it.
    #[must_use]
    pub fn encoding_words(&self) -> String {
        let label = self.encoding.label();
        if self.has_mark { format!("{label} with byte order mark") } else { label.to_owned() }
    }
}

/// A cell that is wrong, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvFault {
    /// The line of the file on which its row begins, counted from 1.
    pub line: u64,
    /// The column; empty if it is about the whole row.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why that is wrong, and what would be right.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_told_with_its_mark() {
        let read = CsvRead { encoding: TextEncoding::Utf16Le, has_mark: true, is_guess: false, separator: CellSeparator::Tab, samples: Vec::new() };
        assert_eq!(read.encoding_words(), "UTF-16 little endian with byte order mark");
        assert_eq!(CsvRead { has_mark: false, encoding: TextEncoding::Utf8, ..read }.encoding_words(), "UTF-8");
    }
}
