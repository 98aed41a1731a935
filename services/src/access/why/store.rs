//! Reads what explanations of access need.

mod viewers;

use std::collections::BTreeMap;

use domain::{AccessRule, AccessThing, Caller, ClientId, Grant, ListPage, NameQuery, Permission, RoleId, RoleList, Standing, UserId, UserSummary};
use sqlx::{Row, any::AnyRow};

use crate::{
    Result,
    access::store::{grant, grant_columns},
    kernel::{
        Binds, Tx,
        list::Listing,
        row::{client, id},
    },
};

/// The user whose access is explained.
pub(super) struct Viewer {
    pub(crate) user: UserSummary,
    pub(crate) client: Option<ClientId>,
    /// Whether they can sign in.
    pub(crate) active: bool,
}

/// A role of the user, and where it comes from.
pub(super) struct HeldRole {
    pub(crate) id: RoleId,
    pub(crate) grant: Grant,
    pub(crate) direct: bool,
    /// The groups that the caller sees.
    pub(crate) groups: Vec<String>,
}

/// The client, device or credential set that is explained.
pub(crate) struct Target {
    pub(crate) number: i64,
    pub(crate) name: String,
    /// The client that owns it, or the client itself; none for the partner's own.
    pub(crate) client: Option<ClientId>,
}

impl Tx {
    /// A user that the caller sees.
    pub(super) async fn viewer(&mut self, user: UserId) -> Result<Option<Viewer>> {
        let mut binds = Binds::default();
        let (number, partner) = (binds.number(user.number()), binds.number(self.partner.number()));
        let seen = self.seen_in(RoleList::Users, "t");
        let sql = format!(
            "SELECT t.login, t.first_name, t.last_name, t.email, t.client_id, \
             CASE WHEN t.status = 'active' AND (t.client_id = 0 OR c.status = 'active') THEN 1 ELSE 0 END AS active \
             FROM users t LEFT JOIN clients c ON c.id = t.client_id WHERE t.id = {number} AND t.partner_id = {partner}{seen}"
        );
        let read = |row: &AnyRow| {
            let (first_name, last_name) = (row.try_get("first_name")?, row.try_get("last_name")?);
            let user = UserSummary { id: user, login: row.try_get("login")?, first_name, last_name, email: row.try_get("email")? };
            Ok(Viewer { user, client: client(row)?, active: row.try_get::<i64, _>("active")? == 1 })
        };
        binds.fetch(self, sql).await?.first().map(read).transpose()
    }

    /// All roles of a user.
    pub(super) async fn held_roles(&mut self, user: UserId) -> Result<Vec<HeldRole>> {
        let mut binds = Binds::default();
        let user = binds.number(user.number());
        let seen = self.seen_owner(Permission::UserGroupView, "g.client_id");
        let sql = format!(
            "SELECT {columns}, r.unique_id, (SELECT COUNT(*) FROM role_users ru WHERE ru.role_id = r.id AND ru.user_id = {user}) AS direct, \
             (SELECT string_agg(g.name, '\n') FROM role_user_groups rg JOIN user_group_users gu ON gu.user_group_id = rg.user_group_id \
               JOIN user_groups g ON g.id = rg.user_group_id WHERE rg.role_id = r.id AND gu.user_id = {user}{seen}) AS user_groups \
             FROM roles r WHERE r.id IN (SELECT ru.role_id FROM role_users ru WHERE ru.user_id = {user} UNION SELECT rg.role_id FROM user_group_users gu \
               JOIN role_user_groups rg ON rg.user_group_id = gu.user_group_id WHERE gu.user_id = {user}) ORDER BY r.name_key, r.id",
            columns = grant_columns!()
        );
        let mut roles = Vec::new();
        for row in &binds.fetch(self, sql).await? {
            let groups: Option<&str> = row.try_get("user_groups")?;
            let mut groups: Vec<String> = groups.unwrap_or_default().lines().map(ToOwned::to_owned).collect();
            groups.sort_unstable();
            if let Some(grant) = grant(row)? {
                roles.push(HeldRole { id: id(row, "unique_id")?, grant, direct: row.try_get::<i64, _>("direct")? > 0, groups });
            }
        }
        Ok(roles)
    }

    /// A target that the caller sees. Restrictions use it to check that the caller sees the client.
    pub(crate) async fn target(&mut self, thing: &AccessThing) -> Result<Option<Target>> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let (list, from, client_id, is) = match thing {
            AccessThing::Client(id) => (RoleList::Clients, "clients", "t.id", format!("t.id = {}", binds.number(id.number()))),
            AccessThing::Device(id) => (RoleList::Devices, "devices", "t.client_id", format!("t.unique_id = {}", binds.text(id.as_str()))),
            AccessThing::CredentialSet(id) => {
                (RoleList::CredentialSets, "credential_sets", "t.client_id", format!("t.unique_id = {}", binds.text(id.as_str())))
            }
        };
        let seen = self.seen_in(list, "t");
        let sql = format!("SELECT t.id, t.name, {client_id} AS client_id FROM {from} t WHERE {is} AND t.partner_id = {partner}{seen}");
        let read = |row: &AnyRow| Ok(Target { number: row.try_get("id")?, name: row.try_get("name")?, client: client(row)? });
        binds.fetch(self, sql).await?.first().map(read).transpose()
    }

    /// The roles that list the target, directly or through a device group, with the rule. A group that the caller doesn't see has no name.
    pub(super) async fn listing_rules(&mut self, thing: &AccessThing, number: i64) -> Result<Vec<(i64, AccessRule)>> {
        let sql = match thing {
            AccessThing::Client(_) => return Ok(Vec::new()),
            AccessThing::Device(_) => {
                let seen = self.seen_owner(Permission::DeviceView, "g.client_id");
                format!(
                    "SELECT role_id, 0 AS by_group, '' AS name FROM role_devices WHERE device_id = $1 \
                     UNION SELECT rg.role_id, 1, CASE WHEN 1 = 1{seen} THEN g.name ELSE '' END FROM device_group_devices gd \
                     JOIN role_device_groups rg ON rg.device_group_id = gd.device_group_id \
                     JOIN device_groups g ON g.id = rg.device_group_id WHERE gd.device_id = $1 ORDER BY 1, 2, 3"
                )
            }
            AccessThing::CredentialSet(_) => {
                "SELECT role_id, 0 AS by_group, '' AS name FROM role_credential_sets WHERE credential_set_id = $1 ORDER BY 1".to_owned()
            }
        };
        let mut binds = Binds::default();
        binds.number(number);
        let rule = |row: &AnyRow| {
            let by_group = row.try_get::<i64, _>("by_group")? == 1;
            let rule = if by_group { AccessRule::ListsDeviceGroup { name: row.try_get("name")? } } else { AccessRule::ListsThing };
            Ok((row.try_get("role_id")?, rule))
        };
        binds.fetch(self, sql).await?.iter().map(rule).collect()
    }

    /// A page of the visible clients at which the user's permissions can differ from the general ones.
    pub(super) async fn special_clients(&mut self, them: &Caller, query: &NameQuery) -> Result<ListPage<(ClientId, String)>> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let which = match them.client {
            Some(own) => format!("t.id = {}", binds.number(own.number())),
            None => {
                let roles =
                    them.grants.iter().filter(|grant| !grant.all_clients).fold("0".to_owned(), |list, grant| format!("{list}, {}", grant.number));
                format!(
                    "(t.id IN (SELECT rc.client_id FROM role_clients rc WHERE rc.role_id IN ({roles})) OR t.id IN (SELECT cr.client_id FROM client_restrictions cr))"
                )
            }
        };
        let condition = format!("t.partner_id = {partner} AND {which}{}", self.seen_client(Permission::ClientView, "t.id"));
        let listing = Listing::of("t.name", "clients", "", condition, binds);
        let read = |row: &AnyRow| Ok((ClientId::new(row.try_get("id")?), row.try_get("name")?));
        listing.search("t.name_key", &query.search).page(self, query, read).await
    }

    /// The user's standing at each of these clients.
    pub(super) async fn standings(&mut self, them: &Caller, clients: &[ClientId]) -> Result<BTreeMap<i64, Standing>> {
        let mut standings = BTreeMap::new();
        if clients.is_empty() {
            return Ok(standings);
        }
        let mut binds = Binds::default();
        let places: Vec<_> = clients.iter().map(|client| binds.number(client.number())).collect();
        let places = places.join(", ");
        let roles = them.grants.iter().fold("0".to_owned(), |list, grant| format!("{list}, {}", grant.number));
        let sql = format!(
            "SELECT client_id, role_id AS role, '' AS permission FROM role_clients WHERE client_id IN ({places}) AND role_id IN ({roles}) \
             UNION ALL SELECT client_id, 0 AS role, permission FROM client_restrictions WHERE client_id IN ({places})"
        );
        for row in binds.fetch(self, sql).await? {
            let standing: &mut Standing = standings.entry(row.try_get("client_id")?).or_default();
            match Permission::from_key(row.try_get("permission")?) {
                Some(permission) => standing.restricted = standing.restricted.union([permission].into_iter().collect()),
                None => standing.listed_by.push(row.try_get("role")?),
            }
        }
        Ok(standings)
    }
}
