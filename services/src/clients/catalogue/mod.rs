//! Catalogues: what the partner offers its clients.

mod fill;
mod store;

use domain::{
    Caller, CatalogueId, CatalogueItem, CatalogueItemDraft, CatalogueItemProfile, CatalogueKind, Catalogues, Change, Draft, Error, Permission, Scope,
};

use crate::{
    Fault, Result, Services,
    kernel::{Tx, refusal::duplicate},
};

impl Services {
    /// All catalogues. The permission to view clients suffices, because clients show the names of their items.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view catalogues or clients.
    pub async fn catalogue_list(&self, caller: &Caller) -> Result<Catalogues> {
        let sees_clients = caller.can(Permission::ClientView, Scope::Visible).is_ok();
        let permission = if sees_clients { Permission::ClientView } else { Permission::CatalogueView };
        let mut tx = self.authorize(caller, permission, Scope::Visible).await?;
        tx.catalogue_list().await
    }

    /// Adds an item. A technology belongs to a service, its parent.
    ///
    /// # Errors
    /// `Invalid` for wrong fields and for a name that is taken.
    pub async fn catalogue_item_create(
        &self,
        caller: &Caller,
        kind: CatalogueKind,
        parent: Option<CatalogueId>,
        draft: CatalogueItemDraft,
    ) -> Result<CatalogueItem> {
        let mut tx = self.catalogue_manage(caller).await?;
        let profile = draft.check(())?;
        check_parent(&mut tx, kind, parent).await?;
        let id = tx.catalogue_item_insert(kind, parent, &profile).await.map_err(duplicate_name(kind))?;
        let before = CatalogueItemProfile::default();
        self.audit(&mut tx, "catalogue_item.create", id, None, &changes(&before, &profile)).await?;
        let item = read(&mut tx, id).await?;
        tx.commit().await?;
        Ok(item)
    }

    /// Changes an item's name and description, also for the clients that have it.
    ///
    /// # Errors
    /// `NotFound`, `Invalid`, or `Conflict` when the version is not the current one.
    pub async fn catalogue_item_update(&self, caller: &Caller, id: CatalogueId, version: i64, draft: CatalogueItemDraft) -> Result<CatalogueItem> {
        let mut tx = self.catalogue_manage(caller).await?;
        let profile = draft.check(())?;
        let item = read(&mut tx, id).await?;
        let before = CatalogueItemProfile { name: item.name.clone(), description: item.description.clone() };
        let changes = changes(&before, &profile);
        let changed = CatalogueItem { version, name: profile.name, description: profile.description, ..item };
        self.catalogue_item_write(tx, changed, "catalogue_item.update", &changes).await
    }

    /// Stops offering an item. Clients that have it keep it.
    ///
    /// # Errors
    /// `NotFound`, or `Conflict` if the item changes concurrently.
    pub async fn catalogue_item_retire(&self, caller: &Caller, id: CatalogueId) -> Result<CatalogueItem> {
        self.catalogue_item_offer(caller, id, false).await
    }

    /// Offers a retired item again.
    ///
    /// # Errors
    /// As [`Services::catalogue_item_retire`].
    pub async fn catalogue_item_restore(&self, caller: &Caller, id: CatalogueId) -> Result<CatalogueItem> {
        self.catalogue_item_offer(caller, id, true).await
    }

    async fn catalogue_item_offer(&self, caller: &Caller, id: CatalogueId, offered: bool) -> Result<CatalogueItem> {
        let mut tx = self.catalogue_manage(caller).await?;
        let item = read(&mut tx, id).await?;
        if item.retired != offered {
            return Ok(item);
        }
        let action = if offered { "catalogue_item.restore" } else { "catalogue_item.retire" };
        self.catalogue_item_write(tx, CatalogueItem { retired: !offered, ..item }, action, &[]).await
    }

    async fn catalogue_item_write(&self, mut tx: Tx, item: CatalogueItem, action: &str, changes: &[Change]) -> Result<CatalogueItem> {
        if !tx.catalogue_item_update(&item).await.map_err(duplicate_name(item.kind))? {
            return Err(Error::stale(item.kind.noun()).into());
        }
        self.audit(&mut tx, action, item.id, None, changes).await?;
        let item = read(&mut tx, item.id).await?;
        tx.commit().await?;
        Ok(item)
    }

    /// Only the partner's users can edit catalogues.
    async fn catalogue_manage(&self, caller: &Caller) -> Result<Tx> {
        self.authorize(caller, Permission::CatalogueManage, Scope::Partner(caller.partner)).await
    }
}

async fn read(tx: &mut Tx, id: CatalogueId) -> Result<CatalogueItem> {
    Ok(tx.catalogue_item_get(id).await?.ok_or(Error::NotFound)?)
}

async fn check_parent(tx: &mut Tx, kind: CatalogueKind, parent: Option<CatalogueId>) -> Result<()> {
    let right = match (kind, parent) {
        (CatalogueKind::Technology, Some(parent)) => tx.catalogue_item_get(parent).await?.is_some_and(|parent| parent.kind == CatalogueKind::Service),
        (CatalogueKind::Technology, None) | (_, Some(_)) => false,
        (_, None) => true,
    };
    if right { Ok(()) } else { Err(Error::invalid("parent", "Choose the service to which the technology belongs.").into()) }
}

fn duplicate_name(kind: CatalogueKind) -> impl FnOnce(Fault) -> Fault {
    duplicate("name", format!("Another {} has this name already.", kind.noun()))
}

fn changes(before: &CatalogueItemProfile, after: &CatalogueItemProfile) -> Vec<Change> {
    let change = |field: &str, label: &str, before: &str, after: &str| {
        (before != after).then(|| Change { field: field.to_owned(), label: label.to_owned(), before: before.to_owned(), after: after.to_owned() })
    };
    let name = change("name", "Name", &before.name, &after.name);
    let description = change("description", "Description", &before.description, &after.description);
    name.into_iter().chain(description).collect()
}
