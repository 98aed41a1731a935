//! Tenantry's use cases, and the only crate with SQL.
//!
//! Every use case is a method of [`Services`] in the module of its noun, and has one shape: authorize, read, decide, write, audit,
//! commit. [`Services::authorize`](kernel::authz) is the single way to a transaction, and a transaction the single way to the store.

mod access;
mod audit;
pub mod aws;
mod clients;
mod home;
mod inventory;
mod kernel;
mod leaving;
mod operator;
mod palette;
mod people;
mod seed;

pub use audit::verify::{AuditCheckpoint, AuditFault, Verified};
pub use clients::{
    image::{SentImage, SentImages},
    tenant::Entered,
};
pub use inventory::device_group::DeviceGroupToSave;
pub use kernel::{
    Store,
    clock::{Clock, CountingIds, FixedClock, Ids, RandomIds, SystemClock},
    fault::Fault,
    files::{Files, StoredFile},
    fold::fold,
    mail::{MailSettings, Mailer},
    token::SessionToken,
    vault::Vault,
};
pub use leaving::backup::backed_up_tables;
pub use operator::Operator;
pub use people::{
    api_key::{IssuedToken, TOKEN_SECONDS},
    factor::{Enrolling, Passkeys},
    session::{
        Resolved,
        browser::{BROWSER_SECONDS, Browser, SignedIn},
    },
    user::NewUser,
};
pub use seed::DEMO_PASSWORD;

use std::sync::Arc;

use aws::calls::AwsCalls;
use clients::image::Decoding;
use kernel::{audit::Refusals, password::PasswordHasher, ready::Probe};

/// What every use case returns.
pub type Result<T> = std::result::Result<T, Fault>;

/// All use cases and their dependencies.
#[derive(Clone)]
pub struct Services {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    passwords: PasswordHasher,
    vault: Option<Vault>,
    files: Option<Files>,
    mailer: Option<Mailer>,
    passkeys: Option<Passkeys>,
    aws: Option<Arc<dyn AwsCalls>>,
    aws_template: Option<String>,
    decoding: Decoding,
    refusals: Arc<Refusals>,
    probe: Probe,
}

impl Services {
    /// The current time, by the services' clock.
    #[must_use]
    pub fn now(&self) -> domain::Timestamp {
        self.clock.now()
    }

    /// Services without a master key, files, mail and AWS.
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
            passkeys: None,
            aws: None,
            aws_template: None,
            decoding: Decoding::new(),
            refusals: Arc::default(),
            probe: Probe::default(),
        }
    }

    /// Adds the master key, for commands that use secrets.
    #[must_use]
    pub fn with_vault(self, vault: Vault) -> Self {
        Self { vault: Some(vault), ..self }
    }

    /// Adds the store of uploaded files, for commands that use them.
    #[must_use]
    pub fn with_files(self, files: Files) -> Self {
        Self { files: Some(files), ..self }
    }

    /// Adds the mailer, if there is one. Without it, links are only shown.
    #[must_use]
    pub fn with_mailer(self, mailer: Option<Mailer>) -> Self {
        Self { mailer, ..self }
    }

    /// Adds what passkeys need, if the console has a public address for them. Without it, nobody can make or use one.
    #[must_use]
    pub fn with_passkeys(self, passkeys: Option<Passkeys>) -> Self {
        Self { passkeys, ..self }
    }

    /// Adds what makes the calls to AWS. Without it, what needs AWS is refused.
    #[must_use]
    pub fn with_aws(self, aws: Arc<dyn AwsCalls>) -> Self {
        Self { aws: Some(aws), ..self }
    }

    /// Adds the address in S3 at which the template of quick-create links is stored ([`aws::quick_create_template`]). Without it, there are no such links.
    #[must_use]
    pub fn with_aws_template(self, aws_template: Option<String>) -> Self {
        Self { aws_template, ..self }
    }

    /// Closes the database; SQLite then folds its log into the file.
    pub async fn close(&self) {
        self.store.close().await;
    }
}
