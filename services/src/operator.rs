//! What the operator does: the person who starts the program on its own machine.

use crate::Services;

/// The use cases that ask for no permission, each in the module of its noun. Whoever can run the program with its database and its keys already controls
/// everything in it. For the command line and the first start; a request has a [`Caller`](domain::Caller) instead.
#[derive(Clone, Copy)]
pub struct Operator<'a>(pub(crate) &'a Services);

impl Services {
    /// Acts as the operator. Never in answer to a request.
    #[must_use]
    pub const fn operator(&self) -> Operator<'_> {
        Operator(self)
    }
}
