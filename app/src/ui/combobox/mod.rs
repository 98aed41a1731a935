//! One of many values, found by typing: WAI-ARIA's editable combobox with a list box.

mod field;
mod fold;
mod matches;
mod state;

pub use field::*;
pub(crate) use fold::fold;
