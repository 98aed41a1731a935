//! Clients: list, search, read, create, change, suspend, activate. How they end is in [`leaving`](crate::leaving).

mod choices;
mod hub;
mod import;
mod secrets;
mod store;

use domain::{
    Caller, Catalogues, Change, Client, ClientDraft, ClientFilter, ClientId, ClientProfile, ClientQuery, ClientRow, ClientSort, ClientStatus, Draft,
    Error, ListPage, Permission, Scope, Slice, Sliced, Violations, changes,
};

use crate::{
    Result, SentImages, Services,
    clients::image,
    kernel::{Tx, email, proof::proved_each_time},
    people::user,
};
use store::StoredClient;
pub(crate) use store::{
    SealedProfile, Secrets,
    bulk::BulkClient,
    documents,
    profile::{Contact, ListedProfile},
};

impl Services {
    /// A page of the clients that the caller sees.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view clients.
    pub async fn client_list(&self, caller: &Caller, query: &ClientQuery) -> Result<ListPage<ClientRow>> {
        self.authorize(caller, Permission::ClientView, Scope::Visible).await?.client_list(query).await
    }

    /// A part of the clients that the caller sees and a filter leaves, with all their settings, and how many there are.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view clients.
    pub async fn client_search(&self, caller: &Caller, filter: &ClientFilter, slice: Slice<ClientSort>) -> Result<Sliced<Client>> {
        self.authorize(caller, Permission::ClientView, Scope::Visible).await?.client_slice(filter, slice).await
    }

    /// Id and name of every client that the caller sees, terminated ones left out, by name.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view clients.
    pub async fn client_names(&self, caller: &Caller) -> Result<Vec<(ClientId, String)>> {
        self.authorize(caller, Permission::ClientView, Scope::Visible).await?.client_names().await
    }

    /// One client with all settings, without secrets. Of a terminated one only the name is told, also while it is being erased.
    ///
    /// # Errors
    /// `NotFound` for a client that doesn't exist or isn't visible.
    pub async fn client_get(&self, caller: &Caller, id: ClientId) -> Result<Client> {
        let mut tx = self.authorize(caller, Permission::ClientView, Scope::Client(id)).await?;
        Ok(bare_if_terminated(read(&mut tx, id).await?.client))
    }

    /// Onboards a client.
    ///
    /// # Errors
    /// `Invalid` with every wrong field.
    pub async fn client_create(&self, caller: &Caller, draft: ClientDraft) -> Result<ClientId> {
        self.client_create_with_images(caller, draft, SentImages::default()).await
    }

    /// As [`Services::client_create`], storing new images that the draft refers to.
    ///
    /// # Errors
    /// As there; then no image is stored.
    pub async fn client_create_with_images(&self, caller: &Caller, draft: ClientDraft, images: SentImages) -> Result<ClientId> {
        let mut tx = self.authorize(caller, Permission::ClientCreate, Scope::Partner(caller.partner)).await?;
        self.images_insert(&mut tx, &images).await?;
        let id = self.client_make(&mut tx, draft).await?;
        self.images_commit(tx, images).await?;
        Ok(id)
    }

    /// Changes a client's settings. A stored password stays unless a new one is typed or its row is removed.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when the version is not the current one or the client is terminated; `Invalid` with every wrong field, also when a
    /// client's user would lock themselves out; `Forbidden` when they would lock out users of the client who hold more than they do.
    pub async fn client_update(&self, caller: &Caller, id: ClientId, version: i64, draft: ClientDraft) -> Result<Client> {
        self.client_update_with_images(caller, id, version, draft, SentImages::default()).await
    }

    /// As [`Services::client_update`], storing new images that the draft refers to.
    ///
    /// # Errors
    /// As there; then no image is stored.
    pub async fn client_update_with_images(
        &self,
        caller: &Caller,
        id: ClientId,
        version: i64,
        draft: ClientDraft,
        images: SentImages,
    ) -> Result<Client> {
        let mut tx = self.authorize(caller, proved_each_time(Permission::ClientManage), Scope::Client(id)).await?;
        let StoredClient { client: before, secrets: stored } = read(&mut tx, id).await?;
        if before.status.is_terminated() {
            return Err(Error::conflict("A terminated client can't be changed.").into());
        }
        if before.version != version {
            return Err(Error::stale("client").into());
        }
        self.images_insert(&mut tx, &images).await?;
        let catalogues = tx.catalogue_list().await?;
        let profile = check(&mut tx, self.with_keys(draft, &stored), Some(&before), &catalogues).await?;
        self.lock_out(&mut tx, id, &before.details, &profile).await?;
        let changes = changes(&before.details, profile.draft(), &catalogues);
        if changes.is_empty() {
            return Ok(before);
        }
        let sealed = self.seal_profile(&mut tx, id, profile, stored).await?;
        if !tx.client_update(id, version, &sealed).await? {
            return Err(Error::stale("client").into());
        }
        image::attach(&mut tx, id, &sealed.details.images).await?;
        self.audit(&mut tx, "client.update", id, Some(id), &changes).await?;
        let after = read(&mut tx, id).await?.client;
        self.images_commit(tx, images).await?;
        Ok(after)
    }

    /// Suspends a client: its users can't sign in until it is activated, and their sessions and tokens end. Only the partner can do it.
    ///
    /// # Errors
    /// `NotFound`, or `Conflict` for a terminated client.
    pub async fn client_suspend(&self, caller: &Caller, id: ClientId) -> Result<Client> {
        self.client_move(caller, id, ClientStatus::Active, ClientStatus::Suspended, "client.suspend").await
    }

    /// Activates a suspended client.
    ///
    /// # Errors
    /// As there.
    pub async fn client_activate(&self, caller: &Caller, id: ClientId) -> Result<Client> {
        self.client_move(caller, id, ClientStatus::Suspended, ClientStatus::Active, "client.activate").await
    }

    async fn client_move(&self, caller: &Caller, id: ClientId, from: ClientStatus, to: ClientStatus, action: &str) -> Result<Client> {
        let mut tx = self.authorize(caller, Permission::ClientManage, Scope::Client(id)).await?;
        if caller.client.is_some() {
            return Err(Error::forbidden("Only your provider can suspend or activate your organization.").into());
        }
        let before = read(&mut tx, id).await?.client;
        if before.status == to {
            return Ok(before);
        }
        if before.status.is_terminated() {
            return Err(Error::conflict("A terminated client can't be activated.").into());
        }
        if !tx.client_status_update(id, from, to).await? {
            return Err(Error::stale("client").into());
        }
        if to == ClientStatus::Suspended {
            user::sign_out_of_client(&mut tx, id).await?;
        }
        let change = Change { field: "status".to_owned(), label: "Status".to_owned(), before: from.label().to_owned(), after: to.label().to_owned() };
        self.audit(&mut tx, action, id, Some(id), &[change]).await?;
        let after = read(&mut tx, id).await?.client;
        tx.commit().await?;
        Ok(after)
    }

    /// Refuses an IP restriction by which a client's user would lock themselves out (docs/spec/tenancy.md, "IP restriction"), or a new one that
    /// affects users of the client who hold more.
    async fn lock_out(&self, tx: &mut Tx, id: ClientId, before: &ClientDraft, profile: &ClientProfile) -> Result<()> {
        let caller = tx.caller()?;
        let restriction = profile.restriction();
        if caller.client != Some(id) || restriction.is_empty() {
            return Ok(());
        }
        if !restriction.allows(caller.origin.ip) {
            let sentence = format!("Your own address {} is not among them: add it, or you lock yourself out.", caller.origin.address());
            return Err(Error::invalid("allowed_ips", sentence).into());
        }
        let after = profile.draft();
        if (before.restrict_ips, &before.allowed_ips) != (after.restrict_ips, &after.allowed_ips) {
            let users = tx.client_users(id).await?;
            self.users_outrank_check(tx, &users, Some(id)).await?;
        }
        Ok(())
    }

    /// Creates a client within a transaction. All passwords of the draft must be typed.
    pub(crate) async fn client_make(&self, tx: &mut Tx, draft: ClientDraft) -> Result<ClientId> {
        let catalogues = tx.catalogue_list().await?;
        let profile = check(tx, self.with_keys(draft, &Secrets::new()), None, &catalogues).await?;
        let changes = changes(&ClientDraft::default(), profile.draft(), &catalogues);
        let id = tx.client_number().await?;
        let sealed = self.seal_profile(tx, id, profile, Secrets::new()).await?;
        tx.client_insert(id, &sealed).await?;
        image::attach(tx, id, &sealed.details.images).await?;
        self.audit(tx, "client.create", id, Some(id), &changes).await?;
        Ok(id)
    }
}

/// A client that the caller sees.
pub(crate) async fn read_client(tx: &mut Tx, id: ClientId) -> Result<Client> {
    Ok(read(tx, id).await?.client)
}

/// Of a terminated client only the name is told.
fn bare_if_terminated(client: Client) -> Client {
    if !client.status.is_terminated() {
        return client;
    }
    Client { details: ClientDraft::bare(client.details.name), ..client }
}

async fn read(tx: &mut Tx, id: ClientId) -> Result<StoredClient> {
    Ok(tx.client_get(id).await?.ok_or(Error::NotFound)?)
}

/// Validates a draft, and reports violations of its shape and of the data it refers to together.
async fn check(tx: &mut Tx, draft: ClientDraft, before: Option<&Client>, catalogues: &Catalogues) -> Result<ClientProfile> {
    let images = tx.network_images_usable(&draft.images, before.map(|client| client.id)).await?;
    let found = choices::violations(&draft, before.map(|client| &client.details), catalogues, &images);
    Ok(found.join(shape(draft))?)
}

/// Validates what of a draft needs no data.
fn shape(draft: ClientDraft) -> std::result::Result<ClientProfile, Violations> {
    let email = draft.email.clone();
    email::checked(draft.check(()), &[("email", Some(&email))])
}
