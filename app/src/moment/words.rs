//! Moments as text. An offset is how many seconds local time is ahead of UTC.

use domain::{Timestamp, counted};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How long ago, or how soon; nothing if that is a day or more.
pub(super) fn relative(at: Timestamp, now: Timestamp) -> Option<String> {
    let seconds = (now.millis() - at.millis()) / 1000;
    let span = match seconds.unsigned_abs() {
        // Either way, because a page's clock is a little behind that of what it has just loaded.
        ..MINUTE => return Some("Just now".to_owned()),
        span @ ..HOUR => counted(span / MINUTE, "minute", "minutes"),
        span @ ..DAY => counted(span / HOUR, "hour", "hours"),
        _ => return None,
    };
    Some(if seconds < 0 { format!("In {span}") } else { format!("{span} ago") })
}

/// As `28 Nov 2026`.
pub(super) fn day(at: Timestamp, offset: i64) -> String {
    let text = at.plus_seconds(offset).rfc3339();
    let number = |range| text.get(range).and_then(|digits: &str| digits.parse::<usize>().ok()).unwrap_or_default();
    let month = MONTHS.get(number(5..7).wrapping_sub(1)).copied().unwrap_or_default();
    format!("{} {month} {}", number(8..10), text.get(..4).unwrap_or_default())
}

/// As `28 Nov 2026, 08:11`.
pub(super) fn minute(at: Timestamp, offset: i64) -> String {
    let text = at.plus_seconds(offset).rfc3339();
    format!("{}, {}", day(at, offset), text.get(11..16).unwrap_or_default())
}

/// Local time and UTC, for who wants to know exactly.
pub(super) fn title(at: Timestamp, offset: i64) -> String {
    let utc = format!("{} UTC", minute(at, 0));
    if offset == 0 { utc } else { format!("{} ({utc})", minute(at, offset)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

    #[test]
    fn less_than_a_day_is_relative() {
        for (seconds, text) in [
            (0, Some("Just now")),
            (-59, Some("Just now")),
            (-60, Some("1 minute ago")),
            (-3599, Some("59 minutes ago")),
            (-3600, Some("1 hour ago")),
            (-86_399, Some("23 hours ago")),
            (-86_400, None),
            (59, Some("Just now")),
            (7200, Some("In 2 hours")),
            (86_400, None),
        ] {
            assert_eq!(relative(NOW.plus_seconds(seconds), NOW).as_deref(), text, "{seconds}");
        }
    }

    #[test]
    fn local_time_may_be_another_day() {
        let at = Timestamp::parse_rfc3339("2026-12-31T23:05:00Z").unwrap();
        assert_eq!((day(at, 0).as_str(), minute(at, 0).as_str()), ("31 Dec 2026", "31 Dec 2026, 23:05"));
        assert_eq!((day(at, 3600).as_str(), minute(at, 20_700).as_str()), ("1 Jan 2027", "1 Jan 2027, 04:50"));
        assert_eq!(minute(at, -36_000), "31 Dec 2026, 13:05");
        assert_eq!(title(at, 3600), "1 Jan 2027, 00:05 (31 Dec 2026, 23:05 UTC)");
        assert_eq!(title(at, 0), "31 Dec 2026, 23:05 UTC");
    }
}
