//! Files of clients, and the clients that a running import has written.

use domain::{ClientId, ClientImportId, ClientImportReading, Error, JobId, Month, PartnerId, Timestamp};
use sqlx::{Row, any::AnyRow};

use super::check::PORTION;
use crate::{
    Fault, Result,
    kernel::{Binds, Tx},
};

/// How many audit records are erased by a statement.
const RECORDS: usize = 1000;

/// A file of clients.
pub(super) struct StoredImport {
    pub(super) id: ClientImportId,
    /// Whose it is.
    user: i64,
    pub(super) file_name: String,
    pub(super) reading: ClientImportReading,
    /// How many clients it has; 0 until all of them are right.
    pub(super) clients: u64,
    /// How many clients were made of it.
    pub(super) imported: u64,
    /// The job that imports it.
    pub(super) job: Option<JobId>,
    /// Whether its file is gone.
    pub(super) is_over: bool,
}

/// The clients that an import has written, or will write: a range of numbers.
pub(super) struct Staged {
    /// None once they are being erased.
    pub(super) import: Option<ClientImportId>,
    pub(super) first: ClientId,
    pub(super) last: ClientId,
    /// When the import began.
    pub(super) since: Timestamp,
}

impl Tx {
    /// Inserts a file of the caller's.
    pub(super) async fn client_import_insert(&mut self, id: &ClientImportId, file_name: &str) -> Result<()> {
        let sql = "INSERT INTO client_imports (id, partner_id, user_id, state, file_name, reading, clients, imported, created) \
                   VALUES ($1, $2, $3, 'waiting', $4, $5, 0, 0, $6)";
        let reading = serde_json::to_string(&ClientImportReading::default())?;
        sqlx::query(sql)
            .bind(id.as_str())
            .bind(self.partner.number())
            .bind(self.user_number())
            .bind(file_name)
            .bind(reading)
            .bind(self.now.millis())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// A file of the caller's.
    ///
    /// # Errors
    /// `NotFound` for anybody else's.
    pub(super) async fn client_import_get(&mut self, id: &ClientImportId) -> Result<StoredImport> {
        let user = self.user_number();
        let stored = self.client_import_find(id).await?;
        Ok(stored.filter(|stored| stored.user == user).ok_or(Error::NotFound)?)
    }

    /// A file of anybody's.
    pub(super) async fn client_import_find(&mut self, id: &ClientImportId) -> Result<Option<StoredImport>> {
        let sql = "SELECT id, user_id, file_name, reading, clients, imported, job_id, state FROM client_imports WHERE id = $1 AND partner_id = $2";
        let row = sqlx::query(sql).bind(id.as_str()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        row.as_ref().map(stored).transpose()
    }

    /// Stores how a file is read, and how many clients it has if all rows are right.
    pub(super) async fn client_import_update(&mut self, id: &ClientImportId, reading: &ClientImportReading, clients: u64) -> Result<()> {
        let sql = "UPDATE client_imports SET reading = $1, clients = $2 WHERE id = $3 AND partner_id = $4 AND state = 'waiting'";
        let (reading, clients) = (serde_json::to_string(reading)?, i64::try_from(clients).unwrap_or_default());
        sqlx::query(sql).bind(reading).bind(clients).bind(id.as_str()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Says which job imports a file.
    pub(super) async fn client_import_start(&mut self, id: &ClientImportId, job: JobId) -> Result<()> {
        let sql = "UPDATE client_imports SET state = 'started', job_id = $1 WHERE id = $2 AND partner_id = $3";
        sqlx::query(sql).bind(job.number()).bind(id.as_str()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Says how many clients were made of a file, which isn't needed any more.
    pub(super) async fn client_import_end(&mut self, id: &ClientImportId, imported: u64) -> Result<()> {
        let sql = "UPDATE client_imports SET state = 'over', imported = $1 WHERE id = $2 AND partner_id = $3";
        let imported = i64::try_from(imported).unwrap_or_default();
        sqlx::query(sql).bind(imported).bind(id.as_str()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes the caller's oldest files that nobody has started to import, so that the youngest `keep` remain, and returns their ids.
    pub(super) async fn client_import_forget(&mut self, keep: usize) -> Result<Vec<ClientImportId>> {
        let sql = "SELECT id FROM client_imports WHERE partner_id = $1 AND user_id = $2 AND state = 'waiting' ORDER BY created DESC, id DESC";
        let (partner, user) = (self.partner.number(), self.user_number());
        let rows = sqlx::query(sql).bind(partner).bind(user).fetch_all(self.connection()).await?;
        let old = rows.iter().skip(keep).map(id).collect::<Result<Vec<_>>>()?;
        for old in &old {
            sqlx::query("DELETE FROM client_imports WHERE id = $1 AND state = 'waiting'").bind(old.as_str()).execute(self.connection()).await?;
        }
        Ok(old)
    }

    /// What of the partner's clients nobody sees yet.
    pub(super) async fn staged_clients(&mut self) -> Result<Option<Staged>> {
        let sql = "SELECT import_id, first_id, last_id, since FROM staged_clients WHERE partner_id = $1";
        let row = sqlx::query(sql).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        row.as_ref().map(staged).transpose()
    }

    /// Reserves the numbers of an import's clients, and keeps these from being seen.
    pub(super) async fn staged_clients_insert(&mut self, import: &ClientImportId, clients: u64) -> Result<()> {
        let count = i64::try_from(clients).unwrap_or_default();
        let first = self.next_numbers("client", count).await?;
        let sql = "INSERT INTO staged_clients (partner_id, import_id, first_id, last_id, since) VALUES ($1, $2, $3, $4, $5)";
        let (partner, now) = (self.partner.number(), self.now.millis());
        sqlx::query(sql).bind(partner).bind(import.as_str()).bind(first).bind(first + count - 1).bind(now).execute(self.connection()).await?;
        Ok(())
    }

    /// Makes the staged clients appear, or forgets them once they are erased.
    pub(super) async fn staged_clients_delete(&mut self) -> Result<()> {
        sqlx::query("DELETE FROM staged_clients WHERE partner_id = $1").bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Erases the first of the staged clients, up to a number, with everything that was written of them.
    pub(super) async fn staged_clients_erase(&mut self, first: ClientId, last: ClientId) -> Result<()> {
        let partner = self.partner.number();
        self.client_search_delete(first, last).await?;
        let sql = "DELETE FROM client_details WHERE client_id BETWEEN $1 AND $2";
        sqlx::query(sql).bind(first.number()).bind(last.number()).execute(self.connection()).await?;
        while self.audit_erase((first, last), RECORDS).await? > 0 {}
        for sql in [
            "DELETE FROM clients WHERE id BETWEEN $1 AND $2 AND partner_id = $3",
            "UPDATE staged_clients SET import_id = '', first_id = $2 + 1 WHERE first_id = $1 AND partner_id = $3",
        ] {
            sqlx::query(sql).bind(first.number()).bind(last.number()).bind(partner).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Which of some folded names or external ids clients have that aren't terminated. Those of a running import count only where `with_staged` is set.
    pub(super) async fn client_keys_taken(&mut self, column: Key, keys: &[String], with_staged: bool) -> Result<Vec<String>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut binds = Binds::default();
        let (partner, column) = (binds.number(self.partner.number()), column.name());
        let places: Vec<_> = keys.iter().map(|key| binds.text(&**key)).collect();
        let unstaged = if with_staged { String::new() } else { self.unstaged_client("t.id") };
        let sql = format!(
            "SELECT DISTINCT t.{column} AS taken FROM clients t \
             WHERE t.partner_id = {partner} AND t.status IN ('active', 'suspended') AND t.{column} IN ({}){unstaged}",
            places.join(", ")
        );
        binds.fetch(self, sql).await?.iter().map(|row| Ok(row.try_get("taken")?)).collect()
    }

    /// How many of the staged clients were created in each month: an import can last over the turn of one.
    pub(super) async fn staged_client_months(&mut self, staged: &Staged) -> Result<Vec<(Month, i64)>> {
        let (first, last) = (staged.first.number(), staged.last.number());
        let sql = "SELECT COALESCE(MIN(t.created), 0), COALESCE(MAX(t.created), 0) FROM clients t WHERE t.id BETWEEN $1 AND $2";
        let (from, until): (i64, i64) = sqlx::query_as(sql).bind(first).bind(last).fetch_one(self.connection()).await?;
        let (earliest, latest) = (Month::of(Timestamp::from_millis(from)), Month::of(Timestamp::from_millis(until)));
        let mut months = Vec::new();
        for month in std::iter::successors(Some(latest), |month| (*month > earliest).then(|| month.previous())) {
            let (begin, end) = month.range();
            let sql = "SELECT COUNT(*) FROM clients t WHERE t.id BETWEEN $1 AND $2 AND t.created BETWEEN $3 AND $4";
            let query = sqlx::query_scalar(sql).bind(first).bind(last).bind(begin.millis()).bind(end.millis());
            months.push((month, query.fetch_one(self.connection()).await?));
        }
        Ok(months)
    }

    /// The name of a client that was added or changed while the staged ones were written, and has the name or external id of one of them.
    pub(super) async fn staged_client_taken(&mut self, column: Key, staged: &Staged) -> Result<Option<String>> {
        let (column, partner) = (column.name(), self.partner.number());
        let (first, last) = (staged.first.number(), staged.last.number());
        // Two simple statements: of a join, PostgreSQL without fresh statistics can compare everything with everything.
        let sql = format!(
            "SELECT t.name, t.{column} AS taken FROM clients t WHERE t.partner_id = $1 AND t.status IN ('active', 'suspended') AND t.updated >= $2 \
             AND (t.id < $3 OR t.id > $4) AND t.{column} <> ''"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(partner).bind(staged.since.millis()).bind(first).bind(last);
        let changed = query.fetch_all(self.connection()).await?;
        for some in changed.chunks(PORTION) {
            let mut binds = Binds::default();
            let (partner, first, last) = (binds.number(partner), binds.number(first), binds.number(last));
            let keys = some.iter().map(|row| Ok(binds.text(row.try_get::<&str, _>("taken")?))).collect::<Result<Vec<_>>>()?.join(", ");
            let sql = format!(
                "SELECT t.{column} AS taken FROM clients t \
                 WHERE t.partner_id = {partner} AND t.status = 'active' AND t.{column} IN ({keys}) AND t.id BETWEEN {first} AND {last} LIMIT 1"
            );
            if let Some(row) = binds.fetch(self, sql).await?.first() {
                let taken: String = row.try_get("taken")?;
                let is_it = |row: &&AnyRow| row.try_get::<&str, _>("taken").is_ok_and(|key| key == taken);
                return Ok(some.iter().find(is_it).map(|row| row.try_get("name")).transpose()?);
            }
        }
        Ok(None)
    }
}

/// By what a client is the same as another.
#[derive(Clone, Copy)]
pub(super) enum Key {
    Name,
    ExternalId,
}

impl Key {
    const fn name(self) -> &'static str {
        match self {
            Self::Name => "name_key",
            Self::ExternalId => "external_key",
        }
    }
}

/// What the sweep of all partners finds; see [`crate::Services::client_import_sweep`].
impl Tx {
    /// Files that were uploaded before a moment.
    pub(super) async fn client_imports_old(&mut self, before: Timestamp) -> Result<Vec<(PartnerId, ClientImportId)>> {
        let sql = "SELECT id, partner_id FROM client_imports WHERE created < $1 ORDER BY id";
        let rows = sqlx::query(sql).bind(before.millis()).fetch_all(self.connection()).await?;
        rows.iter().map(|row| Ok((PartnerId::new(row.try_get("partner_id")?), id(row)?))).collect()
    }

    /// Partners that have staged clients.
    pub(super) async fn partners_with_staged_clients(&mut self) -> Result<Vec<PartnerId>> {
        let partners: Vec<i64> = sqlx::query_scalar("SELECT partner_id FROM staged_clients").fetch_all(self.connection()).await?;
        Ok(partners.into_iter().map(PartnerId::new).collect())
    }

    /// Forgets a file.
    pub(super) async fn client_import_delete(&mut self, id: &ClientImportId) -> Result<()> {
        sqlx::query("DELETE FROM client_imports WHERE id = $1").bind(id.as_str()).execute(self.connection()).await?;
        Ok(())
    }
}

fn id(row: &AnyRow) -> Result<ClientImportId> {
    parsed(row.try_get("id")?)
}

fn parsed(id: &str) -> Result<ClientImportId> {
    id.parse().map_err(|_| Fault::Failed("an import's id is no UUID".to_owned()))
}

fn stored(row: &AnyRow) -> Result<StoredImport> {
    let count = |column: &str| Ok::<_, Fault>(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default());
    Ok(StoredImport {
        id: id(row)?,
        user: row.try_get("user_id")?,
        file_name: row.try_get("file_name")?,
        reading: serde_json::from_str(row.try_get("reading")?)?,
        clients: count("clients")?,
        imported: count("imported")?,
        job: row.try_get::<Option<i64>, _>("job_id")?.map(JobId::new),
        is_over: row.try_get::<&str, _>("state")? == "over",
    })
}

fn staged(row: &AnyRow) -> Result<Staged> {
    let number = |column: &str| row.try_get::<i64, _>(column);
    Ok(Staged {
        import: Some(row.try_get("import_id")?).filter(|id: &&str| !id.is_empty()).map(parsed).transpose()?,
        first: ClientId::new(number("first_id")?),
        last: ClientId::new(number("last_id")?),
        since: Timestamp::from_millis(number("since")?),
    })
}
