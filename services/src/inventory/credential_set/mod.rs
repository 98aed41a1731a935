//! Credential sets: list, search, read, create, change, delete. Their secrets are encrypted with their tenant's key and never returned.

mod store;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Caller, Change, ClientId, CredentialField, CredentialSet, CredentialSetDetails, CredentialSetDraft, CredentialSetId, CredentialSetQuery,
    CredentialSetSummary, Draft, Error, InventoryUsage, ListPage, Permission, Scope, Secret, Slice, Sliced, TenantId,
};

use crate::{
    Result, Services,
    kernel::{
        Tx, names,
        names::Named,
        refusal::{duplicate, not_listed, unseen},
    },
};
use store::StoredCredentialSet;
pub(crate) use store::{NewCredentialSet, SealedFields};

const NAME_TAKEN: &str = "Another credential set has this name already.";

const NAMED: (Named, &str) = (Named::CredentialSets, "credential set");

/// The permissions to see a set, and to change it.
const TO_CHANGE: (Permission, Permission) = (Permission::CredentialSetView, Permission::CredentialSetManage);

impl Services {
    /// A page of the credential sets that the caller sees, by name. The filter is a type.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view credential sets.
    pub async fn credential_set_list(&self, caller: &Caller, query: &CredentialSetQuery) -> Result<ListPage<CredentialSet>> {
        self.authorize(caller, Permission::CredentialSetView, Scope::Visible).await?.credential_set_list(query).await
    }

    /// The credential sets that the caller sees and whose names have a text, by name.
    ///
    /// # Errors
    /// As [`Services::credential_set_list`].
    pub async fn credential_set_search(&self, caller: &Caller, name: &str, slice: Slice) -> Result<Sliced<CredentialSet>> {
        self.authorize(caller, Permission::CredentialSetView, Scope::Visible).await?.credential_set_search(name, slice).await
    }

    /// Id and name of every credential set that the caller sees, by name.
    ///
    /// # Errors
    /// As [`Services::credential_set_list`].
    pub async fn credential_set_names(&self, caller: &Caller) -> Result<Vec<CredentialSetSummary>> {
        self.authorize(caller, Permission::CredentialSetView, Scope::Visible).await?.credential_set_names().await
    }

    /// A credential set, without its secrets.
    ///
    /// # Errors
    /// `NotFound` for one that doesn't exist or that the caller doesn't see.
    pub async fn credential_set_get(&self, caller: &Caller, id: &CredentialSetId) -> Result<CredentialSet> {
        read(&mut self.authorize(caller, Permission::CredentialSetView, Scope::Visible).await?, id).await
    }

    /// How many roles list a credential set, for the confirmation of its deletion.
    ///
    /// # Errors
    /// As [`Services::credential_set_get`].
    pub async fn credential_set_usage(&self, caller: &Caller, id: &CredentialSetId) -> Result<InventoryUsage> {
        let mut tx = self.authorize(caller, Permission::CredentialSetView, Scope::Visible).await?;
        read(&mut tx, id).await?;
        tx.credential_set_usage(id).await
    }

    /// Creates a credential set of the given client or the one the caller works in, or else of the partner.
    ///
    /// # Errors
    /// `Invalid` with every wrong field, also for a name that is taken; `Forbidden` where the caller would not see it.
    pub async fn credential_set_create(&self, caller: &Caller, client: Option<ClientId>, draft: CredentialSetDraft) -> Result<CredentialSet> {
        let mut tx = self.authorize_at(caller, Permission::CredentialSetManage, client).await?;
        // Fails with the reason if credential sets are restricted at the client.
        let client = tx.only_client;
        self.permit(&mut tx, Permission::CredentialSetView, client).await?;
        let id = self.credential_set_add(&mut tx, draft).await?;
        let set = tx.credential_set_get(&id).await?.ok_or_else(unseen)?.set;
        if !tx.credential_set_is_changeable(&id).await? {
            return Err(unseen());
        }
        tx.commit().await?;
        Ok(set)
    }

    /// Creates a credential set within a transaction, for the client that it is limited to or else for the partner.
    pub(crate) async fn credential_set_add(&self, tx: &mut Tx, draft: CredentialSetDraft) -> Result<CredentialSetId> {
        let id = CredentialSetId::of_bytes(self.ids.secret());
        let (client, now) = (tx.only_client, tx.now);
        let (before, none) = (CredentialSetDetails::default(), BTreeSet::new());
        let change = draft.check((&before, &none))?;
        let changes = change.changes(&before, &none);
        let sealed = self.fields_sealed(tx, client, change.typed, SealedFields::new()).await?;
        let number = tx.next_number("credential_set").await?;
        let set = NewCredentialSet { number, id: id.clone(), client, details: change.details, sealed, created: now, updated: now };
        names::check(tx, NAMED, client, id.as_str(), &set.details.name).await?;
        tx.credential_set_insert(&set).await.map_err(duplicate("name", NAME_TAKEN))?;
        self.audit(tx, "credential_set.create", &id, client, &changes).await?;
        Ok(id)
    }

    /// Changes a credential set. A secret that is left out stays, an empty one is deleted. Without a version, there is no version check.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Invalid` with every wrong field, or `Conflict` when the version is not the current one.
    pub async fn credential_set_update(
        &self,
        caller: &Caller,
        id: &CredentialSetId,
        version: Option<i64>,
        draft: CredentialSetDraft,
    ) -> Result<CredentialSet> {
        let (mut tx, StoredCredentialSet { set: before, mut sealed }) = self.credential_set_to_change(caller, id).await?;
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::stale("credential set").into());
        }
        let change = draft.check((&before.details, &before.secrets))?;
        let changes = change.changes(&before.details, &before.secrets);
        if changes.is_empty() {
            return Ok(before);
        }
        let client = before.client.map(|client| client.id);
        sealed.retain(|field, _| change.stored.contains(field));
        let sealed = self.fields_sealed(&mut tx, client, change.typed, sealed).await?;
        names::check(&mut tx, NAMED, client, id.as_str(), &change.details.name).await?;
        if !tx.credential_set_update(id, before.version, &change.details, &sealed).await.map_err(duplicate("name", NAME_TAKEN))? {
            return Err(Error::stale("credential set").into());
        }
        self.audit(&mut tx, "credential_set.update", id, client, &changes).await?;
        let set = read(&mut tx, id).await?;
        tx.commit().await?;
        Ok(set)
    }

    /// Deletes a credential set and removes it from every role.
    ///
    /// # Errors
    /// `NotFound` or `Forbidden`.
    pub async fn credential_set_delete(&self, caller: &Caller, id: &CredentialSetId) -> Result<()> {
        let (mut tx, StoredCredentialSet { set, .. }) = self.credential_set_to_change(caller, id).await?;
        tx.credential_set_delete(id).await?;
        let change = Change::of("name", "Name", &set.details.name, "");
        self.audit(&mut tx, "credential_set.delete", id, set.client.map(|client| client.id), change.as_slice()).await?;
        tx.commit().await
    }

    /// Opens a transaction to change a set that the caller sees. A role with the permission to change sets must include it.
    async fn credential_set_to_change(&self, caller: &Caller, id: &CredentialSetId) -> Result<(Tx, StoredCredentialSet)> {
        let (mut tx, set) = self.authorize_change(caller, TO_CHANGE, async |tx| tx.credential_set_get(id).await).await?;
        if !tx.credential_set_is_changeable(id).await? {
            return Err(not_listed(Permission::CredentialSetManage, "this credential set"));
        }
        Ok((tx, set))
    }

    /// Encrypts typed secrets with the tenant's key, and adds those that are stored.
    pub(crate) async fn fields_sealed(
        &self,
        tx: &mut Tx,
        client: Option<ClientId>,
        typed: BTreeMap<CredentialField, Secret>,
        mut stored: SealedFields,
    ) -> Result<SealedFields> {
        if typed.is_empty() {
            return Ok(stored);
        }
        let key = self.tenant_key(tx, client.map_or(TenantId::Partner(tx.partner), TenantId::Client)).await?;
        for (field, secret) in typed {
            stored.insert(field, key.seal(secret.expose(), self.ids.secret())?);
        }
        Ok(stored)
    }
}

async fn read(tx: &mut Tx, id: &CredentialSetId) -> Result<CredentialSet> {
    Ok(tx.credential_set_get(id).await?.ok_or(Error::NotFound)?.set)
}
