//! Refusals that several nouns share.

use domain::{Error, Permission};

use crate::Fault;

/// Refuses a change where the caller's roles with the permission list other rows than this one.
pub(crate) fn not_listed(permission: Permission, what: &str) -> Fault {
    Error::forbidden(format!("Your roles with the permission “{}” don't include {what}.", permission.name())).into()
}

/// Refuses to create what the caller couldn't see or change afterwards.
pub(crate) fn unseen() -> Fault {
    Error::forbidden(
        "Your roles list what you can see, so you couldn't see what you add here. Ask an administrator to add it, or to give you a role for all.",
    )
    .into()
}

/// Turns a violation of a unique index into a refusal of the field; any other fault stays what it is.
pub(crate) fn duplicate(field: &'static str, sentence: impl Into<String>) -> impl FnOnce(Fault) -> Fault {
    move |fault| if fault.is_duplicate() { Error::invalid(field, sentence).into() } else { fault }
}
