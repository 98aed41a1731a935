//! The parts of the page on which a client is typed, by the tabs of the wizard. The edit page shows them all.

mod catalogue;
mod details;
mod fold;
mod images;
mod network;
mod options;
mod policies;
mod rows;
mod settings;
mod steps;

pub(super) use steps::*;
