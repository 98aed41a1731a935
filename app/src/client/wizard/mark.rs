//! How the draft stands, in a quiet word; louder when something is in the way.

use leptos::prelude::*;

use super::saver::{Kept, Saver};
use crate::{
    error::UiError,
    forms::{AtStake, Sending, warn_before_leaving},
    paths,
    ui::{Button, Dialog, Glyph, Icon, use_toasts},
};

/// The mark.
pub(super) fn saved_mark(saver: Saver) -> AnyView {
    let kept = saver.kept();
    warn_before_leaving(AtStake {
        by_closing: Signal::derive(move || !matches!(kept.get(), Kept::Yes | Kept::Gone)),
        // A save that is due is sent as soon as the focus leaves its field.
        by_leaving: Signal::derive(move || !matches!(kept.get(), Kept::Yes | Kept::Soon | Kept::Gone)),
        page: paths::client_draft_tabs(&saver.id()),
    });
    let words = move || match kept.get() {
        Kept::Yes => view! { <Icon glyph=Glyph::Check /><span>"Saved"</span> }.into_any(),
        Kept::Soon => view! { <span>"Saving…"</span> }.into_any(),
        Kept::Retrying => view! { <Icon glyph=Glyph::Warning /><span>"Not saved – retrying"</span> }.into_any(),
        Kept::SignedOut => view! {
            <Icon glyph=Glyph::Warning />
            <span>"Not saved: "<a href=paths::login() target="_blank" rel="external">"sign in again in a new window"</a></span>
        }
        .into_any(),
        Kept::Elsewhere => view! { <Icon glyph=Glyph::Warning /><span>"Changed on another device"</span> }.into_any(),
        Kept::Gone => view! { <Icon glyph=Glyph::Warning /><span>"This draft was finished or discarded elsewhere"</span> }.into_any(),
    };
    view! { <p class="saved-mark" role="status" data-kept=move || (kept.get() == Kept::Yes).then_some("")>{words}</p> }.into_any()
}

/// The choice when another device saved meanwhile.
pub(super) fn elsewhere_dialog(saver: Saver) -> AnyView {
    let open = RwSignal::new(false);
    let (sending, toasts) = (Sending::new(), use_toasts());
    Effect::new(move |_| open.set(saver.kept().get() == Kept::Elsewhere));
    let settle = move |keep_mine: bool| {
        sending.run(saver.settle(keep_mine), move |answer: Result<(), UiError>| match answer {
            Ok(()) => open.set(false),
            Err(error) => toasts.error(error.to_string()),
        });
    };
    let actions = move || {
        view! {
            <Button busy=sending.busy() on_click=move || settle(false)>"Load the newer one"</Button>
            <Button busy=sending.busy() on_click=move || settle(true)>"Keep mine"</Button>
        }
    };
    view! {
        <Dialog id="draft-elsewhere" title="This draft was changed on another device" open actions>
            <p>"Load the newer one, and what you typed here since is lost; or keep yours, and it takes the place of the newer one."</p>
        </Dialog>
    }
    .into_any()
}
