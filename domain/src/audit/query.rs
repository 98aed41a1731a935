//! What is asked of the audit log. All of it stands in the address.

use serde::{Deserialize, Serialize};

use crate::{ClientId, ListFilter, Query, Timestamp, UserId, choice::choice};

choice!(
    /// What orders the audit log.
    #[derive(Default)]
    AuditSort {
        /// The latest first.
        #[default]
        Age = "age", "Time";
    }
);

/// What a page asks of the audit log. What is searched is what was done, to what, and the values before and after.
pub type AuditQuery = Query<AuditSort, AuditFilter>;

/// A moment as an address and a form have it: `2026-11-28T14:30` or a day, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    begins: Timestamp,
    is_day: bool,
}

impl Moment {
    /// From a text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_day = text.len() == 10;
        let whole = match text.len() {
            10 => format!("{text}T00:00:00Z"),
            16 => format!("{text}:00Z"),
            _ => return None,
        };
        Some(Self { begins: Timestamp::parse_rfc3339(&whole)?, is_day })
    }

    /// The minute of a time; none outside of the years that an address can say.
    #[must_use]
    pub fn minute_of(time: Timestamp) -> Option<Self> {
        Self::parse(time.rfc3339().get(..16)?)
    }

    /// The moment, or the beginning of the day.
    #[must_use]
    pub const fn begins(self) -> Timestamp {
        self.begins
    }

    /// The moment, or the end of the day.
    #[must_use]
    pub const fn ends(self) -> Timestamp {
        if self.is_day { self.begins.plus_seconds(24 * 60 * 60) } else { self.begins }
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.begins.rfc3339();
        f.write_str(text.get(..if self.is_day { 10 } else { 16 }).unwrap_or(&text))
    }
}

/// Which records are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Not before this moment.
    pub from: Option<Moment>,
    /// Before this moment, or on this day at the latest.
    pub until: Option<Moment>,
    /// What this login name or user did; empty for everybody.
    pub who: String,
    /// This action; empty for all.
    pub action: String,
    /// What was done to the thing of this id; empty for all.
    pub object: String,
    /// What is about this client.
    pub client: Option<ClientId>,
    /// What came from this address; empty for all.
    pub address: String,
}

impl AuditFilter {
    /// The keys of all parts, in the order of the form.
    pub const KEYS: [&str; 7] = ["from", "until", "who", "action", "object", "client", "address"];

    /// Why a text under a key chooses nothing; none if it is right, or empty.
    #[must_use]
    pub fn fault(key: &str, text: &str) -> Option<&'static str> {
        match key {
            _ if text.is_empty() => None,
            "from" | "until" if Moment::parse(text).is_none() => {
                Some("Enter a date such as 2026-11-28, or a date and time such as 2026-11-28T14:30.")
            }
            "client" if text.parse::<ClientId>().is_err() => Some("Enter the ID of a client, such as client_9."),
            _ => None,
        }
    }

    /// What is about a client.
    #[must_use]
    pub fn of_client(client: ClientId) -> Self {
        Self { client: Some(client), ..Self::default() }
    }

    /// An action, whoever did it.
    #[must_use]
    pub fn of_action(action: &str) -> Self {
        Self { action: action.to_owned(), ..Self::default() }
    }

    /// What a user did.
    #[must_use]
    pub fn by_user(user: UserId) -> Self {
        Self { who: user.to_string(), ..Self::default() }
    }

    /// What was done to a thing.
    #[must_use]
    pub fn of_object(id: impl Into<String>) -> Self {
        Self { object: id.into(), ..Self::default() }
    }
}

impl ListFilter for AuditFilter {
    fn read(&mut self, key: &str, value: &str) {
        match key {
            "from" => self.from = Moment::parse(value),
            "until" => self.until = Moment::parse(value),
            "who" => value.clone_into(&mut self.who),
            "action" => value.clone_into(&mut self.action),
            "object" => value.clone_into(&mut self.object),
            "client" => self.client = value.parse().ok(),
            "address" => value.clone_into(&mut self.address),
            _ => {}
        }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let Self { from, until, who, action, object, client, address } = self;
        let time = |time: &Option<Moment>| time.map(|time| time.to_string()).unwrap_or_default();
        let pairs = [
            ("from", time(from)),
            ("until", time(until)),
            ("who", who.clone()),
            ("action", action.clone()),
            ("object", object.clone()),
            ("client", client.map(|client| client.to_string()).unwrap_or_default()),
            ("address", address.clone()),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chooses_nothing_is_refused() {
        for (key, text) in [("from", ""), ("until", "2026-11-28"), ("from", "2026-11-28T14:30"), ("client", "client_9"), ("who", "ada")] {
            assert_eq!(AuditFilter::fault(key, text), None, "{key} {text}");
        }
        for (key, text) in [("from", "yesterday"), ("until", "28.11.2026"), ("client", "9")] {
            assert!(AuditFilter::fault(key, text).is_some(), "{key} {text}");
        }
    }

    #[test]
    fn an_address_round_trips() {
        let address = "q=quota&from=2026-11-01T00%3A00&until=2026-11-28T14%3A30&who=ada%40leoart.example&action=client.update&object=client_9&client=client_9&address=2001%3Adb8%3A%3A1";
        let query = AuditQuery::from_address(address);
        assert_eq!(query.filter.client, Some(ClientId::new(9)));
        assert_eq!(query.filter.until.unwrap().ends().rfc3339(), "2026-11-28T14:30:00Z");
        assert_eq!(query.to_address(), address);
        let day = AuditQuery::from_address("until=2026-11-28");
        assert_eq!(day.to_address(), "until=2026-11-28");
        let day = day.filter.until.unwrap();
        assert_eq!([day.begins(), day.ends()].map(Timestamp::rfc3339), ["2026-11-28T00:00:00Z", "2026-11-29T00:00:00Z"], "all of the day");
        let minute = Timestamp::parse_rfc3339("2026-11-28T09:41:59Z").and_then(Moment::minute_of);
        assert_eq!(minute.map(|minute| minute.to_string()).as_deref(), Some("2026-11-28T09:41"));
        assert_eq!(AuditQuery::from_address("from=soon&client=nobody&until=2026-13-41"), AuditQuery::default(), "nonsense is ignored");
    }
}
