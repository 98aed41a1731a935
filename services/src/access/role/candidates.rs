//! What can be added to a role's lists.

use domain::{
    Caller, ClientQuery, ClientSummary, DeviceFilter, ListPage, NameQuery, OfClient, OwnerFilter, PermissionSetFilter, RoleList, RoleMember,
    RoleScope, UserFilter,
};

use crate::{Result, Services};

impl Services {
    /// A page of what the caller can add to one list of a role with this scope.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view what the list holds.
    pub async fn role_candidates(&self, caller: &Caller, list: RoleList, scope: RoleScope, query: NameQuery) -> Result<ListPage<RoleMember>> {
        let owner = if scope == RoleScope::Msp { OwnerFilter::Partner } else { OwnerFilter::Client };
        let organization = |client: Option<ClientSummary>| client.map(|client| client.name).unwrap_or_default();
        // Offer only what a save accepts.
        Ok(match list {
            RoleList::PermissionSets => {
                let query = query.with_filter(Some(PermissionSetFilter::fits_role(scope)));
                self.permission_set_list(caller, &query).await?.map(|set| {
                    let client = set.client.map(|client| client.to_string());
                    let detail = client.into_iter().chain([set.description]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                    member(set.id, set.name, detail)
                })
            }
            RoleList::Users => self.user_list(caller, &query.with_filter(UserFilter::of_owner(owner))).await?.map(|user| {
                let detail = format!("{} · {}", user.profile.login, user.organization);
                member(user.id, user.profile.name(), detail)
            }),
            RoleList::UserGroups => {
                let groups = self.user_group_list(caller, &query.with_filter(OfClient::any(Some(owner)))).await?;
                groups.map(|row| member(row.group.id, row.group.name, row.organization))
            }
            RoleList::Clients => {
                let page = self.client_list(caller, &ClientQuery { search: query.search, at: query.at, ..ClientQuery::default() }).await?;
                page.map(|client| member(client.id, client.name, client.id.to_string()))
            }
            RoleList::Devices => self.device_list(caller, &query.with_filter(DeviceFilter::ALL)).await?.map(|device| {
                let address = if device.ip_address.is_empty() { String::new() } else { format!(" · {}", device.ip_address) };
                member(device.id, device.name, device.client.name + &address)
            }),
            RoleList::DeviceGroups => self
                .device_group_list(caller, &query.with_filter(OfClient::default()))
                .await?
                .map(|group| member(group.id, group.details.name, organization(group.client))),
            RoleList::CredentialSets => {
                let sets = self.credential_set_list(caller, &query.with_filter(OfClient::default())).await?;
                sets.map(|set| member(set.id, set.details.name, organization(set.client)))
            }
        })
    }
}

fn member(id: impl ToString, name: String, detail: String) -> RoleMember {
    RoleMember { id: id.to_string(), name, detail }
}
