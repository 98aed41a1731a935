//! Metadata of network images. The files are in [`crate::Files`].

use std::collections::{BTreeMap, BTreeSet};

use domain::{ClientDraft, ClientId, Error, ImageFormat, ImageId, NetworkImage, NetworkImageDraft, PartnerId, Permission, Timestamp};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{Fault, Result, kernel::Tx};

/// An image and its owner.
pub(super) struct StoredImage {
    pub(crate) image: NetworkImage,
    /// The client it is attached to.
    pub(crate) client: Option<ClientId>,
    /// Whether the caller uploaded it.
    pub(crate) own: bool,
}

impl Tx {
    /// Inserts an image of the caller's, not attached yet.
    pub(super) async fn network_image_insert(&mut self, image: &NetworkImage) -> Result<()> {
        let sql = "INSERT INTO network_images (id, partner_id, client_id, user_id, format, width, height, bytes, created) \
                   VALUES ($1, $2, 0, $3, $4, $5, $6, $7, $8)";
        sqlx::query(sql)
            .bind(image.id.as_str())
            .bind(self.partner.number())
            .bind(self.user_number())
            .bind(image.format.key())
            .bind(i64::from(image.width))
            .bind(i64::from(image.height))
            .bind(i64::try_from(image.bytes).unwrap_or(i64::MAX))
            .bind(image.created.millis())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// The images of the partner with these ids.
    pub(super) async fn network_images_get(&mut self, ids: &[ImageId]) -> Result<Vec<StoredImage>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let places = (2..ids.len() + 2).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ");
        let seen = self.seen_client(Permission::ClientView, "t.client_id");
        let sql = format!(
            "SELECT t.id, t.client_id, t.user_id, t.format, t.width, t.height, t.bytes, t.created FROM network_images t \
             WHERE t.partner_id = $1 AND t.id IN ({places}) AND (t.client_id = 0 OR (1 = 1{seen}))"
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(self.partner.number());
        for id in ids {
            query = query.bind(id.as_str().to_owned());
        }
        let user = self.user_number();
        let rows = query.fetch_all(self.connection()).await?;
        rows.iter().map(|row| stored(row, user)).collect()
    }

    /// Whether fewer than `most` of the caller's images belong to no client and no draft.
    pub(super) async fn network_image_orphans_below(&mut self, most: usize) -> Result<bool> {
        let (partner, user) = (self.partner.number(), self.user_number());
        let sql = "SELECT id FROM network_images WHERE partner_id = $1 AND client_id = 0 AND user_id = $2";
        let rows = sqlx::query(sql).bind(partner).bind(user).fetch_all(self.connection()).await?;
        if rows.len() < most {
            return Ok(true);
        }
        let sql = "SELECT details FROM client_drafts WHERE partner_id = $1 AND user_id = $2";
        let drafts = sqlx::query_scalar(sql).bind(partner).bind(user).fetch_all(self.connection()).await?;
        let (wanted, ids) = (images_of_drafts(&drafts)?, rows.iter().map(image_id).collect::<Result<Vec<_>>>()?);
        Ok(ids.iter().filter(|id| !wanted.contains(id)).count() < most)
    }

    /// The draft's images that the caller can use, with their sizes: the client's, and the caller's own unattached ones. Clients are validated
    /// against it.
    pub(crate) async fn network_images_usable(&mut self, images: &[NetworkImageDraft], client: Option<ClientId>) -> Result<BTreeMap<ImageId, u64>> {
        // A longer list is refused anyway.
        let ids: Vec<_> = images.iter().take(100).map(|image| image.id.clone()).collect();
        let found = self.network_images_get(&ids).await?.into_iter();
        let usable = found.filter(|stored| if stored.client.is_none() { stored.own } else { stored.client == client });
        Ok(usable.map(|stored| (stored.image.id, stored.image.bytes)).collect())
    }

    /// Attaches validated images to a client and detaches the others, which are invisible until the sweep deletes them.
    pub(super) async fn network_images_attach(&mut self, client: ClientId, images: &[NetworkImageDraft]) -> Result<()> {
        let sql = "UPDATE network_images SET client_id = 0, user_id = 0, detached_from = $2 WHERE partner_id = $1 AND client_id = $2";
        let (partner, user) = (self.partner.number(), self.user_number());
        let had: Vec<String> = sqlx::query_scalar("SELECT id FROM network_images WHERE partner_id = $1 AND client_id = $2")
            .bind(partner)
            .bind(client.number())
            .fetch_all(self.connection())
            .await?;
        if !had.is_empty() {
            sqlx::query(sql).bind(partner).bind(client.number()).execute(self.connection()).await?;
        }
        for image in images {
            let sql = "UPDATE network_images SET client_id = $1, user_id = $2, detached_from = 0 \
                 WHERE partner_id = $3 AND id = $4 AND client_id = 0 AND user_id IN (0, $2) AND detached_from IN (0, $1)";
            let done = sqlx::query(sql).bind(client.number()).bind(user).bind(partner).bind(image.id.as_str()).execute(self.connection()).await?;
            if done.rows_affected() != 1 {
                return Err(Error::conflict("An image was taken away meanwhile. Load the page again.").into());
            }
        }
        Ok(())
    }

    /// The images of a client: attached to it, taken off it, or uploaded by one of its users.
    pub(super) async fn network_images_of_client(&mut self, client: ClientId) -> Result<Vec<ImageId>> {
        let sql = "SELECT t.id FROM network_images t WHERE t.partner_id = $1 AND (t.client_id = $2 OR t.detached_from = $2 \
                   OR (t.client_id = 0 AND t.user_id IN (SELECT u.id FROM users u WHERE u.partner_id = $1 AND u.client_id = $2)))";
        let query = sqlx::query(sql).bind(self.partner.number()).bind(client.number());
        query.fetch_all(self.connection()).await?.iter().map(image_id).collect()
    }

    /// Deletes an image's row.
    pub(super) async fn network_image_delete(&mut self, id: &ImageId) -> Result<()> {
        let sql = "DELETE FROM network_images WHERE id = $1 AND partner_id = $2";
        sqlx::query(sql).bind(id.as_str()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes the rows of all partners' images that were unattached before a moment, and returns them.
    pub(super) async fn network_images_sweep(&mut self, before: Timestamp) -> Result<Vec<(PartnerId, ImageId)>> {
        let drafts: Vec<String> = sqlx::query_scalar("SELECT details FROM client_drafts").fetch_all(self.connection()).await?;
        let wanted = images_of_drafts(&drafts)?;
        let sql = "SELECT id, partner_id FROM network_images WHERE client_id = 0 AND created < $1";
        let rows = sqlx::query(sql).bind(before.millis()).fetch_all(self.connection()).await?;
        let mut swept = Vec::new();
        for row in &rows {
            let id = image_id(row)?;
            if !wanted.contains(&id) {
                // The image can have been attached since it was read.
                let delete = sqlx::query("DELETE FROM network_images WHERE id = $1 AND client_id = 0").bind(id.as_str());
                if delete.execute(self.connection()).await?.rows_affected() == 1 {
                    swept.push((PartnerId::new(row.try_get("partner_id")?), id));
                }
            }
        }
        Ok(swept)
    }
}

fn images_of_drafts(drafts: &[String]) -> Result<BTreeSet<ImageId>> {
    let mut images = BTreeSet::new();
    for draft in drafts {
        let draft: ClientDraft = serde_json::from_str(draft)?;
        images.extend(draft.images.into_iter().map(|image| image.id));
    }
    Ok(images)
}

fn image_id(row: &AnyRow) -> Result<ImageId> {
    row.try_get::<String, _>("id")?.parse().map_err(|_| Fault::Failed("an image's id is no UUID".to_owned()))
}

fn stored(row: &AnyRow, user: i64) -> Result<StoredImage> {
    let client: i64 = row.try_get("client_id")?;
    let format: String = row.try_get("format")?;
    let small = |column: &str| Ok::<_, Fault>(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default());
    Ok(StoredImage {
        image: NetworkImage {
            id: image_id(row)?,
            format: ImageFormat::from_key(&format).ok_or_else(|| Fault::Failed(format!("unknown image format {format}")))?,
            width: small("width")?,
            height: small("height")?,
            bytes: u64::try_from(row.try_get::<i64, _>("bytes")?).unwrap_or_default(),
            created: Timestamp::from_millis(row.try_get("created")?),
            is_cut: false,
        },
        client: (client != 0).then(|| ClientId::new(client)),
        own: row.try_get::<i64, _>("user_id")? == user,
    })
}
