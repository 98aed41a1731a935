//! What every form shares: its errors, the summary on top of it, and sending it.
//!
//! ```ignore
//! let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get())));
//! let (sending, unsaved) = (Sending::new(), Unsaved::of(move || draft.get()));
//! let save = move || sending.run(update_thing(draft.get_untracked()), move |answer| match answer {
//!     Ok(thing) => {
//!         unsaved.saved();
//!         …
//!     }
//!     Err(error) => errors.refuse(error),
//! });
//! view! {
//!     <Form errors unsaved on_submit=save>
//!         <TextField name="name" label="Name" value=name error=errors.of("name") on_blur=errors.leave("name") required=true />
//!         <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
//!     </Form>
//! }
//! ```

mod country;
mod csv;
mod delete;
mod edit;
mod errors;
mod file;
mod form;
mod leave;
mod needs_script;
mod password;
mod sending;
mod time_zone;

pub(crate) use country::countries;
pub(crate) use csv::{CsvChoice, UNCERTAIN, csv_fields, faults_table};
pub(crate) use delete::{Deletion, delete_dialog};
pub(crate) use edit::{Editing, edit_form, was_saved};
pub use errors::*;
pub(crate) use file::{FileSending, FileWords, file_section};
pub use form::*;
pub use leave::Unsaved;
#[cfg(feature = "hydrate")]
pub(crate) use leave::listen_for_back;
pub(crate) use leave::{AtStake, leave_without_warning, replacing, warn_before_leaving};
pub(crate) use needs_script::NeedsScript;
pub use password::*;
pub use sending::*;
pub(crate) use time_zone::TimeZoneField;
