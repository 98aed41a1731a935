//! Setting an authenticator app up.

use domain::{Caller, Change, Draft, Error, FactorOnDraft, FactorSetUp, Origin, RecoveryCodes, SignInStep};

use super::{code::wrong_code, totp};
use crate::{
    Result, Services, SessionToken,
    people::{account::use_current_password, session},
};

/// The audit action of a wrong password.
pub(super) const TURN_ON_FAILED: &str = "second_factor.turn-on-failed";

/// Who sets a second factor up: somebody signed in, or somebody whose session lacks just that.
#[derive(Clone, Debug)]
pub struct Enrolling {
    caller: Caller,
    /// Whether the sign-in isn't finished, so that the password was entered just before.
    signs_in: bool,
}

impl Enrolling {
    /// Who, for authorization alone: a session that isn't whole has no caller for anything else.
    pub(crate) const fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Whether the sign-in isn't finished, so that the password was entered just before.
    pub(super) const fn signs_in(&self) -> bool {
        self.signs_in
    }
}

impl From<Caller> for Enrolling {
    fn from(caller: Caller) -> Self {
        Self { caller, signs_in: false }
    }
}

impl Services {
    /// Who has to set a second factor up to finish signing in.
    ///
    /// # Errors
    /// `Unauthenticated` if that isn't what the session lacks, `Forbidden` if the IP restriction refuses the address.
    pub async fn enrolling(&self, token: &str, origin: &Origin) -> Result<Enrolling> {
        let session = self.session_to_finish(token, SignInStep::SetUp, origin).await?;
        Ok(Enrolling { caller: session::caller(session, origin), signs_in: true })
    }

    /// A new secret for an authenticator app, in place of one that was shown before. It counts once a code has proved that the app has it.
    ///
    /// # Errors
    /// `Unproved` for who has a second factor and replaces it.
    pub async fn factor_set_up(&self, enrolling: &Enrolling) -> Result<FactorSetUp> {
        let mut tx = self.authorize_enrolling(enrolling).await?;
        let caller = tx.caller()?;
        let key = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
        let secret: Vec<u8> = self.ids.secret().into_iter().take(totp::SECRET).collect();
        let sealed = self.factor_sealed(&mut tx, caller.home(), &secret).await?;
        session::proof::candidate_set(&mut tx, key, &sealed).await?;
        let (partner, _) = tx.partner_name().await?;
        tx.commit().await?;
        totp::set_up(&secret, &partner, &caller.user.login)
    }

    /// Adds an authenticator app, or replaces it, once a code has proved that the app has the secret. That code doesn't work again. This session continues
    /// with a new token, all others end. With the first second factor come recovery codes, which are shown once.
    ///
    /// # Errors
    /// `Invalid` for a wrong password or code; `Unproved` for who replaces a second factor; `Conflict` if no secret was shown in this session.
    pub async fn factor_confirm(&self, enrolling: &Enrolling, draft: &FactorOnDraft) -> Result<(SessionToken, Option<RecoveryCodes>)> {
        let (code, name) = draft.check(enrolling.signs_in)?;
        let proved =
            if enrolling.signs_in { None } else { Some(self.factor_password_prove(enrolling.caller(), &draft.password, TURN_ON_FAILED).await?) };
        let mut tx = self.authorize_enrolling(enrolling).await?;
        let caller = tx.caller()?;
        if let Some(proved) = &proved {
            use_current_password(&mut tx, caller.user.id, proved).await?;
        }
        let (user, key) = (caller.user.id, caller.session.as_deref().ok_or(Error::Unauthenticated)?);
        let candidate = session::proof::candidate(&mut tx, key).await?;
        if candidate.is_empty() {
            return Err(Error::conflict("This page is out of date. Reload it to scan the code that counts now.").into());
        }
        let secret = self.factor_unsealed(&mut tx, caller.home(), &candidate).await?;
        let Some(step) = totp::step_of(&secret, &code, tx.now)? else {
            if let Some(left_out) = self.refusal_admitted(caller.partner, &user.to_string()) {
                self.audit(&mut tx, TURN_ON_FAILED, user, caller.client, &left_out).await?;
                tx.commit().await?;
            }
            return Err(wrong_code().into());
        };
        let replaces = tx.authenticator_secret(user).await?.is_some();
        tx.authenticator_replace(user, (&name, &candidate), step).await?;
        let codes = if caller.second_factor { None } else { Some(self.recovery_codes_make(&mut tx, user).await?) };
        session::proof::set_up(&mut tx, key).await?;
        let token = self.only_this_session(&mut tx, user, key).await?;
        let (action, what) = match (replaces, caller.second_factor) {
            (true, _) => ("second_factor.replace", "Your authenticator app was replaced"),
            (false, true) => ("second_factor.add-app", "An authenticator app was added"),
            (false, false) => ("second_factor.turn-on", "Two-factor authentication was turned on"),
        };
        let changes = Change::of("name", "Name", "", &name);
        self.audit(&mut tx, action, user, caller.client, changes.as_slice()).await?;
        let now = tx.now;
        tx.commit().await?;
        self.mail_later(|mailer| vec![mailer.factor_changed(&caller.user, what, now)]);
        Ok((token, codes))
    }
}
