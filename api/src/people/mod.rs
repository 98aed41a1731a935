//! Users, their groups, how they signed in, and the tokens of programs.

pub(crate) mod login_history;
pub(crate) mod token;
pub(crate) mod user;
pub(crate) mod user_group;
