//! The `tenantry` server: configuration, the router and its layers, and the commands. No rule of the product is here.

mod api_docs;
pub mod assets;
mod audit;
mod backups;
pub mod clients;
pub mod command;
pub mod config;
pub mod connections;
pub mod devices;
pub mod headers;
pub mod health;
pub mod images;
mod jobs;
pub mod listen;
pub mod log;
pub mod origin;
pub mod pages;
pub mod refusal;
mod reports;
pub mod request_head;
mod restores;
pub mod router;
pub mod session;
mod stored_file;
pub mod time_limit;
