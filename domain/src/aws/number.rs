//! The number of an AWS account.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

const DIGITS: usize = 12;

/// What AWS calls an account's id: twelve digits, which may begin with zeros.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AwsAccountNumber(String);

impl AwsAccountNumber {
    /// The twelve digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// From what somebody typed: spaces and hyphens are taken out.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn typed(text: &str) -> Result<Self, String> {
        let digits: String = text.chars().filter(|letter| !letter.is_whitespace() && !is_hyphen(*letter)).collect();
        if digits.is_empty() {
            return Err("Enter the account ID.".to_owned());
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("Use digits only: an account ID has twelve, such as 1234-5678-9012.".to_owned());
        }
        if digits.len() != DIGITS {
            return Err(format!("Use twelve digits; there are {}. Zeros at the beginning count.", digits.len()));
        }
        Ok(Self(digits))
    }
}

/// A hyphen, or what documents make of one.
fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

impl fmt::Display for AwsAccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AwsAccountNumber {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() == DIGITS { Self::typed(text) } else { Err("An account ID has twelve digits.".to_owned()) }
    }
}

impl TryFrom<String> for AwsAccountNumber {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<AwsAccountNumber> for String {
    fn from(number: AwsAccountNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_hyphens_are_taken_out_and_zeros_stay() {
        for typed in ["012345678901", " 0123-4567-8901 ", "0123 4567 8901", "0123\u{2011}4567\u{2013}8901"] {
            assert_eq!(AwsAccountNumber::typed(typed).map(String::from).as_deref(), Ok("012345678901"), "{typed:?}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_a_sentence() {
        let cases = [
            ("", "Enter the account ID."),
            ("12345678901", "Use twelve digits; there are 11. Zeros at the beginning count."),
            ("1234567890123", "Use twelve digits; there are 13. Zeros at the beginning count."),
            ("12345678901x", "Use digits only: an account ID has twelve, such as 1234-5678-9012."),
            ("１２３４５６７８９０１２", "Use digits only: an account ID has twelve, such as 1234-5678-9012."),
        ];
        for (typed, sentence) in cases {
            assert_eq!(AwsAccountNumber::typed(typed), Err(sentence.to_owned()), "{typed:?}");
        }
    }
}
