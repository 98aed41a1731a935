//! Permission sets in words.

use domain::RoleScope;

/// For whose roles a set is.
pub(super) const fn whose(scope: RoleScope) -> &'static str {
    match scope {
        RoleScope::Msp => "Partner users",
        RoleScope::Client => "Client users",
    }
}
