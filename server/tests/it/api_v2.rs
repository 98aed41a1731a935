//! The REST API, as scripts meet it (reference "REST API v2: the contract").

mod client;
mod login_history;
mod role;
mod token;
mod user;
mod user_group;
