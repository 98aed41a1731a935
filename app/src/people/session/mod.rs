//! Signing in and out.

mod again;
#[cfg(feature = "ssr")]
pub mod cookie;
mod login;
#[cfg(feature = "hydrate")]
mod page_session;
mod refusal;
pub mod rpc;
mod table;

pub(crate) use again::SignInAgain;
#[cfg(feature = "ssr")]
pub use cookie::Channel;
pub use login::*;
#[cfg(feature = "hydrate")]
pub(crate) use page_session::{is_over, lead_to_sign_in_page, signed_in_again, user_of_page};
pub use refusal::Refusal;
pub(crate) use table::sessions_table;

/// The server has no page that waits.
#[cfg(not(feature = "hydrate"))]
pub(crate) const fn is_over() -> bool {
    false
}
