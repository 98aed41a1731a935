//! The password rule (docs/spec/people.md, "Passwords"): at least seven characters with a digit, a special character, a lower
//! and an upper case letter, or at least fifteen of any kind. A password that everybody tries first is refused although it fits the rule.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Draft, Violations, limits};

/// What the change-password form sends.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct PasswordChangeDraft {
    /// The password so far.
    pub current: String,
    /// The new one.
    pub new: String,
    /// The same again.
    pub confirmation: String,
}

/// Nothing of it, so that no log shows a password.
impl fmt::Debug for PasswordChangeDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordChangeDraft").finish_non_exhaustive()
    }
}

/// A password that keeps the rule. It can't be shown by accident: no `Debug`, no `Serialize`.
#[derive(Clone)]
pub struct NewPassword(String);

impl Draft for PasswordChangeDraft {
    /// Whether the current password must be given.
    type Context<'a> = bool;
    /// The new password. Whether the current one is right is for `services` to check.
    type Checked = NewPassword;

    fn check(self, needs_current: bool) -> Result<NewPassword, Violations> {
        let mut violations = Violations::new();
        violations.add_if(needs_current && self.current.is_empty(), "current", "Enter your current password.");
        let password = NewPassword::check(&self.new, &self.confirmation, "new", "confirmation", &mut violations);
        let same = !self.new.is_empty() && self.new == self.current;
        violations.add_if(same, "new", "Choose a password that differs from the current one.");
        match password {
            Some(password) => violations.checked(password),
            None => Err(violations),
        }
    }
}

impl NewPassword {
    /// Checks a password and its repetition, adding what is wrong under the two field names.
    pub fn check(password: &str, confirmation: &str, field: &str, confirmation_field: &str, violations: &mut Violations) -> Option<Self> {
        let broken = password_violations(password);
        let confirmed = password == confirmation;
        if !broken.is_empty() {
            violations.add(field, broken.join(" "));
        }
        violations.add_if(!confirmed, confirmation_field, "Type the same password twice.");
        (broken.is_empty() && confirmed).then(|| Self(password.to_owned()))
    }

    /// Checks a password that was typed once.
    ///
    /// # Errors
    /// The sentences of the broken rules.
    pub fn parse(password: &str) -> Result<Self, String> {
        let broken = password_violations(password);
        if broken.is_empty() { Ok(Self(password.to_owned())) } else { Err(broken.join(" ")) }
    }

    /// The password itself, for hashing.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Every rule that the password breaks, as sentences; none for a good one.
#[must_use]
pub fn password_violations(password: &str) -> Vec<&'static str> {
    let characters = password.chars().count();
    let is_long = characters >= limits::LONG_PASSWORD;
    let lacks = |kind: fn(char) -> bool| !is_long && !password.chars().any(kind);
    let rules = [
        (characters < limits::MIN_PASSWORD, "Use at least 7 characters."),
        (characters > limits::MAX_PASSWORD, "Use at most 256 characters."),
        (lacks(|c| c.is_ascii_digit()), "Add a digit."),
        (lacks(|c| !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control()), "Add a special character such as # ! $ *."),
        (lacks(char::is_lowercase), "Add a lower case letter."),
        (lacks(char::is_uppercase), "Add an upper case letter."),
        (is_long && is_pattern(password), "Avoid repeated and consecutive characters."),
        (is_common(password), COMMON_PASSWORD),
    ];
    rules.into_iter().filter_map(|(broken, sentence)| broken.then_some(sentence)).collect()
}

/// What is told of a password that is among the most used.
pub const COMMON_PASSWORD: &str = "This password is one of the most common ones: choose another.";

/// Whether a long password is a short one over and over, or runs along the digits or the alphabet.
fn is_pattern(password: &str) -> bool {
    let all: Vec<char> = password.chars().collect();
    let piece = (1..=all.len() / 2).find(|length| all.len().is_multiple_of(*length) && all.chunks(*length).all(|piece| all.starts_with(piece)));
    let short = |length: usize| length < limits::LONG_PASSWORD && !password_violations(&all.iter().take(length).collect::<String>()).is_empty();
    let steps = |by: i64| all.windows(2).all(|two| matches!(two, [one, next] if follows(*one, *next, by)));
    piece.is_some_and(short) || steps(1) || steps(-1)
}

/// Whether a character is the next or the one before; behind the 9 comes the 0.
fn follows(one: char, next: char, by: i64) -> bool {
    let step = i64::from(u32::from(next)) - i64::from(u32::from(one));
    step == by || (one.is_ascii_digit() && next.is_ascii_digit() && step == -9 * by)
}

/// The password without its usual disguises, as lists of common ones have it: `P@ssw0rd` is `password`.
#[must_use]
pub fn undisguised_password(password: &str) -> String {
    password.to_lowercase().chars().map(undisguised).collect()
}

/// Whether what is left of a password, once its usual disguises are taken off, is one of the words that attackers start with.
fn is_common(password: &str) -> bool {
    let folded = undisguised_password(password);
    let letters: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    let lower = password.to_lowercase();
    let plain = lower.trim_end_matches(|c: char| !c.is_alphabetic()).trim_start_matches(|c: char| !c.is_alphabetic());
    let undisguised_core: String = plain.chars().map(undisguised).collect();
    let mut repeated = plain.chars();
    let first = repeated.next();
    (plain.len() > 1 && repeated.all(|c| Some(c) == first))
        || [letters.as_str(), plain, undisguised_core.as_str()].iter().any(|word| COMMON.binary_search(word).is_ok())
}

const fn undisguised(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        other => other,
    }
}

/// The stems of the most common passwords, sorted.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "aaa", "abc", "abcabc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh", "access", "account", "adm", "admin", "administrator", "alexander",
    "amanda", "america", "andrea", "andrew", "angel", "angela", "anthony", "apple", "arsenal", "asdf", "asdfgh", "asdfghjkl", "asdfjkl", "ashley",
    "august", "austin", "autumn", "azerty", "babygirl", "bailey", "banana", "barcelona", "baseball", "basketball", "batman", "beautiful", "benjamin",
    "blessed", "blink", "bond", "boston", "brandon", "bubbles", "buster", "butterfly", "carlos", "casper", "changeit", "changeme", "charlie",
    "cheese", "chelsea", "chester", "chicken", "chocolate", "chris", "christian", "client", "cocacola", "company", "computer", "console", "cookie",
    "cowboys", "dallas", "daniel", "danielle", "database", "david", "december", "default", "diamond", "direct", "dolphin", "donald", "dragon",
    "eagle", "eagles", "elephant", "elizabeth", "enter", "family", "february", "fender", "ferrari", "flower", "football", "forever", "freedom",
    "friday", "friend", "friends", "fuckyou", "gabriel", "gateway", "george", "ginger", "google", "guest", "guitar", "hallo", "hammer", "hannah",
    "happy", "harley", "harrypotter", "hawaii", "heather", "hello", "hellokitty", "helloworld", "helpdesk", "hockey", "hottie", "hunter", "iloveu",
    "iloveyou", "internet", "jackson", "january", "jasmine", "jasper", "jennifer", "jessica", "jesus", "jordan", "joseph", "joshua", "july", "june",
    "junior", "justin", "killer", "kitty", "lakers", "letmein", "letmeinnow", "liverpool", "login", "london", "lovely", "loveme", "lover", "lovers",
    "loveyou", "maggie", "manager", "manchester", "march", "marina", "marlboro", "martin", "master", "matrix", "matthew", "maverick", "melissa",
    "mercedes", "merlin", "michael", "michelle", "mickey", "monday", "money", "monkey", "monster", "morgan", "mustang", "mynoob", "naruto", "nascar",
    "network", "nicholas", "nicole", "ninja", "nothing", "november", "october", "office", "oliver", "orange", "pass", "passpass", "passport", "passw",
    "passwd", "password", "passwort", "patrick", "peanut", "pepper", "phoenix", "pokemon", "princess", "purple", "pussy", "qazwsx", "qazwsxedc",
    "qwe", "qweasd", "qweasdzxc", "qwer", "qwert", "qwerty", "qwertyui", "qwertyuiop", "qwertz", "rachel", "rainbow", "ranger", "rangers", "raymond",
    "richard", "robert", "root", "samantha", "samsung", "saturday", "scooter", "secret", "security", "september", "server", "service", "shadow",
    "shalom", "silver", "slipknot", "snoopy", "soccer", "sophie", "spiderman", "spring", "starwars", "steelers", "stephanie", "summer", "sunday",
    "sunshine", "superman", "superuser", "support", "sweet", "sysadmin", "system", "taylor", "temp", "temppass", "tenant", "tenantry", "test",
    "tester", "testing", "testtest", "thomas", "thunder", "thursday", "tigger", "trustno", "trustnoone", "tuesday", "tweety", "user", "vanessa",
    "victoria", "wednesday", "welcome", "welcometo", "whatever", "william", "winter", "wizard", "wordpass", "xavier", "yamaha", "yankees", "yellow",
    "zaq", "zaqwsx", "zxcv", "zxcvbn", "zxcvbnm",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_its_sentence() {
        let cases = [
            ("Ab1#xyz", ""),
            ("Grün€7wald", ""),
            ("Ab1#xy", "Use at least 7 characters."),
            ("Abc#xyzw", "Add a digit."),
            ("Abc1xyzw", "Add a special character such as # ! $ *."),
            ("ABC1#XYZ", "Add a lower case letter."),
            ("abc1#xyw", "Add an upper case letter."),
            ("Abc1 xyw", "Add a special character such as # ! $ *."),
        ];
        for (password, expected) in cases {
            assert_eq!(password_violations(password).join(" "), expected, "{password}");
        }
    }

    #[test]
    fn a_long_password_needs_no_kinds_of_characters() {
        let pattern = "Avoid repeated and consecutive characters.";
        for (password, expected) in [
            ("kein Mond im Hof", ""),
            ("lange genug ist es", ""),
            ("ohnezeichenlang", ""),
            ("ohnezeichenkur", "Add a digit. Add a special character such as # ! $ *. Add an upper case letter."),
            ("東京の夜は静かで星がよく見える", ""),
            ("aaaaaaaaaaaaaaaa", pattern),
            ("passwordpassword", pattern),
            ("abcabcabcabcabc", pattern),
            ("123456789012345", pattern),
            ("987654321098765", pattern),
            ("abcdefghijklmnop", pattern),
            ("Kiwi#2026Kiwi#2026", ""),
        ] {
            let broken = password_violations(password);
            assert_eq!(broken.iter().filter(|sentence| **sentence != COMMON_PASSWORD).copied().collect::<Vec<_>>().join(" "), expected, "{password}");
        }
    }

    #[test]
    fn the_sentences_name_the_limits() {
        let sentence = |password: &str| password_violations(password).first().copied().unwrap_or_default();
        assert!(sentence("").contains(&limits::MIN_PASSWORD.to_string()));
        assert!(sentence(&"Ab1#".repeat(limits::MAX_PASSWORD)).contains(&limits::MAX_PASSWORD.to_string()));
        assert!(!password_violations(&"ab c".repeat(limits::LONG_PASSWORD)).contains(&"Add a digit."));
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(COMMON.is_sorted());
    }

    #[test]
    fn common_passwords_are_refused_in_their_usual_disguises() {
        for common in
            ["Password1!", "P@ssw0rd", "Passw0rd#1", "Qwerty123!", "Welcome#2024", "Admin123!", "L3tmein!", "Aaaaaa1!", "123!Summer", "Tenantry1!"]
        {
            assert_eq!(password_violations(common).last(), Some(&"This password is one of the most common ones: choose another."), "{common}");
        }
        assert!(password_violations("Demo#2026").is_empty(), "the demo's password is no secret, but no stem of the list");
    }
}
