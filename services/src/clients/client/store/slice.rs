//! Clients as the API searches them: by exact attributes, and a part of the list by position.

use domain::{Client, ClientFilter, ClientId, ClientSort, ClientStatus, Slice, Sliced};
use sqlx::{Row, any::AnyRow};

use super::{CLIENT, JOINS, client, list, status};
use crate::{
    Result,
    kernel::{Tx, list::Listing},
};

impl Tx {
    /// The status of a client of the partner, for entering a tenant.
    pub(crate) async fn client_status(&mut self, id: ClientId) -> Result<Option<ClientStatus>> {
        let sql = "SELECT status FROM clients WHERE id = $1 AND partner_id = $2";
        let row = sqlx::query(sql).bind(id.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        row.as_ref().map(status).transpose()
    }

    /// A part of the visible clients that a filter leaves, with all their details.
    pub(in crate::clients::client) async fn client_slice(&mut self, filter: &ClientFilter, sort: ClientSort, slice: Slice) -> Result<Sliced<Client>> {
        let mut listing = self.client_filter(filter);
        let statuses = statuses(filter);
        if self.sees_all_clients() && *filter == (ClientFilter { active: filter.active, ..ClientFilter::default() }) {
            listing = listing.counted(self.client_count(statuses).await?);
        }
        let (partner, reader) = (self.partner, self.caller.clone());
        listing.slice_by(self, list::sort(sort), slice, |row| client(row, partner, reader.as_deref())).await
    }

    /// Id and name of all visible clients, by name.
    pub(in crate::clients::client) async fn client_names(&mut self) -> Result<Vec<(ClientId, String)>> {
        let listing = self.client_filter(&ClientFilter::default()).by("t.name", "");
        let name = |row: &AnyRow| Ok((ClientId::new(row.try_get("id")?), row.try_get("name")?));
        listing.all_by(self, list::sort(ClientSort::Name), name).await
    }

    fn client_filter(&self, filter: &ClientFilter) -> Listing<'static> {
        let statuses = statuses(filter);
        let mut listing = self.clients(CLIENT, JOINS, statuses);
        if let Some(id) = filter.id.map(ClientId::number) {
            listing.condition += &format!(" AND t.id = {id}");
            listing = listing.among(format!("SELECT t.id AS hit FROM clients t WHERE t.id = {id}"));
        }
        for (sort, column, (from, until)) in [(ClientSort::Created, "created", filter.created), (ClientSort::Updated, "updated", filter.updated)] {
            let from = from.map(|from| format!(" AND t.{column} >= {}", from.millis()));
            let until = until.map(|until| format!(" AND t.{column} <= {}", until.millis()));
            if from.is_some() || until.is_some() {
                let range = [from, until].map(Option::unwrap_or_default).concat();
                listing.condition += &range;
                listing = listing.among_few(self.clients_along(sort, statuses, range.trim_start_matches(" AND ")));
            }
        }
        self.search_clients(listing, statuses, "", &filter.name)
    }
}

/// The states that a filter leaves.
const fn statuses(filter: &ClientFilter) -> &'static [ClientStatus] {
    match filter.active {
        Some(true) => &[ClientStatus::Active],
        Some(false) => &[ClientStatus::Suspended, ClientStatus::Terminated],
        None => &[ClientStatus::Active, ClientStatus::Suspended],
    }
}
