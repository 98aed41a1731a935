//! The box to search in.

use leptos::{html, prelude::*};

use super::{Glyph, Icon, Kbd, bind::bind_value, field_id, given};

/// A search box. In a form with `method=get` it works without JavaScript; with it, `value` follows each key.
#[component]
pub fn SearchBox(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What is searched for. Not visible, but read out.
    #[prop(into)]
    label: String,
    /// The words as typed.
    value: RwSignal<String>,
    /// A hint inside the empty box.
    #[prop(optional, into)]
    placeholder: String,
    /// The key that leads here from elsewhere in the page.
    #[prop(optional)]
    key: Option<&'static str>,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    bind_value(node, value);
    view! {
        <div class="search-box" role="presentation">
            <Icon glyph=Glyph::Search />
            <input
                class="input"
                id=field_id(&name)
                name=name
                type="search"
                value=value.get_untracked()
                placeholder=given(placeholder)
                aria-label=label
                aria-keyshortcuts=key
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="search"
                node_ref=node
                on:input:target=move |event| value.set(event.target().value())
            />
            {key.map(|key| view! { <span aria-hidden="true"><Kbd keys=key /></span> })}
        </div>
    }
}
