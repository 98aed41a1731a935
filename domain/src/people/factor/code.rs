//! Codes as people type them: of an authenticator app, or a recovery code.

use crate::Violations;

/// The digits of an authenticator app's code.
const DIGITS: usize = 6;
/// The characters of a recovery code. Letters that look like a digit or spell something are not among them (Crockford's Base32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many of them a recovery code has: 120 bits, so that its hash can't be searched for. Below 112, ASVS (V6.5.2) wants it hashed like a password.
const LENGTH: usize = 24;
/// Recovery codes are shown in groups of this many characters.
const GROUP: usize = 4;

/// A code that has the form of one. No `Debug`, so that no log shows it.
#[derive(Clone, PartialEq, Eq)]
pub enum FactorCode {
    /// Six digits of an authenticator app.
    App(String),
    /// A recovery code, without its hyphens.
    Recovery(String),
}

impl FactorCode {
    /// Reads a code. Spaces and hyphens are ignored, full-width digits count as digits, and letters of a recovery code in either case.
    ///
    /// # Errors
    /// A violation of `code` that says what to enter.
    pub fn parse(typed: &str) -> Result<Self, Violations> {
        let code: String = typed.chars().filter(|c| !is_separator(*c)).map(narrow).collect();
        if code.is_empty() {
            return Err(Violations::of_field("code", "Enter the code."));
        }
        if code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self::App(code));
        }
        let code: String = code.chars().map(unmistaken).collect();
        if code.len() == LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte)) {
            return Ok(Self::Recovery(code));
        }
        Err(Violations::of_field("code", "Enter the 6 digits that your authenticator app shows, or a recovery code."))
    }
}

/// A recovery code made of random bytes, without its hyphens. Each byte gives one character.
#[must_use]
pub fn recovery_code(random: &[u8]) -> String {
    random.iter().take(LENGTH).filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len())).map(|letter| char::from(*letter)).collect()
}

/// A recovery code as it is shown, in groups.
#[must_use]
pub fn in_groups(code: &str) -> String {
    code.as_bytes().chunks(GROUP).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// What people type between the parts of a code, or apps copy with it.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// The ASCII character of a full-width one.
fn narrow(c: char) -> char {
    let code = u32::from(c);
    if (0xff01..=0xff5e).contains(&code) { char::from_u32(code - 0xfee0).unwrap_or(c) } else { c }
}

/// The character of a recovery code that is meant by one that looks like it.
const fn unmistaken(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_taken_as_people_type_it() {
        let app = ["123456", "123 456", " 12-34 56 ", "１２３４５６", "１２３\u{3000}４５６", "123\u{a0}456", "\u{200e}123456"];
        for typed in app {
            assert!(FactorCode::parse(typed).ok() == Some(FactorCode::App("123456".to_owned())), "{typed}");
        }
        let recovery =
            ["0ABC-1DEF-2GHJ-3KMN-4PQR-5STV", "0abc1def2ghj3kmn4pqr5stv", "oabc ldef 2ghj 3kmn 4pqr 5stv", "ＯABC–IDEF–2GHJ–3KMN–4PQR–5STV"];
        for typed in recovery {
            assert!(FactorCode::parse(typed).ok() == Some(FactorCode::Recovery("0ABC1DEF2GHJ3KMN4PQR5STV".to_owned())), "{typed}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused_with_what_to_enter() {
        let refused = |typed: &str| FactorCode::parse(typed).err().and_then(|violations| violations.of("code").map(str::to_owned));
        assert_eq!(refused(" - ").as_deref(), Some("Enter the code."));
        for typed in ["12345", "1234567", "12345a", "+12345", "١٢٣٤٥٦", "0ABC-1DEF-2GHJ-3KMN-4PQR-5ST", "0ABC-1DEF-2GHJ-3KMN-4PQR-5STU", "ÄÄÄÄÄÄÄÄ"]
        {
            let sentence = "Enter the 6 digits that your authenticator app shows, or a recovery code.";
            assert_eq!(refused(typed).as_deref(), Some(sentence), "{typed}");
        }
    }

    #[test]
    fn a_recovery_code_reads_back_as_shown() {
        let code = recovery_code(&[0, 31, 32, 255, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28]);
        let shown = in_groups(&code);
        assert_eq!(shown, "0Z0Z-789A-BCDE-FGHJ-KMNP-QRST");
        assert!(FactorCode::parse(&shown).ok() == Some(FactorCode::Recovery(code)));
    }
}
