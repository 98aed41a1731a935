//! What the rows of several nouns have in common.

use domain::{ClientId, ClientSummary, InventoryUsage};
use sqlx::{Row, any::AnyRow};

use crate::{Fault, Result};

/// The client in a row's column `client_id`, which is 0 for what is the partner's own.
pub(crate) fn client(row: &AnyRow) -> Result<Option<ClientId>> {
    let number: i64 = row.try_get("client_id")?;
    Ok((number != 0).then(|| ClientId::new(number)))
}

/// An identifier in a row.
pub(crate) fn id<T: std::str::FromStr>(row: &AnyRow, column: &str) -> Result<T> {
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|_| Fault::Failed(format!("unreadable id {text}")))
}

/// The client to which a row belongs; none for the partner's own.
pub(crate) fn owner(row: &AnyRow) -> Result<Option<ClientSummary>> {
    client(row)?.map(|id| Ok(ClientSummary { id, name: row.try_get("client_name")? })).transpose()
}

/// The columns of a [`InventoryUsage`].
pub(crate) fn usage(row: &AnyRow) -> Result<InventoryUsage> {
    let count = |column| -> Result<u64> { Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default()) };
    Ok(InventoryUsage { roles: count("roles")?, device_groups: count("device_groups")?, devices: count("devices")? })
}
