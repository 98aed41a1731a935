//! How many refused attempts are recorded (docs/spec/audit.md, "Refused attempts"): an attacker must not be able to fill the disk with them.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, PoisonError},
};

use domain::{PartnerId, Timestamp};

/// How long the counts run before they start over.
const WINDOW_SECONDS: i64 = 60 * 60;

/// So many of one subject are recorded in that time.
const OF_ONE: u32 = 60;

/// So many of all subjects of a partner together, and of all strangers.
const OF_ALL: u32 = 1000;

/// The refused attempts of this server that are recorded. In memory, because counting in the database would be just the writing that is to be limited.
/// Each partner has counts of its own, and so do strangers, so that nobody can use up what another's refusals need.
#[derive(Default)]
pub(crate) struct Refusals(Mutex<HashMap<PartnerId, Window>>);

#[derive(Default)]
struct Window {
    began: Timestamp,
    /// At most [`OF_ALL`] of them: whose first attempt isn't recorded isn't counted either.
    subjects: HashMap<String, u32>,
    all: u32,
    /// Those left out since the last that was recorded.
    left_out: u64,
}

impl Refusals {
    /// Whether an attempt of a partner's subject is recorded, and then how many of that partner were left out before it.
    pub(crate) fn admit(&self, partner: PartnerId, subject: &str, now: Timestamp) -> Option<u64> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry(partner).or_default();
        // Also if the clock was set back.
        if now >= window.began.plus_seconds(WINDOW_SECONDS) || now < window.began {
            *window = Window { began: now, left_out: window.left_out, ..Window::default() };
        }
        let of_one = window.subjects.get(subject).copied().unwrap_or_default();
        if of_one >= OF_ONE || window.all >= OF_ALL {
            window.left_out += 1;
            return None;
        }
        window.subjects.insert(subject.to_owned(), of_one + 1);
        window.all += 1;
        Some(mem::take(&mut window.left_out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_refused_often_is_counted_and_not_recorded() {
        let (refusals, now) = (Refusals::default(), Timestamp::from_millis(1_000_000_000));
        let (own, strangers) = (PartnerId::new(1), PartnerId::new(0));
        let recorded = |subject: &str, times: u32, now| (0..times).filter(|_| refusals.admit(own, subject, now).is_some()).count();
        assert_eq!(recorded("one", 500, now), 60);
        assert_eq!(refusals.admit(own, "another", now), Some(440), "the next record says how many are missing");
        assert_eq!(refusals.admit(own, "another", now), Some(0));
        assert_eq!(
            (0..5000).filter(|number| refusals.admit(own, &format!("net {number}"), now).is_some()).count(),
            1000 - 62,
            "from however many addresses"
        );
        assert_eq!(refusals.admit(own, "late", now), None);
        assert_eq!(refusals.admit(PartnerId::new(2), "late", now), Some(0), "nor does another partner hear of them");
        assert_eq!(refusals.admit(strangers, "net 1", now), Some(0));
        assert_eq!(recorded("one", 500, now.plus_seconds(WINDOW_SECONDS)), 60, "an hour later it starts over");
    }
}
