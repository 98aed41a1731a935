//! The ground that every test stands on: a fresh database of each engine, a clock that stands still, and actors.

use std::{
    env, fs,
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    process,
    str::FromStr,
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use domain::{Caller, ClientDraft, ClientId, Error, NewPassword, Origin, PartnerId, SignInDraft, Timestamp};
use futures::FutureExt;
use services::{CountingIds, Fault, Files, FixedClock, NewUser, Services, Store, Vault};
use sqlx::{AnyConnection, AssertSqlSafe, ConnectOptions, Connection, Row, any::AnyConnectOptions};
use tempfile::TempDir;
use tokio::{runtime::Runtime, sync::OnceCell};

use crate::sql;

/// The password of every user that a test makes.
pub(crate) const PASSWORD: &str = "Kiwi#2026";

/// Services over an empty database, and what a test needs to look behind them.
pub(crate) struct World {
    pub(crate) services: Services,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) url: String,
    /// Where uploaded files are.
    pub(crate) files: PathBuf,
    /// Whether the test wrote rows by itself, behind the services.
    by_hand: Arc<AtomicBool>,
}

/// Held by every test, so that one can have the driver's log to itself.
static TOGETHER: RwLock<()> = RwLock::new(());

/// Runs a test on SQLite, then on PostgreSQL, each time in a world of its own.
pub(crate) fn on_both_engines(test: impl AsyncFn(World)) {
    let _together = TOGETHER.read();
    Runtime::new().unwrap().block_on(async { run(test, [Database::sqlite().await, Database::postgres().await]).await });
}

/// As [`on_both_engines`], while no other test runs.
pub(crate) fn alone_on_both_engines(test: impl AsyncFn(World)) {
    let _alone = TOGETHER.write();
    Runtime::new().unwrap().block_on(async { run(test, [Database::sqlite().await, Database::postgres().await]).await });
}

/// Runs a test on a PostgreSQL database that sorts as English dictionaries do.
pub(crate) fn on_postgres_in_english(test: impl AsyncFn(World)) {
    let _together = TOGETHER.read();
    Runtime::new().unwrap().block_on(async { run(test, [Database::postgres_in_english().await]).await });
}

async fn run<const N: usize>(test: impl AsyncFn(World), databases: [Database; N]) {
    sql::watch();
    for database in databases {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&database.url).await.unwrap();
        let clock = Arc::new(FixedClock::at(Timestamp::from_millis(1_795_000_000_000)));
        let services = Services::new(store.clone(), clock.clone(), Arc::new(CountingIds::default()))
            .with_vault(Vault::from_key([9; 32]))
            .with_files(Files::local(folder.path()).unwrap());
        let world = World { services, clock, url: database.url.clone(), files: folder.path().to_owned(), by_hand: Arc::default() };
        let by_hand = world.by_hand.clone();
        let checked = async {
            test(world).await;
            assert_eq!(wordless(&database.url).await, Vec::<String>::new(), "recorded actions without words");
            if !by_hand.load(Ordering::SeqCst) {
                assert_eq!(miscounted(&database.url).await, Vec::<String>::new(), "counts that the writes keep");
            }
        };
        let outcome = AssertUnwindSafe(checked).catch_unwind().await;
        store.close().await;
        if let Err(panic) = outcome {
            eprintln!("… on {}", database.url);
            database.remove().await;
            resume_unwind(panic);
        }
        database.remove().await;
    }
    assert_eq!(sql::faults(), Vec::<String>::new());
}

impl World {
    /// A partner.
    pub(crate) async fn partner(&self) -> PartnerId {
        self.services.operator().partner_create("LeoArt Inc").await.unwrap()
    }

    /// A client of the caller's partner, with what is required and no more.
    pub(crate) async fn client(&self, admin: &Caller, name: &str) -> ClientId {
        self.services.client_create(admin, client_draft(name)).await.unwrap()
    }

    /// A user with a role. The login is the role's name in lower case, with dots: `partner.administrator`.
    pub(crate) async fn user(&self, partner: PartnerId, client: Option<ClientId>, role: &str) -> String {
        let login = role.to_lowercase().replace(' ', ".");
        self.user_named(partner, client, role, &login).await;
        login
    }

    pub(crate) async fn user_named(&self, partner: PartnerId, client: Option<ClientId>, role: &str, login: &str) {
        let password = NewPassword::parse(PASSWORD).unwrap();
        let (first_name, last_name, email) = ("Ada".to_owned(), "Lovelace".to_owned(), format!("{login}@leoart.example"));
        let user = NewUser { partner, client, login: login.to_owned(), first_name, last_name, email, password, role: role.to_owned() };
        self.services.operator().user_create(user).await.unwrap();
    }

    /// A new user with the role, signed in.
    pub(crate) async fn caller(&self, partner: PartnerId, client: Option<ClientId>, role: &str) -> Caller {
        let login = self.user(partner, client, role).await;
        self.signed_in(&login).await
    }

    /// A user who signs in.
    pub(crate) async fn signed_in(&self, login: &str) -> Caller {
        let token = self.services.session_sign_in(sign_in(login, PASSWORD), &Origin::default()).await.unwrap();
        self.services.session_resolve(token.expose(), &Origin::default()).await.unwrap().caller
    }

    /// Everything audited so far: action, object and by whom.
    pub(crate) async fn audit(&self) -> Vec<String> {
        let rows = self.rows("SELECT action, object, login FROM audit_records ORDER BY at, id").await;
        rows.iter().map(|row| format!("{} {} {}", row.get::<&str, _>(0), row.get::<&str, _>(1), row.get::<&str, _>(2)).trim().to_owned()).collect()
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// The rows of a query behind the services' back.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<sqlx::any::AnyRow> {
        let mut connection = connect(&self.url).await;
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        rows
    }

    /// A connection of another process.
    pub(crate) async fn connection(&self) -> AnyConnection {
        AnyConnection::connect(&self.url).await.unwrap()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    /// Changes something behind the services' back, for what they have no use case for yet.
    pub(crate) async fn execute(&self, sql: &str) {
        self.by_hand.store(true, Ordering::SeqCst);
        execute(&self.url, sql).await;
    }
}

/// A draft of a client with what is required and no more.
pub(crate) fn client_draft(name: &str) -> ClientDraft {
    let (address, country, time_zone) = ("1 Main Street".to_owned(), "USA".to_owned(), "America/Los_Angeles".to_owned());
    ClientDraft { name: name.to_owned(), address, country, time_zone, ..ClientDraft::default() }
}

/// Somebody at an address.
pub(crate) fn at(ip: &str) -> Origin {
    Origin { ip: Some(ip.parse().unwrap()), user_agent: "Test".to_owned(), request: String::new() }
}

pub(crate) fn sign_in(login: &str, password: &str) -> SignInDraft {
    SignInDraft { login: login.to_owned(), password: password.to_owned() }
}

/// The refusal that a call met with.
pub(crate) fn refusal<T>(result: services::Result<T>) -> Error {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(Fault::Refused(error)) => error,
        Err(failure) => panic!("it failed: {failure}"),
    }
}

/// A migrated database of one test.
struct Database {
    url: String,
    /// A SQLite file's folder.
    folder: Option<TempDir>,
}

static NUMBER: AtomicUsize = AtomicUsize::new(0);

impl Database {
    /// A copy of a file that is migrated once.
    async fn sqlite() -> Self {
        static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
        let template = TEMPLATE.get_or_init(async || {
            let folder = TempDir::new().unwrap();
            let file = folder.path().join("template.db");
            migrate(&format!("sqlite://{}", file.display())).await;
            fs::read(file).unwrap()
        });
        let template = template.await;
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("test.db");
        fs::write(&file, template).unwrap();
        Self { url: format!("sqlite://{}", file.display()), folder: Some(folder) }
    }

    /// A copy of a database that is migrated once.
    async fn postgres() -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let template = TEMPLATE.get_or_init(async || {
            sweep().await;
            let name = format!("tenantry_test_{}_template", process::id());
            execute(&admin_url(), &format!("CREATE DATABASE {name}")).await;
            migrate(&database_url(&name)).await;
            name
        });
        let template = template.await;
        let name = format!("tenantry_test_{}_{}", process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        execute(&admin_url(), &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { url: database_url(&name), folder: None }
    }

    /// A migrated store in a database whose collation isn't by bytes.
    async fn postgres_in_english() -> Self {
        let name = format!("tenantry_test_{}_{}", process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        execute(&admin_url(), &format!("CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'")).await;
        migrate(&database_url(&name)).await;
        Self { url: database_url(&name), folder: None }
    }

    async fn remove(self) {
        if let (None, Some((_, name))) = (self.folder, self.url.rsplit_once('/')) {
            execute(&admin_url(), &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

/// Removes what earlier runs left behind: their templates, and the databases of those that were killed.
async fn sweep() {
    let mut connection = connect(&admin_url()).await;
    let sql = "SELECT CAST(datname AS TEXT) FROM pg_database WHERE datname LIKE 'tenantry_test_%'";
    let names: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    for name in names {
        let process = name.split('_').nth(2).unwrap_or_default();
        if !fs::exists(format!("/proc/{process}")).unwrap_or(true) {
            execute(&admin_url(), &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

async fn migrate(url: &str) {
    let store = Store::open(url).await.unwrap();
    store.migrate().await.unwrap();
    store.close().await;
}

/// A connection for a test's own statements, which aren't checked and so aren't logged.
async fn connect(url: &str) -> AnyConnection {
    AnyConnectOptions::from_str(url).unwrap().disable_statement_logging().connect().await.unwrap()
}

/// What is stored as counted, where that isn't how many rows there are.
async fn miscounted(url: &str) -> Vec<String> {
    let month = if url.starts_with("postgres") {
        "TO_CHAR(TO_TIMESTAMP(c.created / 1000) AT TIME ZONE 'UTC', 'YYYY-MM')"
    } else {
        "STRFTIME('%Y-%m', c.created / 1000, 'unixepoch')"
    };
    let unstaged = "NOT EXISTS (SELECT 1 FROM staged_clients s WHERE c.id BETWEEN s.first_id AND s.last_id)";
    let counted = format!(
        "SELECT c.partner_id, 'clients ' || c.status AS counted, COUNT(*) AS number FROM clients c WHERE {unstaged} GROUP BY c.partner_id, c.status \
         UNION ALL SELECT c.partner_id, 'new clients ' || {month}, COUNT(*) FROM clients c WHERE {unstaged} GROUP BY c.partner_id, {month} \
         UNION ALL SELECT u.partner_id, 'users', COUNT(*) FROM users u WHERE u.kind = 'person' AND u.status <> 'terminated' GROUP BY u.partner_id \
         UNION ALL SELECT r.partner_id, 'roles', COUNT(*) FROM roles r GROUP BY r.partner_id \
         UNION ALL SELECT d.partner_id, 'devices ' || d.kind, COUNT(*) FROM devices d GROUP BY d.partner_id, d.kind"
    );
    let sql = format!(
        "SELECT k.counted, k.number, COALESCE(n.number, 0) FROM row_counts k LEFT JOIN ({counted}) AS n \
         ON n.partner_id = k.partner_id AND n.counted = k.counted WHERE k.number <> COALESCE(n.number, 0) \
         UNION ALL SELECT n.counted, 0, n.number FROM ({counted}) AS n \
         WHERE NOT EXISTS (SELECT 1 FROM row_counts k WHERE k.partner_id = n.partner_id AND k.counted = n.counted)"
    );
    let mut connection = connect(url).await;
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let words = |row: &sqlx::any::AnyRow| format!("{}: {} stored, {} there", row.get::<&str, _>(0), row.get::<i64, _>(1), row.get::<i64, _>(2));
    rows.iter().map(words).collect()
}

/// Actions in the audit log that [`domain::AUDIT_ACTIONS`] has no words for.
async fn wordless(url: &str) -> Vec<String> {
    let mut connection = connect(url).await;
    let recorded: Vec<String> = sqlx::query_scalar("SELECT DISTINCT t.action FROM audit_records t").fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    recorded.into_iter().filter(|action| domain::action_label(action) == action).collect()
}

async fn execute(url: &str, sql: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = connect(url).await;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    connection.close().await.unwrap();
}

fn admin_url() -> String {
    sqlx::any::install_default_drivers();
    env::var("TENANTRY_TEST_POSTGRES").expect(
        "TENANTRY_TEST_POSTGRES must be the URL of a PostgreSQL cluster in which tests may make databases. `cargo xtask test` starts one and sets it.",
    )
}

fn database_url(name: &str) -> String {
    let admin = admin_url();
    let (server, _) = admin.rsplit_once('/').expect("TENANTRY_TEST_POSTGRES must end in the name of a database.");
    format!("{server}/{name}")
}
