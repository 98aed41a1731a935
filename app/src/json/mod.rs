//! How answers of the server are written and read.

mod codec;

pub use codec::*;
