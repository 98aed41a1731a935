//! The navigation. Which pages stand in it says the table of [`pages`](crate::pages); for whom, and under which words, stands here.

use domain::{
    AccessKind, ApiKeyQuery, AuditQuery, AwsAccountKind, AwsAccountQuery, Caller, CatalogueKind, ClientId, ClientQuery, CredentialSetQuery,
    DeviceGroupQuery, DeviceQuery, JobQuery, Permission, PermissionSetQuery, ReportQuery, RoleQuery, Scope, UserGroupQuery, UserQuery,
    api_key_permission,
};

use crate::{
    paths,
    ui::{Glyph, NavGroup, NavItem},
};

/// A page's place in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where one starts.
    Home,
    /// The list of clients.
    Clients,
    /// The list of users.
    Users,
    /// The list of user groups.
    UserGroups,
    /// The list of permission sets.
    PermissionSets,
    /// The list of roles.
    Roles,
    /// The list of credential sets.
    CredentialSets,
    /// The list of devices.
    Devices,
    /// The list of device groups.
    DeviceGroups,
    /// The catalogues, beginning with the first.
    Catalogues,
    /// Why a user sees something.
    Why,
    /// The partner's settings.
    Settings,
    /// The list of API keys.
    ApiKeys,
    /// The lists of cloud accounts.
    Accounts,
    /// The list of jobs.
    Jobs,
    /// The list of audit records.
    AuditLog,
    /// The list of reports of clients.
    TenantProfiles,
    /// The list of reports of audit records.
    AuditReports,
}

/// The groups, from the top.
const GROUPS: [&str; 5] = ["", "Setup · Accounts", "Setup · Resources", "Reports", "Administration"];

impl Place {
    const fn group(self) -> &'static str {
        match self {
            Self::Home => GROUPS[0],
            Self::Clients | Self::Users | Self::UserGroups | Self::PermissionSets | Self::Roles | Self::CredentialSets | Self::Why => GROUPS[1],
            Self::Devices | Self::DeviceGroups | Self::Catalogues => GROUPS[2],
            Self::TenantProfiles | Self::AuditReports => GROUPS[3],
            Self::Accounts | Self::Settings | Self::ApiKeys | Self::Jobs | Self::AuditLog => GROUPS[4],
        }
    }

    /// Whether the caller may see the page.
    fn is_for(self, caller: &Caller) -> bool {
        let may = |permission, scope| caller.can(permission, scope).is_ok();
        let partner = Scope::Partner(caller.partner);
        match self {
            Self::Clients => may(Permission::ClientView, Scope::Visible),
            Self::Users => may(Permission::UserView, Scope::Visible),
            Self::UserGroups => may(Permission::UserGroupView, Scope::Visible),
            Self::PermissionSets | Self::Roles => may(Permission::RoleView, Scope::Visible),
            Self::CredentialSets => may(Permission::CredentialSetView, Scope::Visible),
            Self::Devices | Self::DeviceGroups => may(Permission::DeviceView, Scope::Visible),
            Self::Catalogues => may(Permission::CatalogueView, partner),
            Self::Why => may(Permission::RoleView, Scope::Visible) && may(Permission::UserView, Scope::Visible),
            Self::Settings => may(Permission::SettingView, partner),
            Self::TenantProfiles => may(Permission::ReportView, caller.place()) && may(Permission::ClientView, Scope::Visible),
            Self::AuditReports => may(Permission::ReportView, caller.place()) && may(Permission::AuditView, caller.place()),
            // A client's users see theirs on their client's page.
            Self::Accounts => caller.client.is_none() && may(Permission::AccountView, Scope::Visible),
            Self::AuditLog => may(Permission::AuditView, Scope::Visible),
            // Everybody sees their own.
            Self::Home | Self::Jobs => true,
            Self::ApiKeys => {
                let (place, of_client) = (caller.place(), api_key_permission(Scope::Client(ClientId::new(0)), false));
                may(api_key_permission(place, false), place) || may(of_client, Scope::Visible)
            }
        }
    }

    /// The link to the page.
    fn item(self) -> NavItem {
        let (label, href, icon) = match self {
            Self::Home => ("Home", paths::home(), Glyph::Home),
            Self::Clients => ("Clients", paths::clients(&ClientQuery::default()), Glyph::Building),
            Self::Users => ("Users", paths::users(&UserQuery::default()), Glyph::User),
            Self::UserGroups => ("User Groups", paths::user_groups(&UserGroupQuery::default()), Glyph::Users),
            Self::PermissionSets => ("Permission Sets", paths::permission_sets(&PermissionSetQuery::default()), Glyph::Shield),
            Self::Roles => ("Roles", paths::roles(&RoleQuery::default()), Glyph::Key),
            Self::CredentialSets => ("Credential Sets", paths::credential_sets(&CredentialSetQuery::default()), Glyph::Lock),
            Self::Why => ("Explain Access", paths::why(None, AccessKind::default(), None), Glyph::Eye),
            Self::Devices => ("Devices", paths::devices(&DeviceQuery::default()), Glyph::Monitor),
            Self::DeviceGroups => ("Device Groups", paths::device_groups(&DeviceGroupQuery::default()), Glyph::Layers),
            Self::Catalogues => ("Catalogues", paths::catalogue(CatalogueKind::Package), Glyph::File),
            Self::Settings => ("Settings", paths::settings(), Glyph::Settings),
            Self::ApiKeys => ("API Keys", paths::api_keys(&ApiKeyQuery::default()), Glyph::Key),
            Self::TenantProfiles => ("Tenant Profiles", paths::tenant_profiles(&ReportQuery::default()), Glyph::Chart),
            Self::AuditReports => ("Audit Log Reports", paths::audit_reports(&ReportQuery::default()), Glyph::Shield),
            Self::Accounts => ("Account Management", paths::aws_accounts(AwsAccountKind::Management, &AwsAccountQuery::default()), Glyph::Cloud),
            Self::Jobs => ("Jobs", paths::jobs(&JobQuery::default()), Glyph::Clock),
            Self::AuditLog => ("Audit Log", paths::audit(&AuditQuery::default()), Glyph::File),
        };
        // Several pages stand behind these.
        let below = match self {
            Self::Accounts => paths::ACCOUNTS.to_owned(),
            Self::Catalogues => paths::CATALOGUES.to_owned(),
            _ => href.clone(),
        };
        NavItem { label: label.to_owned(), href, icon, below, current: false }
    }
}

/// The groups of the navigation with what the caller may see of some places.
pub(crate) fn groups(places: &[Place], caller: &Caller) -> Vec<NavGroup> {
    let items = |group| places.iter().filter(move |place| place.group() == group && place.is_for(caller)).map(|place| place.item());
    let groups = GROUPS.iter().map(|group| NavGroup { label: (*group).to_owned(), items: items(*group).collect() });
    groups.filter(|group| !group.items.is_empty()).collect()
}

/// The group as seen from an address: the link to it, or to what it is below, is marked.
pub(crate) fn seen_from(group: &NavGroup, path: &str) -> NavGroup {
    let is_here = |below: &str| path.strip_prefix(below).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let items = group.items.iter().map(|item| NavItem { current: is_here(&item.below), ..item.clone() });
    NavGroup { label: group.label.clone(), items: items.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_current_when_one_is_there_or_below() {
        let group = NavGroup { label: String::new(), items: vec![Place::Clients.item(), Place::Catalogues.item()] };
        for (path, current) in [
            ("/clients", [true, false]),
            ("/clients/client_8", [true, false]),
            ("/clientship", [false, false]),
            ("/catalogues/services", [false, true]),
            ("/", [false, false]),
        ] {
            assert_eq!(seen_from(&group, path).items.iter().map(|item| item.current).collect::<Vec<_>>(), current, "{path}");
        }
    }
}
