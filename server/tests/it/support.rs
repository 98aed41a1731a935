//! A console filled with demo data for every test, and the people who visit it.

mod actor;
mod answer;
mod database;
// The same as of the use cases' tests.
#[path = "../../../services/tests/it/mail/server.rs"]
mod mail;
#[cfg(unix)]
mod process;
mod program;
mod socket;

use std::{
    collections::HashMap,
    fs,
    net::{IpAddr, Ipv4Addr},
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    sync::{Arc, Mutex},
};

use aws::AwsSdk;
use aws_fake::FakeAws;
use axum::Router;
use domain::{NewPassword, PartnerSettings, Timestamp};
use futures::FutureExt;
use serde_json::json;
use server::{
    config::{Config, Options},
    router::router,
};
use services::{Clock, DEMO_PASSWORD, Files, FixedClock, NewUser, RandomIds, Services, Store, Vault, aws::calls::AwsCalls};
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub(crate) use actor::Actor;
pub(crate) use answer::Answer;
pub(crate) use database::{Database, Engine};
pub(crate) use mail::{Arrived, MailServer};
#[cfg(unix)]
pub(crate) use process::{Installation, Server, installed_on, installed_on_both_engines, tenantry};
pub(crate) use program::{PARTNER, Program, keys};

/// The time at which every test begins: 2026-11-02 09:00 UTC, a working day after the demo data's last event.
const MORNING: Timestamp = Timestamp::from_millis(1_793_610_000_000);

/// What encrypts the secrets of every test.
const MASTER_KEY: [u8; 32] = [7; 32];

/// From where visitors come unless a test says otherwise.
pub(crate) const OFFICE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 20));

/// The address of the console in mails.
pub(crate) const CONSOLE: &str = "https://console.example";

/// The fake AWS's management account, and an account by itself, in which its profile of that name is the administrator.
pub(crate) const MANAGEMENT: &str = "111122223333";
pub(crate) const ALONE: &str = "444455556666";

/// The administrator of a partner that has nothing to do with the demo's.
const FOREIGN_LOGIN: &str = "admin@nordwind.example";

/// A console of its own.
pub(crate) struct App {
    pub(crate) services: Services,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) database: Database,
    router: Router,
    cookies: Mutex<HashMap<String, String>>,
    files: TempDir,
}

/// Runs a test on SQLite, then on PostgreSQL, each time on a console of its own.
pub(crate) fn on_both_engines(test: impl AsyncFn(&App)) {
    on_both_engines_behind(&[], test);
}

/// As [`on_both_engines`], behind proxies whose word is believed.
pub(crate) fn on_both_engines_behind(proxies: &[&str], test: impl AsyncFn(&App)) {
    let trusted_proxies = Some(proxies.iter().map(ToString::to_string).collect());
    Runtime::new().unwrap().block_on(async {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let options = Options { trusted_proxies: trusted_proxies.clone(), ..Options::default() };
            on(engine, App::new(engine, options, None).await, &test).await;
        }
    });
}

/// As [`on_both_engines`], with a mail server that takes every mail.
pub(crate) fn on_both_engines_with_mail(test: impl AsyncFn(&App, &MailServer)) {
    Runtime::new().unwrap().block_on(async {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let mail = MailServer::open().await;
            let [smtp_url, mail_from, public_url] = [&mail.url, "tenantry@console.example", CONSOLE].map(|text| Some(text.to_owned()));
            let options = Options { smtp_url, mail_from, public_url, ..Options::default() };
            on(engine, App::new(engine, options, None).await, &async |app: &App| test(app, &mail).await).await;
        }
    });
}

/// As [`on_both_engines`], with an AWS that has an organization: the management account [`MANAGEMENT`], as which the server signs in, and some members.
pub(crate) fn on_both_engines_with_aws(members: u64, test: impl AsyncFn(&App, &FakeAws)) {
    Runtime::new().unwrap().block_on(async {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let aws = FakeAws::start().await.unwrap();
            aws.account(ALONE, "Alone");
            aws.organization(MANAGEMENT, members);
            let calls = Arc::new(AwsSdk::at(&aws.url(), &aws.credentials(MANAGEMENT)));
            on(engine, App::new(engine, Options::default(), Some(calls)).await, &async |app: &App| test(app, &aws).await).await;
        }
    });
}

/// Runs a test, and discards its console however it ends.
async fn on(engine: Engine, app: App, test: &impl AsyncFn(&App)) {
    let outcome = AssertUnwindSafe(test(&app)).catch_unwind().await;
    app.services.close().await;
    app.database.discard().await;
    if let Err(panic) = outcome {
        eprintln!("… on {engine:?}");
        resume_unwind(panic);
    }
}

impl App {
    async fn new(engine: Engine, options: Options, aws: Option<Arc<dyn AwsCalls>>) -> Self {
        let database = Database::with_demo(engine).await;
        let files = tempfile::tempdir().unwrap();
        let (services, clock) = services(&database, &files).await;
        let services = match aws {
            Some(aws) => services.with_aws(aws),
            None => services,
        };
        let config = Config::load(options).unwrap();
        let services = services.with_mailer(config.mailer.clone()).with_passkeys(config.passkeys.clone());
        Self { router: router(services.clone(), Arc::new(config)), services, clock, database, cookies: Mutex::default(), files }
    }

    /// The uploaded files, in order.
    pub(crate) fn stored_files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.files.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        files
    }

    /// Somebody who isn't signed in.
    pub(crate) fn nobody(&self) -> Actor<'_> {
        Actor::new(self)
    }

    /// The demo partner's administrator.
    pub(crate) async fn partner_admin(&self) -> Actor<'_> {
        self.signed_in("admin@leoart.example").await
    }

    /// Sees everything of the demo partner and changes nothing.
    pub(crate) async fn viewer(&self) -> Actor<'_> {
        self.signed_in("viewer@leoart.example").await
    }

    /// Looks after devices: sees clients, but neither their catalogues' changes nor the partner's settings.
    pub(crate) async fn technician(&self) -> Actor<'_> {
        self.signed_in("technician@leoart.example").await
    }

    /// The administrator of client_8.
    pub(crate) async fn client_admin(&self) -> Actor<'_> {
        self.signed_in("client8.admin@leoart.example").await
    }

    /// The administrator of a second partner.
    pub(crate) async fn foreign_admin(&self) -> Actor<'_> {
        self.signed_in(FOREIGN_LOGIN).await
    }

    /// Somebody who signed in, really, the first time a test asks.
    pub(crate) async fn signed_in(&self, login: &str) -> Actor<'_> {
        let known = self.cookies.lock().unwrap().get(login).cloned();
        let cookie = match known {
            Some(cookie) => cookie,
            None => {
                let answer = self.nobody().sign_in(login, DEMO_PASSWORD).await;
                let cookie = answer.session_cookie().unwrap_or_else(|| panic!("{login} can’t sign in: {answer:?}"));
                self.cookies.lock().unwrap().insert(login.to_owned(), cookie.clone());
                cookie
            }
        };
        self.nobody().with_cookie(cookie)
    }

    /// Gives the demo partner a list of the addresses that its users may come from.
    pub(crate) async fn restrict_partner_to(&self, allowed_ips: &str) {
        let admin = self.partner_admin().await;
        let (settings, _): (PartnerSettings, String) = admin.rpc("settings/get", json!({})).await.ok();
        let draft = json!({ "restrict_ips": true, "allowed_ips": allowed_ips, "require_second_factor": false, "trust_browsers": false, "version": settings.version });
        admin.rpc("settings/update", json!({ "settings": draft })).await.ok::<PartnerSettings>();
    }
}

/// The services on a database, at [`MORNING`].
async fn services(database: &Database, files: &TempDir) -> (Services, Arc<FixedClock>) {
    let store = Store::open(&database.url).await.unwrap();
    store.migrate().await.unwrap();
    let clock = Arc::new(FixedClock::at(MORNING));
    let services = Services::new(store, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(RandomIds));
    (services.with_vault(Vault::from_key(MASTER_KEY)).with_files(Files::local(files.path()).unwrap()), clock)
}

/// The demo data, and the foreign partner beside it.
async fn fill(database: &Database) {
    let files = tempfile::tempdir().unwrap();
    let (services, _) = services(database, &files).await;
    services.operator().seed_demo().await.unwrap();
    let partner = services.operator().partner_create("Nordwind GmbH").await.unwrap();
    let administrator = NewUser {
        partner,
        client: None,
        login: FOREIGN_LOGIN.to_owned(),
        first_name: "Nora".to_owned(),
        last_name: "Wind".to_owned(),
        email: FOREIGN_LOGIN.to_owned(),
        password: NewPassword::parse(DEMO_PASSWORD).unwrap(),
        role: "Partner Administrator".to_owned(),
    };
    services.operator().user_create(administrator).await.unwrap();
    services.close().await;
}
