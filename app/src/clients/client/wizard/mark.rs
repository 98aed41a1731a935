//! The save state of the draft, with a warning when saving fails.

use domain::Catalogues;
use leptos::prelude::*;

use super::saver::{SaveState, Saver};
use crate::{
    clients::client::edit::changes::comparison,
    forms::{AtStake, warn_before_leaving},
    paths,
    ui::{Button, ButtonVariant, Dialog, Glyph, Icon},
};

/// The save state, and the warning before leaving with unsaved changes.
pub(super) fn saved_mark(saver: Saver) -> AnyView {
    let state = saver.state();
    warn_before_leaving(AtStake {
        // A pending save is still sent while the page closes, unless the session has ended.
        by_closing: Signal::derive(move || match state.get() {
            SaveState::Saved | SaveState::Gone => false,
            SaveState::Pending => crate::people::session::is_over() || !saver.has_begun(),
            SaveState::Retrying | SaveState::Conflict => true,
        }),
        // A pending save is sent when the focus leaves its field, before a link is followed.
        by_leaving: Signal::derive(move || matches!(state.get(), SaveState::Retrying | SaveState::Conflict)),
        tabs: Some(format!("{}/", paths::client_new())),
    });
    let words = move || match state.get() {
        SaveState::Saved if !saver.has_begun() => view! { <span>"Your progress is saved automatically. Continue on any device."</span> }.into_any(),
        SaveState::Saved => view! { <Icon glyph=Glyph::Check /><span>"Saved"</span> }.into_any(),
        SaveState::Pending => view! { <span>"Saving…"</span> }.into_any(),
        SaveState::Retrying => view! { <Icon glyph=Glyph::Warning /><span>"Not saved – retrying"</span> }.into_any(),
        SaveState::Conflict => view! { <Icon glyph=Glyph::Warning /><span>"Changed on another device"</span> }.into_any(),
        SaveState::Gone => view! { <Icon glyph=Glyph::Warning /><span>"This draft was finished or discarded elsewhere"</span> }.into_any(),
    };
    view! { <p class="saved-mark" role="status" data-saved=move || (state.get() == SaveState::Saved).then_some("")>{words}</p> }.into_any()
}

/// The choice when another device changed the same fields.
pub(super) fn conflict_dialog(saver: Saver, catalogues: RwSignal<Catalogues>) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(saver.choice().with(Option::is_some)));
    let settle = move |keep_mine: bool| {
        open.set(false);
        saver.settle(keep_mine);
    };
    let actions = move || {
        view! {
            <Button on_click=move || settle(false)>"Use the other device’s"</Button>
            <Button variant=ButtonVariant::Primary on_click=move || settle(true)>"Keep mine"</Button>
        }
    };
    let content = move || {
        let choice = saver.choice().get()?;
        let values = [&choice.with_theirs, &choice.with_mine];
        Some(comparison("Fields changed on both devices", ["Other device", "Yours"], values, &catalogues.get()))
    };
    view! {
        <Dialog id="draft-conflict" title="This draft was changed on another device" open wide=true actions>
            <p>"Both devices changed these fields. All other changes are combined."</p>
            {content}
        </Dialog>
    }
    .into_any()
}
