//! The one table of pages: address, access, component, and place in the navigation. The routes, the server's session check, the secrets hidden from its
//! log, the navigation, and the files that a browser preloads are all derived from it, so that they can't disagree.

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Routes},
    path,
};

use crate::{
    clients::client::ClientsPage, layout::PrivateLayout, lazy::LazyPage, loading::NotFoundPage, navigation::Place, people::session::LoginPage,
};

/// The address parameter that is a secret: the token of a one-time link.
const SECRET: &str = ":token";

/// Who can open a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Only signed-in users; others get the sign-in page.
    SignedIn,
}

/// A page.
#[derive(Clone, Copy, Debug)]
pub struct PageAddress {
    /// Its address in the router's syntax, such as `/users/:user`; a part that ends in `?` may be missing.
    pub pattern: &'static str,
    /// Who can open it.
    pub access: Access,
    /// The lazy page, unless its code is in the first file.
    #[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "only a browser fetches files"))]
    lazy: Option<LazyPage>,
    /// Its place in the navigation, if it stands there.
    place: Option<Place>,
}

impl PageAddress {
    fn fits(&self, path: &str) -> bool {
        let mut given = parts(path);
        let fits = |expected: &str| match given.next() {
            Some(part) => part == expected || expected.starts_with(':'),
            None => expected.ends_with('?'),
        };
        parts(self.pattern).all(fits) && given.next().is_none()
    }
}

/// Who can open the page at an address. Unknown addresses need a signed-in user, so that strangers can't probe them.
#[must_use]
pub fn access(path: &str) -> Access {
    find(path).map_or(Access::SignedIn, |page| page.access)
}

/// A path that is safe to log: without the secret of a one-time link, even if the rest of the path is unknown.
#[must_use]
pub fn without_secret(path: &str) -> String {
    let secret_after = |page: &PageAddress| {
        let (before, _) = page.pattern.split_once(SECRET)?;
        let mut given = parts(path);
        parts(before).all(|part| given.next() == Some(part)).then(|| format!("{before}…"))
    };
    PAGES.iter().find_map(secret_after).unwrap_or_else(|| path.to_owned())
}

/// Fetches the lazy file of the page at an address, so that it hydrates without waiting.
#[cfg(target_arch = "wasm32")]
pub async fn preload(path: &str) {
    use leptos_router::ChooseView;
    if let Some(page) = find(path).and_then(|page| page.lazy) {
        page.preload().await;
    }
}

/// The places in the navigation, in the order of the table.
fn places() -> Vec<Place> {
    PAGES.iter().filter_map(|page| page.place).collect()
}

fn find(path: &str) -> Option<&'static PageAddress> {
    PAGES.iter().find(|page| page.fits(path))
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

macro_rules! view_of {
    (first $page:ident) => {
        $page
    };
    (lazy $page:ident) => {
        LazyPage::$page
    };
}

macro_rules! lazy_page {
    (first $page:ident) => {
        None
    };
    (lazy $page:ident) => {
        Some(LazyPage::$page)
    };
}

macro_rules! place {
    () => {
        None
    };
    ($place:ident) => {
        Some(Place::$place)
    };
}

/// Defines [`PAGES`] and the component [`Pages`]. A page is `first` if its code is in the file that every visit fetches. If two addresses match, the
/// upper one counts. `in` gives a page its place in the navigation, where pages of a group stand in the order of the table.
macro_rules! pages {
    (
        public { $($public_path:tt $public_kind:ident $public_page:ident;)* }
        signed_in { $($path:tt $kind:ident $page:ident $(in $place:ident)?;)* }
    ) => {
        /// All pages.
        pub const PAGES: &[PageAddress] = &[
            $(PageAddress { pattern: $public_path, access: Access::Public, lazy: lazy_page!($public_kind $public_page), place: None },)*
            $(PageAddress { pattern: $path, access: Access::SignedIn, lazy: lazy_page!($kind $page), place: place!($($place)?) },)*
        ];

        /// The page at the current address, rendered completely by the server so that it can be read before, or without, scripts.
        #[component]
        pub(crate) fn Pages() -> impl IntoView {
            view! {
                <Routes fallback=NotFoundPage>
                    $(<Route path=path!($public_path) view=view_of!($public_kind $public_page) ssr=SsrMode::Async />)*
                    <ParentRoute path=path!("") view=|| view! { <PrivateLayout places=places() /> } ssr=SsrMode::Async>
                        $(<Route path=path!($path) view=view_of!($kind $page) />)*
                    </ParentRoute>
                </Routes>
            }
        }
    };
}

pages! {
    public {
        "/login" first LoginPage;
        "/setup/:token" lazy SetupPage;
        "/invitation/:token" lazy InvitationPage;
        "/forgotten-password" lazy ForgottenPasswordPage;
        "/password/:token" lazy PasswordLinkPage;
        "/email/:token" lazy EmailLinkPage;
        "/second-factor" lazy SecondFactorPage;
        "/second-factor/set-up" lazy SetUpSecondFactorPage;
    }
    signed_in {
        "/" lazy HomePage in Home;
        "/account" lazy AccountPage;
        "/clients" first ClientsPage in Clients;
        "/clients/new/:draft?/:step?" lazy WizardPage;
        "/clients/import" lazy ClientImportPage;
        "/clients/restore" lazy RestorePage;
        "/clients/:client/edit" lazy ClientEditPage;
        "/clients/:client/restrictions" lazy RestrictionsPage;
        "/clients/:client/backups" lazy BackupsPage;
        "/clients/:client/:tab?" lazy ClientPage;
        "/users" lazy UsersPage in Users;
        "/users/new" lazy NewUserPage;
        "/users/:user" lazy UserPage;
        "/users/:user/edit" lazy UserEditPage;
        "/user-groups" lazy UserGroupsPage in UserGroups;
        "/user-groups/new" lazy NewUserGroupPage;
        "/user-groups/:group" lazy UserGroupPage;
        "/user-groups/:group/edit" lazy UserGroupEditPage;
        "/permission-sets" lazy PermissionSetsPage in PermissionSets;
        "/permission-sets/new" lazy NewPermissionSetPage;
        "/permission-sets/:set" lazy PermissionSetPage;
        "/permission-sets/:set/edit" lazy PermissionSetEditPage;
        "/permission-sets/:set/copy" lazy CopyPermissionSetPage;
        "/roles" lazy RolesPage in Roles;
        "/roles/new" lazy NewRolePage;
        "/roles/:role" lazy RolePage;
        "/credential-sets" lazy CredentialSetsPage in CredentialSets;
        "/credential-sets/new" lazy NewCredentialSetPage;
        "/credential-sets/:set" lazy CredentialSetPage;
        "/credential-sets/:set/edit" lazy CredentialSetEditPage;
        "/accounts/aws/msp" lazy ManagementAccountsPage in Accounts;
        "/accounts/aws/msp/new" lazy NewManagementAccountPage;
        "/accounts/aws/msp/:account/members" lazy MembersPage;
        "/accounts/aws/non-msp" lazy SingleAccountsPage;
        "/accounts/aws/non-msp/new" lazy NewSingleAccountPage;
        "/accounts/aws/:account" lazy AwsAccountPage;
        "/accounts/aws/:account/edit" lazy AwsAccountEditPage;
        "/settings" lazy SettingsPage in Settings;
        "/api-keys" lazy ApiKeysPage in ApiKeys;
        "/api-keys/new" lazy NewApiKeyPage;
        "/api-keys/:key" lazy ApiKeyPage;
        "/api-keys/:key/edit" lazy ApiKeyEditPage;
        "/why" lazy WhyPage in Why;
        "/devices" lazy DevicesPage in Devices;
        "/devices/new" lazy NewDevicePage;
        "/devices/import" lazy DeviceImportPage;
        "/devices/:device" lazy DevicePage;
        "/devices/:device/edit" lazy DeviceEditPage;
        "/device-groups" lazy DeviceGroupsPage in DeviceGroups;
        "/device-groups/new" lazy NewDeviceGroupPage;
        "/device-groups/:group" lazy DeviceGroupPage;
        "/device-groups/:group/edit" lazy DeviceGroupEditPage;
        "/catalogues/:kind" lazy CataloguePage in Catalogues;
        "/reports/tenant-profiles" lazy TenantProfilesPage in TenantProfiles;
        "/reports/tenant-profiles/new" lazy NewTenantProfilesPage;
        "/reports/audit-log" lazy AuditReportsPage in AuditReports;
        "/reports/audit-log/new" lazy NewAuditReportPage;
        "/reports/:report" lazy ReportPage;
        "/reports/:report/edit" lazy ReportEditPage;
        "/jobs" lazy JobsPage in Jobs;
        "/jobs/:job" lazy JobPage;
        "/audit" lazy AuditPage in AuditLog;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_public_or_not_on_purpose() {
        let of = |access| PAGES.iter().filter(move |page| page.access == access).map(|page| page.pattern).collect::<Vec<_>>();
        assert_eq!(
            of(Access::Public),
            [
                "/login",
                "/setup/:token",
                "/invitation/:token",
                "/forgotten-password",
                "/password/:token",
                "/email/:token",
                "/second-factor",
                "/second-factor/set-up"
            ]
        );
        assert_eq!(
            of(Access::SignedIn).join("\n"),
            "/
/account
/clients
/clients/new/:draft?/:step?
/clients/import
/clients/restore
/clients/:client/edit
/clients/:client/restrictions
/clients/:client/backups
/clients/:client/:tab?
/users
/users/new
/users/:user
/users/:user/edit
/user-groups
/user-groups/new
/user-groups/:group
/user-groups/:group/edit
/permission-sets
/permission-sets/new
/permission-sets/:set
/permission-sets/:set/edit
/permission-sets/:set/copy
/roles
/roles/new
/roles/:role
/credential-sets
/credential-sets/new
/credential-sets/:set
/credential-sets/:set/edit
/accounts/aws/msp
/accounts/aws/msp/new
/accounts/aws/msp/:account/members
/accounts/aws/non-msp
/accounts/aws/non-msp/new
/accounts/aws/:account
/accounts/aws/:account/edit
/settings
/api-keys
/api-keys/new
/api-keys/:key
/api-keys/:key/edit
/why
/devices
/devices/new
/devices/import
/devices/:device
/devices/:device/edit
/device-groups
/device-groups/new
/device-groups/:group
/device-groups/:group/edit
/catalogues/:kind
/reports/tenant-profiles
/reports/tenant-profiles/new
/reports/audit-log
/reports/audit-log/new
/reports/:report
/reports/:report/edit
/jobs
/jobs/:job
/audit"
        );
    }

    #[test]
    fn the_navigation_leads_to_pages_of_the_table() {
        let placed = PAGES.iter().filter_map(|page| page.place.map(|place| format!("{} {place:?}", page.pattern))).collect::<Vec<_>>();
        assert_eq!(
            placed,
            [
                "/ Home",
                "/clients Clients",
                "/users Users",
                "/user-groups UserGroups",
                "/permission-sets PermissionSets",
                "/roles Roles",
                "/credential-sets CredentialSets",
                "/accounts/aws/msp Accounts",
                "/settings Settings",
                "/api-keys ApiKeys",
                "/why Why",
                "/devices Devices",
                "/device-groups DeviceGroups",
                "/catalogues/:kind Catalogues",
                "/reports/tenant-profiles TenantProfiles",
                "/reports/audit-log AuditReports",
                "/jobs Jobs",
                "/audit AuditLog",
            ]
        );
    }

    #[test]
    fn an_address_belongs_to_one_page_and_to_people_who_are_signed_in_unless_it_is_public() {
        for (path, access_expected) in [
            ("/login", Access::Public),
            ("/invitation/abc", Access::Public),
            ("/invitation/abc/", Access::Public),
            ("/setup/abc", Access::Public),
            ("/", Access::SignedIn),
            ("/clients/client_8", Access::SignedIn),
            ("/invitation", Access::SignedIn),
            ("/invitation/abc/def", Access::SignedIn),
            ("/loginx", Access::SignedIn),
            ("/nowhere", Access::SignedIn),
        ] {
            assert_eq!(access(path), access_expected, "{path}");
        }
        for path in ["/clients/new", "/clients/new/0f8fad5b-d9cb-469f-a165-70867728950e/add-ons"] {
            assert_eq!(find(path).map(|page| page.pattern), Some("/clients/new/:draft?/:step?"), "{path}");
        }
        assert_eq!(find("/users/new").map(|page| page.pattern), Some("/users/new"));
        for (path, pattern) in [("/clients/client_8", "/clients/:client/:tab?"), ("/clients/client_8/users", "/clients/:client/:tab?")] {
            assert_eq!(find(path).map(|page| page.pattern), Some(pattern));
        }
        assert_eq!(find("/clients/client_8/edit").map(|page| page.pattern), Some("/clients/:client/edit"));
        assert_eq!(find("/users/USR0000000001").map(|page| page.pattern), Some("/users/:user"));
    }

    #[test]
    fn a_log_hides_what_lets_in_whoever_knows_it() {
        for (path, logged) in [
            ("/invitation/abc", "/invitation/…"),
            ("/invitation/abc/", "/invitation/…"),
            ("//invitation//abc", "/invitation/…"),
            ("/invitation/abc/def", "/invitation/…"),
            ("/setup/abc", "/setup/…"),
            ("/password/abc", "/password/…"),
            ("/email/abc", "/email/…"),
            ("/users/USR0000000001", "/users/USR0000000001"),
            ("/", "/"),
        ] {
            assert_eq!(without_secret(path), logged);
        }
        for page in PAGES {
            assert!(!without_secret(page.pattern).contains(SECRET), "{}", page.pattern);
        }
    }
}
