//! What somebody sees and may do, and why.

mod answer;
pub mod rpc;
mod user_clients;
mod why;

pub(crate) use user_clients::user_clients;
pub use why::WhyPage;

use domain::{Permission, Scope};

use crate::caller::refusal;

/// Why the reader can't ask what others may do.
pub(crate) fn refused_to_ask() -> Option<String> {
    [Permission::RoleView, Permission::UserView].into_iter().find_map(|permission| refusal(permission, Scope::Visible))
}
