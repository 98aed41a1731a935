//! A box to type in and a list of what can be gone to or done, over the page: WAI-ARIA's combobox in a dialog.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    Glyph, Icon, Kbd,
    dialog::show,
    listbox::{ListKey, Listbox, ListboxInput, ListboxList, ListboxNote, ListboxOption},
};

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PaletteOption<T> {
    /// What choosing it means.
    pub value: T,
    /// Its icon.
    pub glyph: Glyph,
    /// Its words.
    pub label: String,
    /// What tells it from others with the same words.
    pub detail: String,
    /// What sort of thing it is.
    pub kind: &'static str,
}

/// The dialog. It is open while `open` is true, and each time begins empty.
#[component]
pub fn PaletteDialog<T: Clone + Eq + std::hash::Hash + Send + Sync + 'static>(
    /// Whether it is open; set to false when the reader shuts it.
    open: RwSignal<bool>,
    /// What it is called, and the hint inside the empty box.
    #[prop(into)]
    label: String,
    /// What is typed.
    words: RwSignal<String>,
    /// What there is to choose from, the best first.
    #[prop(into)]
    options: Signal<Vec<PaletteOption<T>>>,
    /// What the list says besides its options.
    #[prop(into)]
    note: Signal<Option<String>>,
    /// Told what is chosen. The caller shuts the dialog.
    on_choose: Callback<T>,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let list = Listbox::new("palette", RwSignal::new(true), Signal::derive(move || options.with(Vec::len)));
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            show(dialog);
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    Effect::new(move |_| {
        options.track();
        list.active.set(0);
    });
    let choose = move |at: usize| {
        if let Some(option) = options.with_untracked(|options| options.get(at).cloned()) {
            on_choose.run(option.value);
        }
    };
    let key = Callback::new(move |event: KeyboardEvent| {
        match list.meaning(&event) {
            Some(ListKey::Highlight(at)) => list.highlight(at),
            Some(ListKey::Choose) => choose(list.active.get_untracked()),
            Some(ListKey::Close) => open.set(false),
            Some(ListKey::Open) | None => return,
        }
        event.prevent_default();
    });
    let option = move |(at, option): (usize, PaletteOption<T>)| {
        let PaletteOption { glyph, label, detail, kind, .. } = option;
        view! {
            <ListboxOption list at selected=Signal::derive(move || list.active.get() == at) on_choose=move || choose(at)>
                <Icon glyph />
                <span class="palette-words"><span>{label}</span>" "<small>{detail}</small></span>
                <small class="palette-kind">{kind}</small>
            </ListboxOption>
        }
    };
    let count = move || options.with(|options| format!("{} found", options.len()));
    let shut = move |_| {
        open.set(false);
        words.set(String::new());
    };
    // A press beside the window shuts it: only there the dialog itself is what is pressed.
    let beside = move |event: leptos::ev::MouseEvent| {
        if event.target().is_some() && event.target() == node.get_untracked().map(Into::into) {
            open.set(false);
        }
    };
    view! {
        <dialog class="dialog palette" aria-label=label.clone() node_ref=node on:close=shut on:click=beside>
            <div class="palette-box">
                <Icon glyph=Glyph::Search />
                <ListboxInput
                    list
                    id="palette".to_owned()
                    field="palette".to_owned()
                    text=words.into()
                    placeholder=label.clone()
                    label=label.clone()
                    error=Signal::stored(None)
                    on_click=Callback::new(|()| ())
                    on_input=Callback::new(move |typed| words.set(typed))
                    on_key=key
                    on_leave=Callback::new(|()| ())
                />
                <button class="button" type="button" data-variant="quiet" data-icon-only="" aria-label="Close" on:click=move |_| open.set(false)>
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            <ListboxList list label="Found".to_owned()>
                <For each=move || options.get().into_iter().enumerate() key=Clone::clone children=option />
                {move || note.get().map(|text| view! { <ListboxNote text /> })}
            </ListboxList>
            <p class="palette-keys" id="palette-hint" aria-hidden="true"><Kbd keys="↑ ↓" />" move "<Kbd keys="Enter" />" choose "<Kbd keys="Esc" />" close"</p>
            <p class="visually-hidden" id="palette-error" role="status">{count}</p>
        </dialog>
    }
}
