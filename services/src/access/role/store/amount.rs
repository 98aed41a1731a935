//! Counts what a role gives access to, as stored or with the changes of a draft.

use std::collections::BTreeMap;

use domain::{Permission, PermissionBits, RoleAmount, RoleList, RoleScope, RoleSummary, UserId, UserReference};
use sqlx::Row;

use super::list::{Table, table};
use crate::{
    Result,
    kernel::{Binds, Tx},
};

/// The most users that a preview names.
const NAMED: usize = 20;

/// A role as stored, or as a draft would change it: the stored lists, plus and minus the numbers here.
#[derive(Clone, Debug)]
pub(in crate::access::role) struct RoleState {
    pub(crate) role: RoleSummary,
    pub(crate) permissions: PermissionBits,
    /// By list: the numbers added, and the numbers removed.
    pub(crate) changes: BTreeMap<&'static str, (Vec<i64>, Vec<i64>)>,
}

/// SQL conditions of what the role shows. Only numbers are formatted into them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::access::role) struct RoleSight {
    clients: String,
    devices: String,
    credential_sets: String,
    users: String,
}

/// What is counted.
#[derive(Clone, Copy)]
struct Counted {
    from: &'static str,
    condition: fn(&RoleSight) -> &str,
}

impl RoleState {
    /// Its conditions.
    pub(in crate::access::role) fn sight(&self) -> RoleSight {
        let role = &self.role;
        let nothing = || "1 = 0".to_owned();
        let has = |permission| self.permissions.contains(permission);
        let client = |column: &str| match (role.client, role.all_clients, role.scope) {
            (Some(own), ..) => format!("{column} = {}", own.number()),
            (None, true, _) => "1 = 1".to_owned(),
            // A client role that lists no client is for all of them.
            (None, false, RoleScope::Client) => {
                let listed = self.listed(RoleList::Clients);
                format!("({column} IN ({listed}) OR NOT EXISTS ({listed}))")
            }
            (None, false, RoleScope::Msp) => format!("{column} IN ({})", self.listed(RoleList::Clients)),
        };
        let visible = has(Permission::ClientView);
        let devices = match (visible && has(Permission::DeviceView), role.all_devices) {
            (false, _) => nothing(),
            (true, true) => client("t.client_id"),
            (true, false) => format!(
                "{} AND (t.id IN ({}) OR t.id IN (SELECT gd.device_id FROM device_group_devices gd WHERE gd.device_group_id IN ({})))",
                client("t.client_id"),
                self.listed(RoleList::Devices),
                self.listed(RoleList::DeviceGroups)
            ),
        };
        let own = if role.scope == RoleScope::Msp { "t.client_id = 0 OR " } else { "" };
        let credential_sets = match (visible && has(Permission::CredentialSetView), role.all_credentials) {
            (false, _) => nothing(),
            (true, true) => format!("({own}{})", client("t.client_id")),
            (true, false) => format!("({own}{}) AND t.id IN ({})", client("t.client_id"), self.listed(RoleList::CredentialSets)),
        };
        let users = format!(
            "(t.id IN ({}) OR t.id IN (SELECT gu.user_id FROM user_group_users gu WHERE gu.user_group_id IN ({})))",
            self.listed(RoleList::Users),
            self.listed(RoleList::UserGroups)
        );
        RoleSight { clients: if visible { client("t.id") } else { nothing() }, devices, credential_sets, users }
    }

    /// Selects the ids of a list.
    fn listed(&self, list: RoleList) -> String {
        let Table { join, column, things } = table(list);
        let kept = format!("SELECT j.{column} FROM {join} j WHERE j.role_id = {}", self.role.number);
        let numbers = |numbers: &[i64]| numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        let Some((added, removed)) = self.changes.get(list.key()) else { return kept };
        let kept = if removed.is_empty() { kept } else { format!("{kept} AND j.{column} NOT IN ({})", numbers(removed)) };
        if added.is_empty() {
            kept
        } else {
            format!("{kept} UNION ALL SELECT things.id FROM {things} things WHERE things.id IN ({})", numbers(added))
        }
    }
}

impl Tx {
    /// Counts what the caller sees of two states: the first, the second, and their intersection.
    pub(in crate::access::role) async fn role_amounts(&mut self, one: &RoleState, two: &RoleState) -> Result<[RoleAmount; 3]> {
        let (first, second) = (one.sight(), two.sight());
        let mut amounts = [RoleAmount::default(), RoleAmount::default(), RoleAmount::default()];
        for (at, list) in [RoleList::Clients, RoleList::Devices, RoleList::CredentialSets, RoleList::Users].into_iter().enumerate() {
            let counted = counted(list);
            let (one, two) = ((counted.condition)(&first), (counted.condition)(&second));
            let before = self.role_count(list, counted, one).await?;
            // Equal conditions are counted once.
            let (after, both) = if one == two {
                (before, before)
            } else {
                (self.role_count(list, counted, two).await?, self.role_count(list, counted, &format!("{one} AND {two}")).await?)
            };
            for (amount, count) in amounts.iter_mut().zip([before, after, both]) {
                match at {
                    0 => amount.clients = count,
                    1 => amount.devices = count,
                    2 => amount.credential_sets = count,
                    _ => amount.users = count,
                }
            }
        }
        Ok(amounts)
    }

    /// The first users, by name, who have the role in one state and not in another.
    pub(in crate::access::role) async fn role_users_between(&mut self, having: &RoleState, lacking: &RoleState) -> Result<Vec<UserReference>> {
        let (having, lacking) = (having.sight().users, lacking.sight().users);
        if having == lacking {
            return Ok(Vec::new());
        }
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let seen = self.seen_in(RoleList::Users, "t");
        let sql = format!(
            "SELECT t.id, t.login, t.first_name, t.last_name, t.email FROM users t \
             WHERE t.partner_id = {partner}{seen} AND {having} AND NOT {lacking} ORDER BY t.name_key, t.id LIMIT {NAMED}"
        );
        let user = |row: &sqlx::any::AnyRow| {
            Ok(UserReference {
                id: UserId::new(row.try_get("id")?),
                login: row.try_get("login")?,
                first_name: row.try_get("first_name")?,
                last_name: row.try_get("last_name")?,
                email: row.try_get("email")?,
                phone: String::new(),
            })
        };
        binds.fetch(self, sql).await?.iter().map(user).collect()
    }

    async fn role_count(&mut self, list: RoleList, counted: Counted, condition: &str) -> Result<u64> {
        if condition.starts_with("1 = 0") {
            return Ok(0);
        }
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let sql = format!("SELECT COUNT(*) FROM {} t WHERE t.partner_id = {partner}{} AND {condition}", counted.from, self.seen_in(list, "t"));
        binds.fetch_number(self, sql).await
    }
}

fn counted(list: RoleList) -> Counted {
    let condition: fn(&RoleSight) -> &str = match list {
        RoleList::Clients => |sight| &sight.clients,
        RoleList::Devices => |sight| &sight.devices,
        RoleList::CredentialSets => |sight| &sight.credential_sets,
        _ => |sight| &sight.users,
    };
    Counted { from: table(list).things, condition }
}
