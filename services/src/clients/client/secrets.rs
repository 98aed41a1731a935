//! The passwords in a client's settings: encrypted when saved, never returned.

use std::collections::BTreeSet;

use domain::{ClientDraft, ClientId, ClientProfile, TenantId};
use secrecy::ExposeSecret;

use super::store::{SealedProfile, Secrets};
use crate::{
    Result, Services,
    kernel::{Tx, vault::TenantKey},
};

/// The longest row key that is accepted.
const MAX_KEY: usize = 64;

impl Services {
    /// Gives every row a unique key, and clears `password_kept` on rows without a stored password.
    pub(crate) fn with_keys(&self, mut draft: ClientDraft, stored: &Secrets) -> ClientDraft {
        let mut seen = BTreeSet::new();
        let access = draft.access.iter_mut().map(|row| &mut row.key);
        for key in access.chain(draft.providers.iter_mut().map(|row| &mut row.key)) {
            if key.is_empty() || key.len() > MAX_KEY || !seen.insert(key.clone()) {
                *key = self.ids.uuid();
            }
        }
        for row in &mut draft.access {
            row.password_kept &= stored.contains_key(&row.key);
        }
        draft
    }

    /// Takes the typed passwords out of a profile, encrypts them with the client's key and adds the stored ones.
    pub(super) async fn seal_profile(&self, tx: &mut Tx, id: ClientId, profile: ClientProfile, stored: Secrets) -> Result<SealedProfile> {
        let restriction = profile.restriction().clone();
        let mut details = profile.into_draft();
        let secrets = self.seal_passwords(tx, TenantId::Client(id), &mut details, stored).await?;
        Ok(SealedProfile { details, restriction, secrets })
    }

    /// Takes the typed passwords out of a draft and encrypts them with the tenant's key. A row without a new password keeps its stored one if
    /// `password_kept` is set.
    pub(crate) async fn seal_passwords(&self, tx: &mut Tx, tenant: TenantId, draft: &mut ClientDraft, mut stored: Secrets) -> Result<Secrets> {
        let mut secrets = Secrets::new();
        let mut tenant_key: Option<TenantKey> = None;
        for row in &mut draft.access {
            let password = std::mem::take(&mut row.password);
            if !password.is_empty() {
                let tenant_key = match &mut tenant_key {
                    Some(tenant_key) => tenant_key,
                    none => none.insert(self.tenant_key(tx, tenant).await?),
                };
                secrets.insert(row.key.clone(), tenant_key.seal(password.expose(), self.ids.secret())?);
            } else if let Some(sealed) = stored.remove(&row.key).filter(|_| row.password_kept) {
                secrets.insert(row.key.clone(), sealed);
            }
            row.password_kept = secrets.contains_key(&row.key);
        }
        Ok(secrets)
    }

    /// Decrypts stored passwords into the draft, so that they can be encrypted with another tenant's key.
    pub(crate) async fn open_passwords(&self, tx: &mut Tx, tenant: TenantId, draft: &mut ClientDraft, stored: &Secrets) -> Result<()> {
        for row in draft.access.iter_mut().filter(|row| row.password.is_empty() && row.password_kept) {
            if let Some(sealed) = stored.get(&row.key) {
                row.password = self.tenant_key(tx, tenant).await?.open(sealed)?.expose_secret().into();
            }
        }
        Ok(())
    }
}
