//! Reading users: lists, searches, and one with everything.

use domain::{
    Caller, ClientId, ListPage, OwnerFilter, Permission, Slice, Sliced, Timestamp, Total, User, UserFilter, UserGroupId, UserGroupSummary, UserId,
    UserQuery, UserRole, UserRow, UserStatus, UserSummary, UserUsage,
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use super::{Details, email_key, status};
use crate::{
    Fault, Result,
    kernel::{
        Binds, Tx,
        engine::TextIndex,
        fold::{fold, login_key},
        list::{Listing, Texts},
        row::client,
        row_count::Counted,
    },
};

/// The columns of [`user_row`].
pub(in crate::people::user) const USER: &str = "t.client_id, COALESCE(c.name, p.name) AS organization, t.login, t.first_name, t.last_name, t.email, t.status, \
    t.change_password, t.all_user_groups, t.details, CASE WHEN t.password_hash = '' THEN 'yes' ELSE 'no' END AS invited, t.created, t.updated";

/// What [`USER`] needs besides `users t`.
pub(in crate::people::user) const JOINS: &str = "LEFT JOIN partners p ON p.id = t.partner_id LEFT JOIN clients c ON c.id = t.client_id";

/// The columns of [`author`], of the tables [`AUTHOR_TABLES`].
pub(crate) const AUTHORS: &str = "a.id AS a_id, a.login AS a_login, a.first_name AS a_first, a.last_name AS a_last, a.email AS a_email, \
    b.id AS b_id, b.login AS b_login, b.first_name AS b_first, b.last_name AS b_last, b.email AS b_email, \
    a.client_id AS a_client, b.client_id AS b_client";

/// Who created and who last changed what a row of `t` is.
pub(crate) const AUTHOR_TABLES: &str = "LEFT JOIN users a ON a.id = t.created_by LEFT JOIN users b ON b.id = t.updated_by";

/// The author of a row, by column prefix: `a` created it, `b` changed it. A client's users see only authors of their client.
pub(crate) fn author(row: &AnyRow, who: char, reader: Option<&Caller>) -> Result<Option<UserSummary>> {
    let text = |column: &str| row.try_get::<Option<String>, _>(format!("{who}_{column}").as_str()).map(Option::unwrap_or_default);
    let organization: Option<i64> = row.try_get(format!("{who}_client").as_str())?;
    if let Some(own) = reader.and_then(|reader| reader.client)
        && organization != Some(own.number())
    {
        return Ok(None);
    }
    let Some(id) = row.try_get(format!("{who}_id").as_str())? else { return Ok(None) };
    Ok(Some(UserSummary { id: UserId::new(id), login: text("login")?, first_name: text("first")?, last_name: text("last")?, email: text("email")? }))
}

/// A user in a list. The columns are right where an older document says something else.
pub(crate) fn user_row(row: &AnyRow) -> Result<UserRow> {
    user_details(row).map(|(row, _)| row)
}

fn user_details(row: &AnyRow) -> Result<(UserRow, Details)> {
    let mut details: Details = serde_json::from_str(row.try_get("details")?)?;
    let is_set = |column| row.try_get::<i64, _>(column).map(|flag| flag == 1);
    let profile = &mut details.profile;
    profile.login = row.try_get("login")?;
    profile.first_name = row.try_get("first_name")?;
    profile.last_name = row.try_get("last_name")?;
    profile.email = row.try_get("email")?;
    profile.change_password = is_set("change_password")?;
    profile.all_user_groups = is_set("all_user_groups")?;
    let user = UserRow {
        id: UserId::new(row.try_get("id")?),
        client: client(row)?,
        organization: row.try_get("organization")?,
        profile: profile.clone(),
        status: status(row)?,
        invited: row.try_get::<&str, _>("invited")? == "yes",
        created: Timestamp::from_millis(row.try_get("created")?),
        updated: Timestamp::from_millis(row.try_get("updated")?),
    };
    Ok((user, details))
}

impl Tx {
    /// A page of the persons that the caller sees.
    pub(in crate::people::user) async fn user_list(&mut self, query: &UserQuery) -> Result<ListPage<UserRow>> {
        self.users_listed(query).await?.page(self, query, user_row).await
    }

    /// A part of the persons that the caller sees and a filter leaves.
    pub(in crate::people::user) async fn user_search(&mut self, filter: &UserFilter, slice: Slice) -> Result<Sliced<UserRow>> {
        self.users_found(filter).await?.slice(self, slice, user_row).await
    }

    /// How many persons the caller sees under a filter, for the home page and a client's.
    pub(crate) async fn user_total(&mut self, filter: &UserFilter) -> Result<Total> {
        self.users_found(filter).await?.total(self).await
    }

    /// The persons of a view. A search finds their own texts and, unless only one client's are listed, their client's name.
    async fn users_listed(&mut self, query: &UserQuery) -> Result<Listing<'static>> {
        if query.search.is_empty() {
            return self.users_found(&query.filter).await;
        }
        let listing = self.users_fitting(&query.filter);
        if query.filter.client.or(self.only_client).is_some() {
            return Ok(search_users(listing, &query.search));
        }
        let (text, login, email) = searched(&query.search);
        let owned = format!(" AND owned.partner_id = {} AND owned.kind = 'person'", self.partner.number());
        let texts = Texts { index: TextIndex::Users, column: "search_key", owned };
        Ok(listing.search_with_client(self, "t.search_key", &exact(&text, &login, &email), &text, Some(&texts)))
    }

    /// The persons that the caller sees and a filter leaves, with their stored count if those are all.
    async fn users_found(&mut self, filter: &UserFilter) -> Result<Listing<'static>> {
        let listing = self.users_fitting(filter);
        if *filter == UserFilter::default() && self.seen_owner(Permission::UserView, "t.client_id").is_empty() {
            return Ok(listing.counted(self.row_count([Counted::Users]).await?));
        }
        Ok(listing)
    }

    /// The persons that the caller sees and a filter leaves.
    fn users_fitting(&self, filter: &UserFilter) -> Listing<'static> {
        let mut listing = self.users(filter.status);
        let Listing { condition, binds, .. } = &mut listing;
        *condition += of_owner(filter.owner);
        if let Some(client) = filter.client {
            *condition += &format!(" AND t.client_id = {}", client.number());
        }
        if let Some(id) = filter.id {
            *condition += &format!(" AND t.id = {}", binds.number(id.number()));
        }
        if filter.invited {
            // As the index of those who were invited says it.
            *condition += " AND t.password_hash = '' AND t.status = 'active'";
        }
        let texts = [
            ("t.login_key", filter.login.as_deref().map(login_key)),
            ("t.first_key", filter.first_name.as_deref().map(fold)),
            ("t.last_key", filter.last_name.as_deref().map(fold)),
            ("t.email_key", filter.email.as_deref().map(email_key)),
        ];
        let times = [
            ("t.created >=", filter.created_from),
            ("t.created <=", filter.created_to),
            ("t.updated >=", filter.updated_from),
            ("t.updated <=", filter.updated_to),
        ];
        for (comparison, time) in times.into_iter().filter_map(|(comparison, time)| time.map(|time| (comparison, time))) {
            *condition += &format!(" AND {comparison} {}", binds.number(time.millis()));
        }
        for (column, text) in texts.iter().filter_map(|(column, text)| text.as_deref().map(|text| (*column, text))) {
            listing = listing.search_folded(column, &[(column, text)], text);
        }
        let texts: Vec<_> = texts.iter().filter_map(|(_, text)| text.as_deref()).collect();
        // A client's are few: they are walked.
        if filter.client.or(self.only_client).is_some() { listing } else { listing.with_texts(self, TextIndex::Users, &texts) }
    }

    /// The active persons of a client, or of the partner itself, who have one of some e-mail addresses. For reports.
    pub(crate) async fn users_by_email(&mut self, client: Option<ClientId>, addresses: &[String]) -> Result<Vec<UserSummary>> {
        if addresses.is_empty() {
            return Ok(Vec::new());
        }
        let mut binds = Binds::default();
        let (partner, client) = (binds.number(self.partner.number()), binds.number(client.map_or(0, ClientId::number)));
        let keys: Vec<_> = addresses.iter().map(|address| binds.text(email_key(address))).collect();
        let sql = format!(
            "SELECT u.id, u.login, u.first_name, u.last_name, u.email FROM users u WHERE u.partner_id = {partner} AND u.client_id = {client} \
             AND u.kind = 'person' AND u.status = 'active' AND u.email_key IN ({}) ORDER BY u.id",
            keys.join(", ")
        );
        let user = |row: &AnyRow| {
            Ok(UserSummary {
                id: UserId::new(row.try_get("id")?),
                login: row.try_get("login")?,
                first_name: row.try_get("first_name")?,
                last_name: row.try_get("last_name")?,
                email: row.try_get("email")?,
            })
        };
        binds.fetch(self, sql).await?.iter().map(user).collect()
    }

    /// Every person that the caller sees, without the terminated ones, and whether they must choose another password.
    pub(in crate::people::user) async fn user_minimal(&mut self) -> Result<Vec<(UserSummary, bool)>> {
        let user = |row: &AnyRow| {
            let user = UserSummary {
                id: UserId::new(row.try_get("id")?),
                login: row.try_get("login")?,
                first_name: row.try_get("first_name")?,
                last_name: row.try_get("last_name")?,
                email: row.try_get("email")?,
            };
            Ok((user, row.try_get::<i64, _>("change_password")? == 1))
        };
        self.users(None).by("t.login, t.first_name, t.last_name, t.email, t.change_password", "").all(self, user).await
    }

    /// The persons that the caller sees, in a state or else not terminated.
    fn users(&self, status: Option<UserStatus>) -> Listing<'static> {
        let mut binds = Binds::default();
        let mut condition = format!("t.partner_id = {} AND t.kind = 'person'", binds.number(self.partner.number()));
        condition += &match status {
            Some(status) => format!(" AND t.status = '{}'", status.key()),
            None => format!(" AND t.status <> '{}'", UserStatus::Terminated.key()),
        };
        condition += &self.seen_owner(Permission::UserView, "t.client_id");
        Listing::of(USER, "users", JOINS, condition, binds)
    }

    /// The users in a group, as far as the caller sees them. A group lists its users.
    pub(crate) fn users_of_group(&self, group: i64) -> Listing<'static> {
        let mut listing = self.users(None);
        let group = listing.binds.number(group);
        listing.condition += &format!(" AND t.id IN (SELECT gu.user_id FROM user_group_users gu WHERE gu.user_group_id = {group})");
        listing
    }

    /// A person with everything, if the caller sees it. Users can see themselves. The login history uses it too.
    pub(crate) async fn user_get(&mut self, id: UserId) -> Result<Option<User>> {
        let own = self.caller.as_ref().is_some_and(|caller| caller.user.id == id);
        let seen = if own { String::new() } else { self.seen_owner(Permission::UserView, "t.client_id") };
        let mut binds = Binds::default();
        let (id, partner) = (binds.number(id.number()), binds.number(self.partner.number()));
        let sql = format!(
            "SELECT t.id, t.version, {USER}, {AUTHORS} FROM users t {JOINS} {AUTHOR_TABLES} \
             WHERE t.id = {id} AND t.partner_id = {partner} AND t.kind = 'person'{seen}"
        );
        let rows = binds.fetch(self, sql).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let (user, details) = user_details(row)?;
        Ok(Some(User {
            roles: self.user_roles(user.id).await?,
            user_groups: self.user_groups(user.id).await?,
            row: user,
            picture: details.picture(),
            reason: details.reason,
            created_by: author(row, 'a', self.caller.as_deref())?,
            updated_by: author(row, 'b', self.caller.as_deref())?,
            version: row.try_get("version")?,
        }))
    }

    /// A user's roles, by name: its own and those by its groups. An API key shows its user's roles.
    pub(crate) async fn user_roles(&mut self, id: UserId) -> Result<Vec<UserRole>> {
        let sql = "SELECT r.id, r.unique_id, r.name, MIN(g.by_group) AS by_group FROM \
                   (SELECT role_id, 0 AS by_group FROM role_users WHERE user_id = $1 UNION ALL \
                    SELECT rg.role_id, 1 FROM user_group_users gu JOIN role_user_groups rg ON rg.user_group_id = gu.user_group_id \
                    WHERE gu.user_id = $1) g \
                   JOIN roles r ON r.id = g.role_id GROUP BY r.id, r.unique_id, r.name, r.name_key ORDER BY r.name_key, r.id";
        let rows = sqlx::query(sql).bind(id.number()).fetch_all(self.connection()).await?;
        let role = |row: &AnyRow| {
            Ok(UserRole {
                id: row.try_get::<&str, _>("unique_id")?.parse().map_err(|_| Fault::Failed("a role's id is wrong".to_owned()))?,
                number: row.try_get("id")?,
                name: row.try_get("name")?,
                by_group: row.try_get::<i64, _>("by_group")? == 1,
            })
        };
        rows.iter().map(role).collect()
    }

    /// A user's groups, by name.
    pub(in crate::people::user) async fn user_groups(&mut self, id: UserId) -> Result<Vec<UserGroupSummary>> {
        let sql = "SELECT g.id, g.unique_id, g.name, g.description FROM user_group_users gu JOIN user_groups g ON g.id = gu.user_group_id \
                   WHERE gu.user_id = $1 ORDER BY g.name_key, g.id";
        let rows = sqlx::query(sql).bind(id.number()).fetch_all(self.connection()).await?;
        rows.iter().map(user_group_summary).collect()
    }

    /// Where a user is used. Only visible API keys are counted; roles and groups are visible with the user.
    pub(in crate::people::user) async fn user_usage(&mut self, id: UserId) -> Result<UserUsage> {
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM role_users ru WHERE ru.user_id = $1) AS roles, \
             (SELECT COUNT(*) FROM user_group_users gu WHERE gu.user_id = $1) AS user_groups, \
             (SELECT COUNT(*) FROM sessions s WHERE s.user_id = $1) AS sessions, \
             (SELECT COUNT(*) FROM api_keys k WHERE k.created_by = $1 AND k.revoked = 0 AND {}) AS api_keys",
            self.seen_key("k")
        );
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id.number()).fetch_one(self.connection()).await?;
        let count = |column| row.try_get::<i64, _>(column).map(i64::unsigned_abs);
        Ok(UserUsage { roles: count("roles")?, user_groups: count("user_groups")?, sessions: count("sessions")?, api_keys: count("api_keys")? })
    }
}

/// `AND …` that a row belongs to the partner itself, or to a client.
pub(crate) const fn of_owner(owner: Option<OwnerFilter>) -> &'static str {
    match owner {
        Some(OwnerFilter::Partner) => " AND t.client_id = 0",
        Some(OwnerFilter::Client) => " AND t.client_id <> 0",
        None => "",
    }
}

/// Keeps the users that have a text anywhere in their names, login or e-mail address.
pub(crate) fn search_users<'a>(listing: Listing<'a>, typed: &str) -> Listing<'a> {
    let (text, login, email) = searched(typed);
    listing.search_folded("t.search_key", &exact(&text, &login, &email), &text)
}

/// What is searched for, folded as text, as a login and as an e-mail address.
fn searched(typed: &str) -> (String, String, String) {
    (fold(typed), login_key(typed), email_key(typed))
}

/// What an exact match is.
const fn exact<'a>(text: &'a str, login: &'a str, email: &'a str) -> [(&'static str, &'a str); 3] {
    [("t.name_key", text), ("t.login_key", login), ("t.email_key", email)]
}

/// A group in a row that has its columns.
pub(crate) fn user_group_summary(row: &AnyRow) -> Result<UserGroupSummary> {
    let id: UserGroupId = row.try_get::<&str, _>("unique_id")?.parse().map_err(|_| Fault::Failed("a user group's id is wrong".to_owned()))?;
    Ok(UserGroupSummary { id, number: row.try_get("id")?, name: row.try_get("name")?, description: row.try_get("description")? })
}
