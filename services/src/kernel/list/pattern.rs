//! Patterns of `LIKE`.

/// The most characters of a pattern: more than any searched column has.
const LONGEST_PATTERN: usize = 10_000;

/// The pattern of `LIKE … ESCAPE '\'` for a text anywhere; its own wildcards mean themselves.
pub(crate) fn like_anywhere(text: &str) -> String {
    like("%", text)
}

/// As [`like_anywhere`], but the pattern begins with `begin`; empty for a prefix match. A text longer than any that is stored finds nothing either when it is
/// cut, and SQLite refuses patterns of more than 50,000 bytes.
pub(crate) fn like(begin: &str, text: &str) -> String {
    let mut pattern = String::from(begin);
    for letter in text.chars().take(LONGEST_PATTERN) {
        if matches!(letter, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
