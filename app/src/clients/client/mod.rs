//! Clients: the list, one client to read and to change, and the wizard that makes one.

pub mod begin;
mod browser;
pub mod detail;
pub mod edit;
mod form;
pub mod list;
mod pick;
pub mod rpc;
mod sections;
mod status;
mod upload;
pub mod wizard;

use leptos::prelude::*;

pub use begin::NewClientPage;
pub use detail::ClientPage;
pub use edit::ClientEditPage;
pub use list::ClientsPage;
pub(crate) use pick::{client_candidates, picked_client};
pub use wizard::WizardPage;

/// What people read on a page of fields who have switched JavaScript off.
#[component]
fn NeedsScript() -> impl IntoView {
    view! {
        <p class="notice only-without-script" data-tone="info">
            "Enable JavaScript to edit this client. You can view clients without it."
        </p>
    }
}
