//! Proofs of the second factor: how a sign-in is finished, what an action demands, and what wrong codes cost.

use domain::{Caller, Change, Error, LoginStatus, Origin, SignInStep};

use super::{ABSOLUTE_SECONDS, IDLE_SECONDS, Session, session_lacking};
use crate::{
    Browser, Result, Services, SessionToken, SignedIn,
    kernel::{Tx, proof::Proof, token::fingerprint},
    people::{account::Account, login_history},
};

/// This many wrong codes in a row end the session.
const MAX_FAILURES: i64 = 3;

impl Services {
    /// The session of a token, if it lacks this step of signing in.
    ///
    /// # Errors
    /// As [`session_lacking`].
    pub(crate) async fn session_to_finish(&self, token: &str, step: SignInStep, origin: &Origin) -> Result<Session> {
        let now = self.clock.now();
        session_lacking(self.store.session_find(&fingerprint(token), now).await?, step, now, origin)
    }

    /// Finishes a sign-in whose second factor was proved; the caller commits. The browser gets another token, is known to the account from now on, and with `trust` isn't
    /// asked for a while, where the partner allows that.
    pub(crate) async fn session_finish(
        &self,
        tx: &mut Tx,
        Session { key, account, .. }: &Session,
        (browser, trust): (&Browser, bool),
        origin: &Origin,
    ) -> Result<SignedIn> {
        let token = SessionToken::new(self.ids.secret());
        let (known_by, is_new_device) = self.browser_remember(tx, browser, account).await?;
        let browser_key = known_by.as_ref().map(SessionToken::key).or_else(|| browser.key());
        if let Some(browser) = browser_key.filter(|_| trust && account.trust_browsers) {
            tx.browser_trust(&browser, account.user.id).await?;
        }
        let record = login_history::record(tx, account, origin, LoginStatus::Success, &self.ids.uuid()).await?;
        if !tx.session_finish(key, &token.key(), record).await? {
            return Err(Error::Unauthenticated.into());
        }
        self.audit_stranger(tx, "session.sign-in", Some(account), origin).await?;
        Ok(SignedIn { session: token, browser: known_by, is_new_device, lacks: None })
    }

    /// Signs in an account after [`super::check_sign_in`], in the transaction that used a passkey, which lacks nothing. As after a code, that counts as a proof.
    pub(crate) async fn session_open_proved(
        &self,
        tx: &mut Tx,
        account: &Account,
        browser: &Browser,
        origin: &Origin,
        changes: &[Change],
    ) -> Result<SignedIn> {
        let token = SessionToken::new(self.ids.secret());
        if let Some(replaced) = browser.session_key() {
            tx.session_delete(&replaced).await?;
        }
        let (known_by, is_new_device) = self.browser_remember(tx, browser, account).await?;
        tx.session_delete_expired(ABSOLUTE_SECONDS, IDLE_SECONDS).await?;
        let record = login_history::record_passkey(tx, account, origin, LoginStatus::Success, &self.ids.uuid()).await?;
        tx.session_insert(&token.key(), account.user.id, origin, record, true).await?;
        tx.session_set_up(&token.key()).await?;
        tx.audit_stranger("session.sign-in", Some(account), origin, changes).await?;
        Ok(SignedIn { session: token, browser: known_by, is_new_device, lacks: None })
    }

    /// Refuses an action that demands a proof which the caller's session doesn't have. API keys have no session and aren't asked, nor is anybody
    /// without a second factor.
    ///
    /// # Errors
    /// `Unproved`.
    pub(crate) async fn proof_demand(&self, tx: &mut Tx, proof: Proof) -> Result<()> {
        let caller = tx.caller()?;
        let Some(key) = caller.session.as_deref().filter(|_| proof != Proof::None && caller.second_factor) else { return Ok(()) };
        if tx.session_proof_use(key, proof == Proof::ForEach).await? { Ok(()) } else { Err(Error::Unproved.into()) }
    }
}

/// Records that the caller proved the second factor, for the change that comes next and for others soon after.
pub(crate) async fn record(tx: &mut Tx, caller: &Caller) -> Result<()> {
    tx.session_prove(caller.session.as_deref().unwrap_or_default()).await
}

/// Counts a wrong code; too many end the session, in which case it returns true.
pub(crate) async fn failed(tx: &mut Tx, key: &str) -> Result<bool> {
    let ends = tx.session_proof_failed(key).await? >= MAX_FAILURES;
    if ends {
        tx.session_delete(key).await?;
    }
    Ok(ends)
}

/// The sealed secret that is being set up in a session; empty for none.
pub(crate) async fn candidate(tx: &mut Tx, key: &str) -> Result<String> {
    tx.session_candidate(key).await
}

/// Stores the sealed secret that is being set up in a session.
pub(crate) async fn candidate_set(tx: &mut Tx, key: &str, candidate: &str) -> Result<()> {
    tx.session_candidate_set(key, candidate).await
}

/// The second factor was set up in a session, which lacks nothing any more.
pub(crate) async fn set_up(tx: &mut Tx, key: &str) -> Result<()> {
    tx.session_set_up(key).await
}
