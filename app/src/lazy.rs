//! The pages that a browser fetches when somebody first goes there. Signing in and listing clients is what everybody does; it must not
//! wait for the rest.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::{
    access::WhyPage,
    account::AccountPage,
    api_key::{ApiKeyEditPage, ApiKeyPage, ApiKeysPage, NewApiKeyPage},
    catalogue::CataloguePage,
    client::{ClientEditPage, ClientPage, NewClientPage, WizardPage},
    credential_set::{CredentialSetEditPage, CredentialSetPage, CredentialSetsPage, NewCredentialSetPage},
    device::{DeviceEditPage, DeviceImportPage, DevicePage, DevicesPage, NewDevicePage},
    device_group::{DeviceGroupEditPage, DeviceGroupPage, DeviceGroupsPage, NewDeviceGroupPage},
    invitation::InvitationPage,
    partner::SettingsPage,
    permission_set::{CopyPermissionSetPage, NewPermissionSetPage, PermissionSetEditPage, PermissionSetPage, PermissionSetsPage},
    restriction::RestrictionsPage,
    role::{NewRolePage, RolePage, RolesPage},
    setup::SetupPage,
    user::{NewUserPage, UserEditPage, UserPage, UsersPage},
    user_group::{NewUserGroupPage, UserGroupEditPage, UserGroupPage, UserGroupsPage},
};

macro_rules! lazy_pages {
    ($($route:ident $page:ident)*) => {$(
        /// The page of almost the same name, in a file of its own.
        pub(crate) struct $route;

        #[lazy_route]
        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            fn view(_this: Self) -> AnyView {
                view! { <$page /> }.into_any()
            }
        }
    )*};
}

lazy_pages! {
    SetupRoute SetupPage
    AccountRoute AccountPage
    NewClientRoute NewClientPage
    WizardRoute WizardPage
    ClientRoute ClientPage
    ClientEditRoute ClientEditPage
    CatalogueRoute CataloguePage
    SettingsRoute SettingsPage
    RolesRoute RolesPage
    NewRoleRoute NewRolePage
    RoleRoute RolePage
    WhyRoute WhyPage
    RestrictionsRoute RestrictionsPage
    InvitationRoute InvitationPage
    UsersRoute UsersPage
    NewUserRoute NewUserPage
    UserRoute UserPage
    UserEditRoute UserEditPage
    UserGroupsRoute UserGroupsPage
    NewUserGroupRoute NewUserGroupPage
    UserGroupRoute UserGroupPage
    UserGroupEditRoute UserGroupEditPage
    PermissionSetsRoute PermissionSetsPage
    NewPermissionSetRoute NewPermissionSetPage
    PermissionSetRoute PermissionSetPage
    PermissionSetEditRoute PermissionSetEditPage
    CopyPermissionSetRoute CopyPermissionSetPage
    DevicesRoute DevicesPage
    NewDeviceRoute NewDevicePage
    DeviceImportRoute DeviceImportPage
    DeviceRoute DevicePage
    DeviceEditRoute DeviceEditPage
    DeviceGroupsRoute DeviceGroupsPage
    NewDeviceGroupRoute NewDeviceGroupPage
    DeviceGroupRoute DeviceGroupPage
    DeviceGroupEditRoute DeviceGroupEditPage
    CredentialSetsRoute CredentialSetsPage
    NewCredentialSetRoute NewCredentialSetPage
    CredentialSetRoute CredentialSetPage
    CredentialSetEditRoute CredentialSetEditPage
    ApiKeysRoute ApiKeysPage
    NewApiKeyRoute NewApiKeyPage
    ApiKeyRoute ApiKeyPage
    ApiKeyEditRoute ApiKeyEditPage
}

/// Fetches what the page at an address needs, so that it can be made alive without waiting. Follows [`App`](crate::App)'s routes.
pub async fn preload(path: &str) {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["setup", _] => SetupRoute::preload().await,
        ["account"] => AccountRoute::preload().await,
        ["clients", "new"] => NewClientRoute::preload().await,
        ["clients", "new", _, _] => WizardRoute::preload().await,
        ["clients", _] => ClientRoute::preload().await,
        ["clients", _, "edit"] => ClientEditRoute::preload().await,
        ["clients", _, "restrictions"] => RestrictionsRoute::preload().await,
        ["catalogues", _] => CatalogueRoute::preload().await,
        ["invitation", _] => InvitationRoute::preload().await,
        ["users"] => UsersRoute::preload().await,
        ["users", "new"] => NewUserRoute::preload().await,
        ["users", _] => UserRoute::preload().await,
        ["users", _, "edit"] => UserEditRoute::preload().await,
        ["user-groups"] => UserGroupsRoute::preload().await,
        ["user-groups", "new"] => NewUserGroupRoute::preload().await,
        ["user-groups", _] => UserGroupRoute::preload().await,
        ["user-groups", _, "edit"] => UserGroupEditRoute::preload().await,
        ["permission-sets"] => PermissionSetsRoute::preload().await,
        ["permission-sets", "new"] => NewPermissionSetRoute::preload().await,
        ["permission-sets", _] => PermissionSetRoute::preload().await,
        ["permission-sets", _, "edit"] => PermissionSetEditRoute::preload().await,
        ["permission-sets", _, "copy"] => CopyPermissionSetRoute::preload().await,
        ["roles"] => RolesRoute::preload().await,
        ["roles", "new"] => NewRoleRoute::preload().await,
        ["roles", _] => RoleRoute::preload().await,
        ["credential-sets"] => CredentialSetsRoute::preload().await,
        ["credential-sets", "new"] => NewCredentialSetRoute::preload().await,
        ["credential-sets", _] => CredentialSetRoute::preload().await,
        ["credential-sets", _, "edit"] => CredentialSetEditRoute::preload().await,
        ["api-keys"] => ApiKeysRoute::preload().await,
        ["api-keys", "new"] => NewApiKeyRoute::preload().await,
        ["api-keys", _] => ApiKeyRoute::preload().await,
        ["api-keys", _, "edit"] => ApiKeyEditRoute::preload().await,
        ["why"] => WhyRoute::preload().await,
        ["devices"] => DevicesRoute::preload().await,
        ["devices", "new"] => NewDeviceRoute::preload().await,
        ["devices", "import"] => DeviceImportRoute::preload().await,
        ["devices", _] => DeviceRoute::preload().await,
        ["devices", _, "edit"] => DeviceEditRoute::preload().await,
        ["device-groups"] => DeviceGroupsRoute::preload().await,
        ["device-groups", "new"] => NewDeviceGroupRoute::preload().await,
        ["device-groups", _] => DeviceGroupRoute::preload().await,
        ["device-groups", _, "edit"] => DeviceGroupEditRoute::preload().await,
        ["settings"] => SettingsRoute::preload().await,
        _ => {}
    }
}
