//! How current the list is.

use leptos::prelude::*;

use crate::{
    aws::account::{live::LiveAccount, refused_to_change, rows::refresh_action, words::live_progress},
    moment::exact,
    ui::{Button, Glyph, Notice, Tone},
};

/// The button that reads the members again.
pub(super) fn refresh_button(account: LiveAccount) -> AnyView {
    let refresh = refresh_action(account.get_untracked().id, Callback::new(move |()| account.reload()));
    let refused = account.with(refused_to_change);
    view! { <Button icon=Glyph::Refresh disabled_because=refused on_click=refresh>"Refresh"</Button> }.into_any()
}

/// A job that reads the members, or why the list is stale, or when it was read.
pub(super) fn freshness(account: LiveAccount) -> AnyView {
    let content = move || {
        let refresh = account.with(|account| account.refresh.clone());
        match (refresh.job, refresh.failure.is_empty(), refresh.at) {
            (Some(job), ..) => view! { <div class="card">{live_progress(job)}</div> }.into_any(),
            (None, false, at) => {
                let title = if at.is_some() { "This list is out of date" } else { "The accounts couldn’t be loaded" };
                let last = at.map(|at| view! { <p>"Last complete refresh: "{exact(at)}"."</p> });
                view! {
                    <Notice tone=Tone::Warning title>
                        <p>{refresh.failure}</p>
                        {last}
                    </Notice>
                }
                .into_any()
            }
            (None, true, Some(at)) => view! { <p class="muted">"Last refreshed "{exact(at)}"."</p> }.into_any(),
            (None, true, None) => view! { <p class="muted">"Not refreshed yet."</p> }.into_any(),
        }
    };
    view! { <div aria-live="polite">{content}</div> }.into_any()
}
