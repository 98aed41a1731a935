//! Signing in and out.

mod again;
#[cfg(feature = "ssr")]
pub mod cookie;
mod login;
mod refusal;
pub mod rpc;

pub(crate) use again::{SignInAgain, is_over};
#[cfg(feature = "hydrate")]
pub(crate) use again::{signed_in_again, user_of_page};
#[cfg(feature = "ssr")]
pub use cookie::Channel;
pub use login::*;
pub use refusal::Refusal;
