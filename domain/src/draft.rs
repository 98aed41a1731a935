//! Drafts: input as typed or sent, and the one way from it to a checked value.

use crate::Violations;

/// Input as typed or sent, right or wrong.
///
/// What needs data, such as a name that is taken, is for `services` to check.
pub trait Draft {
    /// What the check needs besides the draft. Of a draft that changes only what it gives, that is the state before, or none for a new thing.
    type Context<'a>;
    /// What the draft becomes when it breaks no rule.
    type Checked;

    /// Checks every field.
    ///
    /// # Errors
    /// Every violation at once.
    fn check(self, context: Self::Context<'_>) -> Result<Self::Checked, Violations>;
}
