//! Moments as the API writes them: `2016-07-23T16:18:42+0000`.

use domain::Timestamp;
use serde::{Serialize, Serializer};

/// A moment on the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Date(pub(crate) Timestamp);

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.rfc3339();
        serializer.serialize_str(&format!("{}+0000", text.trim_end_matches('Z')))
    }
}

impl From<Timestamp> for Date {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

/// Reads a moment: with or without a zone, whose `+` may have become a space on its way, or a bare day.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let (moment, seconds_east) = match text.get(19..) {
        Some(zone) => (text.get(..19)?, offset(zone.trim())?),
        None => (text, 0),
    };
    let moment = if moment.len() == 10 { format!("{moment}T00:00:00") } else { moment.replacen(' ', "T", 1) };
    let since = humantime::parse_rfc3339(&format!("{moment}Z")).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Timestamp::from_millis(i64::try_from(since.as_millis()).ok()?).plus_seconds(-seconds_east))
}

/// `+0530`, `+05:30`, `0000`, `Z` or nothing, in seconds.
fn offset(zone: &str) -> Option<i64> {
    if zone.is_empty() || zone == "Z" {
        return Some(0);
    }
    let (sign, digits) = match zone.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, zone.trim_start_matches('+')),
    };
    let digits = digits.replace(':', "");
    let (hours, minutes) = (digits.get(..2)?.parse::<i64>().ok()?, digits.get(2..4)?.parse::<i64>().ok()?);
    (digits.len() == 4 && hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_without_a_colon_and_read_however_they_arrive() {
        let at = Timestamp::from_millis(1_469_290_722_000);
        assert_eq!(serde_json::to_string(&Date(at)).unwrap(), "\"2016-07-23T16:18:42+0000\"");
        for text in
            ["2016-07-23T16:18:42+0000", "2016-07-23T16:18:42 0000", "2016-07-23 16:18:42", "2016-07-23T21:48:42+05:30", "2016-07-23T16:18:42Z"]
        {
            assert_eq!(read(text), Some(at), "{text}");
        }
        assert_eq!(read("2016-07-23"), Some(Timestamp::from_millis(1_469_232_000_000)));
        for wrong in ["", "yesterday", "2016-13-01", "2016-07-23T16:18:42+99"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
