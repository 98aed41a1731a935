//! Users: the list, one user to read and to change, and inviting one.

mod detail;
mod edit;
mod form;
mod history;
mod invite;
mod list;
mod new;
mod picture;
pub mod rpc;
mod sessions;
mod state;

pub use detail::UserPage;
pub use edit::UserEditPage;
pub(crate) use form::{organization_picker, role_picks};
pub use list::UsersPage;
pub(crate) use list::client_users;
pub use new::NewUserPage;
pub(crate) use picture::picture;
