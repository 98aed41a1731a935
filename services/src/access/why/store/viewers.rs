//! Reads who sees a client.

use std::collections::BTreeMap;

use domain::{AccessRule, AccessSource, ClientId, ClientViewer, ClientViewerQuery, Grant, ListPage, Permission, RoleList, UserId, UserSummary};
use sqlx::{Row, any::AnyRow};

use crate::{
    Result,
    access::store::{grant, grant_columns},
    kernel::{
        Binds, Tx,
        list::Listing,
        row::{client, id},
    },
    people::user::search_users,
};

/// The columns of a viewer, and the joins that they need.
const COLUMNS: &str = "t.client_id, COALESCE(c.name, p.name) AS organization, t.login, t.first_name, t.last_name, t.email";
const JOINS: &str = "LEFT JOIN partners p ON p.id = t.partner_id LEFT JOIN clients c ON c.id = t.client_id";

/// The condition that a role `r` shows a client to its users, who belong to the client in a column, or to the partner if that is 0.
fn shows(client: ClientId, owner: &str) -> String {
    let (client, view) = (client.number(), Permission::ClientView.key());
    format!(
        "EXISTS (SELECT 1 FROM role_permission_sets rp JOIN permission_set_permissions pp ON pp.permission_set_id = rp.permission_set_id \
         WHERE rp.role_id = r.id AND pp.permission = '{view}') \
         AND ({owner} <> 0 OR r.all_clients = 1 OR EXISTS (SELECT 1 FROM role_clients rc WHERE rc.role_id = r.id AND rc.client_id = {client}))"
    )
}

impl Tx {
    /// A page of the people who see a client, as far as the caller sees them: those who can sign in and have a role that shows it.
    pub(in crate::access::why) async fn client_viewers(&mut self, client: ClientId, query: &ClientViewerQuery) -> Result<ListPage<ClientViewer>> {
        let mut binds = Binds::default();
        let (partner, number) = (binds.number(self.partner.number()), client.number());
        let seen = self.seen_in(RoleList::Users, "t");
        // A person's roles stand in FROM: otherwise PostgreSQL looks at all roles for each person.
        let condition = format!(
            "t.partner_id = {partner}{seen} AND t.status = 'active' AND (t.client_id = 0 OR (t.client_id = {number} AND EXISTS \
             (SELECT 1 FROM clients own WHERE own.id = t.client_id AND own.status = 'active'))) \
             AND EXISTS (SELECT 1 FROM (SELECT ru.role_id FROM role_users ru WHERE ru.user_id = t.id \
             UNION ALL SELECT rg.role_id FROM user_group_users gu JOIN role_user_groups rg ON rg.user_group_id = gu.user_group_id \
             WHERE gu.user_id = t.id) held JOIN roles r ON r.id = held.role_id WHERE {})",
            shows(client, "t.client_id")
        );
        // Of the people at other clients, nobody sees this one.
        let partner = self.partner.number();
        let of = move |owner: i64| {
            format!("SELECT v.id AS hit FROM users v WHERE v.partner_id = {partner} AND v.client_id = {owner} AND v.kind = 'person'")
        };
        let listing = Listing::of(COLUMNS, "users", JOINS, condition, binds).among_any(vec![of(0), of(number)]);
        let viewer = |row: &AnyRow| {
            let (first_name, last_name) = (row.try_get("first_name")?, row.try_get("last_name")?);
            let id = UserId::new(row.try_get("id")?);
            let user = UserSummary { id, login: row.try_get("login")?, first_name, last_name, email: row.try_get("email")? };
            Ok(ClientViewer { user, client: self::client(row)?, organization: row.try_get("organization")?, sources: Vec::new() })
        };
        let mut page = search_users(listing, &query.search).page(self, query, viewer).await?;
        let mut sources = self.viewer_sources(client, &page.rows).await?;
        for row in &mut page.rows {
            row.sources = sources.remove(&row.user.id).unwrap_or_default();
        }
        Ok(page)
    }

    /// The roles by which some people see a client, as far as the caller sees those roles. A group that the caller doesn't see isn't named.
    async fn viewer_sources(&mut self, client: ClientId, viewers: &[ClientViewer]) -> Result<BTreeMap<UserId, Vec<AccessSource>>> {
        let mut binds = Binds::default();
        let users: Vec<_> = viewers.iter().map(|viewer| binds.number(viewer.user.id.number())).collect();
        let mut sources: BTreeMap<UserId, Vec<AccessSource>> = BTreeMap::new();
        if users.is_empty() {
            return Ok(sources);
        }
        let (users, seen_group) = (users.join(", "), self.seen_owner(Permission::UserGroupView, "g.client_id"));
        let sql = format!(
            "SELECT {columns}, r.unique_id, held.user_id, held.user_group, u.client_id FROM \
             (SELECT ru.user_id, ru.role_id, NULL AS user_group FROM role_users ru WHERE ru.user_id IN ({users}) \
              UNION ALL SELECT gu.user_id, rg.role_id, CASE WHEN 1 = 1{seen_group} THEN g.name ELSE '' END FROM user_group_users gu \
              JOIN role_user_groups rg ON rg.user_group_id = gu.user_group_id JOIN user_groups g ON g.id = gu.user_group_id \
              WHERE gu.user_id IN ({users})) held JOIN users u ON u.id = held.user_id JOIN roles r ON r.id = held.role_id \
             WHERE {shows}{seen} ORDER BY r.name_key, r.id, held.user_group",
            columns = grant_columns!(),
            shows = shows(client, "u.client_id"),
            seen = self.seen_role("r")
        );
        for row in &binds.fetch(self, sql).await? {
            let Some(grant) = grant(row)? else { continue };
            let user = UserId::new(row.try_get("user_id")?);
            let group: Option<String> = row.try_get("user_group")?;
            let of_user = sources.entry(user).or_default();
            let role = id(row, "unique_id")?;
            if of_user.last().is_none_or(|source| source.role != role) {
                of_user.push(source(role, &grant, self::client(row)?.is_some()));
            }
            if let Some(source) = of_user.last_mut() {
                match group {
                    Some(group) if group.is_empty() => {}
                    Some(group) => source.groups.push(group),
                    None => source.direct = true,
                }
            }
        }
        Ok(sources)
    }
}

/// A role that shows the client, before it is known how somebody has it.
fn source(role: domain::RoleId, grant: &Grant, own: bool) -> AccessSource {
    let rule = match (own, grant.all_clients) {
        (true, _) => AccessRule::OwnClient,
        (false, true) => AccessRule::AllClients,
        (false, false) => AccessRule::ListsClient,
    };
    AccessSource { role, name: grant.role.clone(), groups: Vec::new(), direct: false, rules: vec![rule], permissions: grant.permissions }
}
