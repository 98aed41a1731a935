//! What all nouns share, and the only way to the database.
//!
//! [`authz`] checks a permission and opens a transaction ([`Tx`]), whose methods read and write. The rest supports that: connections and engines,
//! lists, the audit log, secrets, files, mail, the clock and text normalization.

pub(crate) mod audit;
pub(crate) mod authz;
mod bound;
mod cache;
pub(crate) mod clock;
pub(crate) mod connection;
mod connections;
pub(crate) mod csv_file;
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
pub(crate) mod proof;
pub(crate) mod ready;
pub(crate) mod refusal;
mod rekey;
pub(crate) mod row;
pub(crate) mod row_count;
pub(crate) mod spreadsheet;
mod statement;
mod store;
pub(crate) mod token;
mod transaction;
mod tx;
pub(crate) mod vault;
pub(crate) mod view;
mod watch;
mod wire;

pub(crate) use engine::Engine;
pub(crate) use statement::Binds;
pub use store::Store;
pub(crate) use tx::Tx;
