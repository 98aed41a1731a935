//! Encrypts the secrets of an archive, in the format of age (<https://age-encryption.org/v1>).
//!
//! Secrets are read by a job, which must not know the passphrase. So a pair of keys is made for each backup: the job encrypts with the public one, and the
//! private one is in the archive, itself encrypted with the passphrase.

use std::str::FromStr;

use age::{Recipient, scrypt, secrecy::ExposeSecret, x25519};
use domain::Passphrase;
use serde::{Deserialize, Serialize};

use crate::{Fault, Result, Services, kernel::password::Queue};

/// How costly it is to try a passphrase, as a power of two: 128 MB of memory, and a second of a slow machine.
const WORK_FACTOR: u8 = 17;

/// The keys of a backup's secrets.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct SecretKeys {
    /// The public key, as age writes it.
    public: String,
    /// The private key as an age file that the passphrase opens, in base 64.
    private: String,
}

impl SecretKeys {
    /// Encrypts with the public key.
    pub(super) fn encrypt(&self, plain: &[u8]) -> Result<Vec<u8>> {
        let recipient = x25519::Recipient::from_str(&self.public).map_err(|error| failed(&error))?;
        encrypt(&recipient, plain)
    }

    /// The file of the private key.
    pub(super) fn file(&self) -> Result<Vec<u8>> {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        STANDARD.decode(&self.private).map_err(|error| failed(&error))
    }
}

impl Services {
    /// New keys, of which the private one can be read only with the passphrase.
    pub(super) async fn secret_keys(&self, passphrase: Passphrase) -> Result<SecretKeys> {
        // It takes as much as hashing passwords, so it waits where they do.
        self.passwords.run(Queue::Known, move || make(&passphrase)).await?
    }
}

fn make(passphrase: &Passphrase) -> Result<SecretKeys> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let identity = x25519::Identity::generate();
    let mut recipient = scrypt::Recipient::new(passphrase.expose().to_owned().into());
    recipient.set_work_factor(WORK_FACTOR);
    let file = format!("# The key of this backup's secrets\n{}\n", identity.to_string().expose_secret());
    Ok(SecretKeys { public: identity.to_public().to_string(), private: STANDARD.encode(encrypt(&recipient, file.as_bytes())?) })
}

fn encrypt(recipient: &impl Recipient, plain: &[u8]) -> Result<Vec<u8>> {
    age::encrypt(recipient, plain).map_err(|error| failed(&error))
}

fn failed(error: &dyn std::fmt::Display) -> Fault {
    Fault::Failed(format!("secrets can't be encrypted: {error}"))
}
