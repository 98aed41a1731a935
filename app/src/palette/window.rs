//! The window of the palette, and what it asks before it changes something.

use domain::{PaletteHit, UserId};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use super::{
    Palette,
    keys::KeysDialog,
    recent::recent,
    rpc::{list_palette_recent, search_palette},
    search::{Chosen, offers, own, searched, wants_name},
};
use crate::{
    caller::use_caller,
    clients::client::{StatusChange, StatusQuestion, status_dialog},
    error::UiError,
    paths,
    ui::{Debounce, PaletteDialog, TYPING, focus},
};

/// What was found for which words.
#[derive(Clone, Debug, Default)]
struct Found {
    words: String,
    hits: Vec<PaletteHit>,
}

/// The palette, the list of keys, and the questions.
#[component]
pub(crate) fn PaletteWindow() -> impl IntoView {
    let caller = use_caller();
    let palette @ Palette { open, keys, .. } = expect_context();
    let (words, found, failed) = (RwSignal::new(String::new()), RwSignal::new(Found::default()), RwSignal::new(None::<String>));
    let status = StatusQuestion::of("palette-change-status");
    search_while_typed(open, words, found, failed, caller.user.id);

    let known = own(&caller, &palette.places.get_value());
    let options = Memo::new(move |_| {
        let typed = words.get();
        found.with(|found| {
            // An answer to other words stays until the next one comes, unless it can't fit any more.
            let fits = searched(&typed).starts_with(&found.words) && typed.trim().is_empty() == found.words.is_empty();
            let hits: &[_] = if fits { &found.hits } else { &[] };
            offers(&caller, &typed, &known, hits)
        })
    });
    let note = Signal::derive(move || {
        let is_waiting = found.with(|found| found.words != searched(&words.get()));
        match failed.get() {
            Some(reason) => Some(reason),
            None if wants_name(&words.get()) => Some("Type the client’s name.".to_owned()),
            None if options.with(Vec::is_empty) => Some(if is_waiting { "Searching…" } else { "Nothing found" }.to_owned()),
            None => None,
        }
    });
    let (navigate, path) = (use_navigate(), use_location().pathname);
    let go = Callback::new(move |address: String| navigate(&address, Default::default()));
    let choose = Callback::new(move |chosen: Chosen| {
        if let Chosen::Type(beginning) = chosen {
            words.set(beginning.to_owned());
            return focus("palette");
        }
        open.set(false);
        match chosen {
            Chosen::Go(address) => go.run(address),
            Chosen::Status(id, name, before) => {
                if let Some(change) = StatusChange::of(before) {
                    status.ask(id, name, change);
                }
            }
            Chosen::Keys => keys.set(true),
            Chosen::Type(_) => {}
        }
    });
    // The page shows what became of the client; one that shows it already is loaded again.
    let changed = Callback::new(move |client: domain::Client| {
        let address = paths::client(client.id);
        if path.get_untracked() == address {
            _ = window().location().reload();
        } else {
            go.run(address);
        }
    });
    view! {
        <PaletteDialog open label="Search or go to…" words options note on_choose=choose />
        <KeysDialog open=keys />
        {status_dialog(status, changed)}
    }
}

/// Asks for what was opened lately when the palette opens, and for what the words find when typing rests.
fn search_while_typed(open: RwSignal<bool>, words: RwSignal<String>, found: RwSignal<Found>, failed: RwSignal<Option<String>>, user: UserId) {
    let (debounce, searches) = (Debounce::new(), StoredValue::new(0_u32));
    let search = move || {
        let words = searched(&words.get_untracked());
        searches.update_value(|count| *count += 1);
        let mine = searches.get_value();
        leptos::task::spawn_local(async move {
            let answer: Result<_, UiError> = match words.as_str() {
                "" => match recent(user) {
                    targets if targets.is_empty() => Ok(Vec::new()),
                    targets => list_palette_recent(targets).await,
                },
                words => search_palette(words.to_owned()).await,
            };
            // Only the answer to the latest question counts.
            if searches.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(hits) => {
                    failed.set(None);
                    found.set(Found { words, hits });
                }
                Err(error) => failed.set(Some(error.to_string())),
            }
        });
    };
    Effect::new(move |before: Option<bool>| {
        let (is_open, typed) = (open.get(), words.get());
        if is_open && (before != Some(true) || typed.is_empty()) {
            debounce.cancel();
            search();
        } else if is_open {
            debounce.call_in(TYPING, search);
        }
        is_open
    });
}
