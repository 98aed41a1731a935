//! A change and the record of it in one statement, which needs no transaction around it: to begin and to end one costs as much as both.

use sqlx::Error;

use super::Engine;

/// For SQLite, which has no statement that writes two tables, a view to write to, and what then happens. A role of another version stops all of it.
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
    /// Describes a role anew: a record's values, and then the role's number, the version it must have, and the description.
    pub(in super::super) const fn role_describe(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "INSERT INTO role_descriptions \
                 (id, at, partner_id, client_id, user_id, login, ip, action, object, changes, role, version, description) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
            }
            Self::Postgres => {
                "WITH described AS (UPDATE roles SET description = $13, updated = $2, updated_by = $5, version = version + 1 \
                 WHERE id = $11 AND version = $12 RETURNING 1) \
                 INSERT INTO audit_records (id, at, partner_id, client_id, user_id, login, ip, action, object, changes) \
                 SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM described"
            }
        }
    }

    /// Whether there was what it was to change, of the version it was to have.
    pub(in super::super) fn is_described(self, done: Result<u64, Error>) -> Result<bool, Error> {
        match (self, done) {
            (Self::Sqlite, Err(Error::Database(refused))) if refused.code().is_some_and(|code| code == REFUSED) => Ok(false),
            // Of what a trigger writes instead, SQLite counts nothing.
            (Self::Sqlite, done) => done.map(|_| true),
            (Self::Postgres, done) => done.map(|records| records == 1),
        }
    }
}
