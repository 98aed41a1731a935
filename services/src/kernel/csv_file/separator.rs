//! What separates the cells of a file.

use domain::CellSeparator;

/// What the first line says by `sep=;`, as spreadsheets write and read it, and where the rows begin.
///
/// # Errors
/// A sentence if it says something else than a comma, a semicolon or a tab.
pub(super) fn told(text: &str) -> Result<(Option<CellSeparator>, usize), String> {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let line = text.get(..end).unwrap_or_default();
    let line = line.strip_prefix('"').map_or(line, |rest| rest.strip_suffix('"').unwrap_or(rest));
    let Some((_, sign)) = line.split_at_checked(4).filter(|(key, _)| key.eq_ignore_ascii_case("sep=")) else { return Ok((None, 0)) };
    // What follows `sep=` in a table whose first heading is that.
    let Some(sign) = sign.chars().next().filter(|_| sign.chars().nth(1).is_none()) else { return Ok((None, 0)) };
    let separator = CellSeparator::ALL.iter().copied().find(|separator| char::from(separator.byte()) == sign);
    let refused = || format!("The file says that its cells are separated by “{sign}”: save it with commas, semicolons or tabs.");
    separator.map(|separator| (Some(separator), end)).ok_or_else(refused)
}

/// The separator that stands most often in the first line, outside of quotes; the comma if none does.
pub(super) fn recognized(text: &str) -> CellSeparator {
    let mut counts = [0_u32; 3];
    let mut is_quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\r' | b'\n' if !is_quoted => break,
            _ if is_quoted => {}
            byte => {
                let found = CellSeparator::ALL.iter().zip(&mut counts).find(|(separator, _)| separator.byte() == byte);
                found.into_iter().for_each(|(_, count)| *count += 1);
            }
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    CellSeparator::ALL.iter().zip(counts).find(|(_, count)| *count == most).map_or(CellSeparator::Comma, |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use CellSeparator::{Comma, Semicolon, Tab};

    #[test]
    fn the_first_line_shows_the_separator() {
        let cases = [
            ("a,b\n1;2;3", Comma),
            ("a;b;c,d\n", Semicolon),
            ("a\tb\n", Tab),
            ("name\n", Comma),
            ("\"a,b,c\";d\n", Semicolon),
            ("\n\na;b\n", Semicolon),
        ];
        for (text, separator) in cases {
            assert_eq!(recognized(text), separator, "{text:?}");
        }
    }

    #[test]
    fn a_line_can_say_the_separator() {
        for (text, separator) in [("sep=;\r\na", Semicolon), ("SEP=,\na", Comma), ("sep=\t\na", Tab), ("\"sep=;\"\na", Semicolon)] {
            assert_eq!(told(text).unwrap().0, Some(separator), "{text:?}");
        }
        assert_eq!(told("sep=;\r\na").unwrap().1, 5);
        for text in ["name;b\n", "sep=\n", "sep=a;b\n", "sé\n", ""] {
            assert_eq!(told(text), Ok((None, 0)), "{text:?}");
        }
        assert!(told("sep=|\na|b").unwrap_err().contains('|'));
    }
}
