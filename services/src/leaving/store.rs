//! Looks up rows of the tables that have folders of files.

use std::collections::BTreeSet;

use sqlx::Row;

use crate::{
    Result,
    kernel::{Binds, Tx},
};

impl Tx {
    /// Those of some ids that a table has, of all partners.
    pub(super) async fn ids_among(&mut self, table: &'static str, ids: &[String]) -> Result<BTreeSet<String>> {
        let mut binds = Binds::default();
        let places: Vec<_> = ids.iter().map(|id| binds.text(&**id)).collect();
        let sql = format!("SELECT CAST(t.id AS TEXT) AS id FROM {table} t WHERE CAST(t.id AS TEXT) IN ({})", places.join(", "));
        binds.fetch(self, sql).await?.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }
}
