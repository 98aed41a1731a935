//! Passkeys: making and removing them, proving the second factor with one, and signing in with one alone.

mod alone;
mod prove;
mod set_up;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Caller, Error, PasskeyDraft, PasskeyProof, PasskeyRequest, RecoveryCodes};
use serde_json::{Value, json};
use services::{Browser, Enrolling, Passkeys, SessionToken};
use webauthn_authenticator_rs::{AuthenticatorBackend, prelude::Url, softpasskey::SoftPasskey};

use super::{HERE, code};
use crate::support::{PASSWORD, World, at};

/// The console's public address.
const CONSOLE: &str = "https://console.example";

/// An authenticator: a phone, a security key, a password manager.
struct Device {
    keys: SoftPasskey,
    /// Of the last passkey it made: its id, and what it calls its user.
    id: String,
    user: String,
}

impl Device {
    fn new() -> Self {
        // Its software can't see its owner, and says that it does.
        Self { keys: SoftPasskey::new(true), id: String::new(), user: String::new() }
    }

    /// Makes a passkey on the page of an address.
    fn make(&mut self, request: &PasskeyRequest, page: &str) -> String {
        let options: Value = serde_json::from_str(&request.options).unwrap();
        self.user = options["user"]["id"].as_str().unwrap().to_owned();
        let made = self.keys.perform_register(Url::parse(page).unwrap(), serde_json::from_value(options).unwrap(), 1000).unwrap();
        self.id = URL_SAFE_NO_PAD.encode(&made.raw_id);
        serde_json::to_string(&made).unwrap()
    }

    /// Uses the passkey, as whoever it says.
    fn sign_as(&mut self, request: &PasskeyRequest, user: &str) -> PasskeyProof {
        let mut options: Value = serde_json::from_str(&request.options).unwrap();
        options["allowCredentials"] = json!([{ "type": "public-key", "id": self.id }]);
        let signed = self.keys.perform_auth(Url::parse(CONSOLE).unwrap(), serde_json::from_value(options).unwrap(), 1000).unwrap();
        let mut answer = serde_json::to_value(&signed).unwrap();
        answer["response"]["userHandle"] = json!(user);
        PasskeyProof { ceremony: request.ceremony.clone(), answer: answer.to_string(), trust: false }
    }

    fn sign(&mut self, request: &PasskeyRequest) -> PasskeyProof {
        let user = self.user.clone();
        self.sign_as(request, &user)
    }
}

/// What the form that adds a passkey sends.
fn adding(request: &PasskeyRequest, answer: String, password: &str) -> PasskeyDraft {
    PasskeyDraft { name: "Phone".to_owned(), password: password.to_owned(), ceremony: request.ceremony.clone(), answer }
}

fn refused() -> Error {
    Error::invalid("passkey", "This passkey wasn’t accepted. Try again, or use another one.")
}

fn late() -> Error {
    Error::conflict("That took too long. Try again.")
}

impl World {
    /// The console has a public address.
    fn published(mut self) -> Self {
        self.services = self.services.clone().with_passkeys(Passkeys::at(CONSOLE));
        self
    }

    /// The caller adds a passkey of the device.
    async fn add(&self, caller: &Caller, device: &mut Device) -> (SessionToken, Option<RecoveryCodes>) {
        let enrolling = Enrolling::from(caller.clone());
        let request = self.services.passkey_request(&enrolling).await.unwrap();
        let draft = adding(&request, device.make(&request, CONSOLE), PASSWORD);
        self.services.passkey_confirm(&enrolling, &draft).await.unwrap()
    }

    /// A user with a passkey alone, signed in long enough ago that a proof is asked for again.
    async fn with_passkey(&self, login: &str) -> (Caller, Device) {
        let (token, mut device) = (self.enter(login, &Browser::default()).await.session, Device::new());
        let (token, _) = self.add(&self.comes(&token).await.unwrap(), &mut device).await;
        self.clock.advance_seconds(6 * 60);
        (self.comes(&token).await.unwrap(), device)
    }

    /// The caller proves the second factor with the device.
    async fn prove_with(&self, caller: &Caller, device: &mut Device) {
        let request = self.services.passkey_prove_request(caller).await.unwrap();
        self.services.passkey_prove(caller, &device.sign(&request)).await.unwrap();
    }

    /// Signs in with password and passkey.
    async fn sign_in_by(&self, login: &str, device: &mut Device) -> Caller {
        let (token, here) = (self.enter(login, &Browser::default()).await.session, at(HERE));
        let request = self.services.passkey_sign_in_request(token.expose(), &here).await.unwrap();
        let signed_in = self.services.passkey_sign_in(token.expose(), &device.sign(&request), &Browser::default(), &here).await.unwrap();
        self.comes(&signed_in.session).await.unwrap()
    }

    /// Signs in with the passkey alone.
    async fn sign_in_alone(&self, device: &mut Device) -> services::Result<Caller> {
        let request = self.services.passkey_alone_request(&at(HERE)).await?;
        let signed_in = self.services.passkey_alone(&device.sign(&request), &Browser::default(), &at(HERE)).await?;
        self.comes(&signed_in.session).await
    }
}
