//! The second factor: setting it up, signing in with it, requiring it, resetting it.

mod enforce;
mod passkey;
mod prove;
mod reset;
mod set_up;
mod sign_in;

use std::sync::Arc;

use domain::{Caller, CodeDraft, Error, FactorOnDraft, FactorSetUp, RecoveryCodes, SignInStep, Timestamp};
use services::{Browser, Enrolling, RandomIds, Services, SessionToken, SignedIn, Store, Vault};
use totp_rs::Totp;

use crate::support::{PASSWORD, World, at, sign_in};

const ADMIN: &str = "partner.administrator";
const ROLE: &str = "Partner Administrator";
const HERE: &str = "192.0.2.1";

/// An authenticator app that scanned the QR code.
struct App(Totp);

impl App {
    fn scan(set_up: &FactorSetUp) -> Self {
        let app = Totp::from_url(&set_up.address).unwrap();
        assert_eq!(set_up.secret.replace(' ', ""), app.secret().to_base32(), "what is typed is what is scanned");
        Self(app)
    }

    fn code(&self, now: Timestamp) -> String {
        self.0.generate(now.millis().unsigned_abs() / 1000).to_string()
    }
}

/// What a form that asks for a code sends.
fn code(code: impl Into<String>) -> CodeDraft {
    CodeDraft { code: code.into(), trust: false }
}

/// What the form that turns it on sends.
fn turning_on(code: impl Into<String>) -> FactorOnDraft {
    FactorOnDraft { password: PASSWORD.to_owned(), code: code.into(), name: "Work phone".to_owned() }
}

fn wrong() -> Error {
    Error::invalid("code", "This code is wrong or was used already. Enter the one that your app shows next.")
}

const UNFINISHED: Error = Error::Unfinished { step: SignInStep::Prove };

impl World {
    /// Enters login name and password.
    async fn enter(&self, login: &str, browser: &Browser) -> SignedIn {
        self.services.session_begin(browser, sign_in(login, PASSWORD), &at(HERE)).await.unwrap()
    }

    async fn comes(&self, token: &SessionToken) -> services::Result<Caller> {
        Ok(self.services.session_resolve(token.expose(), &at(HERE)).await?.caller)
    }

    /// The caller turns the second factor on.
    async fn set_up(&self, caller: &Caller) -> (App, SessionToken, RecoveryCodes) {
        let enrolling = Enrolling::from(caller.clone());
        let app = App::scan(&self.services.factor_set_up(&enrolling).await.unwrap());
        let (token, codes) = self.services.factor_confirm(&enrolling, &turning_on(app.code(self.services.now()))).await.unwrap();
        (app, token, codes.unwrap_or(RecoveryCodes(Vec::new())))
    }

    /// A user with a second factor, signed in long enough ago that a proof is asked for again, and their app.
    async fn with_app(&self, login: &str) -> (Caller, App) {
        let token = self.enter(login, &Browser::default()).await.session;
        let (app, token, _) = self.set_up(&self.comes(&token).await.unwrap()).await;
        self.clock.advance_seconds(6 * 60);
        (self.comes(&token).await.unwrap(), app)
    }

    /// Signs in with password and code.
    async fn sign_in_with(&self, login: &str, app: &App) -> Caller {
        self.clock.advance_seconds(30);
        let token = self.enter(login, &Browser::default()).await.session;
        let draft = code(app.code(self.services.now()));
        let signed_in = self.services.factor_sign_in(token.expose(), &draft, &Browser::default(), &at(HERE)).await.unwrap();
        self.comes(&signed_in.session).await.unwrap()
    }

    /// Signs in with the tick that trusts the browser, which gets a token.
    async fn trust(&self, login: &str, app: &App) -> Browser {
        self.clock.advance_seconds(30);
        let entered = self.enter(login, &Browser::default()).await.session;
        let draft = CodeDraft { trust: true, ..code(app.code(self.services.now())) };
        let signed_in = self.services.factor_sign_in(entered.expose(), &draft, &Browser::default(), &at(HERE)).await.unwrap();
        Browser::new(None, Some(signed_in.browser.unwrap().expose()))
    }

    /// The caller proves the second factor by the app's next code.
    async fn prove(&self, caller: &Caller, app: &App) {
        self.clock.advance_seconds(30);
        self.services.factor_prove(caller, &code(app.code(self.services.now()))).await.unwrap();
    }

    /// Another server on the same database.
    async fn other_server(&self) -> Services {
        let store = Store::open(&self.url).await.unwrap();
        Services::new(store, self.clock.clone(), Arc::new(RandomIds)).with_vault(Vault::from_key([9; 32]))
    }
}
