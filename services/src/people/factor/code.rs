//! Using codes: each counts once.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use domain::{Error, FactorCode, RECOVERY_CODES, RecoveryCodes, TenantId, UserId, in_groups, recovery_code};
use secrecy::ExposeSecret;

use super::totp;
use crate::{
    Fault, Result, Services,
    kernel::{Tx, token::fingerprint},
};

impl Services {
    /// Uses a code of a user; false if it is wrong or was used.
    pub(super) async fn code_use(&self, tx: &mut Tx, (user, home): (UserId, TenantId), code: &FactorCode) -> Result<bool> {
        match code {
            FactorCode::Recovery(code) => tx.recovery_code_use(user, &recovery_hash(user, code)).await,
            FactorCode::App(code) => {
                let Some(sealed) = tx.authenticator_secret(user).await? else { return Ok(false) };
                let secret = self.factor_unsealed(tx, home, &sealed).await?;
                match totp::step_of(&secret, code, tx.now)? {
                    Some(step) => tx.authenticator_use(user, step).await,
                    None => Ok(false),
                }
            }
        }
    }

    /// Gives a user new recovery codes, which void the earlier ones.
    pub(super) async fn recovery_codes_make(&self, tx: &mut Tx, user: UserId) -> Result<RecoveryCodes> {
        let codes: Vec<_> = (0..RECOVERY_CODES).map(|_| recovery_code(&self.ids.secret())).collect();
        let hashes: Vec<_> = codes.iter().map(|code| recovery_hash(user, code)).collect();
        tx.recovery_codes_replace(user, &hashes).await?;
        Ok(RecoveryCodes(codes.iter().map(|code| in_groups(code)).collect()))
    }

    /// Seals an authenticator app's secret for the user's tenant.
    pub(super) async fn factor_sealed(&self, tx: &mut Tx, home: TenantId, secret: &[u8]) -> Result<String> {
        self.tenant_key(tx, home).await?.seal(&STANDARD_NO_PAD.encode(secret), self.ids.secret())
    }

    /// Opens a sealed secret.
    pub(super) async fn factor_unsealed(&self, tx: &mut Tx, home: TenantId, sealed: &str) -> Result<Vec<u8>> {
        let text = self.tenant_key(tx, home).await?.open(sealed)?;
        let secret = STANDARD_NO_PAD.decode(text.expose_secret());
        secret.map_err(|error| Fault::Failed(format!("the secret of an authenticator app isn't written as one: {error}")))
    }
}

/// The refusal of a code.
pub(super) fn wrong_code() -> Error {
    Error::invalid("code", "This code is wrong or was used already. Enter the one that your app shows next.")
}

/// The stored hash of a recovery code. It has 120 random bits, so a fast hash is enough; the user in it keeps equal codes of two users apart.
fn recovery_hash(user: UserId, code: &str) -> String {
    fingerprint(&format!("recovery:{user}:{code}"))
}
