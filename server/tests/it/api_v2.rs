//! The REST API, as scripts meet it (docs/spec/rest-api.md, "REST API v2").

mod amount;
mod aws_account;
mod cfg;
mod client;
mod client_images;
mod coverage;
mod credential_set;
mod device_group;
mod login_history;
mod openapi;
mod permission_set;
mod resource;
mod role;
mod round_trip;
mod token;
mod types;
mod user;
mod user_group;
