//! One of many values, found by typing: WAI-ARIA's editable combobox with a list box.

mod fold;

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    Choice, Field, Glyph, Icon,
    field::{described_by, field_id, invalid},
};
use fold::fold;

/// The most options shown; with more, typing another letter is faster.
const SHOWN: usize = 100;

/// The preferred height of the list, in pixels.
#[cfg(feature = "hydrate")]
const ROOM: f64 = 260.0;

/// One of many values, found by typing any part of its label or detail, without regard to case and accents.
///
/// The value travels in a hidden input named `name`. Leaving the box without choosing brings back the last choice.
#[component]
pub fn Combobox(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be chosen. Otherwise emptying the box takes the choice back.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Shown while nothing is chosen.
    #[prop(into, default = "Search…".into())]
    placeholder: String,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = field_id(&name);
    let list_id = format!("{id}-list");
    let option_id = StoredValue::new(format!("{id}-option"));
    let node = NodeRef::<html::Input>::new();

    let open = RwSignal::new(false);
    // None: the box shows the choice. Some: what has been typed since it was opened.
    let typed = RwSignal::new(None::<String>);
    let active = RwSignal::new(0_usize);
    // Whether the user searched or moved to the active match. Opening the list also highlights one, which Tab must not choose.
    let wanted = RwSignal::new(false);
    let above = RwSignal::new(false);

    let chosen_label = Signal::derive(move || {
        let value = value.get();
        let known = options.with(|options| options.iter().find(|option| option.value == value).map(|option| option.label.clone()));
        known.unwrap_or(value)
    });
    let text = Signal::derive(move || typed.get().unwrap_or_else(|| chosen_label.get()));
    let matches = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let words = fold(&typed.get().unwrap_or_default());
        options.with(|options| search(options, &words))
    });
    let active_id = move || {
        let visible = open.get() && active.get() < matches.with(Vec::len);
        visible.then(|| format!("{}-{}", option_id.get_value(), active.get()))
    };

    let show = move || {
        if !open.get_untracked() {
            above.set(opens_above(node));
            open.set(true);
            let current = value.get_untracked();
            let at = matches.with_untracked(|matches| matches.iter().position(|option| option.value == current));
            active.set(at.unwrap_or(0));
        }
    };
    let hide = move || {
        open.set(false);
        typed.set(None);
        wanted.set(false);
        // The box may hold what was typed although nothing reactive changed; put the choice back by hand.
        if let Some(input) = node.get_untracked() {
            input.set_value(&chosen_label.get_untracked());
        }
    };
    let choose = move |choice: String| {
        value.set(choice);
        hide();
    };
    let choose_active = move || {
        if let Some(option) = matches.with_untracked(|matches| matches.get(active.get_untracked()).cloned()) {
            choose(option.value);
        }
    };
    let go = move |to: usize| {
        show();
        let last = matches.with_untracked(Vec::len).saturating_sub(1);
        active.set(to.min(last));
        reveal(active_id());
    };
    let key = move |event: KeyboardEvent| {
        let at = active.get_untracked();
        let was_open = open.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if !was_open => go(at),
            "ArrowDown" => go(at + 1),
            "ArrowUp" => go(at.saturating_sub(1)),
            "PageDown" if was_open => go(at + 10),
            "PageUp" if was_open => go(at.saturating_sub(10)),
            "Home" if was_open => go(0),
            "End" if was_open => go(usize::MAX),
            "Enter" if was_open => choose_active(),
            "Escape" if was_open => hide(),
            "Tab" if was_open && wanted.get_untracked() => {
                choose_active();
                // Lets Tab move the focus.
                return;
            }
            _ => return,
        }
        wanted.set(open.get_untracked() && event.key() != "Escape");
        event.prevent_default();
        event.stop_propagation();
    };
    let input = move |words: String| {
        show();
        if words.is_empty() && !required {
            value.set(String::new());
        }
        wanted.set(!words.is_empty());
        typed.set(Some(words));
        active.set(0);
    };
    let leave = move || {
        hide();
        if let Some(on_blur) = on_blur {
            on_blur.run(());
        }
    };

    view! {
        <Field id=id.clone() label=label.clone() required hint error>
            <div class="combobox">
                <input type="hidden" name=name value=move || value.get() />
                <input
                    class="input"
                    id=id.clone()
                    type="text"
                    role="combobox"
                    value=text.get_untracked()
                    prop:value=move || text.get()
                    placeholder=placeholder
                    required=required
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-haspopup="listbox"
                    aria-controls=list_id.clone()
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-activedescendant=active_id
                    aria-describedby=described_by(&id)
                    aria-invalid=move || invalid(error)
                    node_ref=node
                    on:click:target=move |event| { show(); event.target().select() }
                    on:input:target=move |event| input(event.target().value())
                    on:keydown=key
                    on:blur=move |_| leave()
                />
                <Icon glyph=Glyph::ChevronsUpDown />
                <ul
                    class="combobox-list"
                    id=list_id
                    role="listbox"
                    aria-label=label
                    hidden=move || !open.get()
                    data-above=move || above.get().then_some("")
                    // A press would take the focus from the box, and the list would be gone before the click.
                    on:mousedown=move |event| event.prevent_default()
                >
                    {move || matches.get().into_iter().enumerate().map(|(index, option)| {
                        let mine = StoredValue::new(option.value);
                        let selected = move || mine.with_value(|mine| value.with(|value| value == mine));
                        view! {
                            <li
                                id=format!("{}-{index}", option_id.get_value())
                                class="combobox-option"
                                role="option"
                                aria-selected=move || if selected() { "true" } else { "false" }
                                data-active=move || (active.get() == index).then_some("")
                                on:click=move |_| choose(mine.get_value())
                            >
                                <span>{option.label}</span>
                                <small>{option.detail}</small>
                            </li>
                        }
                    }).collect_view()}
                    {move || (open.get() && matches.with(Vec::is_empty)).then(|| view! {
                        <li class="combobox-none" role="option" aria-disabled="true" aria-selected="false">"Nothing found"</li>
                    })}
                </ul>
            </div>
        </Field>
    }
}

/// The first options that contain the (folded) words; those that begin with them stand first.
fn search(options: &[Choice], words: &str) -> Vec<Choice> {
    let found = options.iter().filter_map(|option| {
        let label = fold(&option.label);
        let begins = label.starts_with(words);
        let also = || option.also.iter().any(|name| fold(name).contains(words));
        (begins || label.contains(words) || fold(&option.detail).contains(words) || also()).then_some((!begins, option))
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(later, _)| *later);
    found.into_iter().take(SHOWN).map(|(_, option)| option.clone()).collect()
}

/// Whether the list has more room above the box than below, between the window's sticky bars.
pub(super) fn opens_above(input: NodeRef<html::Input>) -> bool {
    #[cfg(feature = "hydrate")]
    if let Some(input) = input.get_untracked() {
        let edge = |selector: &str| document().query_selector(selector).ok().flatten().map(|bar| bar.get_bounding_client_rect());
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let top = edge(".topbar").map_or(0.0, |bar| bar.bottom());
        let bottom = edge(".form-bar").map_or(height, |bar| bar.top().min(height));
        let rect = input.get_bounding_client_rect();
        let below = bottom - rect.bottom();
        return below < ROOM && rect.top() - top > below;
    }
    let _ = input;
    false
}

/// Scrolls the list so that the active option is seen.
pub(super) fn reveal(option: Option<String>) {
    if let Some(id) = option {
        request_animation_frame(move || {
            if let Some(element) = document().get_element_by_id(&id) {
                #[cfg(feature = "hydrate")]
                {
                    let nearest = web_sys::ScrollIntoViewOptions::new();
                    nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
                    element.scroll_into_view_with_scroll_into_view_options(&nearest);
                }
                #[cfg(not(feature = "hydrate"))]
                element.scroll_into_view();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_anywhere_and_prefers_beginnings() {
        let options = [
            Choice::new("CI", "Côte d’Ivoire"),
            Choice::new("AT", "Austria").with_detail("AT"),
            Choice::new("US", "United States").with_detail("US"),
            Choice::new("ST", "São Tomé"),
            Choice::new("TR", "Türkiye").with_also(&["Turkey"]),
        ];
        let values = |words: &str| search(&options, &fold(words)).into_iter().map(|option| option.value).collect::<Vec<_>>();
        assert_eq!(values("sao"), ["ST"]);
        assert_eq!(values("COTE"), ["CI"]);
        assert_eq!(values("us"), ["AT", "US"]);
        assert_eq!(values("state"), ["US"]);
        assert_eq!(values("turkey"), ["TR"]);
        assert_eq!(values("").len(), 5);
    }
}
