//! The limit on the length of a list, and how to abbreviate a long one.

use crate::{Error, Violations};

/// The most items that a request can send in one list.
pub const MAX_ITEMS: usize = 10_000;

/// How many items of a long list are named, for example in an audit record.
const SHOWN: usize = 10;

impl Violations {
    /// Adds a violation if a list has more than [`MAX_ITEMS`].
    pub fn check_length(&mut self, field: &str, items: usize) {
        if items > MAX_ITEMS {
            self.add(field, format!("Send at most {MAX_ITEMS} at once; these are {items}."));
        }
    }
}

/// Refuses lists, given by field and length, with more than [`MAX_ITEMS`].
///
/// # Errors
/// [`Error::Invalid`] with a violation for each.
pub fn check_lengths(lists: &[(&str, usize)]) -> Result<(), Error> {
    let mut violations = Violations::new();
    for (field, items) in lists {
        violations.check_length(field, *items);
    }
    violations.into_result()
}

/// The first few items of a list, and how many more there are.
#[must_use]
pub fn shortened<T: ToString>(items: impl ExactSizeIterator<Item = T>) -> String {
    let more = items.len().saturating_sub(SHOWN);
    let shown = items.take(SHOWN).map(|item| item.to_string()).collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_a_limit_and_each_longer_one_is_named() {
        assert_eq!(check_lengths(&[("users", MAX_ITEMS), ("clients", 0)]), Ok(()));
        let Err(Error::Invalid { violations }) = check_lengths(&[("users", MAX_ITEMS + 1), ("clients", 1), ("devices", 33_000)]) else { panic!() };
        let named: Vec<_> = violations.iter().map(|violation| (violation.field.as_str(), violation.message.as_str())).collect();
        assert_eq!(named, [("users", "Send at most 10000 at once; these are 10001."), ("devices", "Send at most 10000 at once; these are 33000.")]);
    }

    #[test]
    fn a_long_list_is_shortened() {
        assert_eq!(shortened([1, 2, 3].iter()), "1, 2, 3");
        assert_eq!(shortened((1..=33).collect::<Vec<_>>().iter()), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 23 more");
        assert_eq!(shortened(Vec::<u8>::new().iter()), "");
    }
}
