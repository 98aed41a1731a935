//! What a role may list: a page of it, found by the list of its noun.

use domain::{
    Caller, ClientQuery, ClientSummary, DeviceFilter, ListPage, NameQuery, OwnerFilter, PermissionSetFilter, RoleList, RoleMember, RoleScope,
    UserFilter,
};
use services::Services;

use crate::thing::of_client;

/// A page of what a role of a scope may list, of what the caller sees.
pub(super) async fn candidates(
    services: &Services,
    caller: &Caller,
    list: RoleList,
    scope: RoleScope,
    query: NameQuery,
) -> services::Result<ListPage<RoleMember>> {
    let owner = if scope == RoleScope::Msp { OwnerFilter::Partner } else { OwnerFilter::Client };
    let organization = |client: Option<ClientSummary>| client.map(|client| client.name).unwrap_or_default();
    // Only what a save would take is offered.
    Ok(match list {
        RoleList::PermissionSets => {
            let query = query.with_filter(Some(PermissionSetFilter::fits_role(scope)));
            services.permission_set_list(caller, &query).await?.map(|set| {
                let detail = of_client(set.client, &set.description);
                member(set.id, set.name, detail)
            })
        }
        RoleList::Users => services.user_list(caller, &query.with_filter(UserFilter::of_owner(owner))).await?.map(|user| {
            let detail = format!("{} · {}", user.profile.login, user.organization);
            member(user.id, user.profile.name(), detail)
        }),
        RoleList::UserGroups => {
            let groups = services.user_group_list(caller, &query.with_filter(Some(owner))).await?;
            groups.map(|row| member(row.group.id, row.group.name, row.organization))
        }
        RoleList::Clients => {
            let page = services.client_list(caller, &ClientQuery { search: query.search, at: query.at, ..ClientQuery::default() }).await?;
            page.map(|client| member(client.id, client.name, client.id.to_string()))
        }
        RoleList::Devices => services.device_list(caller, &query.with_filter(DeviceFilter::ALL)).await?.map(|device| {
            let address = if device.ip_address.is_empty() { String::new() } else { format!(" · {}", device.ip_address) };
            member(device.id, device.name, device.client.name + &address)
        }),
        RoleList::DeviceGroups => {
            services.device_group_list(caller, &query).await?.map(|group| member(group.id, group.details.name, organization(group.client)))
        }
        RoleList::CredentialSets => {
            let sets = services.credential_set_list(caller, &query.with_filter(None)).await?;
            sets.map(|set| member(set.id, set.details.name, organization(set.client)))
        }
    })
}

fn member(id: impl ToString, name: String, detail: String) -> RoleMember {
    RoleMember { id: id.to_string(), name, detail }
}
