//! Numbers in sentences.

use crate::Total;

/// A number with its thousands separated: `1,234`.
#[must_use]
pub fn grouped(number: u64) -> String {
    Total::Exactly(number).to_string()
}

/// `1 second`, `2 seconds`.
#[must_use]
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// The size of a file: `512 bytes`, `56 kB`, `3.2 MB`.
#[must_use]
pub fn file_size(bytes: u64) -> String {
    match bytes {
        0..1000 => counted(bytes, "byte", "bytes"),
        1000..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => {
            let tenths = bytes.div_ceil(100_000);
            format!("{}.{} MB", grouped(tenths / 10), tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(
            [0, 1, 999, 1000, 1001, 3_150_000, 2_000_000_000].map(file_size),
            ["0 bytes", "1 byte", "999 bytes", "1 kB", "2 kB", "3.2 MB", "2,000.0 MB"]
        );
    }

    #[test]
    fn only_one_is_singular() {
        assert_eq!([0, 1, 2, 1000].map(|count| counted(count, "row", "rows")), ["0 rows", "1 row", "2 rows", "1,000 rows"]);
    }
}
