//! Encryption of secrets at rest. Each tenant has its own key, stored wrapped by the master key, which isn't in the database. Deleting a tenant's key
//! makes its secrets unreadable.

mod store;

use std::{fmt, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::TenantId;
use secrecy::{ExposeSecret, SecretBox, SecretString};

use super::{authz::NO_PARTNER, tx::Tx};
use crate::{Fault, Operator, Result, Services};

/// The version of the format, as a prefix.
const VERSION: &str = "v1.";

/// Keys per read.
const AT_ONCE: i64 = 1000;

/// The master key.
#[derive(Clone)]
pub struct Vault(Arc<SecretBox<[u8; 32]>>);

impl Vault {
    /// A vault with a master key: 32 random bytes.
    #[must_use]
    pub fn from_key(key: [u8; 32]) -> Self {
        Self(Arc::new(SecretBox::new(Box::new(key))))
    }

    fn wrap(&self, tenant: TenantId, key: &[u8], nonce: [u8; 32]) -> Result<String> {
        seal(self.0.expose_secret(), &purpose(tenant), key, nonce)
    }

    fn unwrapped(&self, tenant: TenantId, wrapped: &str) -> Result<Vec<u8>> {
        open(self.0.expose_secret(), &purpose(tenant), wrapped)
    }
}

/// Additional data that binds a ciphertext to its tenant and kind.
fn purpose(tenant: TenantId) -> String {
    format!("key of {tenant}")
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

/// A tenant's key, unwrapped.
pub(crate) struct TenantKey {
    tenant: TenantId,
    key: SecretBox<[u8; 32]>,
}

impl TenantKey {
    /// Encrypts a text for the tenant. `nonce` must be random.
    pub(crate) fn seal(&self, text: &str, nonce: [u8; 32]) -> Result<String> {
        seal(self.key.expose_secret(), &self.tenant.to_string(), text.as_bytes(), nonce)
    }

    /// Decrypts a text.
    pub(crate) fn open(&self, sealed: &str) -> Result<SecretString> {
        let text = open(self.key.expose_secret(), &self.tenant.to_string(), sealed)?;
        String::from_utf8(text).map(SecretString::from).map_err(|_| unreadable())
    }
}

impl Services {
    /// The tenant's key, created with its first secret.
    pub(crate) async fn tenant_key(&self, tx: &mut Tx, tenant: TenantId) -> Result<TenantKey> {
        let vault = self.master()?;
        let wrapped = match tx.tenant_key_get(tenant).await? {
            Some(wrapped) => wrapped,
            None => tx.tenant_key_insert(tenant, &vault.wrap(tenant, &self.ids.secret(), self.ids.secret())?).await?,
        };
        let key = vault.unwrapped(tenant, &wrapped)?.try_into().map_err(|_| unreadable())?;
        Ok(TenantKey { tenant, key: SecretBox::new(Box::new(key)) })
    }

    /// Deletes a tenant's key, without which its secrets are unreadable, in backups too.
    pub(crate) async fn tenant_key_erase(&self, tx: &mut Tx, tenant: TenantId) -> Result<()> {
        tx.tenant_key_delete(tenant).await
    }

    /// The wrapped key of some tenant; none if there are no secrets.
    pub(crate) async fn first_secret(&self) -> Result<Option<(TenantId, String)>> {
        let mut tx = self.system_read("the master key is checked at start", NO_PARTNER).await?;
        Ok(tx.tenant_keys_after("", 1).await?.into_iter().next())
    }

    /// Fails if the master key doesn't open a tenant's wrapped key.
    pub(crate) fn vault_opens(&self, tenant: TenantId, wrapped: &str) -> Result<()> {
        self.master()?.unwrapped(tenant, wrapped).map(drop)
    }

    fn master(&self) -> Result<&Vault> {
        self.vault.as_ref().ok_or_else(|| Fault::Failed("The program was started without a master key for secrets.".to_owned()))
    }
}

impl Operator<'_> {
    /// Rewraps every tenant's key with a new master key, all or none, and returns how many. The services' own master key is useless afterwards. No
    /// other program may use the database meanwhile.
    ///
    /// # Errors
    /// `Failed` if the services' master key isn't the current one.
    pub async fn key_rotate(&self, new: &Vault) -> Result<u64> {
        let old = self.0.master()?;
        let mut tx = self.0.command("the operator rotates the master key", NO_PARTNER).await?;
        let (mut count, mut last) = (0, String::new());
        loop {
            let keys = tx.tenant_keys_after(&last, AT_ONCE).await?;
            let Some((tenant, _)) = keys.last() else { break };
            last = tenant.to_string();
            for (tenant, wrapped) in keys {
                let key = SecretBox::new(Box::new(old.unwrapped(tenant, &wrapped)?));
                tx.tenant_key_update(tenant, &new.wrap(tenant, key.expose_secret(), self.0.ids.secret())?).await?;
                count += 1;
            }
        }
        self.0.audit(&mut tx, "key.rotate", "master key", None, &[]).await?;
        tx.commit().await?;
        Ok(count)
    }
}

fn seal(key: &[u8; 32], purpose: &str, plain: &[u8], nonce: [u8; 32]) -> Result<String> {
    let [nonce @ .., _, _, _, _, _, _, _, _] = nonce;
    let payload = Payload { msg: plain, aad: purpose.as_bytes() };
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| Fault::Failed("A secret could not be sealed.".to_owned()))?;
    Ok(format!("{VERSION}{}", STANDARD.encode([nonce.as_slice(), &sealed].concat())))
}

fn open(key: &[u8; 32], purpose: &str, sealed: &str) -> Result<Vec<u8>> {
    let bytes = sealed.strip_prefix(VERSION).and_then(|text| STANDARD.decode(text).ok()).ok_or_else(unreadable)?;
    let (nonce, sealed) = bytes.split_first_chunk::<24>().ok_or_else(unreadable)?;
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: purpose.as_bytes() }).map_err(|_| unreadable())
}

fn unreadable() -> Fault {
    Fault::Failed("A secret can't be opened: the master key is not the one it was sealed with.".to_owned())
}

#[cfg(test)]
mod tests {
    use domain::ClientId;

    use super::*;

    fn key(number: i64) -> TenantKey {
        TenantKey { tenant: TenantId::Client(ClientId::new(number)), key: SecretBox::new(Box::new([3; 32])) }
    }

    #[test]
    fn a_secret_opens_for_its_tenant_alone() {
        let sealed = key(8).seal("hunter2", [9; 32]).unwrap();
        assert!(sealed.starts_with("v1.") && !sealed.contains("hunter2"));
        assert_eq!(key(8).open(&sealed).unwrap().expose_secret(), "hunter2");
        assert!(key(9).open(&sealed).is_err(), "the same key, another tenant");
        assert!(key(8).open("v1.AAAA").is_err() && key(8).open("hunter2").is_err());
        assert_ne!(sealed, key(8).seal("hunter2", [8; 32]).unwrap(), "the nonce counts");
    }
}
