//! Version 2: every noun's operations, and the document that describes them.

mod cfg;
mod client;
mod client_details;
mod client_kept;
mod client_wire;
mod credential_set;
mod credential_set_wire;
mod device_group;
mod links;
mod login_history;
mod notification;
mod openapi;
mod partner;
mod permission_set;
mod resource;
mod resource_wire;
mod role;
mod role_wire;
mod user;
mod user_group;
mod user_input;
mod user_wire;
mod values;

pub(super) use openapi::openapi;

use services::Services;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

/// All operations. Whoever adds one adds it here, and so to the document and to the tests that try every operation.
pub(super) fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(openapi::document))
        .routes(routes!(cfg::countries))
        .routes(routes!(cfg::time_zones))
        .routes(routes!(cfg::device_types))
        .routes(routes!(cfg::all_resource_types))
        .routes(routes!(cfg::resource_types))
        .routes(routes!(partner::get))
        .routes(routes!(client::create))
        .routes(routes!(client::minimal))
        .routes(routes!(client::search))
        .routes(routes!(client::get, client::update))
        .routes(routes!(client::get_by_path))
        .routes(routes!(client::activate))
        .routes(routes!(client::suspend))
        .routes(routes!(client::terminate))
        .routes(routes!(role::create))
        .routes(routes!(role::search))
        .routes(routes!(role::get, role::update, role::delete))
        .routes(routes!(permission_set::list, permission_set::create))
        .routes(routes!(permission_set::get, permission_set::update, permission_set::delete))
        .routes(routes!(resource::create))
        .routes(routes!(resource::minimal))
        .routes(routes!(resource::search))
        .routes(routes!(resource::get, resource::update, resource::delete))
        .routes(routes!(device_group::save))
        .routes(routes!(device_group::minimal))
        .routes(routes!(device_group::search))
        .routes(routes!(device_group::get, device_group::delete))
        .routes(routes!(device_group::add, device_group::remove))
        .routes(routes!(device_group::children))
        .routes(routes!(credential_set::list, credential_set::create))
        .routes(routes!(credential_set::minimal))
        .routes(routes!(credential_set::search))
        .routes(routes!(credential_set::get, credential_set::update, credential_set::delete))
        .routes(routes!(credential_set::get_minimal))
        .routes(routes!(user::create))
        .routes(routes!(user::minimal))
        .routes(routes!(user::search))
        .routes(routes!(login_history::search))
        .routes(routes!(user::get, user::update))
        .routes(routes!(user::activate))
        .routes(routes!(user::deactivate))
        .routes(routes!(user::terminate))
        .routes(routes!(user::change_password))
        .routes(routes!(user_group::create, user_group::list))
        .routes(routes!(user_group::get, user_group::update, user_group::delete))
        .routes(routes!(user_group::users, user_group::add_users, user_group::remove_users))
}
