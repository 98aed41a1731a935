//! A number with its noun.

use crate::Total;

/// `1 second`, `2 seconds`.
#[must_use]
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", Total::Exactly(count), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn only_one_is_singular() {
        assert_eq!([0, 1, 2, 1000].map(|count| counted(count, "row", "rows")), ["0 rows", "1 row", "2 rows", "1,000 rows"]);
    }
}
