//! Every operation of version 2.

use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    access::{permission_set, role},
    aws::account,
    clients::{cfg, client, partner},
    inventory::{credential_set, device_group, resource},
    leaving::job,
    openapi,
    people::{login_history, user, user_group},
    state::ApiState,
};

/// All operations. The OpenAPI document and the tests of every operation read this list.
pub(crate) fn operations() -> OpenApiRouter<ApiState> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(openapi::handlers::document))
        .routes(routes!(cfg::handlers::countries))
        .routes(routes!(cfg::handlers::time_zones))
        .routes(routes!(cfg::handlers::device_types))
        .routes(routes!(cfg::handlers::all_resource_types))
        .routes(routes!(cfg::handlers::resource_types))
        .routes(routes!(partner::handlers::get))
        .routes(routes!(client::handlers::create))
        .routes(routes!(client::handlers::minimal))
        .routes(routes!(client::handlers::search))
        .routes(routes!(client::handlers::get, client::handlers::update))
        .routes(routes!(client::handlers::get_by_path))
        .routes(routes!(client::handlers::activate))
        .routes(routes!(client::handlers::suspend))
        .routes(routes!(client::handlers::terminate))
        .routes(routes!(role::handlers::create))
        .routes(routes!(role::handlers::search))
        .routes(routes!(role::handlers::get, role::handlers::update, role::handlers::delete))
        .routes(routes!(permission_set::handlers::list, permission_set::handlers::create))
        .routes(routes!(permission_set::handlers::get, permission_set::handlers::update, permission_set::handlers::delete))
        .routes(routes!(resource::handlers::create))
        .routes(routes!(resource::handlers::minimal))
        .routes(routes!(resource::handlers::search))
        .routes(routes!(resource::handlers::get, resource::handlers::update, resource::handlers::delete))
        .routes(routes!(device_group::handlers::save))
        .routes(routes!(device_group::handlers::minimal))
        .routes(routes!(device_group::handlers::search))
        .routes(routes!(device_group::handlers::get, device_group::handlers::delete))
        .routes(routes!(device_group::handlers::add, device_group::handlers::remove))
        .routes(routes!(device_group::handlers::children))
        .routes(routes!(credential_set::handlers::list, credential_set::handlers::create))
        .routes(routes!(credential_set::handlers::minimal))
        .routes(routes!(credential_set::handlers::search))
        .routes(routes!(credential_set::handlers::get, credential_set::handlers::update, credential_set::handlers::delete))
        .routes(routes!(credential_set::handlers::get_minimal))
        .routes(routes!(user::handlers::create))
        .routes(routes!(user::handlers::minimal))
        .routes(routes!(user::handlers::search))
        .routes(routes!(login_history::handlers::search))
        .routes(routes!(user::handlers::get, user::handlers::update))
        .routes(routes!(user::handlers::activate))
        .routes(routes!(user::handlers::deactivate))
        .routes(routes!(user::handlers::terminate))
        .routes(routes!(user::handlers::change_password))
        .routes(routes!(user_group::handlers::create, user_group::handlers::list))
        .routes(routes!(user_group::handlers::get, user_group::handlers::update, user_group::handlers::delete))
        .routes(routes!(user_group::handlers::users, user_group::handlers::add_users, user_group::handlers::remove_users))
        .routes(routes!(account::handlers::list, account::handlers::create))
        .routes(routes!(account::handlers::many::associate))
        .routes(routes!(account::handlers::many::disassociate))
        .routes(routes!(account::handlers::many::onboard))
        .routes(routes!(account::handlers::many::delink))
        .routes(routes!(account::handlers::role::trust))
        .routes(routes!(account::handlers::get, account::handlers::update, account::handlers::delete))
        .routes(routes!(account::handlers::members))
        .routes(routes!(account::handlers::promote))
        .routes(routes!(account::handlers::refresh))
        .routes(routes!(account::handlers::role::role_arn))
        .routes(routes!(account::handlers::role::check))
        .routes(routes!(account::handlers::role::give_up))
        .routes(routes!(job::handlers::get))
}
