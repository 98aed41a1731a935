//! Passkeys: making and removing them, proving the second factor with one, and signing in with one alone.

mod alone;
mod ceremony;
mod prove;
mod relying_party;
mod store;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Caller, Change, Draft, Error, MAX_PASSKEYS, PasskeyDraft, PasskeyRequest, RecoveryCodes};
use webauthn_rs::prelude::{PasskeyRegistration, Uuid};

pub use relying_party::Passkeys;

use super::{Enrolling, enrol::TURN_ON_FAILED};
use crate::{
    Fault, Result, Services, SessionToken,
    people::{account::use_current_password, session},
};
use ceremony::{Asked, Purpose};
use store::NewPasskey;

impl Services {
    /// Whether passkeys can be made and used here.
    #[must_use]
    pub const fn passkeys_are_offered(&self) -> bool {
        self.passkeys.is_some()
    }

    /// Asks the browser to make a passkey. It counts once the answer is confirmed.
    ///
    /// # Errors
    /// `Unproved` for who has a second factor; `Conflict` for who has too many passkeys, and where the server's public address isn't known.
    pub async fn passkey_request(&self, enrolling: &Enrolling) -> Result<PasskeyRequest> {
        let mut tx = self.authorize_enrolling(enrolling).await?;
        let passkeys = self.passkeys_here()?;
        let caller = tx.caller()?;
        let user = caller.user.id;
        let others = tx.passkey_keys(user).await?;
        if others.len() >= MAX_PASSKEYS {
            return Err(too_many().into());
        }
        // One name for the user, so that an authenticator with a passkey already doesn't list the user twice.
        let handle = others.first().map_or_else(|| self.ids.uuid(), |other| other.handle.clone());
        let others = others.iter().map(|other| other.key.cred_id().clone()).collect();
        let (options, state) = passkeys.creation(uuid(&handle)?, (&caller.user.login, &caller.user.name()), others)?;
        let request = self.ceremony_begin(&mut tx, (Purpose::Create, Asked::User(user)), (options, (handle, state))).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// Adds the passkey that the browser made. This session continues with a new token, all others end. With the first second factor come recovery codes,
    /// which are shown once.
    ///
    /// # Errors
    /// `Invalid` for a missing name and a wrong password; `Unproved` for who has a second factor; `Conflict` if the browser answered too late, or with a
    /// passkey that can't be used, and for who has too many.
    pub async fn passkey_confirm(&self, enrolling: &Enrolling, draft: &PasskeyDraft) -> Result<(SessionToken, Option<RecoveryCodes>)> {
        let name = draft.check(enrolling.signs_in())?;
        let proved =
            if enrolling.signs_in() { None } else { Some(self.factor_password_prove(enrolling.caller(), &draft.password, TURN_ON_FAILED).await?) };
        let mut tx = self.authorize_enrolling(enrolling).await?;
        let caller = tx.caller()?;
        let (user, session) = (caller.user.id, caller.session.as_deref().ok_or(Error::Unauthenticated)?);
        if let Some(proved) = &proved {
            use_current_password(&mut tx, user, proved).await?;
        }
        // Requests that were made while there was room can be answered one after another.
        if tx.passkeys_of(user).await?.len() >= MAX_PASSKEYS {
            return Err(too_many().into());
        }
        let passkeys = self.passkeys_here()?;
        let (handle, state): (String, PasskeyRegistration) = ceremony::take(&mut tx, (Purpose::Create, Asked::User(user)), &draft.ceremony).await?;
        let key = passkeys.created(&draft.answer, &state)?;
        let passkey = NewPasskey { id: &id(key.cred_id()), user, handle: &handle, name: &name, key: &key };
        if !tx.passkey_insert(passkey).await? {
            return Err(Error::conflict("This passkey was added already.").into());
        }
        let codes = if caller.second_factor { None } else { Some(self.recovery_codes_make(&mut tx, user).await?) };
        session::proof::set_up(&mut tx, session).await?;
        let token = self.only_this_session(&mut tx, user, session).await?;
        let changes = Change::of("name", "Name", "", &name);
        self.audit(&mut tx, "passkey.create", user, caller.client, changes.as_slice()).await?;
        if !caller.second_factor {
            self.audit(&mut tx, "second_factor.turn-on", user, caller.client, &[]).await?;
        }
        let now = tx.now;
        tx.commit().await?;
        self.mail_later(|mailer| vec![mailer.factor_changed(&caller.user, "A passkey was added", now)]);
        Ok((token, codes))
    }

    /// Removes a passkey of the caller. This session continues with a new token, all others end.
    ///
    /// # Errors
    /// `Unproved`; `NotFound`; `Conflict` for the only second factor, which is turned off instead.
    pub async fn passkey_remove(&self, caller: &Caller, passkey: &str) -> Result<SessionToken> {
        let session = caller.session.as_deref().ok_or(Error::Unauthenticated)?;
        let mut tx = self.authorize_self_proved(caller).await?;
        let user = caller.user.id;
        let name = tx.passkey_delete(passkey, user).await?.ok_or(Error::NotFound)?;
        if !tx.factor_get(user).await?.is_on() {
            let reason = "This is your only second factor. Set up another first, or turn two-factor authentication off.";
            return Err(Error::conflict(reason).into());
        }
        let token = self.only_this_session(&mut tx, user, session).await?;
        let changes = Change::of("name", "Name", &name, "");
        self.audit(&mut tx, "passkey.delete", user, caller.client, changes.as_slice()).await?;
        let now = tx.now;
        tx.commit().await?;
        self.mail_later(|mailer| vec![mailer.factor_changed(&caller.user, "A passkey was removed", now)]);
        Ok(token)
    }
}

fn too_many() -> Error {
    Error::conflict(format!("You have {MAX_PASSKEYS} passkeys. Remove one first."))
}

/// What an authenticator calls a passkey, as text.
fn id(credential: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(credential)
}

/// What authenticators call a user.
fn uuid(handle: &str) -> Result<Uuid> {
    Uuid::parse_str(handle).map_err(|error| Fault::Failed(format!("a passkey's user has a name that isn't one: {error}")))
}
