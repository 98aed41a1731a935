//! Drafts of the client wizard, saved until they become a client or are discarded.

mod store;

use domain::{Caller, ClientDraft, ClientId, DraftDetail, DraftId, DraftRow, Error, Permission, Scope, Step, TenantId};

use crate::{Fault, Result, Services, kernel::Tx};
use store::StoredDraft;

/// The largest draft. It can be longer than a valid client.
const MAX_BYTES: usize = 256 * 1024;

/// The most drafts per user.
const MAX_DRAFTS: i64 = 100;

impl Services {
    /// Begins a draft.
    ///
    /// # Errors
    /// `Forbidden` without the permission to create clients; `Conflict` for a user with too many drafts.
    pub async fn draft_create(&self, caller: &Caller) -> Result<DraftDetail> {
        let mut tx = self.draft_author(caller).await?;
        if tx.client_draft_count().await? >= MAX_DRAFTS {
            return Err(Error::conflict("You have 100 drafts. Discard some of them first.").into());
        }
        let id = self.ids.uuid().parse().map_err(|_| Fault::Failed("a new id is no UUID".to_owned()))?;
        tx.client_draft_insert(&id, &ClientDraft::default()).await?;
        self.audit(&mut tx, "client_draft.create", &id, None, &[]).await?;
        let draft = read(&mut tx, &id).await?.detail;
        tx.commit().await?;
        Ok(draft)
    }

    /// One of the caller's drafts.
    ///
    /// # Errors
    /// `NotFound` for a draft that isn't the caller's.
    pub async fn draft_get(&self, caller: &Caller, id: &DraftId) -> Result<DraftDetail> {
        let mut tx = self.draft_author(caller).await?;
        Ok(read(&mut tx, id).await?.detail)
    }

    /// The caller's drafts, the last saved first.
    ///
    /// # Errors
    /// `Forbidden` without the permission to create clients.
    pub async fn draft_list(&self, caller: &Caller) -> Result<Vec<DraftRow>> {
        self.draft_author(caller).await?.client_draft_list().await
    }

    /// Saves a draft without validating it. Typed passwords are encrypted at once.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when the version is not the current one; `Invalid` for a draft that is too large.
    pub async fn draft_save(&self, caller: &Caller, id: &DraftId, version: i64, step: Step, draft: ClientDraft) -> Result<DraftDetail> {
        let mut tx = self.draft_author(caller).await?;
        let stored = read_version(&mut tx, id, version).await?;
        if serde_json::to_vec(&draft)?.len() > MAX_BYTES {
            return Err(Error::invalid("draft", "This is too long to be saved. Shorten it.").into());
        }
        let mut draft = self.with_keys(draft, &stored.secrets);
        let secrets = self.seal_passwords(&mut tx, TenantId::Partner(caller.partner), &mut draft, stored.secrets).await?;
        if !tx.client_draft_update(id, version, step, &draft, &secrets).await? {
            return Err(elsewhere());
        }
        let saved = read(&mut tx, id).await?.detail;
        tx.commit().await?;
        Ok(saved)
    }

    /// Deletes a draft. The next sweep removes its images.
    ///
    /// # Errors
    /// `NotFound` for a draft that isn't the caller's.
    pub async fn draft_discard(&self, caller: &Caller, id: &DraftId) -> Result<()> {
        let mut tx = self.draft_author(caller).await?;
        if !tx.client_draft_delete(id).await? {
            return Err(Error::NotFound.into());
        }
        self.audit(&mut tx, "client_draft.discard", id, None, &[]).await?;
        tx.commit().await
    }

    /// Creates the client and deletes the draft in one transaction.
    ///
    /// # Errors
    /// As [`Services::draft_save`], and `Invalid` with every wrong field.
    pub async fn draft_finish(&self, caller: &Caller, id: &DraftId, version: i64, draft: ClientDraft) -> Result<ClientId> {
        let mut tx = self.draft_author(caller).await?;
        let stored = read_version(&mut tx, id, version).await?;
        let mut draft = self.with_keys(draft, &stored.secrets);
        // The client's passwords are encrypted with its own key.
        self.open_passwords(&mut tx, TenantId::Partner(caller.partner), &mut draft, &stored.secrets).await?;
        let client = self.client_make(&mut tx, draft).await?;
        if !tx.client_draft_delete(id).await? {
            return Err(elsewhere());
        }
        tx.commit().await?;
        Ok(client)
    }

    /// Requires the permission to create clients.
    async fn draft_author(&self, caller: &Caller) -> Result<Tx> {
        self.authorize(caller, Permission::ClientCreate, Scope::Partner(caller.partner)).await
    }
}

/// The caller's drafts, the last saved first, for the home page; none for who can't continue one.
pub(crate) async fn to_continue(tx: &mut Tx) -> Result<Vec<DraftRow>> {
    let caller = tx.caller()?;
    if caller.can(Permission::ClientCreate, Scope::Partner(tx.partner)).is_err() {
        return Ok(Vec::new());
    }
    tx.client_draft_list().await
}

async fn read(tx: &mut Tx, id: &DraftId) -> Result<StoredDraft> {
    Ok(tx.client_draft_get(id).await?.ok_or(Error::NotFound)?)
}

async fn read_version(tx: &mut Tx, id: &DraftId, version: i64) -> Result<StoredDraft> {
    let stored = read(tx, id).await?;
    if stored.detail.version == version { Ok(stored) } else { Err(elsewhere()) }
}

fn elsewhere() -> Fault {
    Error::conflict("You changed this draft on another page or device meanwhile. Load it again to continue.").into()
}
