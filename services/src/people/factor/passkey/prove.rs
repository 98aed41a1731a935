//! Proving the second factor with a passkey: at a sign-in, and again before what takes a proof.

use domain::{Caller, Change, Error, LoginStatus, Origin, PasskeyProof, PasskeyRequest, SignInStep, UserId};
use webauthn_rs::prelude::{PasskeyAuthentication, PublicKeyCredential};

use super::{
    ceremony::{self, Asked, Purpose},
    id,
};
use crate::{
    Browser, Result, Services, SignedIn,
    kernel::{Tx, token::fingerprint},
    people::{account::Account, factor::prove::Wrong, login_history, session},
};

/// The audit action of a proof by a passkey.
const PROVED: &str = "passkey.prove";

/// Which passkey it was, as it is recorded.
fn used(name: &str) -> Option<Change> {
    Change::of("passkey", "Passkey", "", name)
}

impl Services {
    /// Whether the user of a sign-in that lacks its second factor can finish it by a passkey.
    ///
    /// # Errors
    /// `Unauthenticated` if the session doesn't wait for the second factor.
    pub async fn passkey_may_sign_in(&self, token: &str, origin: &Origin) -> Result<bool> {
        let Account { partner, user, .. } = self.session_to_finish(token, SignInStep::Prove, origin).await?.account;
        if !self.passkeys_are_offered() {
            return Ok(false);
        }
        let mut tx = self.system_read("a sign-in that isn't finished has no caller", partner).await?;
        Ok(!tx.passkeys_of(user.id).await?.is_empty())
    }

    /// Asks the browser of a sign-in that lacks its second factor to use a passkey.
    ///
    /// # Errors
    /// `Unauthenticated` if the session doesn't wait for the second factor; `Conflict` for who has no passkey, and where the server's public address isn't
    /// known.
    pub async fn passkey_sign_in_request(&self, token: &str, origin: &Origin) -> Result<PasskeyRequest> {
        let Account { partner, .. } = self.session_to_finish(token, SignInStep::Prove, origin).await?.account;
        let mut tx = self.system("a sign-in that isn't finished has no caller", partner).await?;
        let session = session::session_lacking(tx.session_find(&fingerprint(token)).await?, SignInStep::Prove, tx.now, origin)?;
        let request = self.passkey_asked(&mut tx, Purpose::SignIn, session.account.user.id).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// Finishes a sign-in by a passkey: the session gets another token and is whole.
    ///
    /// # Errors
    /// `Invalid` under `passkey` for a wrong one; `Conflict` if the browser answered too late; `Unauthenticated` if the session doesn't wait for the second
    /// factor, and after the third unsuccessful attempt, which ends it.
    pub async fn passkey_sign_in(&self, token: &str, proof: &PasskeyProof, browser: &Browser, origin: &Origin) -> Result<SignedIn> {
        let Account { partner, .. } = self.session_to_finish(token, SignInStep::Prove, origin).await?.account;
        let mut tx = self.system("a sign-in that isn't finished has no caller", partner).await?;
        let session = session::session_lacking(tx.session_find(&fingerprint(token)).await?, SignInStep::Prove, tx.now, origin)?;
        let Some(name) = self.passkey_use(&mut tx, Purpose::SignIn, session.account.user.id, proof).await? else {
            login_history::record(&mut tx, &session.account, origin, LoginStatus::Failed, "").await?;
            return Err(self.proof_failed(tx, (&session.key, &session.account), Wrong::Passkey, origin).await?);
        };
        tx.audit_stranger(PROVED, Some(&session.account), origin, used(&name).as_slice()).await?;
        let signed_in = self.session_finish(&mut tx, &session, (browser, proof.trust), origin).await?;
        let now = tx.now;
        tx.commit().await?;
        self.device_mail(&signed_in, &session.account, origin, now);
        Ok(signed_in)
    }

    /// Asks the caller's browser to use a passkey, to prove the second factor again.
    ///
    /// # Errors
    /// `Conflict` for who has no passkey, and where the server's public address isn't known.
    pub async fn passkey_prove_request(&self, caller: &Caller) -> Result<PasskeyRequest> {
        let mut tx = self.authorize_self(caller).await?;
        let request = self.passkey_asked(&mut tx, Purpose::Prove, caller.user.id).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// Proves the caller's second factor again, as [`Services::factor_prove`] does by a code.
    ///
    /// # Errors
    /// `Invalid` under `passkey` for a wrong one; `Conflict` if the browser answered too late; `Unauthenticated` after the third unsuccessful attempt in a row,
    /// which ends the session.
    pub async fn passkey_prove(&self, caller: &Caller, proof: &PasskeyProof) -> Result<()> {
        let mut tx = self.authorize_self(caller).await?;
        let caller = tx.caller()?;
        let Some(name) = self.passkey_use(&mut tx, Purpose::Prove, caller.user.id, proof).await? else {
            let key = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
            let account = tx.session_find(key).await?.ok_or(Error::Unauthenticated)?.account;
            return Err(self.proof_failed(tx, (key, &account), Wrong::Passkey, &caller.origin).await?);
        };
        session::proof::record(&mut tx, &caller).await?;
        self.audit(&mut tx, PROVED, caller.user.id, caller.client, used(&name).as_slice()).await?;
        tx.commit().await
    }

    /// Asks a browser to use one of a user's passkeys.
    async fn passkey_asked(&self, tx: &mut Tx, purpose: Purpose, user: UserId) -> Result<PasskeyRequest> {
        let passkeys = self.passkeys_here()?;
        let keys: Vec<_> = tx.passkey_keys(user).await?.into_iter().map(|stored| stored.key).collect();
        if keys.is_empty() {
            return Err(Error::conflict("You have no passkey.").into());
        }
        self.ceremony_begin(tx, (purpose, Asked::User(user)), passkeys.request(&keys)?).await
    }

    /// Uses a passkey of a user, and returns its name; none if what it signed isn't right.
    async fn passkey_use(&self, tx: &mut Tx, purpose: Purpose, user: UserId, proof: &PasskeyProof) -> Result<Option<String>> {
        let passkeys = self.passkeys_here()?;
        let state: PasskeyAuthentication = ceremony::take(tx, (purpose, Asked::User(user)), &proof.ceremony).await?;
        let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(&proof.answer) else { return Ok(None) };
        let Some(result) = passkeys.used(&answer, &state) else { return Ok(None) };
        let id = id(result.cred_id());
        // It can have been removed since the browser was asked.
        let Some(mut stored) = tx.passkey_key(&id, user).await? else { return Ok(None) };
        stored.key.update_credential(&result);
        Ok(tx.passkey_use(&id, user, &stored.key, result.counter()).await?.then_some(stored.name))
    }
}
