//! Readers of columns that several nouns share.

use domain::{ClientId, ClientSummary, InventoryUsage};
use sqlx::{Row, any::AnyRow};

use crate::{Fault, Result};

/// The client in the column `client_id`; 0 stands for the partner.
pub(crate) fn client(row: &AnyRow) -> Result<Option<ClientId>> {
    let number: i64 = row.try_get("client_id")?;
    Ok((number != 0).then(|| ClientId::new(number)))
}

/// Parses an id column.
pub(crate) fn id<T: std::str::FromStr>(row: &AnyRow, column: &str) -> Result<T> {
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|_| Fault::Failed(format!("unreadable id {text}")))
}

/// The client that owns a row; none for the partner.
pub(crate) fn owner(row: &AnyRow) -> Result<Option<ClientSummary>> {
    client(row)?.map(|id| Ok(ClientSummary { id, name: row.try_get("client_name")? })).transpose()
}

/// The columns of a [`InventoryUsage`].
pub(crate) fn usage(row: &AnyRow) -> Result<InventoryUsage> {
    let count = |column| -> Result<u64> { Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default()) };
    Ok(InventoryUsage { roles: count("roles")?, device_groups: count("device_groups")?, devices: count("devices")? })
}
