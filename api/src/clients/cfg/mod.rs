//! Lists of what may be chosen: countries, time zones and types of devices.

pub(crate) mod country;
pub(crate) mod handlers;
mod output;
pub(crate) mod zone;
