//! The one module that knows which database it is: how to connect, how to lock, and how to search text.

use std::time::Duration;

use sqlx::{Any, Executor, any::AnyPoolOptions};

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// A file beside the program.
    Sqlite,
    /// PostgreSQL, or what speaks its protocol.
    Postgres,
}

/// One writer and many readers; FULL makes an acknowledged write durable.
const SQLITE_WRITER: &[&str] = &[
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -8192",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_size_limit = 67108864",
];

/// A reader can't write, whatever it is told.
const SQLITE_READER: &[&str] = &[
    "PRAGMA busy_timeout = 10000",
    "PRAGMA query_only = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -4096",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 1073741824",
];

impl Engine {
    pub(super) fn of_url(url: &str) -> Option<Self> {
        if url.starts_with("sqlite:") {
            Some(Self::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Some(Self::Postgres)
        } else {
            None
        }
    }

    /// SQLite makes a missing file.
    pub(super) fn url(self, url: &str) -> String {
        match self {
            Self::Sqlite if !url.contains('?') => format!("{url}?mode=rwc"),
            _ => url.to_owned(),
        }
    }

    pub(super) fn writer_options(self, options: AnyPoolOptions) -> AnyPoolOptions {
        match self {
            Self::Sqlite => pragmas(options.max_connections(1).acquire_timeout(Duration::from_secs(30)), SQLITE_WRITER),
            Self::Postgres => options.max_connections(20).acquire_timeout(Duration::from_secs(10)),
        }
    }

    pub(super) fn reader_options(self, options: AnyPoolOptions) -> AnyPoolOptions {
        let readers = std::thread::available_parallelism().map_or(4, |cores| u32::try_from(cores.get()).unwrap_or(4)).clamp(2, 16);
        pragmas(options.max_connections(readers).min_connections(1).acquire_timeout(Duration::from_secs(10)), SQLITE_READER)
    }

    /// How a write transaction begins: SQLite takes its write lock at once, so that it never has to give up half-way.
    pub(super) const fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// How a read transaction begins: all its reads see one state.
    pub(super) const fn begin_read(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// The index for search anywhere in a text, by groups of three letters. Each statement may run again.
    pub(super) const fn search_schema(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[
                "CREATE VIRTUAL TABLE IF NOT EXISTS client_search USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1', detail = 'full')",
            ],
            Self::Postgres => &[
                "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                "CREATE INDEX IF NOT EXISTS clients_by_text ON clients USING gin (search_key gin_trgm_ops)",
            ],
        }
    }
}

fn pragmas(options: AnyPoolOptions, pragmas: &'static [&'static str]) -> AnyPoolOptions {
    options.test_before_acquire(false).after_connect(move |connection, _| {
        Box::pin(async move {
            for pragma in pragmas {
                let connection: &mut <Any as sqlx::Database>::Connection = connection;
                connection.execute(*pragma).await?;
            }
            Ok(())
        })
    })
}
