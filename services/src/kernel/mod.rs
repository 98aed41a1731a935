//! What every noun is made with, and the only way to the database.
//!
//! [`authz`] checks a permission and opens a transaction ([`Tx`]), of which everything that reads or writes is a method. The rest serves that:
//! connections and what differs between the engines, lists, audit records, secrets, files, mail, the clock, and what comes from outside as text.

mod audit;
pub(crate) mod authz;
mod bound;
mod cache;
pub(crate) mod clock;
pub(crate) mod connection;
mod connections;
pub(crate) mod email;
pub(crate) mod engine;
pub(crate) mod fault;
pub(crate) mod files;
pub(crate) mod fold;
pub(crate) mod list;
pub(crate) mod mail;
pub(crate) mod names;
pub(crate) mod password;
mod place;
pub(crate) mod ready;
pub(crate) mod refusal;
mod rekey;
pub(crate) mod row;
mod statement;
mod store;
pub(crate) mod token;
mod transaction;
mod tx;
pub(crate) mod vault;
pub(crate) mod view;
mod watch;

pub(crate) use engine::Engine;
pub(crate) use statement::Binds;
pub use store::Store;
pub(crate) use tx::Tx;
