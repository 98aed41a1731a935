//! Many clients at once.

use domain::{ClientStatus, Timestamp};
use sqlx::{Any, QueryBuilder};

use super::{SealedProfile, Tx, documents};
use crate::{Result, fold::fold};

/// So many in a statement: engines allow some 32,000 values.
const ROWS: usize = 1000;

/// A client of some age.
pub(crate) struct BulkClient {
    pub(crate) number: i64,
    pub(crate) status: ClientStatus,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) profile: SealedProfile,
}

impl Tx {
    /// Writes clients whose numbers follow one another. Counting them is left to the caller.
    pub(crate) async fn clients_insert(&mut self, clients: &[BulkClient]) -> Result<()> {
        let partner = self.partner.number();
        for some in clients.chunks(ROWS) {
            let mut sql: QueryBuilder<Any> = QueryBuilder::new(
                "INSERT INTO clients (id, partner_id, status, name, name_key, country, time_zone, external_id, external_key, restriction, created, updated, version) ",
            );
            sql.push_values(some, |mut row, client| {
                let details = &client.profile.details;
                row.push_bind(client.number).push_bind(partner).push_bind(client.status.key());
                row.push_bind(&*details.name).push_bind(fold(&details.name)).push_bind(&*details.country).push_bind(&*details.time_zone);
                row.push_bind(&*details.external_id).push_bind(fold(&details.external_id)).push_bind(client.profile.restriction.to_string());
                row.push_bind(client.created.millis()).push_bind(client.updated.millis()).push_bind(1_i64);
            });
            sql.build().execute(self.connection()).await?;
            let documents = some.iter().map(|client| documents(&client.profile.details, &client.profile.secrets));
            let documents = documents.collect::<Result<Vec<_>>>()?;
            let mut sql: QueryBuilder<Any> = QueryBuilder::new("INSERT INTO client_details (client_id, details, secrets) ");
            sql.push_values(some.iter().zip(documents), |mut row, (client, (details, secrets))| {
                row.push_bind(client.number).push_bind(details).push_bind(secrets);
            });
            sql.build().execute(self.connection()).await?;
        }
        if let (Some(first), Some(last)) = (clients.first(), clients.last()) {
            self.client_search_put_range(first.number, last.number).await?;
        }
        Ok(())
    }
}
