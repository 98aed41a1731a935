//! What the API says of itself. How it answers is tested through the server's router, with its sessions and layers: `server/tests/it/api_v2`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on has failed")]

mod openapi;
