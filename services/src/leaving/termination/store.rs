//! Rows of a client that is erased, and the receipt that remains.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ClientDraft, ClientId, Erased, ErasedCount, Erasure, JobId, JobProgress, Receipt, ReceiptBackup, Timestamp};
use sqlx::{AssertSqlSafe, Row};

use super::{Counts, erase::Cursor};
use crate::{
    Result,
    clients::image,
    kernel::{Binds, Tx, row_count::Counted},
};

/// Rows per statement: few enough that a step can end soon after its time is over.
pub(super) const ROWS: usize = 250;

/// Where the rows of a client's tenant are.
const OWN: &str = "t.partner_id = $1 AND t.client_id = $2";

/// The partner's roles that are for this client's users alone: without it they would be for the users of every client.
const FOR_IT_ALONE: &str = "t.partner_id = $1 AND t.client_id = 0 AND t.scope = 'CLIENT' AND t.all_clients = 0 \
    AND t.id IN (SELECT rc.role_id FROM role_clients rc WHERE rc.client_id = $2) \
    AND NOT EXISTS (SELECT 1 FROM role_clients other WHERE other.role_id = t.id AND other.client_id <> $2)";

/// A table of which a client's rows are erased.
pub(super) struct Table {
    /// As what its rows are counted; none for rows that belong to others which are.
    pub(super) kind: Option<Erased>,
    /// What the job says meanwhile.
    pub(super) doing: &'static str,
    name: &'static str,
    /// Which rows; `$1` is the partner, `$2` the client.
    condition: &'static str,
    /// Tables whose rows refer to them by a column, and as what those are counted.
    children: &'static [(&'static str, &'static str, Option<Erased>)],
}

const ROLE_LISTS: &[(&str, &str, Option<Erased>)] = &[
    ("role_permission_sets", "role_id", None),
    ("role_users", "role_id", None),
    ("role_user_groups", "role_id", None),
    ("role_clients", "role_id", None),
    ("role_devices", "role_id", None),
    ("role_device_groups", "role_id", None),
    ("role_credential_sets", "role_id", None),
];

/// In this order: what others refer to comes after them.
#[rustfmt::skip]
pub(super) const TABLES: &[Table] = &[
    Table { kind: Some(Erased::Devices), doing: "Erasing resources", name: "devices", condition: OWN,
        children: &[("device_group_devices", "device_id", None), ("role_devices", "device_id", None)] },
    Table { kind: Some(Erased::DeviceGroups), doing: "Erasing device groups", name: "device_groups", condition: OWN,
        children: &[("device_group_devices", "device_group_id", None), ("role_device_groups", "device_group_id", None)] },
    Table { kind: Some(Erased::CredentialSets), doing: "Erasing credential sets", name: "credential_sets", condition: OWN,
        children: &[("role_credential_sets", "credential_set_id", None)] },
    Table { kind: Some(Erased::ApiKeys), doing: "Erasing API keys", name: "api_keys", condition: OWN, children: &[("api_tokens", "api_key_id", None)] },
    Table { kind: Some(Erased::UserGroups), doing: "Erasing user groups", name: "user_groups", condition: OWN,
        children: &[("user_group_users", "user_group_id", None), ("role_user_groups", "user_group_id", None)] },
    Table { kind: Some(Erased::Roles), doing: "Erasing roles", name: "roles", condition: OWN, children: ROLE_LISTS },
    Table { kind: Some(Erased::PermissionSets), doing: "Erasing permission sets", name: "permission_sets", condition: OWN,
        children: &[("permission_set_permissions", "permission_set_id", None), ("role_permission_sets", "permission_set_id", None)] },
    Table { kind: Some(Erased::Reports), doing: "Erasing reports", name: "reports", condition: OWN, children: &[("report_runs", "report_id", None)] },
    Table { kind: Some(Erased::AuditRecords), doing: "Erasing sign-in records", name: "login_records", condition: OWN, children: &[] },
    Table { kind: Some(Erased::Users), doing: "Erasing users", name: "users", condition: "t.partner_id = $1 AND t.client_id = $2 AND t.kind = 'person'",
        children: USER_ROWS },
    // The users as which API keys act.
    Table { kind: None, doing: "Erasing API keys", name: "users", condition: OWN, children: USER_ROWS },
    Table { kind: Some(Erased::AuditRecords), doing: "Erasing audit records", name: "audit_records", condition: OWN, children: &[] },
    // Its own job goes on.
    Table { kind: None, doing: "Erasing jobs", name: "jobs", condition: "t.partner_id = $1 AND t.client_id = $2 AND t.kind <> 'termination'", children: &[] },
];

const USER_ROWS: &[(&str, &str, Option<Erased>)] = &[
    ("role_users", "user_id", None),
    ("user_group_users", "user_id", None),
    ("sessions", "user_id", Some(Erased::Sessions)),
    ("invitations", "user_id", None),
    ("invitations", "created_by", None),
    ("mailed_links", "user_id", None),
    ("known_browsers", "user_id", None),
    ("authenticators", "user_id", None),
    ("recovery_codes", "user_id", None),
    ("passkeys", "user_id", None),
    ("passkey_ceremonies", "user_id", None),
    ("client_drafts", "user_id", Some(Erased::Drafts)),
];

/// Every table of which rows are deleted or changed.
pub(super) fn touched() -> BTreeSet<&'static str> {
    let others = ["aws_accounts", "clients", "client_details", "client_restrictions", "network_images", "tenant_keys", "roles"];
    let children = TABLES.iter().flat_map(|table| table.children).map(|(name, ..)| *name);
    TABLES.iter().map(|table| table.name).chain(children).chain(ROLE_LISTS.iter().map(|(name, ..)| *name)).chain(others).collect()
}

/// What a step erased.
pub(super) struct Rows {
    pub(super) counts: Counts,
    /// Whether there can be more.
    pub(super) more: bool,
}

impl Tx {
    /// How many things of each kind terminating the client would erase.
    pub(super) async fn termination_counts(&mut self, client: ClientId) -> Result<Counts> {
        let mut counts = Counts::new();
        for Table { kind, name, condition, .. } in TABLES {
            if let Some(kind) = kind {
                *counts.entry(*kind).or_default() += self.count_of(client, &format!("SELECT COUNT(*) FROM {name} t WHERE {condition}")).await?;
            }
        }
        *counts.entry(Erased::Roles).or_default() += self.count_of(client, &format!("SELECT COUNT(*) FROM roles t WHERE {FOR_IT_ALONE}")).await?;
        for (kind, table) in [(Erased::Sessions, "sessions"), (Erased::Drafts, "client_drafts")] {
            let sql = format!("SELECT COUNT(*) FROM {table} t JOIN users u ON u.id = t.user_id WHERE u.partner_id = $1 AND u.client_id = $2");
            counts.insert(kind, self.count_of(client, &sql).await?);
        }
        counts.insert(Erased::AwsAccounts, self.count_of(client, &format!("SELECT COUNT(*) FROM aws_accounts t WHERE {OWN}")).await?);
        let images = image::of_client(self, client).await?.len() + self.client_pictures(client).await?.len();
        counts.insert(Erased::Images, images as u64);
        let restrictions = "SELECT COUNT(*) FROM client_restrictions t JOIN clients c ON c.id = t.client_id WHERE c.partner_id = $1 AND c.id = $2";
        counts.insert(Erased::Restrictions, self.count_of(client, restrictions).await?);
        counts.insert(Erased::Settings, 1);
        Ok(counts)
    }

    /// How many of the partner's roles list the client and will stay without it.
    pub(super) async fn termination_listed_by(&mut self, client: ClientId) -> Result<u64> {
        let all = "SELECT COUNT(*) FROM role_clients rc JOIN roles t ON t.id = rc.role_id WHERE t.partner_id = $1 AND t.client_id = 0 AND rc.client_id = $2";
        let alone = format!("SELECT COUNT(*) FROM roles t WHERE {FOR_IT_ALONE}");
        Ok(self.count_of(client, all).await?.saturating_sub(self.count_of(client, &alone).await?))
    }

    async fn count_of(&mut self, client: ClientId, sql: &str) -> Result<u64> {
        let query = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).bind(self.partner.number()).bind(client.number());
        let count: i64 = query.fetch_one(self.connection()).await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Deletes up to [`ROWS`] of a client's rows in a table, and what refers to them.
    pub(super) async fn rows_erase(&mut self, table: &Table, client: ClientId) -> Result<Rows> {
        let Table { kind, name, condition, children, .. } = table;
        let mut counts = Counts::new();
        if *name == "audit_records" {
            // Their links stay.
            let erased = self.audit_erase((client, client), ROWS).await?;
            counts.insert(Erased::AuditRecords, erased as u64);
            return Ok(Rows { counts, more: erased == ROWS });
        }
        let sql = format!("SELECT t.id FROM {name} t WHERE {condition} LIMIT {ROWS}");
        let query = sqlx::query_scalar(AssertSqlSafe(sql)).bind(self.partner.number()).bind(client.number());
        let ids: Vec<i64> = query.fetch_all(self.connection()).await?;
        if ids.is_empty() {
            return Ok(Rows { counts, more: false });
        }
        let users = if *name == "users" { self.users_counted(&ids).await? } else { 0 };
        let devices = if *name == "devices" { self.devices_counted(&ids).await? } else { Vec::new() };
        for (table, column, kind) in children.iter().chain(&[(*name, "id", *kind)]) {
            let deleted = self.rows_delete(table, column, &ids).await?;
            if let Some(kind) = kind {
                *counts.entry(*kind).or_default() += deleted;
            }
        }
        self.row_count_add(Counted::Users, -users).await?;
        for (kind, count) in devices {
            self.row_count_add(Counted::Devices(kind), -count).await?;
        }
        if *name == "roles" {
            self.row_count_add(Counted::Roles, -i64::try_from(ids.len()).unwrap_or_default()).await?;
        }
        Ok(Rows { counts, more: ids.len() == ROWS })
    }

    async fn rows_delete(&mut self, table: &str, column: &str, ids: &[i64]) -> Result<u64> {
        let ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let sql = format!("DELETE FROM {table} WHERE {column} IN ({ids})");
        Ok(Binds::default().query(sql).execute(self.connection()).await?.rows_affected())
    }

    /// Leaves of a client only its number, name and dates: no role lists it, and nothing says how it could be reached. Returns how many roles went with it.
    pub(super) async fn client_bare(&mut self, client: ClientId) -> Result<u64> {
        let (partner, number) = (self.partner.number(), client.number());
        // Found in the transaction that empties the lists: the other clients of such a role may have left it meanwhile.
        let sql = format!("SELECT t.id FROM roles t WHERE {FOR_IT_ALONE}");
        let roles: Vec<i64> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(partner).bind(number).fetch_all(self.connection()).await?;
        if !roles.is_empty() {
            for (table, column, _) in ROLE_LISTS.iter().chain(&[("roles", "id", None)]) {
                self.rows_delete(table, column, &roles).await?;
            }
            self.row_count_add(Counted::Roles, -i64::try_from(roles.len()).unwrap_or_default()).await?;
        }
        sqlx::query("DELETE FROM role_clients WHERE client_id = $1").bind(number).execute(self.connection()).await?;
        let name: String = sqlx::query_scalar("SELECT name FROM clients WHERE id = $1 AND partner_id = $2")
            .bind(number)
            .bind(partner)
            .fetch_one(self.connection())
            .await?;
        let sql = "UPDATE clients SET country = '', time_zone = '', external_id = '', external_key = '', restriction = '', version = version + 1 \
                   WHERE id = $1 AND partner_id = $2";
        sqlx::query(sql).bind(number).bind(partner).execute(self.connection()).await?;
        let details = serde_json::to_string(&ClientDraft::bare(name))?;
        let sql = "UPDATE client_details SET details = $1, secrets = '{}' WHERE client_id = $2";
        sqlx::query(sql).bind(details).bind(number).execute(self.connection()).await?;
        Ok(roles.len() as u64)
    }

    /// Merges a bit of every text index; true if there is more to merge.
    pub(super) async fn texts_merge(&mut self, begins: bool) -> Result<bool> {
        let mut more = false;
        for sql in self.engine.text_merges(begins) {
            let before = self.total_changes().await?;
            Binds::default().execute(self, sql).await?;
            // One change is the statement itself.
            more |= self.total_changes().await? - before > 1;
        }
        Ok(more)
    }

    async fn total_changes(&mut self) -> Result<i64> {
        Ok(sqlx::query_scalar("SELECT total_changes()").fetch_one(self.connection()).await?)
    }

    /// Where a job begins that was just created.
    pub(super) async fn termination_cursor_set(&mut self, job: JobId, cursor: &Cursor) -> Result<()> {
        let sql = "UPDATE jobs SET cursor = $1 WHERE id = $2 AND partner_id = $3";
        sqlx::query(sql).bind(serde_json::to_string(cursor)?).bind(job.number()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// How much of each client is erased.
    pub(crate) async fn erasures(&mut self, clients: &[ClientId]) -> Result<BTreeMap<ClientId, Erasure>> {
        let list = clients.iter().map(|client| client.number().to_string()).collect::<Vec<_>>().join(", ");
        let sql = format!("SELECT t.id, t.client_id, t.done, t.total FROM jobs t WHERE t.client_id IN ({list}) AND t.kind = 'termination'");
        let mut found = BTreeMap::new();
        for row in &Binds::default().fetch(self, sql).await? {
            let count = |column| row.try_get::<i64, _>(column).map(|count| u64::try_from(count).unwrap_or_default());
            let progress = JobProgress { done: count("done")?, total: count("total")?, doing: String::new() };
            let erasure = Erasure { job: JobId::new(row.try_get("id")?), percent: progress.percent() };
            found.insert(ClientId::new(row.try_get("client_id")?), erasure);
        }
        Ok(found)
    }

    /// Begins the receipt of a termination that the caller asked for.
    pub(super) async fn receipt_insert(&mut self, client: ClientId, job: JobId) -> Result<()> {
        let caller = self.caller()?;
        let by = format!("{} ({})", caller.user.name(), caller.user.login);
        let backup = self.backup_latest(client).await?;
        let (made, sha256) = backup.map_or_else(Default::default, |backup| (backup.finished, backup.sha256));
        let sql = "INSERT INTO termination_receipts (client_id, partner_id, job_id, requested, requested_by, request, finished, erased, backup_finished, \
                   backup_sha256) VALUES ($1, $2, $3, $4, $5, $6, 0, '[]', $7, $8)";
        sqlx::query(sql)
            .bind(client.number())
            .bind(self.partner.number())
            .bind(job.number())
            .bind(self.now.millis())
            .bind(by)
            .bind(&caller.origin.request)
            .bind(made.millis())
            .bind(sha256)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Completes a receipt.
    pub(super) async fn receipt_finish(&mut self, client: ClientId, erased: &[ErasedCount]) -> Result<()> {
        let sql = "UPDATE termination_receipts SET finished = $1, erased = $2 WHERE client_id = $3 AND partner_id = $4";
        let (now, partner) = (self.now.millis(), self.partner.number());
        sqlx::query(sql).bind(now).bind(serde_json::to_string(erased)?).bind(client.number()).bind(partner).execute(self.connection()).await?;
        Ok(())
    }

    /// The receipt of a client's termination.
    pub(super) async fn receipt_get(&mut self, client: ClientId) -> Result<Option<Receipt>> {
        let sql = "SELECT job_id, requested, requested_by, request, finished, erased, backup_finished, backup_sha256 FROM termination_receipts \
             WHERE client_id = $1 AND partner_id = $2";
        let query = sqlx::query(sql).bind(client.number()).bind(self.partner.number());
        let Some(row) = query.fetch_optional(self.connection()).await? else { return Ok(None) };
        let (finished, made): (i64, i64) = (row.try_get("finished")?, row.try_get("backup_finished")?);
        let sha256: String = row.try_get("backup_sha256")?;
        Ok(Some(Receipt {
            client,
            job: JobId::new(row.try_get("job_id")?),
            requested: Timestamp::from_millis(row.try_get("requested")?),
            requested_by: row.try_get("requested_by")?,
            request: row.try_get("request")?,
            finished: (finished != 0).then(|| Timestamp::from_millis(finished)),
            erased: serde_json::from_str(row.try_get("erased")?)?,
            backup: (!sha256.is_empty()).then(|| ReceiptBackup { finished: Timestamp::from_millis(made), sha256 }),
        }))
    }
}
