//! Every use case, on both engines, over the real store.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

mod api_key;
mod authority;
mod authorize;
mod cache;
mod catalogue;
mod client;
mod client_draft;
mod client_import;
mod client_list;
mod credential_set;
mod device;
mod device_group;
mod grant;
mod invitation;
mod job;
mod list_position;
mod login_history;
mod mail;
mod network_image;
mod outrank;
mod partner;
mod password;
mod permission_set;
mod plan;
mod policy;
mod race;
mod reference;
mod report;
mod role;
mod seed;
mod session;
mod setup;
mod several_roles;
mod sign_in_throttle;
mod sql;
mod support;
mod termination;
mod text;
mod text_search;
mod user;
mod user_group;
mod vault;
mod view;
mod why;
