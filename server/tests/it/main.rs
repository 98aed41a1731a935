//! The server as its visitors meet it: requests to the whole router, on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

mod api_key;
mod api_v2;
mod authority;
mod backup;
mod client_import;
mod coverage;
mod credential_set;
mod devices;
mod factor;
mod forgotten;
mod headers;
mod health;
mod images;
mod invitation;
#[cfg(unix)]
mod killed;
mod listen;
mod markup;
mod pages;
mod parity;
mod report;
mod request_head;
mod rpc;
mod session;
#[cfg(unix)]
mod start;
mod support;
