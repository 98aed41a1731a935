//! Roles: the list, one role to read and to change, making one, and why somebody sees something.

mod amount;
#[cfg(feature = "ssr")]
mod candidates;
mod copy;
mod detail;
mod editor;
mod form;
mod list;
mod new;
mod open;
mod reading;
mod remove;
mod review;
pub mod rpc;
mod sets;
mod why;

pub use detail::RolePage;
pub use list::RolesPage;
pub use new::NewRolePage;
pub use why::WhyPage;
