//! Login history.

use std::collections::BTreeMap;

use domain::{
    ClientId, LoginFilter, LoginKind, LoginRecord, LoginSort, LoginStatus, Origin, Permission, Slice, Sliced, Timestamp, UserId, UserSummary,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Fault, Result,
    kernel::{
        Binds, Tx, fold,
        list::{Listing, Sort, like_anywhere},
        row::client,
    },
    people::account::Account,
};

/// The columns that [`record`] reads.
const RECORD: &str = "t.user_id, u.login, u.first_name, u.last_name, u.email, t.client_id, COALESCE(c.name, p.name) AS organization, t.ip, \
    t.session, t.status, t.kind, t.logged_in, t.logged_out";

/// The joins that [`RECORD`] needs.
const JOINS: &str = "JOIN users u ON u.id = t.user_id JOIN partners p ON p.id = t.partner_id LEFT JOIN clients c ON c.id = t.client_id";

fn record(row: &AnyRow) -> Result<LoginRecord> {
    let (status, kind): (&str, &str) = (row.try_get("status")?, row.try_get("kind")?);
    let unknown = || Fault::Failed(format!("unknown login {status} {kind}"));
    Ok(LoginRecord {
        id: row.try_get("id")?,
        user: UserSummary {
            id: UserId::new(row.try_get("user_id")?),
            login: row.try_get("login")?,
            first_name: row.try_get("first_name")?,
            last_name: row.try_get("last_name")?,
            email: row.try_get("email")?,
        },
        client: client(row)?,
        organization: row.try_get("organization")?,
        ip: row.try_get("ip")?,
        session: row.try_get("session")?,
        status: LoginStatus::from_key(status).ok_or_else(unknown)?,
        kind: LoginKind::from_key(kind).ok_or_else(unknown)?,
        logged_in: Timestamp::from_millis(row.try_get("logged_in")?),
        logged_out: row.try_get::<Option<i64>, _>("logged_out")?.map(Timestamp::from_millis),
    })
}

impl Tx {
    /// Inserts an attempt to sign in, and returns its number. `session` is empty for a failed one.
    pub(super) async fn login_record_insert(
        &mut self,
        account: &Account,
        origin: &Origin,
        (kind, status): (LoginKind, LoginStatus),
        session: &str,
    ) -> Result<i64> {
        let id = self.next_number("login_record").await?;
        let sql = "INSERT INTO login_records (id, partner_id, client_id, user_id, session, ip, status, kind, logged_in) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        sqlx::query(sql)
            .bind(id)
            .bind(account.partner.number())
            .bind(account.client.map_or(0, ClientId::number))
            .bind(account.user.id.number())
            .bind(session)
            .bind(origin.address())
            .bind(status.key())
            .bind(kind.key())
            .bind(self.now.millis())
            .execute(self.connection())
            .await?;
        Ok(id)
    }

    /// When users last signed in, as far as the caller sees the login history. The list of users shows it.
    pub(crate) async fn last_sign_ins(&mut self, users: &[UserId]) -> Result<BTreeMap<UserId, Timestamp>> {
        if users.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut binds = Binds::default();
        let users: Vec<_> = users.iter().map(|user| binds.number(user.number())).collect();
        let (users, success) = (users.join(", "), LoginStatus::Success.key());
        let seen = self.seen_owner(Permission::AuditView, "u.client_id");
        let sql = format!(
            "SELECT u.id, (SELECT t.logged_in FROM login_records t WHERE t.user_id = u.id AND t.status = '{success}' \
             ORDER BY t.logged_in DESC, t.id DESC LIMIT 1) AS logged_in FROM users u WHERE u.id IN ({users}){seen}"
        );
        let mut last = BTreeMap::new();
        for row in &binds.fetch(self, sql).await? {
            if let Some(at) = row.try_get::<Option<i64>, _>("logged_in")? {
                last.insert(UserId::new(row.try_get("id")?), Timestamp::from_millis(at));
            }
        }
        Ok(last)
    }

    /// A user's last attempts, the newest first. The use case checks whether the caller can see them.
    pub(super) async fn login_records_of(&mut self, user: UserId, limit: u32) -> Result<Vec<LoginRecord>> {
        let mut binds = Binds::default();
        let (user, partner) = (binds.number(user.number()), binds.number(self.partner.number()));
        let sql = format!(
            "SELECT t.id, {RECORD} FROM login_records t {JOINS} WHERE t.user_id = {user} AND t.partner_id = {partner} ORDER BY t.logged_in DESC, t.id DESC LIMIT {limit}"
        );
        binds.fetch(self, sql).await?.iter().map(record).collect()
    }

    /// A part of the attempts that the caller sees and the filter lets through, by time, and the full count.
    pub(super) async fn login_record_search(&mut self, filter: &LoginFilter, slice: Slice<LoginSort>) -> Result<Sliced<LoginRecord>> {
        let mut binds = Binds::default();
        let mut condition = format!("t.partner_id = {}", binds.number(self.partner.number()));
        for permission in [Permission::UserView, Permission::AuditView] {
            condition += &self.seen_owner(permission, "t.client_id");
        }
        if let Some(id) = filter.id {
            condition += &format!(" AND t.id = {}", binds.number(id));
        }
        if let Some(login) = &filter.login {
            let pattern = binds.text(like_anywhere(&fold::login_key(login)));
            condition += &format!(" AND t.user_id IN (SELECT u.id FROM users u WHERE u.login_key LIKE {pattern} ESCAPE '\\')");
        }
        let times = [
            ("t.logged_in >=", filter.logged_in_from),
            ("t.logged_in <=", filter.logged_in_to),
            ("t.logged_out >=", filter.logged_out_from),
            ("t.logged_out <=", filter.logged_out_to),
        ];
        for (comparison, time) in times.into_iter().filter_map(|(comparison, time)| time.map(|time| (comparison, time))) {
            condition += &format!(" AND {comparison} {}", binds.number(time.millis()));
        }
        let listing = Listing::of(RECORD, "login_records", JOINS, condition, binds);
        let sort = match slice.sort {
            LoginSort::LoggedIn => Sort::number("logged_in"),
            LoginSort::Number => Sort::ID,
        };
        listing.slice_by(self, sort, slice, record).await
    }
}
