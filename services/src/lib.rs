//! Tenantry's use cases, and the only crate with SQL.
//!
//! Every use case is a method of [`Services`] in the module of its noun, and has one shape: authorize, read, decide, write, audit,
//! commit. [`Services::authorize`](authz) is the single way to a transaction, and a transaction the single way to the store.

mod api_key;
mod authz;
mod browser;
mod catalogue;
mod client;
mod client_draft;
mod clock;
mod credential_set;
mod device;
mod device_group;
mod email;
mod fault;
mod files;
mod fold;
mod invitation;
mod login_history;
mod mail;
mod name;
mod network_image;
mod partner;
mod password;
mod permission_set;
mod ready;
mod restriction;
mod role;
mod seed;
mod session;
mod setup;
mod sign_in_throttle;
mod store;
mod tenant;
mod token;
mod user;
mod user_group;
mod vault;
mod why;

pub use api_key::{IssuedToken, TOKEN_SECONDS};
pub use browser::{BROWSER_SECONDS, Browser, SignedIn};
pub use clock::{Clock, CountingIds, FixedClock, Ids, RandomIds, SystemClock};
pub use device_group::DeviceGroupToSave;
pub use fault::Fault;
pub use files::Files;
pub use fold::fold;
pub use mail::{MailSettings, Mailer};
pub use network_image::{SentImage, SentImages};
pub use seed::DEMO_PASSWORD;
pub use session::Resolved;
pub use store::Store;
pub use tenant::Entered;
pub use token::SessionToken;
pub use user::NewUser;
pub use vault::Vault;

use std::sync::Arc;

use network_image::Decoding;
use password::PasswordHasher;
use ready::Probe;

/// What every use case returns.
pub type Result<T> = std::result::Result<T, Fault>;

/// All use cases, and what they need from outside.
#[derive(Clone)]
pub struct Services {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    passwords: PasswordHasher,
    vault: Option<Vault>,
    files: Option<Files>,
    mailer: Option<Mailer>,
    decoding: Decoding,
    probe: Probe,
}

impl Services {
    /// The current time, by the services' clock.
    #[must_use]
    pub fn now(&self) -> domain::Timestamp {
        self.clock.now()
    }

    /// Puts the parts together.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self {
            store,
            clock,
            ids,
            passwords: PasswordHasher::new(),
            vault: None,
            files: None,
            mailer: None,
            decoding: Decoding::new(),
            probe: Probe::default(),
        }
    }

    /// With the master key for secrets. A command that touches none goes without.
    #[must_use]
    pub fn with_vault(self, vault: Vault) -> Self {
        Self { vault: Some(vault), ..self }
    }

    /// With the place of uploaded files. A command that touches none goes without.
    #[must_use]
    pub fn with_files(self, files: Files) -> Self {
        Self { files: Some(files), ..self }
    }

    /// With what sends mails, if anything. Without it, links are only shown.
    #[must_use]
    pub fn with_mailer(self, mailer: Option<Mailer>) -> Self {
        Self { mailer, ..self }
    }

    /// Closes the database; SQLite then folds its log into the file.
    pub async fn close(&self) {
        self.store.close().await;
    }
}
