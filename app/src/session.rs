//! Signing in and out.

#[cfg(feature = "ssr")]
pub mod cookie;
mod login;
mod refusal;
pub mod rpc;

pub use login::*;
pub use refusal::Refusal;
