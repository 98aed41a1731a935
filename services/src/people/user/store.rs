//! Users.

pub(super) mod assignment;
pub(super) mod list;
pub(super) mod of_client;

use domain::{ClientId, ImageFormat, User, UserId, UserPicture, UserProfile, UserStatus};
use serde::{Deserialize, Serialize};
use sqlx::{Row, any::AnyRow};

use crate::{
    Fault, Result,
    kernel::{
        Binds, Tx,
        email::readable,
        fold::{fold, login_key},
        row_count::Counted,
    },
};

/// A user to insert.
pub(super) struct NewUserRow<'a> {
    pub(crate) id: UserId,
    /// `person` or `key`.
    pub(crate) kind: &'static str,
    pub(crate) client: Option<ClientId>,
    pub(crate) profile: &'a UserProfile,
    /// Empty for none.
    pub(crate) password_hash: &'a str,
}

/// The fields of a profile that have columns.
const COLUMNS: [&str; 6] = ["login", "first_name", "last_name", "email", "change_password", "all_user_groups"];

/// The fields of a user that are stored as a JSON document instead of columns.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Details {
    #[serde(flatten)]
    pub(crate) profile: UserProfile,
    /// The reason for deactivation or termination.
    pub(crate) reason: String,
    picture: String,
    picture_format: String,
}

impl Details {
    fn of(user: &User) -> Self {
        let (picture, picture_format) = user.picture.as_ref().map_or_else(Default::default, |picture| {
            let UserPicture { id, format } = picture;
            (id.to_string(), format.key().to_owned())
        });
        Self { profile: user.row.profile.clone(), reason: user.reason.clone(), picture, picture_format }
    }

    /// The stored JSON, without fields that have columns or default values: short documents are read faster.
    fn to_document(&self) -> Result<String> {
        let fields = |details| serde_json::to_value(details).map(|value| value.as_object().cloned().unwrap_or_default());
        let (blank, mut fields) = (fields(&Self::default())?, fields(self)?);
        fields.retain(|field, value| !COLUMNS.contains(&field.as_str()) && blank.get(field) != Some(value));
        Ok(serde_json::to_string(&fields)?)
    }

    pub(crate) fn picture(&self) -> Option<UserPicture> {
        Some(UserPicture { id: self.picture.parse().ok()?, format: ImageFormat::from_key(&self.picture_format)? })
    }
}

/// The search key of an e-mail address, with its domain in Unicode.
pub(crate) fn email_key(email: &str) -> String {
    fold(&readable(email))
}

/// The search and sort keys of a user.
pub(crate) struct UserKeys {
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) name: String,
    pub(crate) search: String,
}

impl UserKeys {
    pub(crate) fn of(login: &str, first_name: &str, last_name: &str, email: &str) -> Self {
        Self {
            first: fold(first_name),
            last: fold(last_name),
            name: fold(&format!("{first_name} {last_name}")),
            search: fold(&format!("{first_name} {last_name} {} {}", readable(login), readable(email))),
        }
    }

    fn of_profile(profile: &UserProfile) -> Self {
        Self::of(&profile.login, &profile.first_name, &profile.last_name, &profile.email)
    }
}

impl Tx {
    /// The next user id; ids are never reused.
    pub(super) async fn user_id_next(&mut self) -> Result<UserId> {
        Ok(UserId::new(self.next_number("user").await?))
    }

    /// The name of a client, or else of the transaction's partner.
    pub(super) async fn organization_name(&mut self, client: Option<ClientId>) -> Result<String> {
        let sql = "SELECT COALESCE(c.name, p.name) AS name FROM partners p LEFT JOIN clients c ON c.id = $1 AND c.partner_id = p.id WHERE p.id = $2";
        let (client, partner) = (client.map_or(0, ClientId::number), self.partner.number());
        Ok(sqlx::query_scalar(sql).bind(client).bind(partner).fetch_one(self.connection()).await?)
    }

    /// Whether somebody has a login name, by its key.
    pub(super) async fn login_is_taken(&mut self, key: &str) -> Result<bool> {
        let found: Option<i64> = sqlx::query_scalar("SELECT id FROM users WHERE login_key = $1").bind(key).fetch_optional(self.connection()).await?;
        Ok(found.is_some())
    }

    /// Inserts an active user.
    pub(super) async fn user_insert(&mut self, user: NewUserRow<'_>) -> Result<()> {
        let sql = "INSERT INTO users (id, kind, partner_id, client_id, login, login_key, first_name, last_name, email, first_key, last_key, name_key, \
                   email_key, search_key, password_hash, change_password, all_user_groups, status, details, created, created_by, updated, updated_by, \
                   version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'active', $18, $19, $20, $19, $20, 1)";
        let profile = user.profile;
        let keys = UserKeys::of_profile(profile);
        // API keys never sign in. Typed logins contain no space, so this can't collide with one.
        let login_key = if user.kind == "person" { login_key(&profile.login) } else { format!("api-key {}", user.id) };
        let details = Details { profile: profile.clone(), ..Details::default() }.to_document()?;
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        sqlx::query(sql)
            .bind(user.id.number())
            .bind(user.kind)
            .bind(self.partner.number())
            .bind(user.client.map_or(0, ClientId::number))
            .bind(&profile.login)
            .bind(login_key)
            .bind(&profile.first_name)
            .bind(&profile.last_name)
            .bind(&profile.email)
            .bind(keys.first)
            .bind(keys.last)
            .bind(keys.name)
            .bind(email_key(&profile.email))
            .bind(keys.search)
            .bind(user.password_hash)
            .bind(i64::from(profile.change_password))
            .bind(i64::from(profile.all_user_groups))
            .bind(details)
            .bind(self.now.millis())
            .bind(by)
            .execute(self.connection())
            .await?;
        if user.kind == "person" {
            self.active_users_add(user.client, 1).await?;
        }
        self.row_count_add(Counted::Users, i64::from(user.kind == "person")).await
    }

    /// Counts active persons of a client who came or, with a negative number, went.
    async fn active_users_add(&mut self, client: Option<ClientId>, number: i64) -> Result<()> {
        if let (Some(client), true) = (client, number != 0) {
            let sql = "UPDATE clients SET active_users = active_users + $1 WHERE id = $2 AND partner_id = $3";
            sqlx::query(sql).bind(number).bind(client.number()).bind(self.partner.number()).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Updates a user without the password; false if the version is stale. A terminated user's login becomes free.
    pub(super) async fn user_update(&mut self, user: &User) -> Result<bool> {
        let sql = "UPDATE users SET login = $1, login_key = $2, first_name = $3, last_name = $4, email = $5, first_key = $6, last_key = $7, \
                   name_key = $8, email_key = $9, search_key = $10, change_password = $11, all_user_groups = $12, status = $13, details = $14, \
                   updated = $15, updated_by = $16, version = version + 1 WHERE id = $17 AND partner_id = $18 AND version = $19";
        let profile = &user.row.profile;
        let keys = UserKeys::of_profile(profile);
        // Typed logins contain no space, so this can't collide with one.
        let terminated = format!("terminated {}", user.row.id);
        let login_key = if user.row.status == UserStatus::Terminated { terminated } else { login_key(&profile.login) };
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        let was_active = self.active_count(user.row.id, user.version).await?;
        let leaves = if user.row.status == UserStatus::Terminated { self.users_counted(&[user.row.id.number()]).await? } else { 0 };
        let done = sqlx::query(sql)
            .bind(&profile.login)
            .bind(login_key)
            .bind(&profile.first_name)
            .bind(&profile.last_name)
            .bind(&profile.email)
            .bind(keys.first)
            .bind(keys.last)
            .bind(keys.name)
            .bind(email_key(&profile.email))
            .bind(keys.search)
            .bind(i64::from(profile.change_password))
            .bind(i64::from(profile.all_user_groups))
            .bind(user.row.status.key())
            .bind(Details::of(user).to_document()?)
            .bind(self.now.millis())
            .bind(by)
            .bind(user.row.id.number())
            .bind(self.partner.number())
            .bind(user.version)
            .execute(self.connection())
            .await?;
        if done.rows_affected() == 1 {
            self.row_count_add(Counted::Users, -leaves).await?;
            let is_active = i64::from(user.row.status == UserStatus::Active);
            self.active_users_add(user.row.client, is_active - was_active).await?;
        }
        Ok(done.rows_affected() == 1)
    }

    /// 1 for an active person at a version, else 0.
    async fn active_count(&mut self, user: UserId, version: i64) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM users u WHERE u.id = $1 AND u.version = $2 AND u.kind = 'person' AND u.status = 'active'";
        Ok(sqlx::query_scalar(sql).bind(user.number()).bind(version).fetch_one(self.connection()).await?)
    }

    /// How many of some users are among those that are counted. For who deletes them, too.
    pub(crate) async fn users_counted(&mut self, ids: &[i64]) -> Result<i64> {
        let ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let sql = format!("SELECT COUNT(*) FROM users u WHERE u.id IN ({ids}) AND u.kind = 'person' AND u.status <> 'terminated'");
        Ok(Binds::default().fetch_number(self, sql).await?.cast_signed())
    }

    /// Sets a user's password hash, empty for none, and whether it must be changed.
    pub(super) async fn user_password_set(&mut self, user: UserId, password_hash: &str, change: bool) -> Result<()> {
        let sql = "UPDATE users SET password_hash = $1, change_password = $2, updated = $3, version = version + 1 WHERE id = $4 AND partner_id = $5";
        let (now, partner) = (self.now.millis(), self.partner.number());
        let query = sqlx::query(sql).bind(password_hash).bind(i64::from(change)).bind(now).bind(user.number()).bind(partner);
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Changes the displayed login of an API key's user.
    pub(super) async fn user_show_as(&mut self, user: UserId, login: &str, last_name: &str) -> Result<()> {
        let sql = "UPDATE users SET login = $1, last_name = $2, updated = $3, version = version + 1 WHERE id = $4 AND partner_id = $5";
        let (now, partner) = (self.now.millis(), self.partner.number());
        sqlx::query(sql).bind(login).bind(last_name).bind(now).bind(user.number()).bind(partner).execute(self.connection()).await?;
        Ok(())
    }
}

/// Parses the column `status`.
pub(super) fn status(row: &AnyRow) -> Result<UserStatus> {
    let key: &str = row.try_get("status")?;
    UserStatus::from_key(key).ok_or_else(|| Fault::Failed(format!("unknown state {key}")))
}
