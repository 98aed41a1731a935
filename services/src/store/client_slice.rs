//! Clients as the API searches them: by exact attributes, and a part of the list by position.

use domain::{Client, ClientFilter, ClientId, ClientSort, ClientStatus, Permission, Slice, Sliced};
use sqlx::Row;

use super::{
    Tx,
    client::{CLIENT, FROM, client, status},
    engine::TextIndex,
    listing::Listing,
    statement::Binds,
};
use crate::Result;

impl Tx {
    /// The state of a client of the partner.
    pub(crate) async fn client_status(&mut self, id: ClientId) -> Result<Option<ClientStatus>> {
        let sql = "SELECT status FROM clients WHERE id = $1 AND partner_id = $2";
        let row = sqlx::query(sql).bind(id.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        row.as_ref().map(status).transpose()
    }

    /// A part of the visible clients that a filter leaves, with all their details.
    pub(crate) async fn client_slice(&mut self, filter: &ClientFilter, sort: ClientSort, slice: Slice) -> Result<Sliced<Client>> {
        let listing = self.client_filter(filter);
        let (partner, reader) = (self.partner, self.caller.clone());
        let column = match sort {
            ClientSort::Id => "t.id",
            ClientSort::Country => "t.country",
            ClientSort::TimeZone => "t.time_zone",
            ClientSort::ExternalId => "t.external_key",
            ClientSort::Created => "t.created",
            ClientSort::Updated => "t.updated",
            ClientSort::Name => "t.name_key",
        };
        listing.slice_by(self, column, slice, |row| client(row, partner, reader.as_deref())).await
    }

    /// Id and name of all visible clients, by name.
    pub(crate) async fn client_names(&mut self) -> Result<Vec<(ClientId, String)>> {
        let listing = self.client_filter(&ClientFilter::default()).by("t.name", "clients t");
        listing.all(self, |row| Ok((ClientId::new(row.try_get("id")?), row.try_get("name")?))).await
    }

    fn client_filter(&self, filter: &ClientFilter) -> Listing<'static> {
        let mut binds = Binds::default();
        let mut condition = format!("t.partner_id = {}{}", binds.number(self.partner.number()), self.seen_client(Permission::ClientView, "t.id"));
        condition += match filter.active {
            Some(true) => " AND t.status = 'active'",
            Some(false) => " AND t.status <> 'active'",
            None => " AND t.status <> 'terminated'",
        };
        if let Some(id) = filter.id {
            condition += &format!(" AND t.id = {}", binds.number(id.number()));
        }
        for (column, (from, until)) in [("t.created", filter.created), ("t.updated", filter.updated)] {
            if let Some(from) = from {
                condition += &format!(" AND {column} >= {}", binds.number(from.millis()));
            }
            if let Some(until) = until {
                condition += &format!(" AND {column} <= {}", binds.number(until.millis()));
            }
        }
        let listing = Listing::of(CLIENT, FROM, condition, binds).search("t.name_key", &filter.name);
        listing.among(self, TextIndex::Clients, &[&filter.name])
    }
}
