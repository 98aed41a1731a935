//! Errors of use cases: refusals, which are shown to the caller, and failures, which are logged.

use domain::{Error, Violations};

/// A refusal or a failure. A transport turns it into a [`domain::Error`], which logs a failure's cause once.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A refusal, shown to the caller.
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

impl From<Violations> for Fault {
    fn from(violations: Violations) -> Self {
        Self::Refused(violations.into())
    }
}

impl Fault {
    /// Whether the database reported the error, so that nothing of the transaction was written.
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

/// Whether a retry can succeed: lock time-out, deadlock or too many connections. SQLite's primary code is the low byte.
fn is_busy(error: &sqlx::Error) -> bool {
    const SQLITE: [u32; 2] = [5, 6];
    const POSTGRES: [&str; 4] = ["55P03", "40P01", "40001", "53300"];
    match error {
        sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            POSTGRES.contains(&code.as_ref()) || code.len() < 5 && code.parse::<u32>().is_ok_and(|code| SQLITE.contains(&(code & 0xff)))
        }),
        _ => false,
    }
}

impl From<Fault> for Error {
    /// Logs the cause of a failure and keeps only a reference to it.
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(error) => error,
            Fault::Database(error) if is_busy(&error) => {
                tracing::warn!(cause = %error, "the database is busy");
                Self::Busy
            }
            Fault::Database(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => {
                tracing::warn!(cause = %error, "something referred to is gone, or still referred to");
                Self::Conflict {
                    reason: "Something that this refers to was changed or deleted meanwhile. Look at it again before you save.".to_owned(),
                }
            }
            failure => {
                let reference = format!("{:08x}", rand::random::<u32>());
                tracing::error!(reference, cause = %failure, "internal error");
                Self::Internal { reference }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_failure_is_logged_with_its_cause_and_shown_as_a_reference() {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        let shown = tracing::subscriber::with_default(subscriber, || Error::from(Fault::Failed("no such table: kiwis".to_owned())));
        let Error::Internal { reference } = &shown else { panic!("{shown:?}") };
        let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(logged.contains("no such table: kiwis") && logged.contains(reference), "{logged}");
        assert!(shown.to_string().contains(reference) && !format!("{shown} {shown:?}").contains("kiwis"), "{shown:?}");
    }
}
