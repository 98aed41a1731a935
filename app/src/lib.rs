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
pub mod ui;
#[cfg(feature = "hydrate")]
mod upload;
pub mod user;
pub mod user_group;

pub use lazy::preload;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};

use crate::{
    client::ClientsPage,
    layout::PrivateLayout,
    lazy::{
        AccountRoute, CatalogueRoute, ClientEditRoute, ClientRoute, CopyPermissionSetRoute, InvitationRoute, NewClientRoute, NewPermissionSetRoute,
        NewUserGroupRoute, NewUserRoute, PermissionSetEditRoute, PermissionSetRoute, PermissionSetsRoute, SettingsRoute, SetupRoute, UserEditRoute,
        UserGroupEditRoute, UserGroupRoute, UserGroupsRoute, UserRoute, UsersRoute, WizardRoute,
    },
    loading::NotFoundPage,
    session::LoginPage,
};

/// Everything: the pages by their addresses. Each is complete as the server sends it, so that it can be read before, or without, scripts.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    ui::provide_toasts();
    ui::provide_theme(theme());
    caller::provide_caller();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/login") view=LoginPage ssr=SsrMode::Async />
                <Route path=path!("/setup/:token") view={Lazy::<SetupRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/invitation/:token") view={Lazy::<InvitationRoute>::new()} ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=PrivateLayout ssr=SsrMode::Async>
                    <Route path=path!("/") view=|| view! { <Redirect path=paths::home() /> } />
                    <Route path=path!("/account") view={Lazy::<AccountRoute>::new()} />
                    <Route path=path!("/clients") view=ClientsPage />
                    <Route path=path!("/clients/new") view={Lazy::<NewClientRoute>::new()} />
                    <Route path=path!("/clients/new/:draft/:step") view={Lazy::<WizardRoute>::new()} />
                    <Route path=path!("/clients/:client") view={Lazy::<ClientRoute>::new()} />
                    <Route path=path!("/clients/:client/edit") view={Lazy::<ClientEditRoute>::new()} />
                    <Route path=path!("/clients/:client/restrictions") view={Lazy::<lazy::RestrictionsRoute>::new()} />
                    <Route path=path!("/catalogues/:kind") view={Lazy::<CatalogueRoute>::new()} />
                    <Route path=path!("/users") view={Lazy::<UsersRoute>::new()} />
                    <Route path=path!("/users/new") view={Lazy::<NewUserRoute>::new()} />
                    <Route path=path!("/users/:user") view={Lazy::<UserRoute>::new()} />
                    <Route path=path!("/users/:user/edit") view={Lazy::<UserEditRoute>::new()} />
                    <Route path=path!("/user-groups") view={Lazy::<UserGroupsRoute>::new()} />
                    <Route path=path!("/user-groups/new") view={Lazy::<NewUserGroupRoute>::new()} />
                    <Route path=path!("/user-groups/:group") view={Lazy::<UserGroupRoute>::new()} />
                    <Route path=path!("/user-groups/:group/edit") view={Lazy::<UserGroupEditRoute>::new()} />
                    <Route path=path!("/permission-sets") view={Lazy::<PermissionSetsRoute>::new()} />
                    <Route path=path!("/permission-sets/new") view={Lazy::<NewPermissionSetRoute>::new()} />
                    <Route path=path!("/permission-sets/:set") view={Lazy::<PermissionSetRoute>::new()} />
                    <Route path=path!("/permission-sets/:set/edit") view={Lazy::<PermissionSetEditRoute>::new()} />
                    <Route path=path!("/permission-sets/:set/copy") view={Lazy::<CopyPermissionSetRoute>::new()} />
                    <Route path=path!("/roles") view={Lazy::<lazy::RolesRoute>::new()} />
                    <Route path=path!("/roles/new") view={Lazy::<lazy::NewRoleRoute>::new()} />
                    <Route path=path!("/roles/:role") view={Lazy::<lazy::RoleRoute>::new()} />
                    <Route path=path!("/credential-sets") view={Lazy::<lazy::CredentialSetsRoute>::new()} />
                    <Route path=path!("/credential-sets/new") view={Lazy::<lazy::NewCredentialSetRoute>::new()} />
                    <Route path=path!("/credential-sets/:set") view={Lazy::<lazy::CredentialSetRoute>::new()} />
                    <Route path=path!("/credential-sets/:set/edit") view={Lazy::<lazy::CredentialSetEditRoute>::new()} />
                    <Route path=path!("/api-keys") view={Lazy::<lazy::ApiKeysRoute>::new()} />
                    <Route path=path!("/api-keys/new") view={Lazy::<lazy::NewApiKeyRoute>::new()} />
                    <Route path=path!("/api-keys/:key") view={Lazy::<lazy::ApiKeyRoute>::new()} />
                    <Route path=path!("/api-keys/:key/edit") view={Lazy::<lazy::ApiKeyEditRoute>::new()} />
                    <Route path=path!("/why") view={Lazy::<lazy::WhyRoute>::new()} />
                    <Route path=path!("/devices") view={Lazy::<lazy::DevicesRoute>::new()} />
                    <Route path=path!("/devices/new") view={Lazy::<lazy::NewDeviceRoute>::new()} />
                    <Route path=path!("/devices/import") view={Lazy::<lazy::DeviceImportRoute>::new()} />
                    <Route path=path!("/devices/:device") view={Lazy::<lazy::DeviceRoute>::new()} />
                    <Route path=path!("/devices/:device/edit") view={Lazy::<lazy::DeviceEditRoute>::new()} />
                    <Route path=path!("/device-groups") view={Lazy::<lazy::DeviceGroupsRoute>::new()} />
                    <Route path=path!("/device-groups/new") view={Lazy::<lazy::NewDeviceGroupRoute>::new()} />
                    <Route path=path!("/device-groups/:group") view={Lazy::<lazy::DeviceGroupRoute>::new()} />
                    <Route path=path!("/device-groups/:group/edit") view={Lazy::<lazy::DeviceGroupEditRoute>::new()} />
                    <Route path=path!("/settings") view={Lazy::<SettingsRoute>::new()} />
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
