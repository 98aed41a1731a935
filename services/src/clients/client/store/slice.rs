//! Clients as the API searches them: by exact attributes, and a part of the list by position.

use domain::{Client, ClientFilter, ClientId, ClientSort, ClientStatus, Slice, Sliced, StatusFilter};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use super::{CLIENT, JOINS, client, list, status};
use crate::{Result, kernel::Tx};

impl Tx {
    /// The status of a client of the partner, for entering a tenant.
    pub(crate) async fn client_status(&mut self, id: ClientId) -> Result<Option<ClientStatus>> {
        let sql = format!("SELECT t.status FROM clients t WHERE t.id = $1 AND t.partner_id = $2{}", self.unstaged_client("t.id"));
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        row.as_ref().map(status).transpose()
    }

    /// A part of the visible clients that a filter leaves, with all their details.
    pub(in crate::clients::client) async fn client_slice(&mut self, filter: &ClientFilter, slice: Slice<ClientSort>) -> Result<Sliced<Client>> {
        let listing = self.clients_found(CLIENT, JOINS, "", filter).await?;
        let (partner, reader) = (self.partner, self.caller.clone());
        listing.slice_by(self, list::sort(slice.sort), slice, |row| client(row, partner, reader.as_deref())).await
    }

    /// Id and name of all visible clients, by name.
    pub(in crate::clients::client) async fn client_names(&mut self) -> Result<Vec<(ClientId, String)>> {
        let listing = self.clients("t.name", "", StatusFilter::InService.statuses());
        let name = |row: &AnyRow| Ok((ClientId::new(row.try_get("id")?), row.try_get("name")?));
        listing.all_by(self, list::sort(ClientSort::Name), name).await
    }
}
