//! How API keys are put into words.

use domain::{ApiKey, ApiKeyState, Timestamp};
use leptos::prelude::*;

use crate::{
    moment::moment,
    ui::{Badge, Tone},
};

/// How many addresses a row of the list shows.
const SHOWN: usize = 2;

/// The state of a key.
pub(super) fn state_badge(state: ApiKeyState) -> AnyView {
    let tone = match state {
        ApiKeyState::Active => Tone::Positive,
        ApiKeyState::Expired => Tone::Warning,
        ApiKeyState::Revoked => Tone::Neutral,
    };
    view! { <Badge tone text=state.label() /> }.into_any()
}

/// When a key was last used, and from where.
pub(super) fn last_use(key: &ApiKey) -> AnyView {
    let Some(at) = key.last_used else { return "Never".into_any() };
    let from = (!key.last_ip.is_empty()).then(|| format!(" from {}", key.last_ip));
    view! { <span>{moment(at)}{from}</span> }.into_any()
}

/// The last day of a key, as it is typed; empty for no end.
pub(super) fn last_day(expires: Option<Timestamp>) -> String {
    expires.map(|end| end.plus_seconds(-1).rfc3339().chars().take(10).collect()).unwrap_or_default()
}

/// The end of a key, for people.
pub(super) fn expiry(expires: Option<Timestamp>) -> AnyView {
    // The last moment of its last day, so that the day that was chosen is read.
    expires.map_or_else(|| "Never".into_any(), |end| moment(end.plus_seconds(-1)))
}

/// The addresses from which a key may be used, in a few words.
pub(super) fn restriction(allowed_ips: &str) -> String {
    let all: Vec<&str> = allowed_ips.split(',').filter(|address| !address.is_empty()).collect();
    match all.split_at_checked(SHOWN) {
        _ if all.is_empty() => "Anywhere".to_owned(),
        Some((first, rest)) if !rest.is_empty() => format!("{} and {} more", first.join(", "), rest.len()),
        _ => all.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_the_one_that_was_typed() {
        let end = Timestamp::parse_rfc3339("2027-04-01T00:00:00Z");
        assert_eq!((last_day(end).as_str(), last_day(None).as_str()), ("2027-03-31", ""));
    }

    #[test]
    fn a_long_restriction_is_cut_short() {
        assert_eq!(restriction(""), "Anywhere");
        assert_eq!(restriction("10.1.2.*,10.1.3.7"), "10.1.2.*, 10.1.3.7");
        assert_eq!(restriction("10.1.2.*,10.1.3.7,::1,::2"), "10.1.2.*, 10.1.3.7 and 2 more");
    }
}
