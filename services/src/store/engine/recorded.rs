//! A change and the record of it in one statement, which needs no transaction around it: to begin and to end one costs as much as both.

use sqlx::Error;

use super::Engine;

/// For SQLite, which has no statement that writes two tables: a view to write to, and what then happens. A role of another version stops all of it.
/// A migration that puts another table in the place of one of these drops the view before.
pub(super) const SQLITE: [&str; 2] = [
    "CREATE VIEW IF NOT EXISTS role_descriptions AS \
     SELECT r.id AS role, r.version, r.description, a.id, a.at, a.partner_id, a.client_id, a.user_id, a.login, a.ip, a.action, a.object, a.changes \
     FROM roles r JOIN audit_records a ON a.object = r.unique_id",
    "CREATE TRIGGER IF NOT EXISTS role_description_insert INSTEAD OF INSERT ON role_descriptions BEGIN \
     UPDATE roles SET description = new.description, updated = new.at, updated_by = new.user_id, version = version + 1 \
     WHERE id = new.role AND version = new.version; \
     SELECT RAISE(ABORT, 'another version') WHERE changes() = 0; \
     INSERT INTO audit_records (id, at, partner_id, client_id, user_id, login, ip, action, object, changes) VALUES \
     (new.id, new.at, new.partner_id, new.client_id, new.user_id, new.login, new.ip, new.action, new.object, new.changes); END",
];

/// SQLite's code for what a trigger refused.
const REFUSED: &str = "1811";

impl Engine {
    /// Describes a role anew: a record's values, then the role's number, the version it must have, and the description. None where nothing is remembered
    /// that would tell these without a transaction.
    pub(in super::super) const fn role_describe(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some(
                "INSERT INTO role_descriptions \
                 (id, at, partner_id, client_id, user_id, login, ip, action, object, changes, role, version, description) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            ),
            Self::Postgres => None,
        }
    }

    /// Whether the role was of the version it had to be. Of what a trigger writes instead, SQLite counts nothing.
    pub(in super::super) fn is_described(done: Result<u64, Error>) -> Result<bool, Error> {
        match done {
            Err(Error::Database(refused)) if refused.code().is_some_and(|code| code == REFUSED) => Ok(false),
            done => done.map(|_| true),
        }
    }
}
