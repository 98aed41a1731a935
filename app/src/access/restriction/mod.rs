//! What the partner lets nobody do at a client: a part of the client's page, and the page to change it.

mod edit;
pub mod rpc;
mod section;

pub use edit::RestrictionsPage;
pub(crate) use section::access_section;

use domain::{Permission, Scope};

use crate::caller::{refusal, use_caller};

/// Why the reader can't restrict permissions.
fn refused_to_restrict() -> Option<String> {
    refusal(Permission::RoleManage, Scope::Partner(use_caller().partner))
}
