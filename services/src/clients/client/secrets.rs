//! Passwords among a client's settings: typed in, sealed, never shown.

use std::collections::BTreeSet;

use domain::{ClientDraft, ClientId, ClientProfile, TenantId};
use secrecy::ExposeSecret;

use super::store::{SealedProfile, Secrets};
use crate::{
    Result, Services,
    kernel::{Tx, vault::TenantKey},
};

/// The longest key of a row that a page may give it.
const MAX_KEY: usize = 64;

impl Services {
    /// Gives a key to every row that has none of its own, and leaves `password_kept` only where there is a password to keep.
    pub(crate) fn rows_keyed(&self, mut draft: ClientDraft, kept: &Secrets) -> ClientDraft {
        let mut seen = BTreeSet::new();
        let access = draft.access.iter_mut().map(|row| &mut row.key);
        for key in access.chain(draft.providers.iter_mut().map(|row| &mut row.key)) {
            if key.is_empty() || key.len() > MAX_KEY || !seen.insert(key.clone()) {
                *key = self.ids.uuid();
            }
        }
        for row in &mut draft.access {
            row.password_kept &= kept.contains_key(&row.key);
        }
        draft
    }

    /// Takes the typed passwords out of a profile and seals them for the client, beside those that are kept.
    pub(super) async fn profile_sealed(&self, tx: &mut Tx, id: ClientId, profile: ClientProfile, kept: Secrets) -> Result<SealedProfile> {
        let restriction = profile.restriction().clone();
        let mut details = profile.into_draft();
        let secrets = self.passwords_sealed(tx, TenantId::Client(id), &mut details, kept).await?;
        Ok(SealedProfile { details, restriction, secrets })
    }

    /// Takes the typed passwords out of a draft and seals them for the tenant. A row without a new one keeps its old one if it says so.
    pub(crate) async fn passwords_sealed(&self, tx: &mut Tx, tenant: TenantId, draft: &mut ClientDraft, mut kept: Secrets) -> Result<Secrets> {
        let mut secrets = Secrets::new();
        let mut tenant_key: Option<TenantKey> = None;
        for row in &mut draft.access {
            let password = std::mem::take(&mut row.password);
            if !password.is_empty() {
                let tenant_key = match &mut tenant_key {
                    Some(tenant_key) => tenant_key,
                    none => none.insert(self.tenant_key(tx, tenant).await?),
                };
                secrets.insert(row.key.clone(), tenant_key.seal(&password, self.ids.secret())?);
            } else if let Some(sealed) = kept.remove(&row.key).filter(|_| row.password_kept) {
                secrets.insert(row.key.clone(), sealed);
            }
            row.password_kept = secrets.contains_key(&row.key);
        }
        Ok(secrets)
    }

    /// Puts kept passwords back as if typed, so that they can be sealed for another tenant.
    pub(crate) async fn passwords_opened(&self, tx: &mut Tx, tenant: TenantId, draft: &mut ClientDraft, kept: &Secrets) -> Result<()> {
        for row in draft.access.iter_mut().filter(|row| row.password.is_empty() && row.password_kept) {
            if let Some(sealed) = kept.get(&row.key) {
                row.password = self.tenant_key(tx, tenant).await?.open(sealed)?.expose_secret().to_owned();
            }
        }
        Ok(())
    }
}
