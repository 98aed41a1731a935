//! AWS accounts.

pub(crate) mod account;
