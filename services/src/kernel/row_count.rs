//! How many rows there are of what is listed most, kept by the writes so that no list counts them.

use domain::ClientStatus;

use super::{Binds, Tx};
use crate::Result;

/// What is counted, of each partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Clients in a state.
    Clients(ClientStatus),
    /// Persons who are not terminated.
    Users,
    /// Roles.
    Roles,
    /// Devices.
    Devices,
}

impl Counted {
    /// As the table names it.
    fn key(self) -> String {
        match self {
            Self::Clients(status) => format!("clients {}", status.key()),
            Self::Users => "users".to_owned(),
            Self::Roles => "roles".to_owned(),
            Self::Devices => "devices".to_owned(),
        }
    }
}

impl Tx {
    /// Counts rows that were inserted or, with a negative number, deleted.
    pub(crate) async fn row_count_add(&mut self, counted: Counted, number: i64) -> Result<()> {
        if number == 0 {
            return Ok(());
        }
        let sql = "INSERT INTO row_counts (partner_id, counted, number) VALUES ($1, $2, $3) \
                   ON CONFLICT (partner_id, counted) DO UPDATE SET number = row_counts.number + excluded.number";
        sqlx::query(sql).bind(self.partner.number()).bind(counted.key()).bind(number).execute(self.connection()).await?;
        Ok(())
    }

    /// How many rows the partner has, of several kinds together.
    pub(crate) async fn row_count(&mut self, counted: impl IntoIterator<Item = Counted>) -> Result<u64> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let keys: Vec<_> = counted.into_iter().map(|counted| binds.text(counted.key())).collect();
        let keys = keys.join(", ");
        let sql = format!("SELECT CAST(COALESCE(SUM(number), 0) AS BIGINT) FROM row_counts WHERE partner_id = {partner} AND counted IN ({keys})");
        binds.fetch_number(self, sql).await
    }
}
