//! How many rows there are of what is listed most, kept by the writes so that no list counts them.

use std::collections::HashMap;

use domain::{ClientStatus, DeviceKind, Month};
use sqlx::Row;

use super::{Binds, Tx};
use crate::Result;

/// What is counted, of each partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Clients in a state.
    Clients(ClientStatus),
    /// Clients created in a month, whatever became of them.
    ClientsCreated(Month),
    /// Persons who are not terminated.
    Users,
    /// Roles.
    Roles,
    /// Devices of a kind.
    Devices(DeviceKind),
}

impl Counted {
    /// As the table names it.
    fn key(self) -> String {
        match self {
            Self::Clients(status) => format!("clients {}", status.key()),
            Self::ClientsCreated(month) => format!("new clients {month}"),
            Self::Users => "users".to_owned(),
            Self::Roles => "roles".to_owned(),
            Self::Devices(kind) => format!("devices {}", kind.key()),
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

    /// As [`Tx::row_count`], of several lists at once.
    pub(crate) async fn row_counts(&mut self, lists: &[Vec<Counted>]) -> Result<Vec<u64>> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let keys: Vec<_> = lists.iter().flatten().map(|counted| binds.text(counted.key())).collect();
        let sql = format!("SELECT counted, number FROM row_counts WHERE partner_id = {partner} AND counted IN ({})", keys.join(", "));
        let mut numbers = HashMap::<String, i64>::new();
        for row in binds.fetch(self, sql).await? {
            numbers.insert(row.try_get("counted")?, row.try_get("number")?);
        }
        let number = |counted: &Counted| numbers.get(&counted.key()).copied().unwrap_or_default();
        Ok(lists.iter().map(|list| u64::try_from(list.iter().map(number).sum::<i64>()).unwrap_or_default()).collect())
    }
}
