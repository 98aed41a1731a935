//! Partners.

use domain::{PartnerId, PartnerSettings, Timestamp};
use sqlx::Row;

use crate::{Result, kernel::Tx};

impl Tx {
    /// The partner with the lowest number. For the seeds.
    pub(crate) async fn partner_first(&mut self) -> Result<Option<PartnerId>> {
        let first: Option<i64> = sqlx::query_scalar("SELECT id FROM partners ORDER BY id LIMIT 1").fetch_optional(self.connection()).await?;
        Ok(first.map(PartnerId::new))
    }

    /// The name of the transaction's partner, and when it was created. For reports.
    pub(crate) async fn partner_name(&mut self) -> Result<(String, Timestamp)> {
        let row = sqlx::query("SELECT name, created FROM partners WHERE id = $1").bind(self.partner.number()).fetch_one(self.connection()).await?;
        Ok((row.try_get("name")?, Timestamp::from_millis(row.try_get("created")?)))
    }

    /// The partner of the transaction.
    pub(super) async fn partner_insert(&mut self, name: &str) -> Result<()> {
        let sql = "INSERT INTO partners (id, name, created) VALUES ($1, $2, $3)";
        let (partner, now) = (self.partner.number(), self.now.millis());
        sqlx::query(sql).bind(partner).bind(name).bind(now).execute(self.connection()).await?;
        Ok(())
    }

    pub(super) async fn partner_settings(&mut self) -> Result<PartnerSettings> {
        let sql = "SELECT restrict_ips, allowed_ips, require_second_factor, trust_browsers, version FROM partners WHERE id = $1";
        let row = sqlx::query(sql).bind(self.partner.number()).fetch_one(self.connection()).await?;
        Ok(PartnerSettings {
            restrict_ips: row.try_get::<i64, _>("restrict_ips")? == 1,
            allowed_ips: row.try_get("allowed_ips")?,
            require_second_factor: row.try_get::<i64, _>("require_second_factor")? == 1,
            trust_browsers: row.try_get::<i64, _>("trust_browsers")? == 1,
            version: row.try_get("version")?,
        })
    }

    /// Updates the settings; false if the version is stale.
    pub(super) async fn partner_settings_update(&mut self, settings: &PartnerSettings, version: i64) -> Result<bool> {
        let sql = "UPDATE partners SET restrict_ips = $1, allowed_ips = $2, version = $3, require_second_factor = $6, trust_browsers = $7 \
                   WHERE id = $4 AND version = $5";
        let partner = self.partner.number();
        let query = sqlx::query(sql).bind(i64::from(settings.restrict_ips)).bind(settings.allowed_ips.as_str()).bind(settings.version);
        let query = query.bind(partner).bind(version).bind(i64::from(settings.require_second_factor)).bind(i64::from(settings.trust_browsers));
        Ok(query.execute(self.connection()).await?.rows_affected() == 1)
    }
}
