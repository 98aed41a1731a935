//! Databases with demo data. Seeding takes a moment, so it is done once per engine, and every test gets a copy.

use std::{
    env, fs,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU64, Ordering},
};

use sqlx::{Any, AnyConnection, Connection, Executor, Row, SqlSafeStr};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::fill;

/// Where to find a PostgreSQL server on which databases may be made and dropped.
const POSTGRES: &str = "TENANTRY_TEST_POSTGRES";

/// The beginnings of the tables in which a refused call may leave a trace that there was one.
const TRACES: [&str; 6] = ["_sqlx_migrations", "audit_chains", "audit_records", "audit_text", "sessions", "sign_in_failures"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// A database of a test's own.
pub(crate) struct Database {
    pub(crate) url: String,
    engine: Engine,
    name: String,
    folder: Option<TempDir>,
}

impl Database {
    /// A copy of the demo data.
    pub(super) async fn with_demo(engine: Engine) -> Self {
        sqlx::any::install_default_drivers();
        match engine {
            Engine::Sqlite => {
                static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
                let seed = async || {
                    let database = Self::sqlite();
                    fill(&database).await;
                    fs::read(&database.name).unwrap()
                };
                let template = TEMPLATE.get_or_init(seed).await;
                let database = Self::sqlite();
                fs::write(&database.name, template).unwrap();
                database
            }
            Engine::Postgres => {
                static TEMPLATE: OnceCell<String> = OnceCell::const_new();
                let seed = async || {
                    let database = Self::postgres("template0").await;
                    fill(&database).await;
                    database.name
                };
                Self::postgres(TEMPLATE.get_or_init(seed).await).await
            }
        }
    }

    fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("tenantry.db").display().to_string();
        Self { url: format!("sqlite://{name}"), engine: Engine::Sqlite, name, folder: Some(folder) }
    }

    async fn postgres(template: &str) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        // The services' tests clear away what a run that was killed left behind, by this beginning of its name.
        let name = format!("tenantry_test_{}_server_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let server = server();
        on(&server, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { url: sibling(&server, &name), engine: Engine::Postgres, name, folder: None }
    }

    /// After the services have let go of it.
    pub(super) async fn discard(self) {
        if self.engine == Engine::Postgres {
            on(&server(), format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
        }
    }

    /// The folder of a SQLite file, which holds nothing else.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.path().to_owned())
    }

    /// The first column of a query behind the services' back, as text.
    pub(crate) async fn column(&self, sql: &str) -> Vec<String> {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let found = column(&mut connection, sql.to_owned()).await;
        connection.close().await.unwrap();
        found
    }

    /// Changes something behind the services' back.
    pub(crate) async fn execute(&self, sql: &str) {
        on(&self.url, sql.to_owned()).await;
    }

    /// What the audit log says was changed, and how.
    pub(crate) async fn audit(&self) -> Vec<String> {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let records = column(&mut connection, "SELECT action || ' ' || object || ' ' || changes FROM audit_records".to_owned()).await;
        connection.close().await.unwrap();
        records
    }

    /// Every row of every table but the traces, as text.
    pub(crate) async fn contents(&self) -> Vec<String> {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let tables = match self.engine {
            Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
            Engine::Postgres => "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
        };
        let mut contents = Vec::new();
        for table in column(&mut connection, tables.to_owned()).await.iter().filter(|table| !TRACES.iter().any(|trace| table.starts_with(trace))) {
            let rows = match self.engine {
                Engine::Sqlite => {
                    let columns = column(&mut connection, format!("SELECT name FROM pragma_table_info('{table}')")).await;
                    let quoted: Vec<_> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                    format!("SELECT {} FROM {table}", quoted.join(" || ', ' || "))
                }
                Engine::Postgres => format!("SELECT CAST(whole AS TEXT) FROM {table} AS whole"),
            };
            contents.extend(column(&mut connection, rows).await.into_iter().map(|row| format!("{table}: {row}")));
        }
        connection.close().await.unwrap();
        contents.sort();
        contents
    }
}

fn server() -> String {
    env::var(POSTGRES).unwrap_or_else(|_| panic!("{POSTGRES} must hold the URL of a PostgreSQL server for tests; `cargo xtask test` starts one"))
}

/// The URL of another database on the same server.
fn sibling(server: &str, name: &str) -> String {
    let (address, parameters) = server.split_once('?').map_or((server, String::new()), |(address, rest)| (address, format!("?{rest}")));
    let (host, _) = address.rsplit_once('/').unwrap_or_else(|| panic!("{POSTGRES} must end in a database's name"));
    format!("{host}/{name}{parameters}")
}

async fn on(server: &str, sql: String) {
    let mut connection = AnyConnection::connect(server).await.unwrap_or_else(|error| panic!("{POSTGRES} can’t be reached: {error}"));
    connection.execute(sqlx::AssertSqlSafe(sql).into_sql_str()).await.unwrap();
    connection.close().await.unwrap();
}

async fn column(connection: &mut AnyConnection, sql: String) -> Vec<String> {
    let rows = sqlx::query::<Any>(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
