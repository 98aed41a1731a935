//! What is typed about a device: its fields, in the sections of both pages.

mod device_form;
mod fields;
mod kind;

pub(super) use device_form::*;
