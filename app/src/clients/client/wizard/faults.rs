//! The summary of what is wrong, over all tabs: each fault is a link to its field, on whichever tab that is.

use domain::Step;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::saver::Saver;
use crate::{
    clients::client::{browser::focus, form::ClientForm},
    paths,
    ui::{Fault, Glyph, Icon, field_id},
};

/// The id of the summary.
pub(super) const SUMMARY: &str = "faults";

/// The summary for the tab that is shown; nothing while there is no fault to be shown.
pub(super) fn faults(form: ClientForm, saver: Saver, step: Signal<Step>) -> AnyView {
    let faults = form.errors.faults();
    let navigate = use_navigate();
    let go = Callback::new(move |to: String| navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() }));
    let item = move |Fault { field, message }: Fault| {
        let there = Step::of_field(&field);
        if field.is_empty() {
            return view! { <li>{message}</li> }.into_any();
        }
        let id = field_id(&field);
        let tab = saver.address_of(there).unwrap_or_else(paths::client_new);
        let href = format!("{tab}#{id}");
        let jump = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            if step.get_untracked() != there {
                go.run(tab.clone());
            }
            let id = id.clone();
            // The tab is built first, and the page takes the focus when it has changed; then it is the field's turn.
            request_animation_frame(move || focus(id));
        };
        let place = move || (step.get() != there).then(|| format!("{}: ", there.label()));
        view! { <li>{place}<a href=href on:click=jump>{message}</a></li> }.into_any()
    };
    let view = move || {
        let faults = faults.get();
        (!faults.is_empty()).then(|| {
            view! {
                <div class="notice error-summary" id=SUMMARY data-tone="danger" role="alert" tabindex="-1">
                    <Icon glyph=Glyph::Warning />
                    <div class="notice-text">
                        <p class="notice-title">"Please correct the following"</p>
                        <ul>{faults.into_iter().map(item).collect_view()}</ul>
                    </div>
                </div>
            }
        })
    };
    IntoAny::into_any(view)
}
