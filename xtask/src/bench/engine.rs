//! The two databases that are compared.

use clap::ValueEnum;

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// A file that the server itself reads and writes
    Sqlite,
    /// A server of its own, whose processes count too
    #[value(alias = "postgresql")]
    Postgres,
}

impl Engine {
    /// Its name, for people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}
