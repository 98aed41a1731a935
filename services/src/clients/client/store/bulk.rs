//! Inserts many clients at once.

use domain::{ClientId, ClientStatus, Timestamp};

use super::{SealedProfile, documents};
use crate::{
    Result,
    kernel::{Binds, Tx, fold::fold},
};

/// Rows per statement. SQLite looks placeholders up one by one, so more would be slower.
const ROWS: usize = 40;

/// A client with its own timestamps.
pub(crate) struct BulkClient {
    pub(crate) number: i64,
    pub(crate) status: ClientStatus,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) profile: SealedProfile,
}

impl Tx {
    /// Inserts clients with consecutive numbers, made by the transaction's caller if it has one. The caller updates the counts.
    pub(crate) async fn clients_insert(&mut self, clients: &[BulkClient]) -> Result<()> {
        let partner = self.partner.number();
        let by = self.caller.as_ref().map_or_else(|| "NULL".to_owned(), |caller| caller.user.id.number().to_string());
        for some in clients.chunks(ROWS) {
            let (mut rows, mut binds) = (Vec::new(), Binds::default());
            let (mut details_rows, mut details_binds) = (Vec::new(), Binds::default());
            for BulkClient { number, status, created, updated, profile } in some {
                let details = &profile.details;
                let row = [
                    binds.number(*number),
                    binds.number(partner),
                    binds.text(status.key()),
                    binds.text(&*details.name),
                    binds.text(fold(&details.name)),
                    binds.text(&*details.country),
                    binds.text(&*details.time_zone),
                    binds.text(&*details.external_id),
                    binds.text(fold(&details.external_id)),
                    binds.text(profile.restriction.to_string()),
                    binds.number(created.millis()),
                    by.clone(),
                    binds.number(updated.millis()),
                    by.clone(),
                    binds.number(1),
                    binds.number(i64::from(details.require_second_factor)),
                ];
                rows.push(format!("({})", row.join(", ")));
                let (details, secrets) = documents(details, &profile.secrets)?;
                let row = [details_binds.number(*number), details_binds.text(details), details_binds.text(secrets)];
                details_rows.push(format!("({})", row.join(", ")));
            }
            let sql = "INSERT INTO clients (id, partner_id, status, name, name_key, country, time_zone, external_id, external_key, restriction, \
                       created, created_by, updated, updated_by, version, require_second_factor) VALUES ";
            binds.execute(self, format!("{sql}{}", rows.join(", "))).await?;
            let sql = "INSERT INTO client_details (client_id, details, secrets) VALUES ";
            details_binds.execute(self, format!("{sql}{}", details_rows.join(", "))).await?;
        }
        if let (Some(first), Some(last)) = (clients.first(), clients.last()) {
            self.client_search_insert(ClientId::new(first.number), ClientId::new(last.number)).await?;
        }
        Ok(())
    }
}
