//! The pages: rendered by the app, with the policy that allows just their own scripts.

use std::{collections::BTreeSet, sync::OnceLock};

use app::{App, document::document};
use axum::Router;
use http::{HeaderValue, header::CONTENT_SECURITY_POLICY};
use leptos::{config::LeptosOptions, nonce::use_nonce, prelude::use_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context};

use crate::{assets::Assets, headers::content_security_policy};

/// A route for every page and every server function, and the console's own page for an address that leads nowhere.
pub(crate) fn pages() -> Router<LeptosOptions> {
    let assets = Assets::get().cloned().unwrap_or_default();
    let options = LeptosOptions::builder().output_name("tenantry").build();
    let shell = move || document(&assets);
    Router::new()
        .leptos_routes_with_context(&options, routes(), allow_own_scripts, shell.clone())
        .fallback(render_app_async_with_context(allow_own_scripts, shell))
}

/// The pages' routes. Finding them stops every page of the process that is just being rendered, for good, so it is done once: before a
/// first router answers anything (leptos-rs/leptos issue 4773).
pub fn routes() -> Vec<AxumRouteListing> {
    static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    ROUTES.get_or_init(|| without_twins(generate_route_list(App))).clone()
}

/// Leaves out routes that differ from another only in the names of parts: a page with several parts that may be missing has some, and axum takes one.
fn without_twins(mut routes: Vec<AxumRouteListing>) -> Vec<AxumRouteListing> {
    let mut known = BTreeSet::new();
    routes.retain(|route| known.insert(without_names(route.path())));
    routes
}

fn without_names(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Sets the page's policy by the nonce that its scripts carry.
fn allow_own_scripts() {
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&content_security_policy(&nonce))
    {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}
