//! Setting an authenticator app up.

use domain::{Caller, CodeDraft, Error, FactorCode, FactorSetUp, Origin, RecoveryCodes, SignInStep};

use super::{code::wrong_code, totp};
use crate::{Result, Services, SessionToken, people::session};

/// Who sets a second factor up: somebody signed in, or somebody whose session lacks just that.
#[derive(Clone, Debug)]
pub struct Enrolling(Caller);

impl Enrolling {
    /// Who, for authorization alone: a session that isn't whole has no caller for anything else.
    pub(crate) const fn caller(&self) -> &Caller {
        &self.0
    }
}

impl From<Caller> for Enrolling {
    fn from(caller: Caller) -> Self {
        Self(caller)
    }
}

impl Services {
    /// Who has to set a second factor up to finish signing in.
    ///
    /// # Errors
    /// `Unauthenticated` if that isn't what the session lacks, `Forbidden` if the IP restriction refuses the address.
    pub async fn enrolling(&self, token: &str, origin: &Origin) -> Result<Enrolling> {
        let session = self.session_to_finish(token, SignInStep::SetUp, origin).await?;
        Ok(Enrolling(session::caller(session, origin)))
    }

    /// The secret for an authenticator app. It is the same until a code has proved it or the session ends, and doesn't count before.
    ///
    /// # Errors
    /// `Unproved` for who has a second factor and replaces it.
    pub async fn factor_set_up(&self, enrolling: &Enrolling) -> Result<FactorSetUp> {
        let mut tx = self.authorize_enrolling(enrolling).await?;
        let caller = tx.caller()?;
        let key = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
        let candidate = session::proof::candidate(&mut tx, key).await?;
        let secret = if candidate.is_empty() {
            let secret: Vec<u8> = self.ids.secret().into_iter().take(totp::SECRET).collect();
            let sealed = self.factor_sealed(&mut tx, caller.home(), &secret).await?;
            session::proof::candidate_set(&mut tx, key, &sealed).await?;
            secret
        } else {
            self.factor_unsealed(&mut tx, caller.home(), &candidate).await?
        };
        let (partner, _) = tx.partner_name().await?;
        tx.commit().await?;
        totp::set_up(&secret, &partner, &caller.user.login)
    }

    /// Turns the second factor on, once a code has proved that the app has the secret. That code doesn't work again. This session continues with a new
    /// token, all others end. The recovery codes are shown once.
    ///
    /// # Errors
    /// `Invalid` for a wrong code; `Unproved` for who replaces a second factor; `Conflict` if no secret was shown in this session.
    pub async fn factor_confirm(&self, enrolling: &Enrolling, draft: &CodeDraft) -> Result<(SessionToken, RecoveryCodes)> {
        let FactorCode::App(code) = FactorCode::parse(&draft.code)? else { return Err(wrong_code().into()) };
        let mut tx = self.authorize_enrolling(enrolling).await?;
        let caller = tx.caller()?;
        let (user, key) = (caller.user.id, caller.session.as_deref().ok_or(Error::Unauthenticated)?);
        let candidate = session::proof::candidate(&mut tx, key).await?;
        if candidate.is_empty() {
            return Err(Error::conflict("This page is out of date. Reload it to scan the code that counts now.").into());
        }
        let secret = self.factor_unsealed(&mut tx, caller.home(), &candidate).await?;
        let step = totp::step_of(&secret, &code, tx.now)?.ok_or_else(wrong_code)?;
        tx.authenticator_replace(user, &candidate, step).await?;
        let codes = self.recovery_codes_make(&mut tx, user).await?;
        session::proof::set_up(&mut tx, key).await?;
        let token = self.only_this_session(&mut tx, user, key).await?;
        let action = if caller.second_factor { "second_factor.replace" } else { "second_factor.turn-on" };
        self.audit(&mut tx, action, user, caller.client, &[]).await?;
        tx.commit().await?;
        Ok((token, codes))
    }
}
