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
pub struct Moment(Timestamp);

impl Moment {
    /// From a text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let whole = match text.len() {
            10 => format!("{text}T00:00:00Z"),
            16 => format!("{text}:00Z"),
            _ => return None,
        };
        Timestamp::parse_rfc3339(&whole).map(Self)
    }

    /// The moment.
    #[must_use]
    pub const fn at(self) -> Timestamp {
        self.0
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.0.rfc3339();
        f.write_str(text.get(..16).unwrap_or(&text))
    }
}

/// Which records are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Not before this moment.
    pub from: Option<Moment>,
    /// Before this moment.
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
    /// What is about a client.
    #[must_use]
    pub fn of_client(client: ClientId) -> Self {
        Self { client: Some(client), ..Self::default() }
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
    fn an_address_round_trips() {
        let address = "q=quota&from=2026-11-01T00%3A00&until=2026-11-28T14%3A30&who=ada%40leoart.example&action=client.update&object=client_9&client=client_9&address=2001%3Adb8%3A%3A1";
        let query = AuditQuery::from_address(address);
        assert_eq!(query.filter.client, Some(ClientId::new(9)));
        assert_eq!(query.filter.until.unwrap().at().rfc3339(), "2026-11-28T14:30:00Z");
        assert_eq!(query.to_address(), address);
        assert_eq!(AuditQuery::from_address("from=2026-11-01").filter.from, Moment::parse("2026-11-01T00:00"), "a day begins at midnight");
        assert_eq!(AuditQuery::from_address("from=soon&client=nobody&until=2026-13-41"), AuditQuery::default(), "nonsense is ignored");
    }
}
