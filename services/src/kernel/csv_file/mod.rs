//! Files of rows as spreadsheets save them: recognizes their encoding and separator, and reads them row by row (docs/spec/clients.md, "Files").

mod encoding;
mod lines;
mod separator;
mod written;

use std::io::Cursor;

use bytes::Bytes;
use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use domain::{CsvRead, CsvReading};
use serde::{Deserialize, Serialize};

use encoding::Decoded;
use lines::Lines;
pub(crate) use written::csv_line;

/// How many cells show a guessed encoding.
const SAMPLES: usize = 5;

/// A file whose letters and cells can be told apart.
#[derive(Clone, Debug)]
pub(crate) struct CsvFile {
    text: Bytes,
    /// Where the headings begin.
    start: usize,
    /// How it was read.
    pub(crate) read: CsvRead,
}

/// A row of a file.
#[derive(Debug)]
pub(crate) struct CsvRow {
    /// The line on which it begins, counted from 1 as editors do.
    pub(crate) line: u64,
    /// Without the white space around them.
    pub(crate) cells: StringRecord,
}

/// A place between two rows of a file, at which reading can go on later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CsvPlace {
    byte: usize,
    lines: Lines,
}

/// The rows of a file, one after the other, without those whose cells are all empty.
pub(crate) struct CsvRows {
    reader: Reader<Cursor<Bytes>>,
    text: Bytes,
    /// Where the reader began.
    start: usize,
    lines: Lines,
}

impl CsvFile {
    /// Recognizes what `reading` doesn't say.
    ///
    /// # Errors
    /// A sentence for a file that is empty, of another kind, or not in the encoding that was chosen.
    pub(crate) fn open(file: &[u8], reading: CsvReading) -> Result<Self, String> {
        let Decoded { text, encoding, has_mark, is_guess } = encoding::decoded(file, reading.encoding)?;
        if text.trim().is_empty() {
            return Err("The file is empty.".to_owned());
        }
        let (told, start) = separator::told(&text)?;
        let separator = reading.separator.or(told).unwrap_or_else(|| separator::recognized(text.get(start..).unwrap_or_default()));
        let samples = if is_guess { samples(&text) } else { Vec::new() };
        Ok(Self { text: text.into(), start, read: CsvRead { encoding, has_mark, is_guess, separator, samples } })
    }

    /// The headings, and the place behind them.
    ///
    /// # Errors
    /// A sentence for headings that can't be read.
    pub(crate) fn headings(&self) -> Result<(StringRecord, CsvPlace), String> {
        let mut rows = self.rows(CsvPlace { byte: self.start, lines: Lines::default() });
        let headings = rows.next().transpose()?.map(|row| row.cells).unwrap_or_default();
        Ok((headings, rows.place()))
    }

    /// The rows from a place on.
    pub(crate) fn rows(&self, from: CsvPlace) -> CsvRows {
        let start = from.byte.min(self.text.len());
        let mut builder = ReaderBuilder::new();
        builder.delimiter(self.read.separator.byte()).has_headers(false).flexible(true).trim(Trim::All);
        CsvRows { reader: builder.from_reader(Cursor::new(self.text.slice(start..))), text: self.text.clone(), start, lines: from.lines }
    }
}

impl CsvRows {
    /// The place behind the row that was read last.
    pub(crate) fn place(&self) -> CsvPlace {
        CsvPlace { byte: self.start + at(self.reader.position().byte()), lines: self.lines }
    }
}

impl Iterator for CsvRows {
    type Item = Result<CsvRow, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut cells = StringRecord::new();
        loop {
            match self.reader.read_record(&mut cells) {
                Ok(false) => return None,
                // Spreadsheets write cleared rows as lines of separators.
                Ok(true) if cells.iter().all(str::is_empty) => {}
                Ok(true) => {
                    let byte = self.start + cells.position().map_or(0, |position| at(position.byte()));
                    return Some(Ok(CsvRow { line: self.lines.at(&self.text, byte), cells }));
                }
                Err(error) => return Some(Err(error.to_string())),
            }
        }
    }
}

/// Cells by whose letters a person can tell whether the encoding is right; the first ones if all letters are plain.
fn samples(text: &str) -> Vec<String> {
    let cells = || text.split(['\r', '\n', '"', ',', ';', '\t']).map(str::trim).filter(|cell| !cell.is_empty());
    let mut found: Vec<&str> = cells().filter(|cell| !cell.is_ascii()).take(SAMPLES).collect();
    if found.is_empty() {
        found = cells().take(SAMPLES).collect();
    }
    found.iter().map(|cell| cell.chars().take(60).collect()).collect()
}

fn at(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use domain::{CellSeparator, TextEncoding};

    use super::*;

    fn open(file: &[u8]) -> CsvFile {
        CsvFile::open(file, CsvReading::default()).unwrap()
    }

    /// Each row as its line and its cells.
    fn rows(file: &CsvFile) -> Vec<(u64, Vec<String>)> {
        let (_, place) = file.headings().unwrap();
        file.rows(place).map(|row| row.map(|row| (row.line, row.cells.iter().map(ToOwned::to_owned).collect())).unwrap()).collect()
    }

    #[test]
    fn cells_lose_the_space_around_them_and_keep_what_stands_in_quotes() {
        let file = open("Name , City\n\"x, \"\"y\"\"\", Köln \n".as_bytes());
        assert_eq!(file.headings().unwrap().0.iter().collect::<Vec<_>>(), ["Name", "City"]);
        assert_eq!(rows(&file), [(2, vec!["x, \"y\"".to_owned(), "Köln".to_owned()])]);
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let file = ["name,client", "a,x", "", "b,y", "\"c", "d\",z", "e,z", ",,", " , ", ""].join(end);
            let lines: Vec<_> = rows(&open(file.as_bytes())).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, [2, 4, 5, 7], "{end:?}");
        }
    }

    #[test]
    fn reading_goes_on_at_any_place() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["sep=;", "name;city", "a;1", "", "\"b", "c\";2", ";;", "d;3"].join(end);
            let file = open(text.as_bytes());
            let (_, mut place) = file.headings().unwrap();
            let mut parts = Vec::new();
            loop {
                let mut rows = file.rows(place);
                let Some(row) = rows.next() else { break };
                let row = row.unwrap();
                parts.push((row.line, row.cells.get(1).unwrap().to_owned()));
                place = serde_json::from_str(&serde_json::to_string(&rows.place()).unwrap()).unwrap();
            }
            assert_eq!(parts, [(3, "1".to_owned()), (5, "2".to_owned()), (8, "3".to_owned())], "{end:?}");
        }
    }

    #[test]
    fn a_choice_overrules_what_the_file_shows() {
        let reading = CsvReading { encoding: Some(TextEncoding::Windows1252), separator: Some(CellSeparator::Comma) };
        let file = CsvFile::open("sep=;\na;b,c\n".as_bytes(), reading).unwrap();
        assert_eq!((file.read.encoding, file.read.separator, file.read.is_guess), (TextEncoding::Windows1252, CellSeparator::Comma, false));
        assert_eq!(file.headings().unwrap().0.iter().collect::<Vec<_>>(), ["a;b", "c"]);
    }

    #[test]
    fn a_guess_shows_letters_by_which_to_tell() {
        let file = open(b"name,city\nplain,K\xf6ln\n\"M\xfcller, Inc\",x\n");
        assert_eq!(file.read.samples, ["K\u{f6}ln", "M\u{fc}ller"]);
        assert!(open("name\nK\u{f6}ln\n".as_bytes()).read.samples.is_empty());
    }

    #[test]
    fn an_empty_file_is_told_in_a_sentence() {
        for empty in [&b""[..], b" \n", b"\xef\xbb\xbf", b"\xff\xfe"] {
            assert_eq!(CsvFile::open(empty, CsvReading::default()).unwrap_err(), "The file is empty.");
        }
    }
}
