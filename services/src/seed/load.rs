//! Millions of clients, for load tests.

use std::collections::BTreeMap;

use domain::{ClientDraft, ClientStatus, Error, IpRestriction, Month, PartnerId};

use super::client::Imagined;
use crate::{
    Operator, Result,
    clients::client::{BulkClient, SealedProfile, Secrets},
    kernel::row_count::Counted,
};

/// Rows per transaction.
const BATCH: u64 = 20_000;

impl Operator<'_> {
    /// Adds `count` clients to the first partner, which is created if there is none. Calls `progress` with the number so far.
    ///
    /// # Errors
    /// Only failures.
    pub async fn seed_clients(&self, count: u64, mut progress: impl FnMut(u64)) -> Result<()> {
        let mut tx = self.0.command("load tests start from the first partner", PartnerId::new(0)).await?;
        let partner = match tx.partner_first().await? {
            Some(partner) => partner,
            None => self.0.partner_add(&mut tx, "LeoArt Inc").await?,
        };
        tx.commit().await?;
        let mut done = 0;
        while done < count {
            let batch = BATCH.min(count - done);
            let mut tx = self.0.command("clients for load tests", partner).await?;
            let catalogues = tx.catalogue_list().await?;
            let first = tx.next_numbers("client", i64::try_from(batch).unwrap_or_default()).await?;
            let mut clients = Vec::new();
            for (number, place) in (first..).zip(done..done + batch) {
                let Imagined { draft, status, created, updated } = Imagined::new(number, place, count, tx.now, &catalogues);
                let draft = if status == ClientStatus::Terminated { ClientDraft::bare(draft.name) } else { draft };
                let restriction = if draft.restrict_ips { draft.allowed_ips.as_str() } else { "" };
                let restriction = IpRestriction::parse(restriction).map_err(|wrong| Error::invalid("allowed_ips", wrong.join(" ")))?;
                let profile = SealedProfile { details: draft, restriction, secrets: Secrets::new() };
                clients.push(BulkClient { number, status, created, updated, profile });
            }
            tx.clients_insert(&clients).await?;
            for status in ClientStatus::ALL {
                let count = clients.iter().filter(|client| client.status == *status).count();
                if count > 0 {
                    tx.row_count_add(Counted::Clients(*status), i64::try_from(count).unwrap_or_default()).await?;
                }
            }
            let mut months = BTreeMap::<Month, i64>::new();
            for client in &clients {
                *months.entry(Month::of(client.created)).or_default() += 1;
            }
            for (month, count) in months {
                tx.row_count_add(Counted::ClientsCreated(month), count).await?;
            }
            tx.commit().await?;
            done += batch;
            progress(done);
        }
        Ok(())
    }
}
