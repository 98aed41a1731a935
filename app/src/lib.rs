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
pub mod pages;
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
pub use pages::preload;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

use crate::pages::Pages;

/// The whole console, showing the page at the current address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    ui::provide_toasts();
    ui::provide_hydrated();
    ui::provide_theme(theme());
    caller::provide_caller();
    #[cfg(feature = "hydrate")]
    forms::listen_for_back();
    view! {
        <Router>
            <Pages />
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
