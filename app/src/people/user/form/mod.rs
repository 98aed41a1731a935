//! What is typed about a user: its fields, in the sections of both pages.

mod access;
mod fields;
mod user_form;

pub(super) use access::access_section;
pub(crate) use access::{organization_picker, role_picks};
pub(super) use user_form::*;
