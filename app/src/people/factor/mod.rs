//! The second factor: signing in with it, setting it up, and proving it again.

mod again;
#[cfg(feature = "hydrate")]
mod asked;
mod codes;
mod of_user;
mod passkey;
pub mod rpc;
mod section;
mod set_up;
mod sign_in;

pub(crate) use again::ProveAgain;
#[cfg(feature = "hydrate")]
pub(crate) use asked::proved_again;
pub(crate) use of_user::second_factor_of;
pub(super) use passkey::{finish, finish_button, passkey_sign_in, passkeys_offered};
pub(crate) use section::second_factor_section;
pub use set_up::*;
pub use sign_in::*;
