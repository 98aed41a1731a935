//! The party that passkeys are made for: this console at its public address. A browser uses a passkey at no other.

use std::sync::Arc;

use domain::Error;
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    AuthenticationResult, CreationChallengeResponse, CredentialID, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyAuthentication,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, RequestChallengeResponse, Url, Uuid, Webauthn, WebauthnBuilder,
    WebauthnError,
};

use super::ceremony::CEREMONY;
use crate::{Fault, Result, Services};

/// What authenticators answer takes fewer bytes, certificates of their makers included; all of a user's passkeys are read at once.
const MAX_ANSWER: usize = 16 * 1024;
/// The longest name of a passkey in bytes (<https://www.w3.org/TR/webauthn-3/#credential-id>).
const MAX_ID: usize = 1023;

/// What passkeys need: the address that they are made for.
#[derive(Clone, Debug)]
pub struct Passkeys(Arc<Webauthn>);

impl Passkeys {
    /// Passkeys for a console's public address. None if browsers make none for it: they want https, or localhost, and a name rather than an IP address.
    #[must_use]
    pub fn at(public_url: &str) -> Option<Self> {
        let origin = Url::parse(public_url).ok()?;
        let host = origin.domain()?;
        if origin.scheme() != "https" && host != "localhost" && !host.ends_with(".localhost") {
            return None;
        }
        let party = WebauthnBuilder::new(host, &origin).ok()?.rp_name("Tenantry").timeout(CEREMONY).build().ok()?;
        Some(Self(Arc::new(party)))
    }

    /// Asks a browser to make a passkey for a user.
    pub(super) fn creation(&self, user: Uuid, (login, name): (&str, &str), others: Vec<CredentialID>) -> Result<(String, PasskeyRegistration)> {
        let (CreationChallengeResponse { public_key }, state) =
            self.0.start_passkey_registration(user, login, name, Some(others)).map_err(|error| failed(&error))?;
        let mut options = serde_json::to_value(public_key)?;
        let Some(Value::Object(selection)) = options.get_mut("authenticatorSelection") else {
            return Err(Fault::Failed("a request for a passkey doesn't say which authenticators can make it".to_owned()));
        };
        // Where there is room, the authenticator remembers for whom the passkey is, so that it can sign in alone.
        selection.insert("residentKey".to_owned(), json!("preferred"));
        Ok((options.to_string(), state))
    }

    /// The passkey that a browser made.
    pub(super) fn created(&self, answer: &str, state: &PasskeyRegistration) -> Result<Passkey> {
        let unusable = || Error::conflict("Your browser made a passkey that can’t be used here. Try another device or browser.");
        if answer.len() > MAX_ANSWER {
            return Err(unusable().into());
        }
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| unusable())?;
        if answer.raw_id.len() > MAX_ID {
            return Err(unusable().into());
        }
        Ok(self.0.finish_passkey_registration(&answer, state).map_err(|error| {
            tracing::debug!(cause = %error, "a new passkey is refused");
            unusable()
        })?)
    }

    /// Asks a browser to use one of these passkeys.
    pub(super) fn request(&self, keys: &[Passkey]) -> Result<(String, PasskeyAuthentication)> {
        let (RequestChallengeResponse { public_key, .. }, state) = self.0.start_passkey_authentication(keys).map_err(|error| failed(&error))?;
        Ok((serde_json::to_string(&public_key)?, state))
    }

    /// What a passkey signed; none if that isn't right.
    pub(super) fn used(&self, answer: &PublicKeyCredential, state: &PasskeyAuthentication) -> Option<AuthenticationResult> {
        right(self.0.finish_passkey_authentication(answer, state))
    }

    /// Asks a browser to use any passkey for this console.
    pub(super) fn request_any(&self) -> Result<(String, DiscoverableAuthentication)> {
        let (RequestChallengeResponse { public_key, .. }, state) = self.0.start_discoverable_authentication().map_err(|error| failed(&error))?;
        Ok((serde_json::to_string(&public_key)?, state))
    }

    /// As [`Passkeys::used`], of the one passkey that the answer names.
    pub(super) fn used_alone(&self, answer: &PublicKeyCredential, state: DiscoverableAuthentication, key: &Passkey) -> Option<AuthenticationResult> {
        right(self.0.finish_discoverable_authentication_v2(answer, state, DiscoverableKey::from(key)))
    }
}

impl Services {
    /// What passkeys need.
    ///
    /// # Errors
    /// `Conflict` where there are none.
    pub(super) fn passkeys_here(&self) -> Result<&Passkeys> {
        let none = || {
            Error::conflict(
                "Passkeys can’t be used here: the operator of the server hasn’t set a public address that begins with https and has a name.",
            )
        };
        Ok(self.passkeys.as_ref().ok_or_else(none)?)
    }
}

fn right(result: std::result::Result<AuthenticationResult, WebauthnError>) -> Option<AuthenticationResult> {
    result.inspect_err(|error| tracing::debug!(cause = %error, "a passkey is refused")).ok()
}

fn failed(error: &WebauthnError) -> Fault {
    Fault::Failed(format!("browsers can't be asked for a passkey: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_for_a_name_over_a_safe_way() {
        for public_url in ["https://console.example.com", "https://console.example.com:8443", "http://localhost:3000"] {
            assert!(Passkeys::at(public_url).is_some(), "{public_url}");
        }
        for public_url in ["http://console.example.com", "https://192.0.2.1", "http://127.0.0.1:3000", "https://[2001:db8::1]", "console"] {
            assert!(Passkeys::at(public_url).is_none(), "{public_url}");
        }
    }
}
