//! Recomputes what depends on text folding after its rules changed: search and unique keys, and the members of device groups with a query.

use domain::PartnerId;
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use super::{
    audit,
    connection::Connection,
    fold::{fold, login_key},
    statement::Binds,
    store::Store,
};
use crate::{
    Result,
    aws::account::search_key as aws_search_key,
    inventory::{device::search_key, store::update_device_group_members},
    people::user::{UserKeys, email_key},
};

/// The version of the keys. Raise it whenever their sources, folding or the comparisons of device groups change.
const VERSION: i64 = 3;

/// Rows per transaction, so that others can write in between.
const PORTION: usize = 500;

/// A table with folded keys.
struct Keyed {
    table: &'static str,
    /// The columns that the keys are made from.
    from: &'static str,
    keys: &'static [&'static str],
    /// Computes the keys of a row, in the order of `keys`.
    make: fn(&AnyRow) -> Result<Vec<String>>,
    /// The columns within which the first key is unique, empty for the whole table; none if it needn't be unique.
    unique: Option<&'static str>,
}

fn by_name(row: &AnyRow) -> Result<Vec<String>> {
    Ok(vec![fold(row.try_get("name")?)])
}

const fn named(table: &'static str, unique: &'static str) -> Keyed {
    Keyed { table, from: "name", keys: &["name_key"], make: by_name, unique: Some(unique) }
}

const KEYED: &[Keyed] = &[
    Keyed {
        table: "clients",
        from: "name, external_id",
        keys: &["name_key", "external_key"],
        make: |row| Ok(vec![fold(row.try_get("name")?), fold(row.try_get("external_id")?)]),
        unique: None,
    },
    Keyed {
        table: "users",
        from: "login, first_name, last_name, email, kind, status",
        keys: &["login_key", "first_key", "last_key", "name_key", "email_key", "search_key"],
        make: |row| {
            let [login, first, last, email]: [&str; 4] =
                [row.try_get("login")?, row.try_get("first_name")?, row.try_get("last_name")?, row.try_get("email")?];
            let keys = UserKeys::of(login, first, last, email);
            // API keys and terminated users have their id as login key.
            let signs_in = row.try_get::<&str, _>("kind")? == "person" && row.try_get::<&str, _>("status")? != "terminated";
            let login = if signs_in { login_key(login) } else { row.try_get("login_key")? };
            Ok(vec![login, keys.first, keys.last, keys.name, email_key(email), keys.search])
        },
        unique: Some(""),
    },
    Keyed {
        table: "devices",
        from: "name, host_name, resource_type, details",
        keys: &["name_key", "host_key", "type_key", "search_key"],
        make: |row| {
            let text = |column: &str| row.try_get(column).map(fold);
            Ok(vec![text("name")?, text("host_name")?, text("resource_type")?, search_key(&serde_json::from_str(row.try_get("details")?)?)])
        },
        unique: None,
    },
    Keyed {
        table: "aws_accounts",
        from: "name, number, email",
        keys: &["name_key", "search_key"],
        make: |row| {
            let [name, number, email] = [row.try_get("name")?, row.try_get("number")?, row.try_get("email")?];
            Ok(vec![fold(name), aws_search_key(name, number, email)])
        },
        unique: None,
    },
    Keyed {
        table: "audit_records",
        from: "object, action, login, changes, COALESCE(client_id, 0) AS client, \
               COALESCE((SELECT u.client_id FROM users u WHERE u.id = audit_records.user_id), 0) AS organization",
        keys: &["search_key"],
        make: |row| {
            let (client, organization): (i64, i64) = (row.try_get("client")?, row.try_get("organization")?);
            let login = if client == 0 || client == organization { row.try_get("login")? } else { "" };
            Ok(vec![audit::search_key(row.try_get("object")?, row.try_get("action")?, login, row.try_get("changes")?)])
        },
        unique: None,
    },
    Keyed { table: "reports", from: "name", keys: &["name_key"], make: by_name, unique: None },
    named("roles", "partner_id, client_id"),
    named("permission_sets", "partner_id, client_id"),
    named("user_groups", "partner_id, client_id"),
    named("device_groups", "partner_id, client_id"),
    named("credential_sets", "partner_id, client_id"),
    named("api_keys", "partner_id, client_id, revoked"),
    named("catalogue_items", "partner_id, kind, parent_id"),
];

impl Store {
    /// Recomputes the keys of all rows, unless they have the current version. If two unique names become equal, both rows stay: the later one's key gets a
    /// suffix, and the log names the row.
    pub(super) async fn rekey(&self) -> Result<()> {
        let version: i64 = sqlx::query_scalar("SELECT MAX(version) FROM text_keys").fetch_one(&mut self.read().await?).await?;
        if version >= VERSION {
            return Ok(());
        }
        for keyed in KEYED {
            // A collision can be with a row whose key wasn't recomputed yet, so only collisions of the second pass are logged.
            if self.rekey_table(keyed, false).await? {
                self.rekey_table(keyed, true).await?;
            }
        }
        self.update_group_members().await?;
        self.execute_alone(sqlx::query("UPDATE text_keys SET version = $1").bind(VERSION)).await?;
        Ok(())
    }

    /// Device groups with a query compare keys, so their members can change with them.
    async fn update_group_members(&self) -> Result<()> {
        let sql = "SELECT DISTINCT partner_id FROM device_groups WHERE search_query <> ''";
        let partners: Vec<i64> = sqlx::query_scalar(sql).fetch_all(&mut self.read().await?).await?;
        for partner in partners {
            let mut connection = self.write().await?;
            if let Some(sql) = self.engine.lock_partner() {
                sqlx::query(sql).bind(partner).execute(&mut connection).await?;
            }
            update_device_group_members(&mut connection, self.engine, PartnerId::new(partner)).await?;
            self.commit(connection).await?;
        }
        Ok(())
    }

    /// Recomputes the keys of a table. Returns whether any unique keys collided.
    async fn rekey_table(&self, keyed: &Keyed, tell: bool) -> Result<bool> {
        let Keyed { table, from, keys, .. } = keyed;
        let (mut after, mut collides) = (i64::MIN, false);
        loop {
            let mut connection = self.write().await?;
            let columns = keys.join(", ");
            let sql = format!("SELECT id, {from}, {columns} FROM {table} WHERE id > $1 ORDER BY id LIMIT {PORTION}");
            let rows = sqlx::query(AssertSqlSafe(sql)).bind(after).fetch_all(&mut connection).await?;
            for row in &rows {
                after = row.try_get("id")?;
                collides |= self.rekey_row(&mut connection, keyed, row, tell).await?;
            }
            self.commit(connection).await?;
            if rows.len() < PORTION {
                return Ok(collides);
            }
        }
    }

    async fn rekey_row(&self, connection: &mut Connection, keyed: &Keyed, row: &AnyRow, tell: bool) -> Result<bool> {
        let Keyed { table, keys, make, unique, .. } = keyed;
        let id: i64 = row.try_get("id")?;
        let mut made = make(row)?;
        let is_made =
            |made: &[String]| keys.iter().zip(made).map(|(key, made)| Ok(row.try_get::<&str, _>(*key)? == made)).collect::<Result<Vec<_>>>();
        if is_made(&made)?.into_iter().all(|same| same) {
            return Ok(false);
        }
        let mut collides = false;
        if let (Some(among), Some(key), Some(first)) = (unique, keys.first(), made.first_mut()) {
            let mut binds = Binds::default();
            let (value, own) = (binds.text(&**first), binds.number(id));
            let same: String = among.split(", ").filter(|column| !column.is_empty()).map(|column| format!(" AND o.{column} = t.{column}")).collect();
            let sql = format!("SELECT COUNT(*) FROM {table} t JOIN {table} o ON o.{key} = {value} AND o.id <> t.id{same} WHERE t.id = {own}");
            let others: i64 = binds.query(sql).fetch_one(&mut *connection).await?.try_get(0)?;
            if others > 0 {
                collides = true;
                if tell {
                    tracing::warn!(table, id, name = %first.escape_debug(), "two names count as the same: rename one of them");
                }
                *first = format!("{first}\u{1}{id}");
            }
        }
        let mut binds = Binds::default();
        let set: Vec<_> = keys.iter().zip(&made).map(|(key, made)| format!("{key} = {}", binds.text(&**made))).collect();
        let sql = format!("UPDATE {table} SET {} WHERE id = {}", set.join(", "), binds.number(id));
        binds.query(sql).execute(&mut *connection).await?;
        if *table == "clients" {
            for sql in [self.engine.search_delete(), self.engine.search_insert()].into_iter().flatten() {
                sqlx::query(sql).bind(id).bind(id).execute(&mut *connection).await?;
            }
        }
        Ok(collides)
    }
}
