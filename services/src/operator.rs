//! The operator: the person who runs the program on its machine.

use crate::Services;

/// The use cases that ask for no permission, each in the module of its noun. The operator has the database and its keys, so a check would protect
/// nothing. For the command line and the first start; requests have a [`Caller`](domain::Caller) instead.
#[derive(Clone, Copy)]
pub struct Operator<'a>(pub(crate) &'a Services);

impl Services {
    /// Acts as the operator. Never in answer to a request.
    #[must_use]
    pub const fn operator(&self) -> Operator<'_> {
        Operator(self)
    }
}
