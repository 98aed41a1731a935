//! Signing in with a passkey alone. It is two factors in one: something that its owner has, which makes sure by itself that it's them.

use domain::{Change, Error, LoginStatus, Origin, PasskeyProof, PasskeyRequest, SIGN_IN_REFUSED};
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

use super::{
    ceremony::{self, Asked, Purpose},
    id, uuid,
};
use crate::{
    Browser, Result, Services, SignedIn,
    kernel::{Tx, authz::NO_PARTNER, password::network_of},
    people::{account::Account, login_history, session},
};

impl Services {
    /// Asks a browser to sign in with any passkey for this console.
    ///
    /// # Errors
    /// `Conflict` where the server's public address isn't known, and while too many requests from the same network wait for an answer.
    pub async fn passkey_alone_request(&self, origin: &Origin) -> Result<PasskeyRequest> {
        let passkeys = self.passkeys_here()?;
        let mut tx = self.system("there is no caller before sign-in", NO_PARTNER).await?;
        let request = self.ceremony_begin(&mut tx, (Purpose::SignInAlone, Asked::Stranger(origin)), passkeys.request_any()?).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// Begins a session by a passkey, ends the browser's previous session, and records the browser as known to the account.
    ///
    /// # Errors
    /// `Invalid` under `passkey` for one that nobody has, or a wrong one; `Conflict` if the browser answered too late; `Forbidden` if the account isn't active
    /// or the IP restriction refuses the address.
    pub async fn passkey_alone(&self, proof: &PasskeyProof, browser: &Browser, origin: &Origin) -> Result<SignedIn> {
        let refused = || Error::invalid("passkey", "This passkey can’t sign in here. Use another one, or your password.");
        let answer: PublicKeyCredential = serde_json::from_str(&proof.answer).map_err(|_| refused())?;
        let (user, partner) = self.store.passkey_owner(&id(answer.get_credential_id())).await?.ok_or_else(refused)?;
        let mut tx = self.system("there is no caller before sign-in", partner).await?;
        let (account, _) = tx.account_with_grants(user).await?.ok_or_else(refused)?;
        let Some(name) = self.passkey_use_alone(&mut tx, &account, &answer, (&proof.ceremony, origin)).await? else {
            // The name of a passkey is no secret, so this is counted, but not where it would use up what is recorded of the user.
            if let Some(left_out) = self.refusal_admitted(NO_PARTNER, &network_of(origin)) {
                login_history::record_passkey(&mut tx, &account, origin, LoginStatus::Failed, "").await?;
                tx.audit_stranger("passkey.failed", Some(&account), origin, &left_out).await?;
            }
            tx.commit().await?;
            return Err(refused().into());
        };
        let signed_in = match session::check_sign_in(&account, origin) {
            Ok(()) => Ok(self.session_open_proved(&mut tx, &account, browser, origin, &name).await?),
            Err(refusal) => {
                if let Some(left_out) = self.refusal_admitted(partner, &user.to_string()) {
                    login_history::record_passkey(&mut tx, &account, origin, LoginStatus::Refused, "").await?;
                    tx.audit_stranger(SIGN_IN_REFUSED, Some(&account), origin, &left_out).await?;
                }
                Err(refusal)
            }
        };
        let now = tx.now;
        tx.commit().await?;
        let signed_in = signed_in?;
        self.device_mail(&signed_in, &account, origin, now);
        Ok(signed_in)
    }

    /// Uses the passkey that an answer names, and returns how it is recorded; none if what it signed isn't right.
    async fn passkey_use_alone(
        &self,
        tx: &mut Tx,
        account: &Account,
        answer: &PublicKeyCredential,
        (ceremony, origin): (&str, &Origin),
    ) -> Result<Option<Vec<Change>>> {
        let passkeys = self.passkeys_here()?;
        let (user, id) = (account.user.id, id(answer.get_credential_id()));
        let state: DiscoverableAuthentication = ceremony::take(tx, (Purpose::SignInAlone, Asked::Stranger(origin)), ceremony).await?;
        let Some(mut stored) = tx.passkey_key(&id, user).await? else { return Ok(None) };
        if answer.get_user_unique_id() != Some(uuid(&stored.handle)?.as_bytes().as_slice()) {
            return Ok(None);
        }
        let Some(result) = passkeys.used_alone(answer, state, &stored.key) else { return Ok(None) };
        stored.key.update_credential(&result);
        let is_right = tx.passkey_use(&id, user, &stored.key, result.counter()).await?;
        Ok(is_right.then(|| Change::of("passkey", "Passkey alone", "", &stored.name).into_iter().collect()))
    }
}
