//! Everything that differs between SQLite and PostgreSQL: connecting, locking and text search.

use std::time::Duration;

use domain::ClientStatus;

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// A file beside the program.
    Sqlite,
    /// PostgreSQL, or what speaks its protocol.
    Postgres,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Access {
    /// It can't write.
    Read,
    /// It reads and writes.
    Write,
}

/// The text indexes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TextIndex {
    /// Their names.
    Clients,
    /// Names, login and e-mail address.
    Users,
    /// All searched text, and each column that can be searched alone.
    Devices,
    /// What was done, to what, and the values before and after.
    Audit,
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

/// `query_only` refuses any write.
const SQLITE_READER: &[&str] = &[
    "PRAGMA busy_timeout = 10000",
    "PRAGMA query_only = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -4096",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 1073741824",
];

/// The same lock time-out as SQLite's `busy_timeout`. Notices that something exists already, which the schema causes at every start, are turned off.
const POSTGRES_WRITER: &[&str] = &["SET SESSION lock_timeout = '10s'", "SET SESSION client_min_messages = 'warning'"];

/// As for SQLite.
const POSTGRES_READER: &[&str] = &["SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"];

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

    /// Whether it is a separate server, whose connections can break.
    pub(super) const fn is_server(self) -> bool {
        matches!(self, Self::Postgres)
    }

    /// The size of a connection pool.
    pub(super) fn most_connections(self, access: Access) -> usize {
        match (self, access) {
            (Self::Sqlite, Access::Read) => std::thread::available_parallelism().map_or(4, |cores| cores.get().clamp(2, 16)),
            (Self::Sqlite, Access::Write) => 1,
            (Self::Postgres, _) => 20,
        }
    }

    /// The time-out for a free connection, longer for SQLite's only writer.
    pub(super) const fn longest_wait(self, access: Access) -> Duration {
        match (self, access) {
            (Self::Sqlite, Access::Write) => Duration::from_secs(30),
            _ => Duration::from_secs(10),
        }
    }

    /// What a new connection runs first.
    pub(super) const fn begins_with(self, access: Access) -> &'static [&'static str] {
        match (self, access) {
            (Self::Sqlite, Access::Read) => SQLITE_READER,
            (Self::Sqlite, Access::Write) => SQLITE_WRITER,
            (Self::Postgres, Access::Read) => POSTGRES_READER,
            (Self::Postgres, Access::Write) => POSTGRES_WRITER,
        }
    }

    /// Begins a write transaction. SQLite takes the write lock at once, so that the transaction can't fail midway for lack of it.
    pub(super) const fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Serializes the transactions that write for a partner, `$1`, so that none decides by data that another is changing. SQLite has one writer and
    /// needs no statement. `NO KEY` lets inserts with a foreign key to the partner go on.
    pub(super) const fn lock_partner(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("SELECT id FROM partners WHERE id = $1 FOR NO KEY UPDATE"),
        }
    }

    /// The part of the schema that differs between the engines. Each statement can run at every start.
    pub(super) const fn schema(self) -> &'static [&'static str] {
        match self {
            // Trigram indexes of rows without positions. The client's status follows its name as a trigram that no name contains. Triggers keep
            // those of users and devices current; the last statement of each fills a new index.
            Self::Sqlite => &[
                "CREATE VIRTUAL TABLE IF NOT EXISTS client_search USING fts5 (name_key, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1', detail = 'none')",
                "CREATE VIRTUAL TABLE IF NOT EXISTS user_search USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1', detail = 'none')",
                "CREATE TRIGGER IF NOT EXISTS user_search_insert AFTER INSERT ON users BEGIN \
                 INSERT INTO user_search (rowid, text) VALUES (new.id, new.search_key); END",
                "CREATE TRIGGER IF NOT EXISTS user_search_update AFTER UPDATE OF search_key ON users WHEN new.search_key <> old.search_key BEGIN \
                 DELETE FROM user_search WHERE rowid = old.id; INSERT INTO user_search (rowid, text) VALUES (new.id, new.search_key); END",
                "CREATE TRIGGER IF NOT EXISTS user_search_delete AFTER DELETE ON users BEGIN DELETE FROM user_search WHERE rowid = old.id; END",
                "INSERT INTO user_search (rowid, text) SELECT id, search_key FROM \
                 (SELECT 1 FROM (SELECT COUNT(*) AS filled FROM (SELECT 1 FROM user_search LIMIT 1)) WHERE filled = 0) CROSS JOIN users",
                // Replaced by `device_text`, which folds host names.
                "DROP TRIGGER IF EXISTS device_search_insert",
                "DROP TRIGGER IF EXISTS device_search_update",
                "DROP TRIGGER IF EXISTS device_search_delete",
                "DROP TABLE IF EXISTS device_search",
                "CREATE VIRTUAL TABLE IF NOT EXISTS device_text USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1', detail = 'none')",
                "CREATE TRIGGER IF NOT EXISTS device_text_insert AFTER INSERT ON devices BEGIN INSERT INTO device_text (rowid, text) \
                 VALUES (new.id, new.search_key || char(10) || new.name_key || char(10) || new.host_key || char(10) || lower(new.ip_address)); END",
                "CREATE TRIGGER IF NOT EXISTS device_text_update AFTER UPDATE OF search_key, name_key, host_key, ip_address ON devices BEGIN \
                 DELETE FROM device_text WHERE rowid = old.id; INSERT INTO device_text (rowid, text) \
                 VALUES (new.id, new.search_key || char(10) || new.name_key || char(10) || new.host_key || char(10) || lower(new.ip_address)); END",
                "CREATE TRIGGER IF NOT EXISTS device_text_delete AFTER DELETE ON devices BEGIN DELETE FROM device_text WHERE rowid = old.id; END",
                "INSERT INTO device_text (rowid, text) \
                 SELECT id, search_key || char(10) || name_key || char(10) || host_key || char(10) || lower(ip_address) FROM \
                 (SELECT 1 FROM (SELECT COUNT(*) AS filled FROM (SELECT 1 FROM device_text LIMIT 1)) WHERE filled = 0) CROSS JOIN devices",
                "CREATE VIRTUAL TABLE IF NOT EXISTS audit_text USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1', detail = 'none')",
                "CREATE TRIGGER IF NOT EXISTS audit_text_insert AFTER INSERT ON audit_records BEGIN \
                 INSERT INTO audit_text (rowid, text) VALUES (new.id, new.search_key); END",
                "CREATE TRIGGER IF NOT EXISTS audit_text_update AFTER UPDATE OF search_key ON audit_records WHEN new.search_key <> old.search_key BEGIN \
                 DELETE FROM audit_text WHERE rowid = old.id; INSERT INTO audit_text (rowid, text) VALUES (new.id, new.search_key); END",
                "CREATE TRIGGER IF NOT EXISTS audit_text_delete AFTER DELETE ON audit_records BEGIN DELETE FROM audit_text WHERE rowid = old.id; END",
                "INSERT INTO audit_text (rowid, text) SELECT id, search_key FROM \
                 (SELECT 1 FROM (SELECT COUNT(*) AS filled FROM (SELECT 1 FROM audit_text LIMIT 1)) WHERE filled = 0) CROSS JOIN audit_records",
                // With each tenth of an index that is deleted, SQLite would merge all of it again, within somebody's commit. A termination merges it once.
                "INSERT INTO user_search (user_search, rank) VALUES ('deletemerge', 0)",
                "INSERT INTO device_text (device_text, rank) VALUES ('deletemerge', 0)",
                "INSERT INTO audit_text (audit_text, rank) VALUES ('deletemerge', 0)",
            ],
            // Text compares by bytes, whatever the database's locale, so that ranges find prefixes and both engines sort alike.
            Self::Postgres => &[
                "DO $$ DECLARE texts RECORD; BEGIN \
                 FOR texts IN SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t \
                     ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE' \
                     WHERE c.table_schema = current_schema() AND c.data_type = 'text' AND c.collation_name IS DISTINCT FROM 'C' \
                     AND c.table_name <> '_sqlx_migrations' LOOP \
                 EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE TEXT COLLATE \"C\"', texts.table_name, texts.column_name); \
                 END LOOP; END $$",
                "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                // Asking first, because creating takes a lock that cleaning a table holds for long, even if the index is there.
                "DO $$ BEGIN IF to_regclass('clients_by_text') IS NULL THEN \
                 CREATE INDEX clients_by_text ON clients USING gin (name_key gin_trgm_ops); END IF; END $$",
                "DO $$ BEGIN IF to_regclass('users_by_text') IS NULL THEN CREATE INDEX users_by_text ON users USING gin \
                 (search_key gin_trgm_ops, login_key gin_trgm_ops, first_key gin_trgm_ops, last_key gin_trgm_ops, email_key gin_trgm_ops); END IF; END $$",
                "DROP INDEX IF EXISTS devices_by_text",
                "DO $$ BEGIN IF to_regclass('devices_by_texts') IS NULL THEN CREATE INDEX devices_by_texts ON devices USING gin \
                 (search_key gin_trgm_ops, name_key gin_trgm_ops, host_key gin_trgm_ops, LOWER(ip_address) gin_trgm_ops); END IF; END $$",
                "DO $$ BEGIN IF to_regclass('audit_records_by_text') IS NULL THEN \
                 CREATE INDEX audit_records_by_text ON audit_records USING gin (search_key gin_trgm_ops); END IF; END $$",
            ],
        }
    }

    /// Takes what deleted rows left out of the files. SQLite's file is written anew and its write-ahead log emptied: a page keeps bytes of deleted rows between
    /// its cells, whatever `secure_delete` says. The copy is made in a file, for it can be larger than memory, and readers are not waited for. PostgreSQL cleans
    /// the tables.
    pub(super) fn forget_deleted(self, tables: &[&str]) -> Vec<String> {
        match self {
            Self::Sqlite => [
                "PRAGMA temp_store = FILE",
                "VACUUM",
                "PRAGMA temp_store = MEMORY",
                "PRAGMA busy_timeout = 100",
                "PRAGMA wal_checkpoint(TRUNCATE)",
                "PRAGMA busy_timeout = 10000",
            ]
            .map(ToOwned::to_owned)
            .into(),
            Self::Postgres => vec![format!("VACUUM {}", tables.join(", "))],
        }
    }

    /// Merges a bit of each text index, by which SQLite gives up the letters of deleted rows; the first time, `begins`, all of an index is marked to be
    /// merged. Empty where the database does that by itself.
    pub(crate) fn text_merges(self, begins: bool) -> Vec<String> {
        /// About as many pages as are written in some hundredths of a second.
        const PAGES: i64 = 200;
        let pages = if begins { -PAGES } else { PAGES };
        let merge = |table| format!("INSERT INTO {table} ({table}, rank) VALUES ('merge', {pages})");
        match self {
            Self::Sqlite => ["client_search", "user_search", "device_text", "audit_text"].map(merge).into(),
            Self::Postgres => Vec::new(),
        }
    }

    /// Adds new clients of a range of ids to the text index; none if the database maintains it.
    pub(crate) const fn search_insert(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some(
                "INSERT INTO client_search (rowid, name_key) \
                 SELECT id, name_key || char(10, 10) || substr(status, 1, 1) FROM clients WHERE id BETWEEN $1 AND $2",
            ),
            Self::Postgres => None,
        }
    }

    /// Removes clients of a range of ids from the text index; none if the database maintains it.
    pub(crate) const fn search_delete(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some("DELETE FROM client_search WHERE rowid BETWEEN $1 AND $2"),
            Self::Postgres => None,
        }
    }

    /// The text index query for terms of three letters or more. None where the index belongs to the table, and a condition on the row is
    /// enough.
    ///
    /// For SQLite it has up to four trigrams of a term, spread over it: enough to be selective, and few lists to intersect. Rows with all of them
    /// are candidates, which the condition on the row must still check.
    pub(crate) fn text_pattern(self, terms: &[&str]) -> Option<String> {
        (self == Self::Sqlite).then(|| terms.iter().map(|term| letter_groups(term)).collect::<Vec<_>>().join(" AND "))
    }

    /// As [`Engine::text_pattern`], for clients in some states. The active state is never queried, because most clients are active.
    pub(crate) fn search_pattern(self, terms: &[&str], statuses: &[ClientStatus]) -> Option<String> {
        let mut pattern = self.text_pattern(terms)?;
        if !statuses.contains(&ClientStatus::Active) {
            let states = statuses.iter().map(|status| format!("\"\n\n{}\"", status.key().get(..1).unwrap_or_default()));
            pattern += &format!(" AND ({})", states.collect::<Vec<_>>().join(" OR "));
        }
        Some(pattern)
    }

    /// Whether a statement is prepared once for all its values. PostgreSQL would search for every pattern in the same way then, be it rare or frequent: with
    /// ten million rows, one of the two takes seconds.
    pub(super) fn keeps_plan(self, sql: &str) -> bool {
        self == Self::Sqlite || !sql.contains(" LIKE ")
    }

    /// Selects the ids, as `hit`, that may have the terms: `pattern` is the place of an [`Engine::text_pattern`].
    pub(crate) fn text_hits(index: TextIndex, pattern: &str) -> String {
        let table = match index {
            TextIndex::Clients => "client_search",
            TextIndex::Users => "user_search",
            TextIndex::Devices => "device_text",
            TextIndex::Audit => "audit_text",
        };
        format!("SELECT rowid AS hit FROM {table} WHERE {table} MATCH {pattern}")
    }

    /// Aggregates rows into one JSON array of arrays, so that hundreds of small values are transferred as one. PostgreSQL returns NULL for no rows.
    pub(crate) fn json_rows(self, columns: &str) -> String {
        match self {
            Self::Sqlite => format!("json_group_array(json_array({columns}))"),
            Self::Postgres => format!("CAST(json_agg(json_build_array({columns})) AS TEXT)"),
        }
    }

    /// A text with its ASCII letters in lower case and all others as they are. PostgreSQL would otherwise ask the database's locale.
    pub(crate) fn ascii_lower(self, text: &str) -> String {
        match self {
            Self::Sqlite => format!("LOWER({text})"),
            Self::Postgres => format!("LOWER({text} COLLATE \"C\")"),
        }
    }

    /// A field of a JSON document in a column, as text.
    pub(crate) fn json_field(self, column: &str, field: &str) -> String {
        match self {
            Self::Sqlite => format!("{column} ->> '{field}'"),
            Self::Postgres => format!("CAST({column} AS json) ->> '{field}'"),
        }
    }

    /// The end of an ordered branch of a UNION ALL of which at most so many rows are wanted. PostgreSQL uses the branch's index only with a limit;
    /// SQLite merges branches without limits, and would sort limited ones.
    pub(super) fn branch_limit(self, rows: u64) -> String {
        match self {
            Self::Sqlite => String::new(),
            Self::Postgres => format!(" LIMIT {rows}"),
        }
    }

    /// Forces the use of an index. SQLite has no statistics here and might sort instead; PostgreSQL chooses better itself.
    pub(crate) fn along(self, index: &'static str) -> String {
        match self {
            Self::Sqlite => format!(" INDEXED BY {index}"),
            Self::Postgres => String::new(),
        }
    }
}

/// Up to four of a term's trigrams, as an FTS5 query for all of them.
fn letter_groups(term: &str) -> String {
    let letters: Vec<char> = term.chars().collect();
    let groups: Vec<_> = letters.windows(3).collect();
    let steps = letters.len().div_ceil(3).clamp(1, 4) - 1;
    let spread = (0..=steps).filter_map(|step| groups.get(step * (groups.len() - 1) / steps.max(1)));
    let quoted = spread.map(|group| format!("\"{}\"", group.iter().collect::<String>().replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(" AND ")
}

#[cfg(test)]
mod tests {
    use super::Engine;

    #[test]
    fn postgresql_plans_a_search_for_its_own_pattern() {
        let search = "SELECT t.id FROM audit_records t WHERE t.search_key LIKE $1 ESCAPE '\\'";
        let plain = "SELECT t.id FROM audit_records t WHERE t.id = $1";
        assert_eq!([search, plain].map(|sql| Engine::Postgres.keeps_plan(sql)), [false, true]);
        assert_eq!([search, plain].map(|sql| Engine::Sqlite.keeps_plan(sql)), [true, true]);
    }
}
