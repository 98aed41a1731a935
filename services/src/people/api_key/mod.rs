//! API keys. Each key has a user of its own with roles, so authorization and the audit log work as for people.

mod store;
pub(crate) mod token;

use domain::{
    ApiKey, ApiKeyDraft, ApiKeyId, ApiKeyProfile, ApiKeyQuery, Caller, Change, ClientId, Draft, Error, ListPage, NewApiKey, PartnerId, RoleId, Scope,
    Selection, TenantId, Timestamp, UserId, UserProfile, api_key_permission,
};

use crate::{
    Operator, Result, Services,
    access::role,
    kernel::{
        Tx,
        authz::{NO_PARTNER, Owned},
        proof::proved,
        refusal::{duplicate, unseen},
        token::{fingerprint, letters},
    },
    people::user,
};
use store::NewApiKeyRow;
pub(crate) use store::token::Program;
pub use token::{IssuedToken, TOKEN_SECONDS};

const NAME_TAKEN: &str = "Another API key has this name already.";

impl Owned for ApiKey {
    fn owner(&self) -> Option<ClientId> {
        self.client
    }
}

impl Operator<'_> {
    /// Creates a key for a tenant.
    ///
    /// # Errors
    /// `Invalid` for a name that is missing or taken, or a role that doesn't exist or has another scope; `NotFound` for a tenant that doesn't exist.
    pub async fn api_key_create(&self, tenant: TenantId, name: &str, role: &str) -> Result<NewApiKey> {
        let (partner, client) = match tenant {
            TenantId::Partner(partner) => (partner, None),
            TenantId::Client(client) => (self.0.partner_of(client).await?, Some(client)),
        };
        let mut tx = self.0.command("the operator creates API keys", partner).await?;
        if !tx.tenant_exists(client).await? {
            return Err(Error::NotFound.into());
        }
        let role = self.0.operator_role(&mut tx, role, client).await?.map_err(|sentence| Error::invalid("role", sentence))?;
        let draft = ApiKeyDraft { name: Some(name.to_owned()), ..ApiKeyDraft::default() };
        // The role was checked above, by name.
        let profile = draft.check((Some(&ApiKeyProfile::default()), tx.now))?;
        let (_, user, new) = self.0.api_key_write(&mut tx, client, &profile).await?;
        role::give(&mut tx, role, user).await?;
        tx.commit().await?;
        Ok(new)
    }
}

impl Services {
    /// Creates a key for the tenant the caller works in.
    ///
    /// # Errors
    /// `Forbidden` without the permission, or for roles that grant more than the caller holds; `Invalid` with every wrong field.
    pub async fn api_key_create(&self, caller: &Caller, draft: &ApiKeyDraft) -> Result<(ApiKey, NewApiKey)> {
        let place = caller.place();
        let mut tx = self.authorize_at(caller, proved(api_key_permission(place, true)), None).await?;
        let client = tx.only_client;
        let profile = draft.clone().check((None, tx.now))?;
        let (id, user, new) = self.api_key_write(&mut tx, client, &profile).await?;
        let roles: Selection<RoleId> = Selection::Exactly(draft.roles.clone().unwrap_or_default());
        self.roles_assign(&mut tx, (user, client), Some(&roles)).await?;
        let key = tx.api_key_get(id).await?.ok_or_else(unseen)?;
        tx.commit().await?;
        Ok((key, new))
    }

    /// A page of the keys that the caller sees: a client's users see the client's keys, the partner's users see the partner's and those of the clients
    /// whose users they see. The filter is empty for active keys, or `revoked`.
    ///
    /// # Errors
    /// `Forbidden` without the permission.
    pub async fn api_key_list(&self, caller: &Caller, query: &ApiKeyQuery) -> Result<ListPage<ApiKey>> {
        self.api_keys_read(caller).await?.api_key_list(query).await
    }

    /// A key that the caller sees.
    ///
    /// # Errors
    /// `NotFound`, or `Forbidden` without the permission.
    pub async fn api_key_get(&self, caller: &Caller, id: ApiKeyId) -> Result<ApiKey> {
        let mut tx = self.api_keys_read(caller).await?;
        read(&mut tx, id).await
    }

    /// Changes a key's name, addresses or expiry.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission, and for a key whose roles grant more than the caller holds; `Invalid`; `Conflict` for a
    /// revoked key or when the version is not the current one.
    pub async fn api_key_update(&self, caller: &Caller, id: ApiKeyId, version: Option<i64>, draft: &ApiKeyDraft) -> Result<ApiKey> {
        let (mut tx, before) = self.api_key_change(caller, id).await?;
        if before.revoked.is_some() {
            return Err(Error::conflict("A revoked key can’t be used again. Create a new one.").into());
        }
        let profile = ApiKeyProfile { name: before.name.clone(), allowed_ips: before.allowed_ips.clone(), expires: before.expires };
        let changed = draft.clone().check((Some(&profile), tx.now))?;
        let current = version.is_none_or(|version| version == before.version);
        if !current || !tx.api_key_update(id, before.version, &changed).await.map_err(duplicate("name", NAME_TAKEN))? {
            return Err(Error::conflict("Somebody else changed the key meanwhile. Look at it again before you save.").into());
        }
        user::rename_for_key(&mut tx, before.user, &login(&changed.name), &changed.name).await?;
        self.audit(&mut tx, "api_key.update", id, before.client, &changes(&profile, &changed)).await?;
        let after = read(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Revokes a key for good, with its tokens. Revoking it again changes nothing.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission, and for a key whose roles grant more than the caller holds.
    pub async fn api_key_revoke(&self, caller: &Caller, id: ApiKeyId) -> Result<ApiKey> {
        let (mut tx, before) = self.api_key_change(caller, id).await?;
        if before.revoked.is_some() {
            return Ok(before);
        }
        tx.api_key_revoke(id).await?;
        self.audit(&mut tx, "api_key.revoke", id, before.client, &[]).await?;
        let after = read(&mut tx, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Opens a transaction to read keys. A partner's user without access to the partner's keys can still see those of clients.
    async fn api_keys_read(&self, caller: &Caller) -> Result<Tx> {
        let place = caller.place();
        let of_client = Scope::Client(ClientId::new(0));
        match caller.can(api_key_permission(place, false), place) {
            Err(Error::Forbidden { .. }) if caller.can(api_key_permission(of_client, false), Scope::Visible).is_ok() => {
                self.authorize(caller, api_key_permission(of_client, false), Scope::Visible).await
            }
            _ => self.authorize(caller, api_key_permission(place, false), place).await,
        }
    }

    /// Opens a transaction to change a key. It must not hold more than the caller, who could otherwise gain or revoke that access.
    async fn api_key_change(&self, caller: &Caller, id: ApiKeyId) -> Result<(Tx, ApiKey)> {
        // The owner, which never changes, decides which permissions are needed.
        let owner = self.api_key_get(caller, id).await?.client;
        let place = owner.map_or(Scope::Partner(caller.partner), Scope::Client);
        let takes = (api_key_permission(place, false), proved(api_key_permission(place, true)));
        let (mut tx, key) = self.authorize_change(caller, takes, async |tx| tx.api_key_get(id).await).await?;
        let roles: Vec<i64> = key.roles.iter().map(|role| role.number).collect();
        self.outrank_check(&mut tx, &roles, key.client).await?;
        Ok((tx, key))
    }

    /// Inserts a key and its user, who has no roles yet.
    async fn api_key_write(&self, tx: &mut Tx, client: Option<ClientId>, profile: &ApiKeyProfile) -> Result<(ApiKeyId, UserId, NewApiKey)> {
        let new = NewApiKey { key: letters(&self.ids.secret()), secret: letters([self.ids.secret(), self.ids.secret()].as_flattened()) };
        let (first_name, last_name) = ("API key".to_owned(), profile.name.clone());
        let person = UserProfile { login: login(&profile.name), first_name, last_name, ..UserProfile::default() };
        let user = user::make_for_key(tx, client, &person).await?;
        let id = ApiKeyId::new(tx.next_number("api_key").await?);
        // A secret of 64 random letters can't be guessed, so a fast hash is enough.
        let secret_hash = fingerprint(&new.secret);
        tx.api_key_insert(NewApiKeyRow { id, key: &new.key, secret_hash: &secret_hash, client, user, profile })
            .await
            .map_err(duplicate("name", NAME_TAKEN))?;
        self.audit(tx, "api_key.create", id, client, &changes(&ApiKeyProfile::default(), profile)).await?;
        Ok((id, user, new))
    }

    async fn partner_of(&self, client: ClientId) -> Result<PartnerId> {
        let mut tx = self.system_read("the operator names a client without its partner", NO_PARTNER).await?;
        Ok(tx.client_partner(client).await?.ok_or(Error::NotFound)?)
    }
}

async fn read(tx: &mut Tx, id: ApiKeyId) -> Result<ApiKey> {
    Ok(tx.api_key_get(id).await?.ok_or(Error::NotFound)?)
}

/// The key's name in the audit log and the login history.
fn login(name: &str) -> String {
    format!("api-key {name}")
}

fn changes(before: &ApiKeyProfile, after: &ApiKeyProfile) -> Vec<Change> {
    let expires = |profile: &ApiKeyProfile| profile.expires.map(Timestamp::minute).unwrap_or_default();
    let changes = [
        Change::of("name", "Name", &before.name, &after.name),
        Change::of("allowed_ips", "Allowed IP addresses", &before.allowed_ips, &after.allowed_ips),
        Change::of("expires", "Expires", &expires(before), &expires(after)),
    ];
    changes.into_iter().flatten().collect()
}

/// Deletes tokens that expired before `tokens`, and expired links.
pub(crate) async fn forget_expired(tx: &mut Tx, tokens: Timestamp) -> Result<()> {
    tx.expired_delete(tokens).await
}
