//! Terminating a client: the dialog before, and the receipt afterwards.

mod dialog;
mod receipt;
pub mod rpc;

pub(crate) use dialog::{TerminationQuestion, termination_dialog};
pub(crate) use receipt::receipt_section;
