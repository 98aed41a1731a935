//! External ids.

use std::collections::BTreeMap;

use domain::AwsAccountNumber;
use sqlx::Row;

use crate::{
    Result,
    kernel::{Binds, Tx},
};

/// Rows per statement.
const ROWS: usize = 200;

impl Tx {
    /// The external ids of some accounts; those that have none get the one that comes with them.
    pub(in super::super) async fn aws_external_ids(&mut self, new: &[(AwsAccountNumber, String)]) -> Result<BTreeMap<AwsAccountNumber, String>> {
        let mut found = BTreeMap::new();
        for some in new.chunks(ROWS) {
            let mut binds = Binds::default();
            let partner = binds.number(self.partner.number());
            let rows = some.iter().map(|(number, id)| format!("({partner}, {}, {})", binds.text(number.as_str()), binds.text(id.as_str())));
            let rows = rows.collect::<Vec<_>>().join(", ");
            // An update that changes nothing, so that the row is returned.
            let sql = format!(
                "INSERT INTO aws_external_ids (partner_id, number, external_id) VALUES {rows} \
                 ON CONFLICT (partner_id, number) DO UPDATE SET external_id = aws_external_ids.external_id RETURNING number, external_id"
            );
            for row in binds.fetch(self, sql).await? {
                found.insert(super::number(&row, "number")?, row.try_get("external_id")?);
            }
        }
        Ok(found)
    }
}
