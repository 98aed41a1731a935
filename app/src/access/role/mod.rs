//! Roles: the list, one role to read and to change, and making one.

mod amount;
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
pub(crate) mod sets;

pub use detail::RolePage;
pub use list::RolesPage;
pub(crate) use list::client_roles;
pub use new::NewRolePage;
