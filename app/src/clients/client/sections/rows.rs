//! Lists of entries that come and go, each with fields of its own.

use leptos::prelude::*;

use crate::{
    clients::client::{
        browser::focus,
        form::{AccessSignals, ClientForm, ImageSignals, ProviderSignals},
    },
    ui::{Button, ButtonSize, ButtonVariant, ConfirmDialog, Glyph, Section},
};

/// An entry: its signals, and what tells it from its siblings.
pub(super) trait Entry: Copy + Send + Sync + 'static {
    /// Its key.
    fn key(&self) -> String;
}

impl Entry for AccessSignals {
    fn key(&self) -> String {
        self.key.get_untracked()
    }
}

impl Entry for ProviderSignals {
    fn key(&self) -> String {
        self.key.get_untracked()
    }
}

impl Entry for ImageSignals {
    fn key(&self) -> String {
        self.id.get_untracked().to_string()
    }
}

/// Each entry at its place, for `each` of a [`For`] that is keyed by both: the place is part of the names of the fields, so an entry that
/// moves is built anew.
pub(super) fn placed<T: Entry>(entries: RwSignal<Vec<T>>) -> impl Fn() -> Vec<(usize, T)> + Copy + Send + Sync + 'static {
    move || entries.with(|entries| entries.iter().copied().enumerate().collect())
}

/// The key of an entry at its place.
pub(super) fn place_key<T: Entry>((at, entry): &(usize, T)) -> (usize, String) {
    (*at, entry.key())
}

/// A list of entries on the page.
pub(super) struct Entries<T> {
    /// The name of the list in the draft, and the id of its section.
    pub(super) name: &'static str,
    /// The heading.
    pub(super) title: &'static str,
    /// One of them, in a sentence.
    pub(super) noun: &'static str,
    /// The field that is typed first.
    pub(super) first: &'static str,
    /// The entries.
    pub(super) entries: RwSignal<Vec<T>>,
    /// An empty one.
    pub(super) blank: fn() -> T,
    /// Whether anything is typed in one.
    pub(super) is_filled: fn(&T) -> bool,
    /// The fields of one.
    pub(super) fields: fn(ClientForm, usize, T) -> AnyView,
}

impl<T: Entry> Entries<T> {
    /// The section with all of them, and a button for another one.
    pub(super) fn view(self, form: ClientForm) -> AnyView {
        let Self { name, title, noun, first, entries, blank, is_filled, fields } = self;
        let doomed = RwSignal::new(None::<usize>);
        let asking = RwSignal::new(false);
        let add = move || {
            let at = entries.with_untracked(Vec::len);
            let entry = form.signal_owner.make(blank);
            entries.update(|entries| entries.push(entry));
            focus(format!("{name}-{at}-{first}"));
        };
        let remove = move |at: usize| {
            entries.update(|entries| {
                if at < entries.len() {
                    _ = entries.remove(at)
                }
            });
            focus(format!("{name}-add"));
        };
        let ask = move |at: usize| {
            if entries.with_untracked(|entries| entries.get(at).is_some_and(is_filled)) {
                doomed.set(Some(at));
                asking.set(true);
            } else {
                remove(at);
            }
        };
        let confirmed = move |()| {
            asking.set(false);
            if let Some(at) = doomed.get_untracked() {
                remove(at);
            }
        };
        let entry = move |(at, entry): (usize, T)| {
            let remove_label = format!("Remove {noun} {}", at + 1);
            view! {
                <li class="entry">
                    <div class="entry-head">
                        <h3>{format!("{} {}", capitalized(noun), at + 1)}</h3>
                        <Button variant=ButtonVariant::Quiet size=ButtonSize::Small icon=Glyph::Trash label=remove_label on_click=move || ask(at) />
                    </div>
                    {fields(form, at, entry)}
                </li>
            }
        };
        view! {
            <Section id=format!("section-{name}") title>
                <p class="field-error" id=name tabindex="-1">{form.errors.of(name)}</p>
                <ol class="entries"><For each=placed(entries) key=place_key children=entry /></ol>
                <div id=format!("{name}-add") tabindex="-1"><Button icon=Glyph::Plus on_click=add>{format!("Add {noun}")}</Button></div>
            </Section>
            <ConfirmDialog
                id=format!("remove-{name}")
                title=format!("Remove this {noun}?")
                body="What you entered is deleted."
                confirm="Remove"
                danger=true
                open=asking
                on_confirm=confirmed
            />
        }
        .into_any()
    }
}

fn capitalized(noun: &str) -> String {
    let mut letters = noun.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
