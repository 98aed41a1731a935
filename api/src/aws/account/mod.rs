//! AWS accounts. No program of others knows these operations: they are this console's own.

pub(crate) mod handlers;
mod input;
mod listed;
mod output;
mod reference;
