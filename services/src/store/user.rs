//! Users, and what decides whether one may come in.

use domain::{Caller, ClientId, Grant, ImageFormat, ImageId, Origin, PartnerId, User, UserId, UserPicture, UserProfile, UserStatus, UserSummary};
use serde::{Deserialize, Serialize};
use sqlx::{Row, any::AnyRow};

use super::{Store, Tx};
use crate::{
    Fault, Result,
    email::readable,
    fold::{fold, login_key},
};

/// A user with what its organisation says about it.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) user: UserSummary,
    pub(crate) picture: Option<ImageId>,
    pub(crate) partner: PartnerId,
    pub(crate) client: Option<ClientId>,
    /// The name of the client or else of the partner.
    pub(crate) organization: String,
    /// Whether the user and its client are.
    pub(crate) active: bool,
    /// Whether it must choose another password before anything else.
    pub(crate) must_change_password: bool,
    /// Whether the partner restricts any permission at any client.
    pub(crate) restricts: bool,
    /// The IP restriction in force for it; empty for none.
    pub(crate) restriction: String,
}

/// The columns of [`Account::of`], of users `u`, their partners `p` and perhaps their clients `c`.
macro_rules! account_columns {
    () => {
        "u.id AS user_id, u.login, u.first_name, u.last_name, u.email, u.details AS user_details, u.partner_id, u.client_id,
        COALESCE(c.name, p.name) AS organization, u.change_password, p.restricts, CASE WHEN u.status = 'active' AND (u.client_id = 0 OR c.status = 'active') THEN 'yes' ELSE 'no' END AS active,
        CASE WHEN u.client_id <> 0 THEN COALESCE(c.restriction, '') WHEN p.restrict_ips = 1 THEN p.allowed_ips ELSE '' END AS restriction"
    };
}
pub(super) use account_columns;

impl Account {
    pub(super) fn of(row: &AnyRow) -> Result<Self> {
        let user = UserSummary {
            id: UserId::new(row.try_get("user_id")?),
            login: row.try_get("login")?,
            first_name: row.try_get("first_name")?,
            last_name: row.try_get("last_name")?,
            email: row.try_get("email")?,
        };
        let details: Details = serde_json::from_str(row.try_get("user_details")?)?;
        Ok(Self {
            user,
            picture: details.picture().map(|picture| picture.id),
            partner: PartnerId::new(row.try_get("partner_id")?),
            client: client(row)?,
            must_change_password: row.try_get::<i64, _>("change_password")? == 1,
            restricts: row.try_get::<i64, _>("restricts")? == 1,
            organization: row.try_get("organization")?,
            active: row.try_get::<&str, _>("active")? == "yes",
            restriction: row.try_get("restriction")?,
        })
    }

    /// The caller that it is, from somewhere and with what its roles grant.
    pub(crate) fn caller(self, grants: Vec<Grant>, origin: &Origin) -> Caller {
        let Self { user, picture, partner, client, organization, must_change_password, restricts, .. } = self;
        let origin = origin.clone();
        Caller {
            user,
            picture,
            partner,
            client,
            organization,
            grants,
            restricts,
            must_change_password,
            origin,
            within: None,
            session: None,
            token: None,
        }
    }
}

/// The client in a row's column `client_id`, which is 0 for what is the partner's own.
pub(super) fn client(row: &AnyRow) -> Result<Option<ClientId>> {
    let number: i64 = row.try_get("client_id")?;
    Ok((number != 0).then(|| ClientId::new(number)))
}

/// A user to be written for the first time.
pub(crate) struct NewUserRow<'a> {
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

/// What is kept of a user as a document, besides its columns.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Details {
    #[serde(flatten)]
    pub(super) profile: UserProfile,
    /// Why it was deactivated or terminated.
    pub(super) reason: String,
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

    /// As it is kept: without what has a column, and without what any new document says. A short one is read faster.
    fn to_document(&self) -> Result<String> {
        let fields = |details| serde_json::to_value(details).map(|value| value.as_object().cloned().unwrap_or_default());
        let (blank, mut fields) = (fields(&Self::default())?, fields(self)?);
        fields.retain(|field, value| !COLUMNS.contains(&field.as_str()) && blank.get(field) != Some(value));
        Ok(serde_json::to_string(&fields)?)
    }

    pub(super) fn picture(&self) -> Option<UserPicture> {
        Some(UserPicture { id: self.picture.parse().ok()?, format: ImageFormat::from_key(&self.picture_format)? })
    }
}

/// The search key of an e-mail address, with its domain in Unicode.
pub(super) fn email_key(email: &str) -> String {
    fold(&readable(email))
}

/// The search and sort keys of a user.
pub(super) struct UserKeys {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) name: String,
    pub(super) search: String,
}

impl UserKeys {
    pub(super) fn of(login: &str, first_name: &str, last_name: &str, email: &str) -> Self {
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

impl Store {
    /// An account and its password's hash. An exception: who proves a password is nobody yet.
    pub(crate) async fn account_by_login(&self, login: &str) -> Result<Option<(Account, String)>> {
        let sql = concat!(
            "SELECT u.password_hash, ",
            account_columns!(),
            " FROM users u JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id \
            WHERE u.login_key = $1 AND u.kind = 'person' AND u.password_hash <> ''"
        );
        let row = sqlx::query(sql).bind(login_key(login)).fetch_optional(&mut self.read().await?).await?;
        row.map(|row| Ok((Account::of(&row)?, row.try_get("password_hash")?))).transpose()
    }

    /// An exception: rehashing the same password is no action of its user. Does nothing if the password was changed meanwhile.
    pub(crate) async fn user_password_renew(&self, user: UserId, before: &str, hash: &str) -> Result<bool> {
        let sql = "UPDATE users SET password_hash = $1 WHERE id = $2 AND password_hash = $3";
        Ok(self.execute_alone(sqlx::query(sql).bind(hash).bind(user.number()).bind(before)).await? == 1)
    }

    /// An exception: the set-up link is for nobody's installation.
    pub(crate) async fn has_users(&self) -> Result<bool> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT id FROM users WHERE kind = 'person' LIMIT 1").fetch_optional(&mut self.read().await?).await?;
        Ok(found.is_some())
    }
}

impl Tx {
    /// The user's account, if the stored hash is still this one: the password was proved outside the transaction.
    pub(crate) async fn account_of_password(&mut self, user: UserId, password_hash: &str) -> Result<Option<Account>> {
        let sql = concat!(
            "SELECT ",
            account_columns!(),
            " FROM users u JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id \
            WHERE u.id = $1 AND u.partner_id = $2 AND u.kind = 'person' AND u.password_hash = $3"
        );
        let partner = self.partner.number();
        let row = sqlx::query(sql).bind(user.number()).bind(partner).bind(password_hash).fetch_optional(self.connection()).await?;
        row.as_ref().map(Account::of).transpose()
    }

    /// A new number for a user: never one that was used before.
    pub(crate) async fn user_id_next(&mut self) -> Result<UserId> {
        Ok(UserId::new(self.next_number("user").await?))
    }

    /// Writes a new, active user.
    pub(crate) async fn user_insert(&mut self, user: NewUserRow<'_>) -> Result<()> {
        let sql = "INSERT INTO users (id, kind, partner_id, client_id, login, login_key, first_name, last_name, email, first_key, last_key, name_key, \
                   email_key, search_key, password_hash, change_password, all_user_groups, status, details, created, created_by, updated, updated_by, \
                   version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'active', $18, $19, $20, $19, $20, 1)";
        let profile = user.profile;
        let keys = UserKeys::of_profile(profile);
        // A key never signs in, and no login that somebody types has a space in it: what it is called is no matter.
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
        Ok(())
    }

    /// Writes everything about a user that is still in the state that was read, but its password; false if it is not. The login of a
    /// terminated user is free for others.
    pub(crate) async fn user_update(&mut self, user: &User) -> Result<bool> {
        let sql = "UPDATE users SET login = $1, login_key = $2, first_name = $3, last_name = $4, email = $5, first_key = $6, last_key = $7, \
                   name_key = $8, email_key = $9, search_key = $10, change_password = $11, all_user_groups = $12, status = $13, details = $14, \
                   updated = $15, updated_by = $16, version = version + 1 WHERE id = $17 AND partner_id = $18 AND version = $19";
        let profile = &user.row.profile;
        let keys = UserKeys::of_profile(profile);
        // No login that somebody types has a space in it.
        let terminated = format!("terminated {}", user.row.id);
        let login_key = if user.row.status == UserStatus::Terminated { terminated } else { login_key(&profile.login) };
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
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
        Ok(done.rows_affected() == 1)
    }

    /// Gives a user another password, or none by an empty hash. Whether it must change that is `change`. Links to choose a password end with the one before.
    pub(crate) async fn user_password_set(&mut self, user: UserId, password_hash: &str, change: bool) -> Result<()> {
        let sql = "UPDATE users SET password_hash = $1, change_password = $2, updated = $3, version = version + 1 WHERE id = $4 AND partner_id = $5";
        let (now, partner) = (self.now.millis(), self.partner.number());
        let query = sqlx::query(sql).bind(password_hash).bind(i64::from(change)).bind(now).bind(user.number()).bind(partner);
        query.execute(self.connection()).await?;
        self.invitation_delete(user).await
    }

    /// Shows a user under another login, without any other way to sign in: for the users of API keys.
    pub(crate) async fn user_show_as(&mut self, user: UserId, login: &str, last_name: &str) -> Result<()> {
        let sql = "UPDATE users SET login = $1, last_name = $2, updated = $3, version = version + 1 WHERE id = $4 AND partner_id = $5";
        let (now, partner) = (self.now.millis(), self.partner.number());
        sqlx::query(sql).bind(login).bind(last_name).bind(now).bind(user.number()).bind(partner).execute(self.connection()).await?;
        Ok(())
    }

    /// Whether users of this client can be made.
    pub(crate) async fn client_takes_users(&mut self, client: ClientId) -> Result<bool> {
        let sql = "SELECT id FROM clients WHERE id = $1 AND partner_id = $2 AND status <> 'terminated'";
        let found: Option<i64> = sqlx::query_scalar(sql).bind(client.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        Ok(found.is_some())
    }
}

/// A user's state in a row.
pub(super) fn status(row: &AnyRow) -> Result<UserStatus> {
    let key: &str = row.try_get("status")?;
    UserStatus::from_key(key).ok_or_else(|| Fault::Failed(format!("unknown state {key}")))
}
