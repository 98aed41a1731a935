//! Tenantry's pages and server functions.
//!
//! Each noun has a module: its pages, and in `rpc.rs` its server functions. Beside them stand what all pages share: the frame
//! ([`layout`]), forms ([`forms`]), loading ([`loading`]), addresses ([`paths`]) and the primitives ([`ui`]).

pub mod access;
pub mod account;
pub mod api_key;
pub mod caller;
pub mod catalogue;
pub mod client;
pub mod credential_set;
pub mod device;
pub mod device_group;
mod directory;
#[cfg(feature = "ssr")]
pub mod document;
pub mod error;
pub mod forms;
pub mod invitation;
pub mod json;
pub mod layout;
mod lazy;
pub mod loading;
mod moment;
pub mod partner;
pub mod paths;
pub mod permission_set;

pub mod restriction;
pub mod role;
#[cfg(feature = "ssr")]
pub mod rpc;
pub mod session;
pub mod setup;
pub mod transport;
pub mod ui;
#[cfg(feature = "hydrate")]
mod upload;
pub mod user;
pub mod user_group;

#[cfg(target_arch = "wasm32")]
pub use lazy::preload;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};

use crate::{client::ClientsPage, layout::PrivateLayout, lazy::LazyPage, loading::NotFoundPage, session::LoginPage};

/// Everything: the pages by their addresses. Each is complete as the server sends it, so that it can be read before, or without, scripts.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    ui::provide_toasts();
    ui::provide_hydrated();
    ui::provide_theme(theme());
    caller::provide_caller();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/login") view=LoginPage ssr=SsrMode::Async />
                <Route path=path!("/setup/:token") view=LazyPage::SetupPage ssr=SsrMode::Async />
                <Route path=path!("/invitation/:token") view=LazyPage::InvitationPage ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=PrivateLayout ssr=SsrMode::Async>
                    <Route path=path!("/") view=|| view! { <Redirect path=paths::home() /> } />
                    <Route path=path!("/account") view=LazyPage::AccountPage />
                    <Route path=path!("/clients") view=ClientsPage />
                    <Route path=path!("/clients/new") view=LazyPage::NewClientPage />
                    <Route path=path!("/clients/new/:draft/:step") view=LazyPage::WizardPage />
                    <Route path=path!("/clients/:client") view=LazyPage::ClientPage />
                    <Route path=path!("/clients/:client/edit") view=LazyPage::ClientEditPage />
                    <Route path=path!("/clients/:client/restrictions") view=LazyPage::RestrictionsPage />
                    <Route path=path!("/catalogues/:kind") view=LazyPage::CataloguePage />
                    <Route path=path!("/users") view=LazyPage::UsersPage />
                    <Route path=path!("/users/new") view=LazyPage::NewUserPage />
                    <Route path=path!("/users/:user") view=LazyPage::UserPage />
                    <Route path=path!("/users/:user/edit") view=LazyPage::UserEditPage />
                    <Route path=path!("/user-groups") view=LazyPage::UserGroupsPage />
                    <Route path=path!("/user-groups/new") view=LazyPage::NewUserGroupPage />
                    <Route path=path!("/user-groups/:group") view=LazyPage::UserGroupPage />
                    <Route path=path!("/user-groups/:group/edit") view=LazyPage::UserGroupEditPage />
                    <Route path=path!("/permission-sets") view=LazyPage::PermissionSetsPage />
                    <Route path=path!("/permission-sets/new") view=LazyPage::NewPermissionSetPage />
                    <Route path=path!("/permission-sets/:set") view=LazyPage::PermissionSetPage />
                    <Route path=path!("/permission-sets/:set/edit") view=LazyPage::PermissionSetEditPage />
                    <Route path=path!("/permission-sets/:set/copy") view=LazyPage::CopyPermissionSetPage />
                    <Route path=path!("/roles") view=LazyPage::RolesPage />
                    <Route path=path!("/roles/new") view=LazyPage::NewRolePage />
                    <Route path=path!("/roles/:role") view=LazyPage::RolePage />
                    <Route path=path!("/credential-sets") view=LazyPage::CredentialSetsPage />
                    <Route path=path!("/credential-sets/new") view=LazyPage::NewCredentialSetPage />
                    <Route path=path!("/credential-sets/:set") view=LazyPage::CredentialSetPage />
                    <Route path=path!("/credential-sets/:set/edit") view=LazyPage::CredentialSetEditPage />
                    <Route path=path!("/api-keys") view=LazyPage::ApiKeysPage />
                    <Route path=path!("/api-keys/new") view=LazyPage::NewApiKeyPage />
                    <Route path=path!("/api-keys/:key") view=LazyPage::ApiKeyPage />
                    <Route path=path!("/api-keys/:key/edit") view=LazyPage::ApiKeyEditPage />
                    <Route path=path!("/why") view=LazyPage::WhyPage />
                    <Route path=path!("/devices") view=LazyPage::DevicesPage />
                    <Route path=path!("/devices/new") view=LazyPage::NewDevicePage />
                    <Route path=path!("/devices/import") view=LazyPage::DeviceImportPage />
                    <Route path=path!("/devices/:device") view=LazyPage::DevicePage />
                    <Route path=path!("/devices/:device/edit") view=LazyPage::DeviceEditPage />
                    <Route path=path!("/device-groups") view=LazyPage::DeviceGroupsPage />
                    <Route path=path!("/device-groups/new") view=LazyPage::NewDeviceGroupPage />
                    <Route path=path!("/device-groups/:group") view=LazyPage::DeviceGroupPage />
                    <Route path=path!("/device-groups/:group/edit") view=LazyPage::DeviceGroupEditPage />
                    <Route path=path!("/settings") view=LazyPage::SettingsPage />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// The colours that this request, or this page, has.
fn theme() -> ui::Theme {
    #[cfg(feature = "ssr")]
    return rpc::theme();
    #[cfg(not(feature = "ssr"))]
    return ui::page_theme();
}
