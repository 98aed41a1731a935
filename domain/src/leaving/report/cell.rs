//! Text in the cells of a CSV file (docs/spec/reports.md, "File").

use std::borrow::Cow;

use crate::text::is_phone;

/// What begins a formula in a spreadsheet, also as Chinese and Japanese keyboards type it.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What spreadsheets drop from the beginning of a cell before they look for a formula. Tabs and line ends count as the beginning of one themselves.
const BREAKS: [char; 3] = ['\t', '\r', '\n'];

/// A text as a cell that no spreadsheet runs: with a leading apostrophe if it could be a formula. A phone number such as `+1 (555) 010-9999` stays as it is
/// as long as no spreadsheet can calculate with it.
#[must_use]
pub fn harmless_cell(text: &str) -> Cow<'_, str> {
    if could_run(text) && !is_plain_phone(text.trim()) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn could_run(text: &str) -> bool {
    let is_skipped = |letter: char| !BREAKS.contains(&letter) && (letter.is_whitespace() || "\"'“”„‘’`\u{feff}\u{200b}".contains(letter));
    text.trim_start_matches(is_skipped).starts_with(|first| FORMULA.contains(&first) || BREAKS.contains(&first))
}

/// A plus and one number, or numbers of which two follow each other without an operator: that is no formula. `+1-555-010-9999` is a subtraction, and a slash
/// can make a date or a fraction.
fn is_plain_phone(text: &str) -> bool {
    let Some(number) = text.strip_prefix('+') else { return false };
    let (mut operators, mut beside, mut points) = (0, false, 0);
    // Whether a number or a bracket has just ended, and whether the next digit still belongs to the number.
    let (mut ended, mut goes_on) = (false, false);
    for letter in number.chars() {
        match letter {
            '+' | '/' | '#' => return false,
            '-' => (operators, ended, goes_on, points) = (operators + 1, false, false, 0),
            ')' => (ended, goes_on, points) = (true, false, 0),
            '.' => (goes_on, points) = (true, points + 1),
            space if space.is_whitespace() => (goes_on, points) = (false, 0),
            other => {
                let is_digit = other.is_ascii_digit();
                beside |= ended && !(is_digit && goes_on);
                (ended, goes_on) = (is_digit, is_digit);
            }
        }
        // No number has two points.
        beside |= points > 1;
    }
    number.starts_with(|first: char| first.is_ascii_digit()) && is_phone(text) && (operators == 0 || beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_phone_numbers_stay_as_they_are() {
        for text in [
            "",
            "Acme",
            "a = b",
            "5-3",
            "O'Neil & Sons",
            "\"Acme\" Ltd.",
            "#1",
            "020 7946 0018",
            "(555) 010-9999",
            "2026-11-18T11:06:40+00:00",
            "+1 (555) 010-9999",
            "+1 555-010-9999",
            "+1-555-010 9999",
            "+1(555)010-9999",
            "+49 (0)30 1234-567",
            "+49 (0)170 1-2 ext. 5",
            "+1-555-010-9999 x12",
            "+1.555.010-9999",
            // One number, which spreadsheets read without its plus: nothing runs.
            "+15550109999",
            "+1 555 010 9999",
        ] {
            assert_eq!(harmless_cell(text), text);
        }
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_led_by_an_apostrophe() {
        for text in [
            "=1+1",
            "=HYPERLINK(\"https://evil.example\")",
            "+1+1",
            "-1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(A1:A9)",
            "\t=1",
            "\tAcme",
            "\rAcme",
            "\n=1",
            " =1",
            "\u{a0}=1",
            "\"=1",
            "'=1",
            " \" '=1",
            "“=1",
            "\u{feff}=1",
            "＝1",
            "＠SUM(A1)",
            // Calculations, however much they look like phone numbers.
            "+1-555-010-9999",
            "+1 - 555 - 0109",
            "+(555)-0109",
            "+1/2/2026",
            "+49 30/1234",
            "+1+555 0109",
            "+A1 555 0109",
            "+1 555 0109*2",
            "+12",
            "+1.5-2.5",
        ] {
            assert_eq!(harmless_cell(text), format!("'{text}"));
        }
    }
}
