//! The command palette: any client, user, device, role, page or action by a few letters. What is here is in the first file: the button and the keys. The rest
//! is fetched when the palette is first opened.

mod keys;
mod recent;
pub mod rpc;
mod search;
mod things;
mod window;

use leptos::{ev::KeyboardEvent, prelude::*, wasm_bindgen::JsCast, web_sys};
use leptos_router::ChooseView;

use crate::{
    lazy::LazyPage,
    lists::SEARCH_BOX,
    navigation::Place,
    ui::{Glyph, Icon, Kbd, focus},
};
pub(crate) use recent::remember;
pub(crate) use window::PaletteWindow;

/// The palette of a page.
#[derive(Clone, Copy)]
pub(crate) struct Palette {
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Whether the list of keys is open.
    keys: RwSignal<bool>,
    /// Whether it was ever opened: its code is fetched then.
    wanted: RwSignal<bool>,
    /// The pages that stand in the navigation.
    places: StoredValue<Vec<Place>>,
    /// The keys that open it.
    shortcut: RwSignal<&'static str>,
}

impl Palette {
    /// Closed; the page's keys open it.
    pub(crate) fn new(places: Vec<Place>) -> Self {
        let [open, keys, wanted] = [(); 3].map(|()| RwSignal::new(false));
        let palette = Self { open, keys, wanted, places: StoredValue::new(places), shortcut: RwSignal::new("Ctrl K") };
        Effect::new(move |_| {
            if is_apple() {
                palette.shortcut.set("⌘ K");
            }
            let listener = window_event_listener(leptos::ev::keydown, move |event| palette.key(&event));
            on_cleanup(move || listener.remove());
        });
        palette
    }

    fn show(self) {
        self.wanted.set(true);
        self.open.set(true);
    }

    fn key(self, event: &KeyboardEvent) {
        let (key, with_control) = (event.key(), event.ctrl_key() || event.meta_key());
        match key.as_str() {
            "k" | "K" if with_control && !event.alt_key() && !event.shift_key() => {
                if !is_in_dialog(event) {
                    self.show();
                }
            }
            // Single letters are for who isn't typing, and can be switched off: speech input and shaky hands press them by accident.
            "/" | "?" if !with_control && !event.alt_key() && !is_typing(event) && keys::single_keys() => match key.as_str() {
                "/" if document().get_element_by_id(SEARCH_BOX).is_some() => focus(SEARCH_BOX),
                "/" => self.show(),
                _ => {
                    self.wanted.set(true);
                    self.keys.set(true);
                }
            },
            _ => return,
        }
        event.prevent_default();
    }

    /// The button that opens it: on a phone an icon, elsewhere with words and keys.
    pub(crate) fn button(self) -> AnyView {
        let shortcut = self.shortcut;
        view! {
            <button
                class="button palette-button"
                type="button"
                data-needs-script=""
                aria-haspopup="dialog"
                aria-keyshortcuts="Control+K Meta+K"
                on:pointerenter=|_| fetch()
                on:focus=|_| fetch()
                on:click=move |_| self.show()
            >
                <Icon glyph=Glyph::Search />
                <span class="palette-button-words">"Search or go to…"</span>
                <span class="palette-button-keys" aria-hidden="true"><Kbd keys=Signal::derive(move || shortcut.get().to_owned()) /></span>
            </button>
        }
        .into_any()
    }

    /// Where it appears.
    pub(crate) fn place(self) -> AnyView {
        provide_context(self);
        view! {
            <Suspense>
                {move || self.wanted.get().then(|| Suspend::new(window_view()))}
            </Suspense>
        }
        .into_any()
    }
}

/// Fetches the window's code before it is opened.
fn fetch() {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async { LazyPage::PaletteWindow.preload().await });
}

fn window_view() -> impl Future<Output = AnyView> + Send {
    let view = LazyPage::PaletteWindow.choose();
    // A browser fetches it, on its only thread.
    #[cfg(feature = "hydrate")]
    let view = send_wrapper::SendWrapper::new(view);
    view
}

fn element(event: &KeyboardEvent) -> Option<web_sys::Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn is_within(event: &KeyboardEvent, selector: &str) -> bool {
    element(event).is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

fn is_typing(event: &KeyboardEvent) -> bool {
    is_within(event, "input, textarea, select, dialog, [contenteditable]")
}

fn is_in_dialog(event: &KeyboardEvent) -> bool {
    is_within(event, "dialog") || document().query_selector("dialog[open]").is_ok_and(|open| open.is_some())
}

fn is_apple() -> bool {
    #[cfg(feature = "hydrate")]
    return window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"));
    #[cfg(not(feature = "hydrate"))]
    false
}
