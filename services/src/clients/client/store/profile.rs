//! Clients as a report lists them.

use domain::{ClientId, ClientQuery, ClientStatus, ListPage, Timestamp, UserSummary};
use serde::Deserialize;
use sqlx::{Row, any::AnyRow};

use super::{list, status};
use crate::{Result, kernel::Tx, people::user::author};

/// A client as a report lists it.
pub(crate) struct ListedProfile {
    pub(crate) id: ClientId,
    pub(crate) name: String,
    pub(crate) status: ClientStatus,
    pub(crate) country: String,
    pub(crate) time_zone: String,
    pub(crate) external_id: String,
    pub(crate) created: Timestamp,
    /// None if the reader may not know them.
    pub(crate) updated_by: Option<UserSummary>,
    pub(crate) contact: Contact,
}

/// The part of a client's settings that a report lists. Reading no more of the document halves the time that a row takes.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Contact {
    pub(crate) email: String,
    pub(crate) address: String,
    pub(crate) city: String,
    pub(crate) state: String,
    pub(crate) zip: String,
    pub(crate) phone: String,
    pub(crate) mobile: String,
    pub(crate) contact_person: String,
}

/// The columns of [`profile`].
const COLUMNS: &str = "t.name, t.status, t.country, t.time_zone, t.external_id, t.created, d.details, \
    b.id AS b_id, b.login AS b_login, b.first_name AS b_first, b.last_name AS b_last, b.email AS b_email, b.client_id AS b_client";

/// The joins that [`COLUMNS`] needs. A terminated client has no details.
const JOINS: &str = "LEFT JOIN client_details d ON d.client_id = t.id LEFT JOIN users b ON b.id = t.updated_by";

impl Tx {
    /// A part of the clients that the caller sees, for reports.
    pub(crate) async fn client_profiles(&mut self, query: &ClientQuery) -> Result<ListPage<ListedProfile>> {
        let listing = self.clients_found(COLUMNS, JOINS, &query.search, &query.filter).await?;
        let reader = self.caller()?;
        let profile = |row: &AnyRow| {
            let details: Option<&str> = row.try_get("details")?;
            Ok(ListedProfile {
                id: ClientId::new(row.try_get("id")?),
                name: row.try_get("name")?,
                status: status(row)?,
                country: row.try_get("country")?,
                time_zone: row.try_get("time_zone")?,
                external_id: row.try_get("external_id")?,
                created: Timestamp::from_millis(row.try_get("created")?),
                updated_by: author(row, 'b', Some(&reader))?,
                contact: details.map(serde_json::from_str).transpose()?.unwrap_or_default(),
            })
        };
        listing.page_by(self, list::sort(query.sort), query, profile).await
    }
}
