//! The pages that a browser fetches when somebody first goes there. Signing in and listing clients is what everybody does; it must not
//! wait for the rest.
//!
//! Pages of one area share a file. What areas share lies in files between them, one for each set of areas that shares something: with few areas, a
//! page has few files.

use leptos::prelude::*;
use leptos_router::ChooseView;

use crate::{
    access::{
        permission_set::{CopyPermissionSetPage, NewPermissionSetPage, PermissionSetEditPage, PermissionSetPage, PermissionSetsPage},
        restriction::RestrictionsPage,
        role::{NewRolePage, RolePage, RolesPage},
        why::WhyPage,
    },
    audit::AuditPage,
    aws::account::{
        AwsAccountEditPage, AwsAccountPage, ManagementAccountsPage, MembersPage, NewManagementAccountPage, NewSingleAccountPage, SingleAccountsPage,
    },
    clients::{
        catalogue::CataloguePage,
        client::{ClientEditPage, ClientImportPage, ClientPage, WizardPage},
        partner::SettingsPage,
    },
    home::HomePage,
    inventory::{
        credential_set::{CredentialSetEditPage, CredentialSetPage, CredentialSetsPage, NewCredentialSetPage},
        device::{DeviceEditPage, DeviceImportPage, DevicePage, DevicesPage, NewDevicePage},
        device_group::{DeviceGroupEditPage, DeviceGroupPage, DeviceGroupsPage, NewDeviceGroupPage},
    },
    leaving::{
        backup::{BackupsPage, RestorePage},
        job::{JobPage, JobsPage},
        report::{AuditReportsPage, NewAuditReportPage, NewTenantProfilesPage, ReportEditPage, ReportPage, TenantProfilesPage},
    },
    palette::PaletteWindow,
    people::{
        account::{AccountPage, EmailLinkPage},
        api_key::{ApiKeyEditPage, ApiKeyPage, ApiKeysPage, NewApiKeyPage},
        factor::{SecondFactorPage, SetUpSecondFactorPage},
        forgotten::{ForgottenPasswordPage, PasswordLinkPage},
        invitation::InvitationPage,
        setup::SetupPage,
        user::{NewUserPage, UserEditPage, UserPage, UsersPage},
        user_group::{NewUserGroupPage, UserGroupEditPage, UserGroupPage, UserGroupsPage},
    },
};

/// Defines [`LazyPage`]. Each entry names an area's view function, the fetch function that `lazy` makes of it, and its pages; their addresses are in
/// [`pages`](crate::pages).
macro_rules! areas {
    ($($area:ident $fetch:ident { $($page:ident)* })*) => {
        /// A page or the palette's window, by the name of its component. The browser fetches
        /// its area's file before it is shown.
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum LazyPage {
            $($($page,)*)*
        }

        $(
            #[lazy]
            fn $area(page: LazyPage) -> AnyView {
                match page {
                    $(LazyPage::$page => view! { <$page /> }.into_any(),)*
                    // Another area's: nobody asks for it here.
                    _ => ().into_any(),
                }
            }
        )*

        impl ChooseView for LazyPage {
            async fn choose(self) -> AnyView {
                match self {
                    $($(Self::$page)|* => $area(self).await,)*
                }
            }

            async fn preload(&self) {
                #[cfg(target_arch = "wasm32")]
                match self {
                    $($(Self::$page)|* => $fetch().await,)*
                }
            }
        }
    };
}

areas! {
    client_pages __preload_client_pages {
        WizardPage ClientImportPage ClientPage ClientEditPage RestrictionsPage BackupsPage RestorePage CataloguePage
    }
    everyday_pages __preload_everyday_pages {
        HomePage PaletteWindow UsersPage UserGroupsPage PermissionSetsPage RolesPage DevicesPage DeviceGroupsPage CredentialSetsPage ApiKeysPage JobsPage JobPage
        TenantProfilesPage AuditReportsPage AuditPage
    }
    own_pages __preload_own_pages {
        AccountPage SettingsPage SetupPage InvitationPage ForgottenPasswordPage PasswordLinkPage EmailLinkPage SecondFactorPage SetUpSecondFactorPage
    }
    directory_pages __preload_directory_pages {
        NewUserPage UserPage UserEditPage NewUserGroupPage UserGroupPage UserGroupEditPage
        NewPermissionSetPage PermissionSetPage PermissionSetEditPage CopyPermissionSetPage NewRolePage RolePage WhyPage
        NewDevicePage DeviceImportPage DevicePage DeviceEditPage NewDeviceGroupPage DeviceGroupPage DeviceGroupEditPage
        NewCredentialSetPage CredentialSetPage CredentialSetEditPage NewApiKeyPage ApiKeyPage ApiKeyEditPage
        NewTenantProfilesPage NewAuditReportPage ReportPage ReportEditPage
        ManagementAccountsPage SingleAccountsPage NewManagementAccountPage NewSingleAccountPage MembersPage AwsAccountPage AwsAccountEditPage
    }
}
