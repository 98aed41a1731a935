//! Users, and what decides whether one may come in.

use domain::{ClientId, PartnerId, UserId, UserSummary};
use sqlx::{Row, any::AnyRow};

use super::{Store, Tx};
use crate::{Result, fold::fold};

/// A user with what its organisation says about it.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) user: UserSummary,
    pub(crate) partner: PartnerId,
    pub(crate) client: Option<ClientId>,
    /// The name of the client or else of the partner.
    pub(crate) organization: String,
    /// Whether the user and its client are.
    pub(crate) active: bool,
    /// Whether the partner restricts any permission at any client.
    pub(crate) restricts: bool,
    /// The IP restriction in force for it; empty for none.
    pub(crate) restriction: String,
}

/// The columns of [`Account::of`], of users `u`, their partners `p` and perhaps their clients `c`.
macro_rules! account_columns {
    () => {
        "u.id AS user_id, u.login, u.first_name, u.last_name, u.email, u.partner_id, u.client_id, COALESCE(c.name, p.name) AS organization,
        p.restricts, CASE WHEN u.status = 'active' AND (u.client_id = 0 OR c.status = 'active') THEN 'yes' ELSE 'no' END AS active,
        CASE WHEN u.client_id <> 0 THEN COALESCE(c.restriction, '') WHEN p.restrict_ips = 1 THEN p.allowed_ips ELSE '' END AS restriction"
    };
}
pub(super) use account_columns;

impl Account {
    pub(super) fn of(row: &AnyRow) -> Result<Self> {
        let (first_name, last_name): (&str, &str) = (row.try_get("first_name")?, row.try_get("last_name")?);
        let user = UserSummary {
            id: UserId::new(row.try_get("user_id")?),
            login: row.try_get("login")?,
            name: format!("{first_name} {last_name}").trim().to_owned(),
            email: row.try_get("email")?,
        };
        Ok(Self {
            user,
            partner: PartnerId::new(row.try_get("partner_id")?),
            client: client(row)?,
            restricts: row.try_get::<i64, _>("restricts")? == 1,
            organization: row.try_get("organization")?,
            active: row.try_get::<&str, _>("active")? == "yes",
            restriction: row.try_get("restriction")?,
        })
    }
}

/// The client in a row's column `client_id`, which is 0 for what is the partner's own.
pub(super) fn client(row: &AnyRow) -> Result<Option<ClientId>> {
    let number: i64 = row.try_get("client_id")?;
    Ok((number != 0).then(|| ClientId::new(number)))
}

/// A row of users.
pub(crate) struct UserRow<'a> {
    pub(crate) id: UserId,
    pub(crate) client: Option<ClientId>,
    pub(crate) login: &'a str,
    pub(crate) first_name: &'a str,
    pub(crate) last_name: &'a str,
    pub(crate) email: &'a str,
    pub(crate) password_hash: &'a str,
}

/// Upper and lower case are the same in a login name.
pub(crate) fn login_key(login: &str) -> String {
    login.trim().to_lowercase()
}

impl Store {
    /// An account and its password's hash. An exception: who proves a password is nobody yet.
    pub(crate) async fn account_by_login(&self, login: &str) -> Result<Option<(Account, String)>> {
        let sql = concat!(
            "SELECT u.password_hash, ",
            account_columns!(),
            " FROM users u JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id WHERE u.login_key = $1 AND u.kind = 'person'"
        );
        let row = sqlx::query(sql).bind(login_key(login)).fetch_optional(&self.readers).await?;
        row.map(|row| Ok((Account::of(&row)?, row.try_get("password_hash")?))).transpose()
    }

    /// An exception: the set-up link is for nobody's installation.
    pub(crate) async fn has_users(&self) -> Result<bool> {
        let found: Option<i64> = sqlx::query_scalar("SELECT id FROM users LIMIT 1").fetch_optional(&self.readers).await?;
        Ok(found.is_some())
    }
}

impl Tx {
    pub(crate) async fn user_insert(&mut self, user: UserRow<'_>) -> Result<()> {
        let sql = "INSERT INTO users (id, kind, partner_id, client_id, login, login_key, first_name, last_name, name_key, email, search_key, password_hash, \
                   status, details, created, created_by, updated, updated_by, version) \
                   VALUES ($1, 'person', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'active', '{}', $12, $13, $12, $13, 1)";
        let name = format!("{} {}", user.first_name, user.last_name);
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        sqlx::query(sql)
            .bind(user.id.number())
            .bind(self.partner.number())
            .bind(user.client.map_or(0, ClientId::number))
            .bind(user.login)
            .bind(login_key(user.login))
            .bind(user.first_name)
            .bind(user.last_name)
            .bind(fold(&name))
            .bind(user.email)
            .bind(fold(&format!("{name} {} {}", user.login, user.email)))
            .bind(user.password_hash)
            .bind(self.now.millis())
            .bind(by)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub(crate) async fn user_password_set(&mut self, user: UserId, password_hash: &str) -> Result<()> {
        let sql = "UPDATE users SET password_hash = $1, updated = $2, version = version + 1 WHERE id = $3 AND partner_id = $4";
        let (now, partner) = (self.now.millis(), self.partner.number());
        sqlx::query(sql).bind(password_hash).bind(now).bind(user.number()).bind(partner).execute(self.connection()).await?;
        Ok(())
    }

    /// Whether users of this client can be made.
    pub(crate) async fn client_takes_users(&mut self, client: ClientId) -> Result<bool> {
        let sql = "SELECT id FROM clients WHERE id = $1 AND partner_id = $2 AND status <> 'terminated'";
        let found: Option<i64> = sqlx::query_scalar(sql).bind(client.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        Ok(found.is_some())
    }
}
