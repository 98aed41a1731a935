//! Look-ups for seeds.

use domain::ClientId;
use sqlx::Row;

use crate::{
    Result,
    kernel::{Binds, Tx},
};

impl Tx {
    /// All clients of the partner, except terminated ones.
    pub(super) async fn client_numbers(&mut self) -> Result<Vec<ClientId>> {
        let sql = "SELECT id FROM clients WHERE partner_id = $1 AND status IN ('active', 'suspended') ORDER BY id";
        let numbers: Vec<i64> = sqlx::query_scalar(sql).bind(self.partner.number()).fetch_all(self.connection()).await?;
        Ok(numbers.into_iter().map(ClientId::new).collect())
    }

    /// Some of the partner's own users.
    pub(super) async fn user_numbers_of_partner(&mut self, most: i64) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM users WHERE partner_id = $1 AND client_id = 0 AND kind = 'person' AND password_hash = '' ORDER BY id LIMIT $2";
        Ok(sqlx::query_scalar(sql).bind(self.partner.number()).bind(most).fetch_all(self.connection()).await?)
    }

    /// The first permission set of a role.
    pub(super) async fn permission_set_of_role(&mut self, role: i64) -> Result<i64> {
        let sql = "SELECT permission_set_id FROM role_permission_sets WHERE role_id = $1 ORDER BY permission_set_id LIMIT 1";
        Ok(sqlx::query_scalar(sql).bind(role).fetch_one(self.connection()).await?)
    }

    /// Some devices of some clients.
    pub(super) async fn device_numbers_of(&mut self, clients: &[i64], most: usize) -> Result<Vec<i64>> {
        let mut binds = Binds::default();
        let places: Vec<_> = clients.iter().map(|client| binds.number(*client)).collect();
        let sql = format!("SELECT id FROM devices WHERE client_id IN ({}) ORDER BY id LIMIT {most}", places.join(", "));
        binds.fetch(self, sql).await?.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }
}
