//! What every noun is made with, and the only way to the database.
//!
//! [`authz`] checks a permission and opens a transaction ([`Tx`]), of which everything that reads or writes is a method. The rest serves that:
//! connections and what differs between the engines, lists, audit records, secrets, files, mail, the clock, and what comes from outside as text.

pub(crate) mod audit;
pub(crate) mod authz;
pub(crate) mod bound;
pub(crate) mod cache;
pub(crate) mod clock;
pub(crate) mod connection;
pub(crate) mod connections;
pub(crate) mod email;
pub(crate) mod engine;
pub(crate) mod fault;
pub(crate) mod files;
pub(crate) mod fold;
pub(crate) mod list;
pub(crate) mod mail;
pub(crate) mod names;
pub(crate) mod password;
pub(crate) mod place;
pub(crate) mod ready;
pub(crate) mod refusal;
pub(crate) mod rekey;
pub(crate) mod row;
pub(crate) mod statement;
pub(crate) mod store;
pub(crate) mod token;
pub(crate) mod transaction;
pub(crate) mod tx;
pub(crate) mod vault;
pub(crate) mod view;
pub(crate) mod watch;

pub(crate) use engine::Engine;
pub(crate) use statement::Binds;
pub use store::Store;
pub(crate) use tx::Tx;
