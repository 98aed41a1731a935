//! Drafts of clients. Each is visible to its author only.

use domain::{ClientDraft, DraftDetail, DraftId, DraftRow, Step, Timestamp};
use sqlx::{Row, any::AnyRow};

use crate::{
    Fault, Result,
    clients::client::{Secrets, documents},
    kernel::Tx,
};

/// A draft and its passwords, encrypted with the partner's key.
pub(super) struct StoredDraft {
    pub(crate) detail: DraftDetail,
    pub(crate) secrets: Secrets,
}

impl Tx {
    pub(super) async fn client_draft_insert(&mut self, id: &DraftId, draft: &ClientDraft) -> Result<()> {
        let (details, secrets) = documents(draft, &Secrets::new())?;
        let sql = "INSERT INTO client_drafts (id, partner_id, user_id, name, step, details, secrets, version, created, updated) \
                   VALUES ($1, $2, $3, '', $4, $5, $6, 1, $7, $7)";
        sqlx::query(sql)
            .bind(id.as_str())
            .bind(self.partner.number())
            .bind(self.user_number())
            .bind(Step::ClientDetails.key())
            .bind(details)
            .bind(secrets)
            .bind(self.now.millis())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub(super) async fn client_draft_get(&mut self, id: &DraftId) -> Result<Option<StoredDraft>> {
        let sql = "SELECT step, details, secrets, version, updated FROM client_drafts WHERE id = $1 AND partner_id = $2 AND user_id = $3";
        let (partner, user) = (self.partner.number(), self.user_number());
        let row = sqlx::query(sql).bind(id.as_str()).bind(partner).bind(user).fetch_optional(self.connection()).await?;
        let read = |row: AnyRow| -> Result<StoredDraft> {
            let detail = DraftDetail {
                id: id.clone(),
                draft: serde_json::from_str(row.try_get("details")?)?,
                step: step(&row)?,
                version: row.try_get("version")?,
                updated: Timestamp::from_millis(row.try_get("updated")?),
            };
            Ok(StoredDraft { detail, secrets: serde_json::from_str(row.try_get("secrets")?)? })
        };
        row.map(read).transpose()
    }

    /// The caller's drafts, the last saved first.
    pub(super) async fn client_draft_list(&mut self) -> Result<Vec<DraftRow>> {
        let sql = "SELECT id, name, step, created, updated FROM client_drafts WHERE partner_id = $1 AND user_id = $2 ORDER BY updated DESC, created DESC, id";
        let (partner, user) = (self.partner.number(), self.user_number());
        let rows = sqlx::query(sql).bind(partner).bind(user).fetch_all(self.connection()).await?;
        let read = |row: &AnyRow| -> Result<DraftRow> {
            Ok(DraftRow {
                id: row.try_get::<String, _>("id")?.parse().map_err(|_| Fault::Failed("a draft's id is no UUID".to_owned()))?,
                name: row.try_get("name")?,
                step: step(row)?,
                created: Timestamp::from_millis(row.try_get("created")?),
                updated: Timestamp::from_millis(row.try_get("updated")?),
            })
        };
        rows.iter().map(read).collect()
    }

    pub(super) async fn client_draft_count(&mut self) -> Result<i64> {
        let (partner, user) = (self.partner.number(), self.user_number());
        let sql = "SELECT COUNT(*) FROM client_drafts WHERE partner_id = $1 AND user_id = $2";
        Ok(sqlx::query_scalar(sql).bind(partner).bind(user).fetch_one(self.connection()).await?)
    }

    /// Updates a draft, without its passwords; false if the version is stale.
    pub(super) async fn client_draft_update(
        &mut self,
        id: &DraftId,
        version: i64,
        step: Step,
        draft: &ClientDraft,
        secrets: &Secrets,
    ) -> Result<bool> {
        let (details, secrets) = documents(draft, secrets)?;
        let name: String = draft.name.trim().chars().take(120).collect();
        let sql = "UPDATE client_drafts SET name = $1, step = $2, details = $3, secrets = $4, updated = $5, version = version + 1 \
                   WHERE id = $6 AND partner_id = $7 AND user_id = $8 AND version = $9";
        let done = sqlx::query(sql)
            .bind(name)
            .bind(step.key())
            .bind(details)
            .bind(secrets)
            .bind(self.now.millis())
            .bind(id.as_str())
            .bind(self.partner.number())
            .bind(self.user_number())
            .bind(version)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Deletes a draft; false if there is none.
    pub(super) async fn client_draft_delete(&mut self, id: &DraftId) -> Result<bool> {
        let sql = "DELETE FROM client_drafts WHERE id = $1 AND partner_id = $2 AND user_id = $3";
        let (partner, user) = (self.partner.number(), self.user_number());
        let done = sqlx::query(sql).bind(id.as_str()).bind(partner).bind(user).execute(self.connection()).await?;
        Ok(done.rows_affected() == 1)
    }
}

fn step(row: &AnyRow) -> Result<Step> {
    let key: &str = row.try_get("step")?;
    Step::from_key(key).ok_or_else(|| Fault::Failed(format!("unknown step {key}")))
}
