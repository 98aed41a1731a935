//! The partner's own settings.

pub mod rpc;
mod settings;

pub use settings::*;
