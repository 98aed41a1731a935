//! Tenantry's pages and server functions.

pub mod error;
pub mod paths;
#[cfg(feature = "ssr")]
pub mod rpc;
pub mod ui;
