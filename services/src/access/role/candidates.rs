//! What can be added to a role's lists.

use domain::{Caller, ClientQuery, ClientSummary, ListPage, ListQuery, RoleList, RoleMember, RoleScope};

use crate::{Result, Services};

impl Services {
    /// A page of what the caller can add to one list of a role with this scope.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view what the list holds.
    pub async fn role_candidates(&self, caller: &Caller, list: RoleList, scope: RoleScope, query: ListQuery) -> Result<ListPage<RoleMember>> {
        let whose = if scope == RoleScope::Msp { "partner" } else { "client" };
        let filter = match list {
            RoleList::Users | RoleList::UserGroups => whose.to_owned(),
            // Offer only what a save accepts.
            RoleList::PermissionSets => format!("for-{}", scope.key()),
            _ => String::new(),
        };
        let query = ListQuery { filter, ..query };
        let organization = |client: Option<ClientSummary>| client.map(|client| client.name).unwrap_or_default();
        Ok(match list {
            RoleList::PermissionSets => members(self.permission_set_list(caller, &query).await?, |set| {
                let client = set.client.map(|client| client.to_string());
                let detail = client.into_iter().chain([set.description]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                member(set.id, set.name, detail)
            }),
            RoleList::Users => members(self.user_list(caller, &query).await?, |user| {
                let detail = format!("{} · {}", user.profile.login, user.organization);
                member(user.id, user.profile.name(), detail)
            }),
            RoleList::UserGroups => {
                members(self.user_group_list(caller, &query).await?, |row| member(row.group.id, row.group.name, row.organization))
            }
            RoleList::Clients => {
                let page = self.client_list(caller, &ClientQuery { search: query.search, at: query.at, ..ClientQuery::default() }).await?;
                let page = ListPage { rows: page.rows, total: page.total, previous: page.previous, next: page.next };
                members(page, |client| member(client.id, client.name, client.id.to_string()))
            }
            RoleList::Devices => members(self.device_list(caller, &query).await?, |device| {
                let address = if device.ip_address.is_empty() { String::new() } else { format!(" · {}", device.ip_address) };
                member(device.id, device.name, device.client.name + &address)
            }),
            RoleList::DeviceGroups => {
                members(self.device_group_list(caller, &query).await?, |group| member(group.id, group.details.name, organization(group.client)))
            }
            RoleList::CredentialSets => {
                members(self.credential_set_list(caller, &query).await?, |set| member(set.id, set.details.name, organization(set.client)))
            }
        })
    }
}

fn member(id: impl ToString, name: String, detail: String) -> RoleMember {
    RoleMember { id: id.to_string(), name, detail }
}

fn members<T>(page: ListPage<T>, member: impl Fn(T) -> RoleMember) -> ListPage<RoleMember> {
    let ListPage { rows, total, previous, next } = page;
    ListPage { rows: rows.into_iter().map(member).collect(), total, previous, next }
}
