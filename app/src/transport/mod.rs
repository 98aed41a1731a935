//! How the page talks to the server: it calls server functions and listens to server-sent events. If the session has ended, the user signs in again in a dialog
//! and the same request is resent, so forms need no handling of their own.

mod client;
#[cfg(feature = "hydrate")]
mod events;
#[cfg(feature = "hydrate")]
mod fetch;
mod waiting;
mod wire;

pub use client::*;
#[cfg(feature = "hydrate")]
pub(crate) use events::Listener;
pub(crate) use waiting::Waiting;
#[cfg(test)]
pub(crate) use wire::OUTLIVES_PAGE;
pub use wire::{PageRequest, PageResponse, USER_HEADER};
