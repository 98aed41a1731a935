//! Rows of backups, and the rows that go into their archives.

use std::collections::BTreeMap;

use domain::{Backup, BackupId, BackupQuery, ClientId, JobId, JobProgress, JobState, ListPage, ReceiptBackup, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sqlx::{Row, any::AnyRow};

use super::{
    FOLDER,
    tables::{Kind, Table},
};
use crate::{
    Result,
    kernel::{
        Binds, Tx,
        list::{Listing, Sort},
    },
    people::user::author,
};

/// The columns that [`stored`] reads.
const COLUMNS: &str = "t.partner_id, t.client_id, t.job_id, t.has_secrets, t.parts, t.records, t.bytes, t.sha256, t.created, t.finished, t.stored_until, \
    j.state, j.done, j.total, j.doing, j.outcome, \
    a.id AS a_id, a.login AS a_login, a.first_name AS a_first, a.last_name AS a_last, a.email AS a_email, a.client_id AS a_client";

/// The joins that [`COLUMNS`] needs.
const JOINS: &str = "LEFT JOIN jobs j ON j.id = t.job_id LEFT JOIN users a ON a.id = t.user_id";

/// A backup with what isn't shown of it.
pub(super) struct StoredBackup {
    pub(crate) backup: Backup,
    /// Of how many parts its archive is.
    pub(crate) parts: u32,
}

/// What a finished archive is.
pub(super) struct Packed {
    pub(crate) parts: u32,
    pub(crate) records: u64,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// A part of the key of a row.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum KeyPart {
    Number(i64),
    Text(String),
}

/// Some rows of a table.
pub(super) struct Rows {
    pub(crate) rows: Vec<Map<String, Value>>,
    /// The key of the last one.
    pub(crate) last: Vec<KeyPart>,
}

/// Encrypted secrets of something.
pub(super) struct Sealed {
    pub(crate) number: i64,
    pub(crate) id: String,
    pub(crate) secrets: BTreeMap<String, String>,
}

fn stored(row: &AnyRow) -> Result<StoredBackup> {
    let number = |column| row.try_get::<Option<i64>, _>(column).map(|number| u64::try_from(number.unwrap_or_default()).unwrap_or_default());
    let text = |column| row.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default);
    let time = |column| row.try_get::<i64, _>(column).map(Timestamp::from_millis);
    let finished = time("finished")?;
    let finished = (finished != Timestamp::default()).then_some(finished);
    let state = match finished {
        Some(_) => JobState::Succeeded,
        None => JobState::from_key(&text("state")?).unwrap_or(JobState::Failed),
    };
    let backup = Backup {
        id: BackupId::new(row.try_get("id")?),
        client: ClientId::new(row.try_get("client_id")?),
        job: JobId::new(row.try_get("job_id")?),
        state,
        progress: JobProgress { done: number("done")?, total: number("total")?, doing: text("doing")? },
        outcome: text("outcome")?,
        asked_by: author(row, 'a', None)?,
        has_secrets: number("has_secrets")? != 0,
        created: time("created")?,
        finished,
        records: number("records")?,
        bytes: number("bytes")?,
        sha256: text("sha256")?,
        until: time("stored_until")?,
    };
    Ok(StoredBackup { backup, parts: u32::try_from(number("parts")?).unwrap_or_default() })
}

impl Tx {
    /// A page of the backups of a client.
    pub(super) async fn backup_list(&mut self, client: ClientId, query: &BackupQuery) -> Result<ListPage<Backup>> {
        let mut binds = Binds::default();
        let condition = format!("t.partner_id = {} AND t.client_id = {}", binds.number(self.partner.number()), binds.number(client.number()));
        // The later it was asked for, the less is its age.
        let query = BackupQuery { direction: query.direction.reversed(), ..query.clone() };
        Listing::of(COLUMNS, "backups", JOINS, condition, binds).page_by(self, Sort::ID, &query, |row| Ok(stored(row)?.backup)).await
    }

    /// A backup of the partner's.
    pub(super) async fn backup_get(&mut self, id: BackupId) -> Result<Option<StoredBackup>> {
        let mut binds = Binds::default();
        let (partner, id) = (binds.number(self.partner.number()), binds.number(id.number()));
        let sql = format!("SELECT t.id, {COLUMNS} FROM backups t {JOINS} WHERE t.id = {id} AND t.partner_id = {partner}");
        binds.fetch(self, sql).await?.first().map(stored).transpose()
    }

    /// The next number of a backup.
    pub(super) async fn backup_number(&mut self) -> Result<BackupId> {
        Ok(BackupId::new(self.next_number("backup").await?))
    }

    /// Inserts a backup that its job is to make.
    pub(super) async fn backup_insert(&mut self, id: BackupId, client: ClientId, job: JobId, has_secrets: bool, until: Timestamp) -> Result<()> {
        let sql = "INSERT INTO backups (id, partner_id, client_id, job_id, user_id, has_secrets, parts, records, bytes, sha256, created, finished, stored_until) \
                   VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, '', $7, 0, $8)";
        sqlx::query(sql)
            .bind(id.number())
            .bind(self.partner.number())
            .bind(client.number())
            .bind(job.number())
            .bind(self.user_number())
            .bind(i64::from(has_secrets))
            .bind(self.now.millis())
            .bind(until.millis())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Says that the archive of a backup is complete; false if the backup is gone.
    pub(super) async fn backup_finish(&mut self, id: BackupId, packed: &Packed, until: Timestamp) -> Result<bool> {
        let sql = "UPDATE backups SET parts = $1, records = $2, bytes = $3, sha256 = $4, finished = $5, stored_until = $6 WHERE id = $7 AND partner_id = $8";
        let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
        let done = sqlx::query(sql)
            .bind(i64::from(packed.parts))
            .bind(number(packed.records))
            .bind(number(packed.bytes))
            .bind(&packed.sha256)
            .bind(self.now.millis())
            .bind(until.millis())
            .bind(id.number())
            .bind(self.partner.number())
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Lets the job of a backup begin anew.
    pub(super) async fn backup_cursor_clear(&mut self, job: JobId) -> Result<()> {
        let sql = "UPDATE jobs SET cursor = '' WHERE id = $1 AND partner_id = $2";
        sqlx::query(sql).bind(job.number()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Whether a backup wasn't deleted.
    pub(super) async fn backup_exists(&mut self, id: BackupId) -> Result<bool> {
        let sql = "SELECT id FROM backups WHERE id = $1 AND partner_id = $2";
        let found: Option<i64> = sqlx::query_scalar(sql).bind(id.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        Ok(found.is_some())
    }

    /// Deletes a backup's row.
    pub(super) async fn backup_delete(&mut self, id: BackupId) -> Result<()> {
        sqlx::query("DELETE FROM backups WHERE id = $1").bind(id.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// The latest finished backup of a client that is still stored.
    pub(crate) async fn backup_latest(&mut self, client: ClientId) -> Result<Option<ReceiptBackup>> {
        let sql = "SELECT finished, sha256 FROM backups WHERE partner_id = $1 AND client_id = $2 AND finished <> 0 AND stored_until > $3 ORDER BY id DESC LIMIT 1";
        let query = sqlx::query(sql).bind(self.partner.number()).bind(client.number()).bind(self.now.millis());
        let Some(row) = query.fetch_optional(self.connection()).await? else { return Ok(None) };
        Ok(Some(ReceiptBackup { finished: Timestamp::from_millis(row.try_get("finished")?), sha256: row.try_get("sha256")? }))
    }

    /// The backups of a client that aren't finished.
    pub(super) async fn backups_unfinished(&mut self, client: ClientId) -> Result<Vec<BackupId>> {
        let sql = "SELECT id FROM backups WHERE partner_id = $1 AND client_id = $2 AND finished = 0 ORDER BY id";
        let rows = sqlx::query(sql).bind(self.partner.number()).bind(client.number()).fetch_all(self.connection()).await?;
        rows.iter().map(|row| Ok(BackupId::new(row.try_get("id")?))).collect()
    }

    /// Backups of all partners whose time is over, unless they are being made.
    pub(super) async fn backups_over(&mut self, most: u32) -> Result<Vec<BackupId>> {
        let unfinished = "NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = t.job_id AND j.ended = 0)";
        let sql = format!("SELECT t.id FROM backups t WHERE t.stored_until <= $1 AND {unfinished} ORDER BY t.stored_until, t.id LIMIT {most}");
        let now = self.now.millis();
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now).fetch_all(self.connection()).await?;
        rows.iter().map(|row| Ok(BackupId::new(row.try_get("id")?))).collect()
    }

    /// How many rows of a table an archive of a client has.
    pub(super) async fn backup_count(&mut self, table: &Table, client: ClientId) -> Result<u64> {
        let binds = self.backup_binds(client);
        binds.fetch_number(self, format!("SELECT COUNT(*) FROM {} WHERE {}", table.from, table.condition)).await
    }

    /// Rows of a table that an archive of a client has, after a key: all of them in the end.
    pub(super) async fn backup_rows(&mut self, table: &Table, client: ClientId, after: &[KeyPart], most: usize) -> Result<Rows> {
        let mut binds = self.backup_binds(client);
        let expressions = table.columns.iter().enumerate().map(|(at, (expression, ..))| format!("{expression} AS c{at}"));
        let keys = table.key.iter().enumerate().map(|(at, expression)| format!("{expression} AS k{at}"));
        let columns = expressions.chain(keys).collect::<Vec<_>>().join(", ");
        let key = table.key.join(", ");
        let places: Vec<_> = after
            .iter()
            .map(|part| match part {
                KeyPart::Number(number) => binds.number(*number),
                KeyPart::Text(text) => binds.text(&**text),
            })
            .collect();
        let behind = if places.is_empty() { String::new() } else { format!(" AND ({key}) > ({})", places.join(", ")) };
        let sql = format!("SELECT {columns} FROM {} WHERE {}{behind} ORDER BY {key} LIMIT {most}", table.from, table.condition);
        let found = binds.fetch(self, sql).await?;
        let last = match found.last() {
            Some(row) => (0..table.key.len()).map(|at| key_part(row, &format!("k{at}"))).collect::<Result<_>>()?,
            None => Vec::new(),
        };
        Ok(Rows { rows: found.iter().map(|row| record(table, row)).collect::<Result<_>>()?, last })
    }

    /// Encrypted secrets of a client's credential sets, those with greater numbers than one.
    pub(super) async fn backup_secrets(&mut self, client: ClientId, after: i64, most: usize) -> Result<Vec<Sealed>> {
        let mut binds = self.backup_binds(client);
        let after = binds.number(after);
        let sql = format!(
            "SELECT t.id, t.unique_id, t.secrets FROM credential_sets t WHERE t.partner_id = $1 AND t.client_id = $2 AND t.id > {after} ORDER BY t.id LIMIT {most}"
        );
        let sealed = |row: &AnyRow| {
            let secrets = serde_json::from_str(row.try_get("secrets")?)?;
            Ok(Sealed { number: row.try_get("id")?, id: row.try_get("unique_id")?, secrets })
        };
        binds.fetch(self, sql).await?.iter().map(sealed).collect()
    }

    /// Encrypted passwords of Client Details, by the keys of their rows.
    pub(super) async fn backup_client_secrets(&mut self, client: ClientId) -> Result<BTreeMap<String, String>> {
        let sql = "SELECT d.secrets FROM client_details d JOIN clients c ON c.id = d.client_id WHERE c.partner_id = $1 AND c.id = $2";
        let rows = self.backup_binds(client).fetch(self, sql.to_owned()).await?;
        Ok(rows.first().map(|row| row.try_get::<&str, _>("secrets")).transpose()?.map(serde_json::from_str).transpose()?.unwrap_or_default())
    }

    fn backup_binds(&self, client: ClientId) -> Binds {
        let mut binds = Binds::default();
        binds.number(self.partner.number());
        binds.number(client.number());
        binds
    }
}

fn key_part(row: &AnyRow, column: &str) -> Result<KeyPart> {
    Ok(match row.try_get::<i64, _>(column) {
        Ok(number) => KeyPart::Number(number),
        Err(_) => KeyPart::Text(row.try_get(column)?),
    })
}

/// A row as the archive writes it.
fn record(table: &Table, row: &AnyRow) -> Result<Map<String, Value>> {
    let mut record = Map::new();
    for (at, (_, name, kind)) in table.columns.iter().enumerate() {
        let column = format!("c{at}");
        let column = column.as_str();
        let number = || row.try_get::<Option<i64>, _>(column);
        let text = || row.try_get::<Option<String>, _>(column);
        let value = match kind {
            Kind::Text => text()?.map(Value::from),
            Kind::Number => number()?.map(Value::from),
            Kind::Flag => number()?.map(|number| Value::from(number != 0)),
            Kind::Time => number()?.map(|millis| Value::from(Timestamp::from_millis(millis).rfc3339())),
            Kind::User => number()?.map(|number| Value::from(UserId::new(number).to_string())),
            Kind::Client => number()?.map(|number| Value::from(ClientId::new(number).to_string())),
            Kind::Json => text()?.filter(|text| !text.is_empty()).map(|text| serde_json::from_str(&text)).transpose()?,
        };
        record.insert((*name).to_owned(), value.unwrap_or(Value::Null));
    }
    Ok(record)
}

/// The folder of a backup's files.
pub(super) fn folder(id: BackupId) -> String {
    format!("{FOLDER}/{}", id.number())
}

/// Where a part of the archive is.
pub(super) fn archive_key(id: BackupId, part: u32) -> String {
    format!("{}/archive/{part}", folder(id))
}

/// Where rows are until the archive is made of them. Their number names them, so a step that is repeated writes the same file again.
pub(super) fn rows_key(id: BackupId, name: &str, part: u32) -> String {
    format!("{}/rows/{name}/{part}", folder(id))
}
