//! Tenantry's pages and server functions.
//!
//! Each noun is a folder in its area ([`people`], [`access`], [`clients`], [`inventory`], [`leaving`], [`aws`]): its pages, and in `rpc.rs` its server functions. Beside the
//! areas stands what all pages share: the frame (`layout`), forms ([`forms`]), lists, loading ([`loading`]), addresses ([`paths`]) and the
//! primitives ([`ui`]).

pub mod access;
pub mod audit;
pub mod aws;
pub mod caller;
pub mod clients;
#[cfg(feature = "ssr")]
pub mod document;
pub mod error;
pub mod forms;
pub mod home;
pub mod inventory;
mod layout;
mod lazy;
pub mod leaving;
mod lists;
pub mod loading;
mod moment;
mod navigation;
#[cfg(feature = "ssr")]
mod page_status;
pub mod pages;
pub mod palette;
pub mod paths;
pub mod people;
#[cfg(feature = "ssr")]
pub mod rpc;
mod storage;
mod thing;
pub mod transport;
pub mod ui;
#[cfg(feature = "hydrate")]
mod upload;

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
    moment::provide_reader();
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
