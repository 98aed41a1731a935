//! What can go wrong in a use case: a refusal, which is for the caller, or a failure, which is for the log.

use domain::Error;

/// A refusal or a failure. A transport turns it into a [`domain::Error`], which logs a failure's cause once.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// For the caller.
    #[error(transparent)]
    Refused(#[from] Error),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The migrations failed.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The file store failed.
    #[error("files: {0}")]
    Files(#[from] object_store::Error),
    /// A document in the database can't be read.
    #[error("document: {0}")]
    Document(#[from] serde_json::Error),
    /// Anything else that is not the caller's fault.
    #[error("{0}")]
    Failed(String),
}

impl Fault {
    /// Whether the database itself said no: then nothing of a transaction was written.
    #[must_use]
    pub(crate) const fn is_by_database(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(_)))
    }

    /// Whether a write failed because a value that must be unique exists already.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

impl From<Fault> for Error {
    /// Logs the cause of a failure and keeps only a reference to it.
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(error) => error,
            failure => {
                let reference = format!("{:08x}", rand::random::<u32>());
                tracing::error!(reference, cause = %failure, "internal error");
                Self::Internal { reference }
            }
        }
    }
}
