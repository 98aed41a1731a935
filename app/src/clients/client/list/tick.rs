//! Ticking clients in the list, to terminate one.

use domain::{Caller, ClientId, ClientRow};
use leptos::prelude::*;

use crate::{
    clients::client::status::may_end,
    leaving::termination::TerminationQuestion,
    ui::{Button, Glyph},
};

/// The clients that are ticked.
#[derive(Clone, Copy)]
pub(super) struct Ticked(RwSignal<Vec<ClientId>>);

impl Ticked {
    pub(super) fn new() -> Self {
        Self(RwSignal::default())
    }

    /// Nothing is ticked any more: other rows are shown.
    pub(super) fn clear(self) {
        self.0.set(Vec::new());
    }

    /// The tick box of a row, for those who may terminate it.
    pub(super) fn tick(self, row: &ClientRow, caller: &Caller) -> AnyView {
        if row.status.is_terminated() || !may_end(caller, row.may) {
            return ().into_any();
        }
        let (id, ticked) = (row.id, self.0);
        let label = format!("Select {}", row.name);
        let change = move |is_ticked: bool| {
            ticked.update(|ticked| {
                ticked.retain(|other| *other != id);
                if is_ticked {
                    ticked.push(id);
                }
            });
        };
        view! {
            <input
                class="checkbox"
                type="checkbox"
                data-needs-script=""
                aria-label=label
                prop:checked=move || ticked.with(|ticked| ticked.contains(&id))
                on:change:target=move |event| change(event.target().checked())
            />
        }
        .into_any()
    }

    /// The button that terminates the one client that is ticked.
    pub(super) fn button(self, question: TerminationQuestion) -> AnyView {
        let ticked = self.0;
        let reason = Signal::derive(move || match ticked.with(Vec::len) {
            0 => Some("Select a client in the list first.".to_owned()),
            1 => None,
            _ => Some("You can terminate only one client at a time.".to_owned()),
        });
        let ask = move || {
            if let Some(id) = ticked.with_untracked(|ticked| ticked.first().copied()) {
                question.ask(id);
            }
        };
        view! { <span data-needs-script=""><Button icon=Glyph::Trash disabled_because=reason on_click=ask>"Terminate"</Button></span> }.into_any()
    }
}
