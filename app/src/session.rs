//! Signing in and out.

#[cfg(feature = "ssr")]
pub mod cookie;
mod login;
mod refusal;
pub mod rpc;

#[cfg(feature = "ssr")]
pub use cookie::Channel;
pub use login::*;
pub use refusal::Refusal;
