//! Proving the second factor: at a sign-in, and again before what takes a proof.

use domain::{Caller, Change, CodeDraft, Error, FactorCode, LoginStatus, Origin, SignInStep, TenantId};

use super::{code::wrong_code, none};
use crate::{
    Browser, Fault, Result, Services, SignedIn,
    kernel::{Tx, token::fingerprint},
    people::{
        account::Account,
        login_history, session,
        session::throttle::{Attempt, AttemptBy},
    },
};

/// The audit action of a wrong code.
const FAILED: &str = "second_factor.failed";

impl Services {
    /// Whether the partner allows to trust the browser of a sign-in that lacks its code.
    ///
    /// # Errors
    /// `Unauthenticated` if the session doesn't wait for a code.
    pub async fn browser_may_be_trusted(&self, token: &str, origin: &Origin) -> Result<bool> {
        Ok(self.session_to_finish(token, SignInStep::Prove, origin).await?.account.trust_browsers)
    }

    /// Finishes a sign-in by a code: the session gets another token and is whole.
    ///
    /// # Errors
    /// `Invalid` under `code` for a wrong one or after too many attempts; `Unauthenticated` if the session doesn't wait for a code, and after the third
    /// wrong one, which ends it.
    pub async fn factor_sign_in(&self, token: &str, draft: &CodeDraft, browser: &Browser, origin: &Origin) -> Result<SignedIn> {
        let code = FactorCode::parse(&draft.code)?;
        let Account { partner, .. } = self.session_to_finish(token, SignInStep::Prove, origin).await?.account;
        let mut tx = self.system("a sign-in that isn't finished has no caller", partner).await?;
        let session = session::session_lacking(tx.session_find(&fingerprint(token)).await?, SignInStep::Prove, tx.now, origin)?;
        let attempt = tx.attempt(AttemptBy::Code { browser: browser.key() }, &session.account.user.login, origin, "code").await?;
        if !self.code_use(&mut tx, (session.account.user.id, home(&session.account)), &code).await? {
            login_history::record(&mut tx, &session.account, origin, LoginStatus::Failed, "").await?;
            return Err(self.code_failed(tx, &session.key, &session.account, &attempt, origin).await?);
        }
        tx.attempt_forgive(&attempt).await?;
        let signed_in = self.session_finish(&mut tx, &session, (browser, draft.trust), origin).await?;
        let is_recovery = matches!(code, FactorCode::Recovery(_));
        if is_recovery {
            self.audit_stranger(&mut tx, "second_factor.recovery-code", Some(&session.account), origin).await?;
        }
        let now = tx.now;
        tx.commit().await?;
        self.device_mail(&signed_in, &session.account, origin, now);
        if is_recovery {
            self.mail_later(|mailer| vec![mailer.factor_changed(&session.account.user, "A recovery code was used", now)]);
        }
        Ok(signed_in)
    }

    /// Proves the caller's second factor again. The proof is for the change that asked for it, and counts for some others for five minutes.
    ///
    /// # Errors
    /// `Invalid` under `code` for a wrong one or after too many attempts; `Unauthenticated` after the third wrong one in a row, which ends the session;
    /// `Conflict` for who has no second factor.
    pub async fn factor_prove(&self, caller: &Caller, draft: &CodeDraft) -> Result<()> {
        let code = FactorCode::parse(&draft.code)?;
        let tx = self.authorize_self(caller).await?;
        let mut tx = self.caller_proves(tx, &code).await?;
        let caller = tx.caller()?;
        session::proof::record(&mut tx, &caller).await?;
        self.audit(&mut tx, "second_factor.prove", caller.user.id, caller.client, &[]).await?;
        tx.commit().await
    }

    /// Uses a code of the transaction's caller. Wrong ones are counted in the session, over all tabs and servers.
    ///
    /// # Errors
    /// As [`Services::factor_prove`].
    pub(super) async fn caller_proves(&self, mut tx: Tx, code: &FactorCode) -> Result<Tx> {
        let caller = tx.caller()?;
        let key = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
        if !caller.second_factor {
            return Err(none().into());
        }
        let attempt = tx.attempt(AttemptBy::CodeAgain, &caller.user.login, &caller.origin, "code").await?;
        if self.code_use(&mut tx, (caller.user.id, caller.home()), code).await? {
            tx.attempt_forgive(&attempt).await?;
            return Ok(tx);
        }
        let account = tx.session_find(key).await?.ok_or(Error::Unauthenticated)?.account;
        Err(self.code_failed(tx, key, &account, &attempt, &caller.origin).await?)
    }

    /// Counts a wrong code and commits, and returns the refusal.
    async fn code_failed(&self, mut tx: Tx, key: &str, account: &Account, attempt: &Attempt, origin: &Origin) -> Result<Fault> {
        let has_ended = session::proof::failed(&mut tx, key).await?;
        self.attempt_failed_in(&mut tx, attempt, Some(account), FAILED, origin, &[]).await?;
        if has_ended {
            let why = Change::of("session", "Session", "", "Ended after three wrong codes");
            tx.audit_stranger("session.end", Some(account), origin, why.as_slice()).await?;
        }
        tx.commit().await?;
        Ok(if has_ended { Error::Unauthenticated } else { wrong_code() }.into())
    }
}

/// The tenant that a user belongs to.
fn home(account: &Account) -> TenantId {
    account.client.map_or(TenantId::Partner(account.partner), TenantId::Client)
}
