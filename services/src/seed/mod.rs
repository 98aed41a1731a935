//! Reproducible data for demos and load tests.

mod client;
mod demo;
mod device;
mod dice;
mod directory;
mod drawing;
mod leo_art;
mod load;
mod load_audit;
mod load_directory;
mod store;
mod words;

pub use demo::DEMO_PASSWORD;
