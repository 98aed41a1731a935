//! Writing rows that spreadsheets read as they are meant.

/// A row with its line end (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe; a phone number stays one.
pub(crate) fn csv_line(cells: &[&str]) -> String {
    let mut line = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        let harmless = if is_formula(cell) { "'" } else { "" };
        if cell.contains(['"', ',', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
            line += &format!("\"{harmless}{}\"", cell.replace('"', "\"\""));
        } else {
            line += harmless;
            line += cell;
        }
    }
    line + "\r\n"
}

fn is_formula(cell: &str) -> bool {
    match cell.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !cell.chars().skip(1).all(|letter| letter.is_ascii_digit() || " ()/.-".contains(letter)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were_and_run_nowhere() {
        assert_eq!(csv_line(&["a", "b,\"c\"", " d", "e\nf", ""]), "a,\"b,\"\"c\"\"\",\" d\",\"e\nf\",\r\n");
        assert_eq!(csv_line(&["=1+1", "@x", "+49 (30) 12-3", "-2+cmd", "-5"]), "'=1+1,'@x,+49 (30) 12-3,'-2+cmd,-5\r\n");
    }
}
