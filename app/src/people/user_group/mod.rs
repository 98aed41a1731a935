//! User groups: the list, one group to read, and the form of both pages.

mod delete;
mod detail;
mod edit;
mod form;
mod list;
mod members;
mod new;
pub mod rpc;

pub use detail::UserGroupPage;
pub use edit::UserGroupEditPage;
pub use list::UserGroupsPage;
pub(crate) use list::client_user_groups;
pub use new::NewUserGroupPage;
