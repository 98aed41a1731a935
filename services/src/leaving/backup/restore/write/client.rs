//! The client itself, with its images and what it has of the catalogues.

use domain::{CatalogueId, CatalogueKind, Catalogues, ClientDraft, ClientId, ClientStatus};

use super::{Restoring, within};
use crate::{
    Result,
    leaving::backup::restore::{
        lines::{CatalogueLine, ClientLine},
        pictures::{formats, image_name},
        source::wrong,
    },
};

impl Restoring<'_> {
    pub(super) fn client_line(&mut self) -> Result<(ClientDraft, bool)> {
        let line = self.source.lines::<ClientLine>("client")?.next().ok_or_else(|| wrong("The backup holds no client."))??;
        match ClientStatus::from_key(&line.status) {
            Some(status @ (ClientStatus::Active | ClientStatus::Suspended)) => Ok((line.details, status == ClientStatus::Suspended)),
            _ => Err(wrong(&format!("client.jsonl: a client that is {} can’t be restored.", line.status))),
        }
    }

    pub(super) async fn client(&mut self, mut draft: ClientDraft) -> Result<ClientId> {
        self.images(&mut draft).await?;
        self.catalogue(&mut draft).await?;
        let secrets = self.secrets.as_ref().and_then(|secrets| secrets.get(&self.source.manifest.client.to_string()).cloned()).unwrap_or_default();
        let mut lost = 0;
        for row in &mut draft.access {
            row.password = secrets.get(&row.key).cloned().unwrap_or_default().into();
            lost += u64::from(row.password_kept && row.password.is_empty());
            row.password_kept = false;
        }
        self.restored.skipped(lost, "password of an alternate access", "passwords of alternate accesses");
        self.services.client_make(self.tx, draft).await.map_err(|fault| within("client", &self.source.manifest.client.to_string(), fault))
    }

    /// Gives the images new ids.
    pub(super) async fn images(&mut self, draft: &mut ClientDraft) -> Result<()> {
        let formats = formats(self.source)?;
        let (mut images, wanted) = (Vec::new(), draft.images.len());
        for mut image in std::mem::take(&mut draft.images) {
            let picture = formats.get(image.id.as_str()).and_then(|format| self.pictures.remove(&image_name(image.id.as_str(), format)));
            let Some(picture) = picture else { continue };
            let (stored, bytes) = self.services.image_of(picture)?;
            self.files.push((self.services.image_insert(self.tx, &stored).await?, bytes));
            image.id = stored.id;
            images.push(image);
        }
        self.restored.came(images.len(), "image", "images");
        self.restored.skipped((wanted - images.len()) as u64, "image that isn’t in the archive", "images that aren’t in the archive");
        draft.images = images;
        Ok(())
    }

    /// Replaces numbers of catalogue items by those of the items that have the same names here.
    pub(super) async fn catalogue(&mut self, draft: &mut ClientDraft) -> Result<()> {
        let here = self.tx.catalogue_list().await?;
        let there: Vec<CatalogueLine> = self.source.lines("catalogue")?.collect::<Result<_>>()?;
        let known = Known { here: &here, there: &there };
        let mut lost = 0;
        let mut replace = |ids: &mut Vec<CatalogueId>| {
            let before = ids.len();
            *ids = ids.iter().filter_map(|id| known.item(*id)).collect();
            lost += (before - ids.len()) as u64;
        };
        for ids in [&mut draft.integrations, &mut draft.remote_access, &mut draft.agent_policies, &mut draft.packages, &mut draft.add_ons] {
            replace(ids);
        }
        draft.services.retain_mut(|service| {
            replace(&mut service.technologies);
            let found = known.item(service.id);
            service.id = found.unwrap_or(service.id);
            found.is_some()
        });
        for row in &mut draft.access {
            row.technology = row.technology_id().and_then(|id| known.item(id)).map(|id| id.to_string()).unwrap_or_default();
        }
        self.restored.skipped(lost, "item of a catalogue that isn’t offered here", "items of catalogues that aren’t offered here");
        Ok(())
    }
}

/// Catalogue items of the archive and of this console.
struct Known<'a> {
    here: &'a Catalogues,
    there: &'a [CatalogueLine],
}

impl Known<'_> {
    /// The item here that is called the same as an item there.
    fn item(&self, id: CatalogueId) -> Option<CatalogueId> {
        let line = self.line(id.number())?;
        let parent = match line.kind {
            CatalogueKind::Technology => Some(self.named(self.line(line.parent).filter(|line| line.kind == CatalogueKind::Service)?, None)?),
            _ => None,
        };
        self.named(line, parent)
    }

    fn line(&self, id: i64) -> Option<&CatalogueLine> {
        self.there.iter().find(|line| line.id == id)
    }

    fn named(&self, line: &CatalogueLine, parent: Option<CatalogueId>) -> Option<CatalogueId> {
        let found = self.here.of(line.kind).find(|item| item.name == line.name && item.parent == parent)?;
        Some(found.id)
    }
}
