//! How the page calls server functions. If the session has ended, the user signs in again in a dialog and the same request is resent, so forms need no
//! handling of their own.

mod client;
#[cfg(feature = "hydrate")]
mod fetch;
mod wire;

pub use client::*;
#[cfg(test)]
pub(crate) use wire::OUTLIVES_PAGE;
pub use wire::{PageRequest, PageResponse, USER_HEADER};
