//! Catalogues.

use domain::{CatalogueId, CatalogueItem, CatalogueItemProfile, CatalogueKind, Catalogues};
use sqlx::{Row, any::AnyRow};

use crate::{
    Fault, Result,
    kernel::{Tx, fold::fold},
};

impl Tx {
    /// Every item of the partner, retired ones too, in the order of the page. A client is checked against it.
    pub(crate) async fn catalogue_list(&mut self) -> Result<Catalogues> {
        let Some(cache) = self.cache() else { return self.catalogue_read().await };
        let partner = self.partner;
        let found = cache.catalogues.get_or(&partner, async { self.catalogue_read().await.map(Some) }).await?;
        Ok(found.unwrap_or_default())
    }

    async fn catalogue_read(&mut self) -> Result<Catalogues> {
        let sql = "SELECT id, kind, parent_id, name, description, retired, version FROM catalogue_items WHERE partner_id = $1 ORDER BY position, id";
        let rows = sqlx::query(sql).bind(self.partner.number()).fetch_all(self.connection()).await?;
        Ok(Catalogues { items: rows.iter().map(item).collect::<Result<_>>()? })
    }

    pub(super) async fn catalogue_item_get(&mut self, id: CatalogueId) -> Result<Option<CatalogueItem>> {
        let sql = "SELECT id, kind, parent_id, name, description, retired, version FROM catalogue_items WHERE partner_id = $1 AND id = $2";
        let row = sqlx::query(sql).bind(self.partner.number()).bind(id.number()).fetch_optional(self.connection()).await?;
        row.as_ref().map(item).transpose()
    }

    /// Inserts an item as the last of its kind.
    pub(super) async fn catalogue_item_insert(
        &mut self,
        kind: CatalogueKind,
        parent: Option<CatalogueId>,
        item: &CatalogueItemProfile,
    ) -> Result<CatalogueId> {
        let id = self.next_number("catalogue_item").await?;
        let sql = "INSERT INTO catalogue_items (id, partner_id, kind, parent_id, name, name_key, description, position, retired, version) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 1)";
        // The id is also the position: ids only grow, so new items come last.
        sqlx::query(sql)
            .bind(id)
            .bind(self.partner.number())
            .bind(kind.key())
            .bind(parent.map_or(0, CatalogueId::number))
            .bind(&item.name)
            .bind(fold(&item.name))
            .bind(&item.description)
            .bind(id)
            .execute(self.connection())
            .await?;
        Ok(CatalogueId::new(id))
    }

    /// Updates an item; false if the version is stale.
    pub(super) async fn catalogue_item_update(&mut self, item: &CatalogueItem) -> Result<bool> {
        let sql = "UPDATE catalogue_items SET name = $1, name_key = $2, description = $3, retired = $4, version = version + 1 \
                   WHERE partner_id = $5 AND id = $6 AND version = $7";
        let done = sqlx::query(sql)
            .bind(&item.name)
            .bind(fold(&item.name))
            .bind(&item.description)
            .bind(i64::from(item.retired))
            .bind(self.partner.number())
            .bind(item.id.number())
            .bind(item.version)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }
}

fn item(row: &AnyRow) -> Result<CatalogueItem> {
    let kind: String = row.try_get("kind")?;
    let parent: i64 = row.try_get("parent_id")?;
    Ok(CatalogueItem {
        id: CatalogueId::new(row.try_get("id")?),
        kind: CatalogueKind::from_key(&kind).ok_or_else(|| Fault::Failed(format!("unknown catalogue {kind}")))?,
        parent: (parent != 0).then(|| CatalogueId::new(parent)),
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        retired: row.try_get::<i64, _>("retired")? != 0,
        version: row.try_get("version")?,
    })
}
