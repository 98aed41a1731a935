//! A text box with a list of options below it, as WAI-ARIA describes it for comboboxes: keys, the highlighted option, and where the list opens.
//! [`Combobox`](super::Combobox) and [`Picker`](super::Picker) put their own options into it.

mod parts;
mod position;
mod state;

pub(super) use parts::*;
pub(super) use state::{ListKey, Listbox};
