//! The search box and what is behind Advanced: one form that works without scripts, and searches while one types with them.

use std::time::Duration;

use domain::{ClientQuery, StatusFilter};
use leptos::{ev::SubmitEvent, leptos_dom::helpers::TimeoutHandle, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    client::browser,
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Choice, FieldGrid, SearchBox, SelectField, TextField},
};

/// Short enough to feel like at once, long enough not to ask for every letter of a quick typist.
const TYPING: Duration = Duration::from_millis(120);

/// The id of the search box.
const BOX: &str = "q";

/// The form.
pub(super) fn filter(query: Memo<ClientQuery>) -> AnyView {
    let now = query.get_untracked();
    let search = RwSignal::new(now.search);
    let name = RwSignal::new(now.name);
    let status = RwSignal::new(now.status.key().to_owned());
    // What the box last asked for: an address that says something else was reached by a link or the Back button, and changes the box.
    let asked = StoredValue::new(search.get_untracked());

    let navigate = use_navigate();
    let go = Callback::new(move |(query, replace): (ClientQuery, bool)| {
        navigate(&paths::clients(&query), NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    });
    let search_now = move |replace| {
        let words = search.get_untracked().trim().to_owned();
        asked.set_value(words.clone());
        query.with_untracked(|query| {
            if query.search != words {
                go.run((ClientQuery { search: words, ..query.first_page() }, replace));
            }
        });
    };
    while_typing(search, move || search_now(true));
    Effect::new(move |before: Option<ClientQuery>| {
        let there = query.get();
        if asked.with_value(|asked| *asked != there.search) {
            asked.set_value(there.search.clone());
            search.set(there.search.clone());
        }
        if before.is_some_and(|before| (before.name, before.status) != (there.name.clone(), there.status)) {
            name.set(there.name.clone());
            status.set(there.status.key().to_owned());
        }
        there
    });
    focus_on_slash();

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let words = search.get_untracked().trim().to_owned();
        asked.set_value(words.clone());
        let status = StatusFilter::from_key(&status.get_untracked()).unwrap_or(StatusFilter::Current);
        let next = ClientQuery { search: words, name: name.get_untracked().trim().to_owned(), status, ..query.get_untracked().first_page() };
        if next != query.get_untracked().first_page() {
            go.run((next, false));
        }
    };
    let states = StatusFilter::ALL.iter().map(|status| Choice::new(status.key(), status.label())).collect::<Vec<_>>();
    let advanced = query.with_untracked(|query| !query.name.is_empty() || query.status != StatusFilter::Current);
    let hint = move || {
        let short = query.with(|query| matches!(query.search.chars().count(), 1 | 2));
        short.then_some("One or two letters find what begins with them; three or more are found anywhere in a name.")
    };
    view! {
        <form class="filter" method="get" action=paths::clients(&ClientQuery::default()) role="search" aria-label="Clients" on:submit=submit>
            <div class="filter-line">
                <SearchBox name=BOX label="Search clients" value=search placeholder="Name, unique ID or external ID" />
                {move || {
                    let filtered = query.with(ClientQuery::is_filtered);
                    let all = query.with(|query| paths::clients(&ClientQuery { size: query.size, sort: query.sort, direction: query.direction, ..ClientQuery::default() }));
                    filtered.then(|| view! { <ButtonLink href=all variant=ButtonVariant::Quiet>"Clear All"</ButtonLink> })
                }}
            </div>
            <p class="field-hint" aria-live="polite">{hint}</p>
            <details class="advanced" open=advanced>
                <summary>"Advanced"</summary>
                <div class="card stack-small">
                    <FieldGrid>
                        <SelectField name="status" label="Status" value=status options=states />
                        <TextField name="name" label="Client Name" value=name max_length=120 />
                    </FieldGrid>
                    <div class="actions"><Button submit=true>"Search"</Button></div>
                </div>
            </details>
            {move || kept(&query.get())}
        </form>
    }
    .into_any()
}

/// What the form doesn't ask for, but must not forget.
fn kept(query: &ClientQuery) -> impl IntoView + use<> {
    let default = ClientQuery::default();
    let parts = [
        ("sort", query.sort.key().to_owned(), query.sort != default.sort),
        ("dir", query.direction.key().to_owned(), query.direction != default.direction),
        ("size", query.size.to_string(), query.size != default.size),
    ];
    parts.into_iter().filter(|(_, _, kept)| *kept).map(|(name, value, _)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}

/// Calls when the text has changed and then rested for a moment.
fn while_typing(text: RwSignal<String>, call: impl Fn() + Copy + Send + Sync + 'static) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || _ = timer.try_update_value(|timer| timer.take().map(|timer| timer.clear()));
    Effect::new(move |before: Option<()>| {
        text.track();
        if before.is_some() {
            stop();
            timer.set_value(set_timeout_with_handle(call, TYPING).ok());
        }
    });
    on_cleanup(stop);
}

/// `/` goes to the search box, unless something is being typed elsewhere.
fn focus_on_slash() {
    Effect::new(move |_| {
        let listener = window_event_listener(leptos::ev::keydown, |event| {
            let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
            let typing = element
                .is_some_and(|element| element.closest("input, textarea, select, dialog, [contenteditable]").is_ok_and(|field| field.is_some()));
            if event.key() == "/" && !typing && !event.ctrl_key() && !event.meta_key() && !event.alt_key() {
                event.prevent_default();
                browser::focus(BOX);
            }
        });
        on_cleanup(move || listener.remove());
    });
}
