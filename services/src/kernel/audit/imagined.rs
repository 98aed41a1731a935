//! Many records, for load tests.

use domain::{AUDIT_ACTIONS, Change, ClientId, Through, UserId};

use super::{Actor, Deed};
use crate::{Result, kernel::Tx};

/// The time between two records, in milliseconds: ten million cover more than three years.
const APART: i64 = 10_000;

/// Users; the first does a third of everything.
const USERS: i64 = 500;

const CLIENTS: i64 = 200;
const ADDRESSES: i64 = 250;

/// One record of so many has a rare word.
const RARE: i64 = 100_000;

const CITIES: [&str; 6] = ["Bern", "Zürich", "San José", "Tokyo", "Kyiv", "Austin"];

impl Tx {
    /// Appends the records of some numbers, of all that there will be. They are linked as all records are.
    pub(crate) async fn audit_imagine(&mut self, numbers: std::ops::Range<i64>, all: i64) -> Result<()> {
        let now = self.now.millis();
        let imagined = numbers.map(|number| imagined(number).map(|(actor, deed)| (now - (all - number) * APART, actor, deed)));
        let imagined = imagined.collect::<Result<Vec<_>>>()?;
        self.records_append(&imagined.iter().map(|(at, actor, deed)| (*at, actor, deed)).collect::<Vec<_>>()).await
    }
}

fn imagined(number: i64) -> Result<(Actor, Deed)> {
    let user = if number % 3 == 0 { 1 } else { 1 + number % USERS };
    let client = (number % 4 == 0).then(|| ClientId::new(1 + number / 4 % CLIENTS));
    let at = |many: usize| usize::try_from(number).unwrap_or_default() % many;
    let action = AUDIT_ACTIONS.get(at(AUDIT_ACTIONS.len())).map_or("", |(action, _)| action);
    let object = client.map_or_else(|| UserId::new(1 + number / 7 % USERS).to_string(), |client| client.to_string());
    let city = CITIES.get(at(CITIES.len())).copied().unwrap_or_default();
    let after = if number % RARE == RARE / 2 { format!("Xanadu {number}") } else { format!("Street {}", number % 10_000) };
    let actor = Actor {
        user: Some(user),
        client: None,
        login: format!("user{user}@load.example"),
        ip: format!("192.0.2.{}", number % ADDRESSES),
        through: Through::Page,
        reference: format!("request-{number}"),
    };
    Ok((actor, Deed::of(action, object, client, Change::of("address", "Address", city, &after).as_slice())?))
}
