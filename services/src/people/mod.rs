//! Users and their groups, second factors, sessions, invitations and API keys.

pub(crate) mod account;
pub(crate) mod api_key;
pub(crate) mod factor;
pub(crate) mod invitation;
pub(crate) mod login_history;
pub(crate) mod session;
pub(crate) mod setup;
pub(crate) mod user;
pub(crate) mod user_group;
