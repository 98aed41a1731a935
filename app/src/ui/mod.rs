//! Primitives of the page: what things look like and how they behave, without a noun of the domain.
//!
//! Everything renders the same on the server and in the browser, rests on native elements, and is styled by `style/*.css` through
//! classes and `data-` attributes only (the content security policy allows no inline style). See `docs/ui.md` for a tour.

mod badge;
mod banner;
mod bind;
mod button;
mod card;
mod chart;
mod choice;
mod code;
mod combobox;
mod copy;
mod debounce;
mod dialog;
mod empty;
#[cfg(feature = "ssr")]
mod escape;
mod field;
mod focus;
mod hydrated;
mod icon;
mod kbd;
mod listbox;
mod menu;
mod nav;
mod page;
mod palette;
mod password;
mod picker;
mod progress;
mod search;
mod select;
mod shell;
mod skeleton;
mod table;
mod tabs;
mod text;
mod theme;
mod title;
mod toast;
mod toggle;
mod tree;

pub use badge::*;
pub use banner::*;
pub use button::*;
pub use card::*;
pub use chart::*;
pub use choice::*;
pub use code::*;
pub(crate) use combobox::fold;
pub use combobox::*;
pub use copy::*;
pub(crate) use debounce::{Debounce, TYPING, when_rested};
pub use dialog::*;
pub use empty::*;
#[cfg(feature = "ssr")]
pub use escape::escaped;
pub use field::*;
pub(crate) use focus::{focus, focus_on, press, unfold};
pub use hydrated::{SentByScript, provide_hydrated};
pub use icon::*;
pub use kbd::*;
pub use menu::*;
pub use nav::*;
pub use page::*;
pub use palette::*;
pub use password::*;
pub use picker::*;
pub use progress::*;
pub use search::*;
pub use select::*;
pub use shell::*;
pub use skeleton::*;
pub use table::*;
pub use tabs::*;
pub use text::*;
pub use theme::*;
pub use title::*;
pub use toast::*;
pub use toggle::*;
pub use tree::*;

#[cfg(all(test, feature = "ssr"))]
mod tests;

/// An optional text prop is a plain `String`, so that callers can write a literal; empty means that it wasn't given.
fn given(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
