//! Why the caller can't restrict permissions.

use domain::{Permission, Scope};

use crate::caller::{refusal, use_caller};

/// Why the reader can't restrict permissions.
pub(super) fn refused_to_restrict() -> Option<String> {
    refusal(Permission::RoleManage, Scope::Partner(use_caller().partner))
}
