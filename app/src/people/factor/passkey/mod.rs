//! Passkeys: on the account page, and wherever a second factor is asked for.

mod browser;
mod prove;
pub mod rpc;
mod section;
mod set_up;
mod sign_in;

use leptos::server::SharedValue;

pub(super) use prove::prove_again;
pub(in crate::people) use prove::{finish, finish_button};
pub(super) use section::PasskeysList;
pub(super) use set_up::AddPasskey;
pub(in crate::people) use sign_in::passkey_sign_in;

/// Whether passkeys can be made and used here: the server says so when it renders the page.
pub(in crate::people) fn passkeys_offered() -> bool {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return crate::rpc::services().is_ok_and(|services| services.passkeys_are_offered());
        #[cfg(not(feature = "ssr"))]
        return false;
    })
    .into_inner()
}
