//! The parts of a CSV file for spreadsheets (docs/spec/reports.md, "File").

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use domain::harmless_cell;

use crate::{Fault, Result};

/// Says that the file is UTF-8: without it, Excel takes it for the machine's own encoding.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A part being written.
pub(crate) struct Part {
    lines: Writer<Vec<u8>>,
    rows: u64,
}

impl Part {
    /// An empty one; the first begins with the titles.
    pub(crate) fn new<'a>(is_first: bool, titles: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let begin = if is_first { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
        // Every cell is in quotes: a spreadsheet that separates cells by semicolons would otherwise run what follows one.
        let lines = WriterBuilder::new().quote_style(QuoteStyle::Always).terminator(Terminator::CRLF).from_writer(begin);
        let mut part = Self { lines, rows: 0 };
        if is_first {
            part.line(titles)?;
            part.rows = 0;
        }
        Ok(part)
    }

    /// Adds a row.
    pub(crate) fn line(&mut self, cells: impl IntoIterator<Item: AsRef<str>>) -> Result<()> {
        for cell in cells {
            self.lines.write_field(harmless_cell(cell.as_ref()).as_bytes()).map_err(failed)?;
        }
        self.lines.write_record(None::<&[u8]>).map_err(failed)?;
        self.rows += 1;
        Ok(())
    }

    /// The bytes, and how many rows they are.
    pub(crate) fn finish(self) -> Result<(Vec<u8>, u64)> {
        let bytes = self.lines.into_inner().map_err(|error| Fault::Failed(error.to_string()))?;
        Ok((bytes, self.rows))
    }
}

fn failed(error: csv::Error) -> Fault {
    Fault::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_utf_8_with_quotes_and_the_line_ends_of_rfc_4180() {
        let mut first = Part::new(true, ["Client Name", "City"]).unwrap();
        first.line(["Zoë \"Z\" & Co; Ltd", "=1+1"]).unwrap();
        let mut second = Part::new(false, []).unwrap();
        second.line(["two\nlines, one cell", ""]).unwrap();
        let ((first, ones), (second, others)) = (first.finish().unwrap(), second.finish().unwrap());
        assert_eq!((ones, others), (1, 1));
        let file = String::from_utf8([first, second].concat()).unwrap();
        assert_eq!(file, "\u{feff}\"Client Name\",\"City\"\r\n\"Zoë \"\"Z\"\" & Co; Ltd\",\"'=1+1\"\r\n\"two\nlines, one cell\",\"\"\r\n");
    }
}
