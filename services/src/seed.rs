//! Data to look at and to measure with: always the same, however often it is made.

mod client;
mod demo;
mod dice;
mod drawing;
mod load;
mod words;

pub use demo::DEMO_PASSWORD;
