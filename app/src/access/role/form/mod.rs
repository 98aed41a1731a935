//! What is chosen for a role: its texts, what it lists, and the draft that says what of that is new.

mod pickers;
mod role_form;
mod sections;

pub(super) use role_form::*;
pub(super) use sections::*;
