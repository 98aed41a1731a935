//! Some of very many values, found by typing: the server searches, what is chosen stands below as chips that can be taken away.

mod candidates;
mod chips;
mod picked;

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    Choice, Debounce, FieldGroup, Glyph, Icon, TYPING,
    combobox::{opens_above, reveal},
    field::{described_by, field_id, invalid},
};
pub use candidates::*;
use chips::Chips;
pub use picked::*;

/// How a search stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Search {
    Waiting,
    Failed(String),
    Done(Found),
}

/// Some of very many values.
///
/// The candidates are fetched while one types, so it doesn't matter how many there are, and it does nothing without JavaScript.
#[component]
pub fn Picker(
    /// The field's name, from which the ids are made.
    #[prop(into)]
    name: String,
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// The choice.
    picked: Picked,
    /// Finds candidates.
    candidates: Candidates,
    /// One only: the next choice replaces it.
    #[prop(optional)]
    single: bool,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Said while nothing is chosen.
    #[prop(into, default = "Nothing is chosen.".into())]
    none: String,
    /// Shown in the empty box.
    #[prop(into, default = "Type to search…".into())]
    placeholder: String,
) -> impl IntoView {
    let id = field_id(&name);
    let box_id = format!("{id}-search");
    let list_id = format!("{id}-list");
    let option_id = StoredValue::new(format!("{id}-option"));
    let candidates = StoredValue::new(candidates);
    let node = NodeRef::<html::Input>::new();
    let (open, words, active) = (RwSignal::new(false), RwSignal::new(String::new()), RwSignal::new(0_usize));
    let above = RwSignal::new(false);
    let search = RwSignal::new(Search::Waiting);

    // An answer counts only if nothing else was asked meanwhile.
    let asked = StoredValue::new(0_u32);
    let ask = move || {
        asked.update_value(|count| *count += 1);
        let mine = asked.get_value();
        let answer = candidates.with_value(|candidates| candidates.search(words.get_untracked().trim().to_owned()));
        leptos::task::spawn_local(async move {
            let answer = answer.await;
            if asked.try_get_value() == Some(mine) {
                active.set(0);
                search.set(answer.map_or_else(Search::Failed, Search::Done));
            }
        });
    };
    let debounce = Debounce::new();

    let show = move || {
        if !open.get_untracked() {
            above.set(opens_above(node));
            open.set(true);
            search.set(Search::Waiting);
            ask();
        }
    };
    let hide = move || {
        open.set(false);
        words.set(String::new());
    };
    let input = move |typed: String| {
        words.set(typed);
        if open.get_untracked() {
            debounce.call_in(TYPING, ask);
        } else {
            show();
        }
    };
    let choices = Memo::new(move |_| search.with(|search| if let Search::Done(found) = search { found.choices.clone() } else { Vec::new() }));
    let toggle = move |(choice, before): (Choice, bool)| {
        if single {
            picked.choose_only(choice);
            hide();
        } else {
            picked.toggle(choice, before);
            // Each choice starts a new search.
            if !words.with_untracked(String::is_empty) {
                words.set(String::new());
                debounce.cancel();
                ask();
            }
        }
    };
    let active_id = move || {
        let visible = open.get() && active.get() < choices.with(Vec::len);
        visible.then(|| format!("{}-{}", option_id.get_value(), active.get()))
    };
    let go = move |to: usize| {
        active.set(to.min(choices.with_untracked(Vec::len).saturating_sub(1)));
        reveal(active_id());
    };
    let key = move |event: KeyboardEvent| {
        let (at, was_open) = (active.get_untracked(), open.get_untracked());
        match event.key().as_str() {
            "ArrowDown" if !was_open => show(),
            "ArrowDown" => go(at + 1),
            "ArrowUp" if was_open => go(at.saturating_sub(1)),
            "Enter" if was_open => _ = choices.with_untracked(|choices| choices.get(at).cloned()).map(toggle),
            "Escape" if was_open => hide(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let option = move |(index, (choice, before)): (usize, (Choice, bool))| {
        let value = choice.value.clone();
        let chosen = Memo::new(move |_| picked.has(&value, before));
        let Choice { label, detail, .. } = choice.clone();
        view! {
            <li
                id=format!("{}-{index}", option_id.get_value())
                class="combobox-option"
                role="option"
                aria-selected=move || if chosen.get() { "true" } else { "false" }
                data-active=move || (active.get() == index).then_some("")
                on:click=move |_| toggle((choice.clone(), before))
            >
                <span>{label}<small>{detail}</small></span>
                {move || chosen.get().then(|| view! { <Icon glyph=Glyph::Check /> })}
            </li>
        }
    };
    let told = move || {
        let told = search.with(|search| match search {
            Search::Waiting => Some("Searching…".to_owned()),
            Search::Failed(reason) => Some(reason.clone()),
            Search::Done(found) if found.choices.is_empty() => Some("Nothing found".to_owned()),
            Search::Done(found) => found.more.then(|| "There are more. Type to find them.".to_owned()),
        });
        told.map(|told| view! { <li class="combobox-none" role="option" aria-disabled="true" aria-selected="false">{told}</li> })
    };
    view! {
        <FieldGroup id=id.clone() label=label.clone() required hint error>
            <div class="picker" role="presentation">
                <div class="combobox" data-needs-script="">
                    <input
                        class="input"
                        id=box_id
                        type="text"
                        role="combobox"
                        prop:value=move || words.get()
                        placeholder=placeholder
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        aria-label=format!("Search {}", label.to_lowercase())
                        aria-autocomplete="list"
                        aria-haspopup="listbox"
                        aria-controls=list_id.clone()
                        aria-expanded=move || if open.get() { "true" } else { "false" }
                        aria-activedescendant=active_id
                        aria-describedby=described_by(&id)
                        aria-invalid=move || invalid(error)
                        node_ref=node
                        on:click=move |_| show()
                        on:input:target=move |event| input(event.target().value())
                        on:keydown=key
                        on:blur=move |_| hide()
                    />
                    <Icon glyph=Glyph::Search />
                    <ul
                        class="combobox-list"
                        id=list_id
                        role="listbox"
                        aria-label=label
                        aria-multiselectable=(!single).then_some("true")
                        hidden=move || !open.get()
                        data-above=move || above.get().then_some("")
                        // A press would take the focus from the box, and the list would be gone before the click.
                        on:mousedown=move |event| event.prevent_default()
                    >
                        {move || choices.get().into_iter().enumerate().map(option).collect_view()}
                        {told}
                    </ul>
                </div>
                <Chips picked none />
            </div>
        </FieldGroup>
    }
}
