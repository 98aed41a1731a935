//! Accounts: what sign-in reads of a user.

pub(super) mod link;

use domain::{Caller, ClientId, Grant, ImageId, Origin, PartnerId, SignInStep, UserId, UserSummary};
use sqlx::{Row, any::AnyRow};

use crate::{
    Result,
    access::store::{grant, grant_columns, roles_of_user},
    kernel::{Store, Tx, fold::login_key, row::client},
    people::user::Details,
};

/// A user and the settings of their organization.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) user: UserSummary,
    pub(crate) picture: Option<ImageId>,
    pub(crate) partner: PartnerId,
    pub(crate) client: Option<ClientId>,
    /// The name of the client, or else of the partner.
    pub(crate) organization: String,
    /// Whether both the user and their client are active.
    pub(crate) active: bool,
    /// Whether the password must be changed first.
    pub(crate) must_change_password: bool,
    /// Whether the partner restricts any permission at any client.
    pub(crate) restricts: bool,
    /// The IP restriction that applies; empty for none.
    pub(crate) restriction: String,
    /// Whether the user has a second factor.
    pub(crate) second_factor: bool,
    /// Whether the partner or the user's client requires one.
    pub(crate) second_factor_required: bool,
    /// Whether the partner lets users trust a browser.
    pub(crate) trust_browsers: bool,
}

/// The columns that [`Account::of`] reads, of users `u`, partners `p` and optional clients `c`.
macro_rules! account_columns {
    () => {
        "u.id AS user_id, u.login, u.first_name, u.last_name, u.email, u.details AS user_details, u.partner_id, u.client_id,
        COALESCE(c.name, p.name) AS organization, u.change_password, p.restricts, CASE WHEN u.status = 'active' AND (u.client_id = 0 OR c.status = 'active') THEN 'yes' ELSE 'no' END AS active,
        CASE WHEN u.client_id <> 0 THEN COALESCE(c.restriction, '') WHEN p.restrict_ips = 1 THEN p.allowed_ips ELSE '' END AS restriction,
        CASE WHEN EXISTS (SELECT 1 FROM authenticators own_app WHERE own_app.user_id = u.id)
            OR EXISTS (SELECT 1 FROM passkeys own_passkey WHERE own_passkey.user_id = u.id) THEN 'yes' ELSE 'no' END AS second_factor,
        CASE WHEN p.require_second_factor = 1 OR COALESCE(c.require_second_factor, 0) = 1 THEN 'yes' ELSE 'no' END AS second_factor_required,
        p.trust_browsers"
    };
}
pub(crate) use account_columns;

impl Account {
    pub(crate) fn of(row: &AnyRow) -> Result<Self> {
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
            second_factor: row.try_get::<&str, _>("second_factor")? == "yes",
            second_factor_required: row.try_get::<&str, _>("second_factor_required")? == "yes",
            trust_browsers: row.try_get::<i64, _>("trust_browsers")? == 1,
        })
    }

    /// What a sign-in with the password alone lacks.
    pub(crate) const fn lacks(&self) -> Option<SignInStep> {
        match (self.second_factor, self.second_factor_required) {
            (true, _) => Some(SignInStep::Prove),
            (false, true) => Some(SignInStep::SetUp),
            (false, false) => None,
        }
    }

    /// The account as a caller with these grants.
    pub(crate) fn caller(self, grants: Vec<Grant>, origin: &Origin) -> Caller {
        let Self { user, picture, partner, client, organization, must_change_password, restricts, second_factor, .. } = self;
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
            second_factor,
            origin,
            within: None,
            session: None,
            token: None,
        }
    }
}

impl Store {
    /// An exception, because there is no caller before sign-in: an account with its password hash.
    pub(in crate::people) async fn account_by_login(&self, login: &str) -> Result<Option<(Account, String)>> {
        let sql = concat!(
            "SELECT u.password_hash, ",
            account_columns!(),
            " FROM users u JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id \
            WHERE u.login_key = $1 AND u.kind = 'person' AND u.password_hash <> ''"
        );
        let row = sqlx::query(sql).bind(login_key(login)).fetch_optional(&mut self.read().await?).await?;
        row.map(|row| Ok((Account::of(&row)?, row.try_get("password_hash")?))).transpose()
    }

    /// An exception, because it is no action of the user: replaces the hash of the same password. Does nothing if the password was changed meanwhile.
    pub(super) async fn user_password_renew(&self, user: UserId, before: &str, hash: &str) -> Result<bool> {
        let sql = "UPDATE users SET password_hash = $1 WHERE id = $2 AND password_hash = $3";
        Ok(self.execute_alone(sqlx::query(sql).bind(hash).bind(user.number()).bind(before)).await? == 1)
    }
}

impl Tx {
    /// A user's account with its current roles.
    pub(in crate::people) async fn account_with_grants(&mut self, user: UserId) -> Result<Option<(Account, Vec<Grant>)>> {
        let sql = concat!(
            "SELECT ",
            account_columns!(),
            ", ",
            grant_columns!(),
            " FROM users u JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id",
            roles_of_user!("SELECT own.id FROM users own WHERE own.id = $1"),
            " WHERE u.id = $1 AND u.partner_id = $2 ORDER BY r.id"
        );
        let rows = sqlx::query(sql).bind(user.number()).bind(self.partner.number()).fetch_all(self.connection()).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let grants = rows.iter().filter_map(|row| grant(row).transpose()).collect::<Result<_>>()?;
        Ok(Some((Account::of(first)?, grants)))
    }

    /// The user's account, if the stored hash is still this one. Needed because passwords are verified before the transaction that uses them.
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
}
