//! The state of the page on which a client is typed, shared by wizard and edit page.

mod client_form;
mod signal_owner;
mod signals;
mod uploads;

pub(crate) use client_form::*;
pub(crate) use signals::{AccessSignals, ClientSignals, ImageSignals, Live, ProviderSignals};
pub(crate) use uploads::Upload;
