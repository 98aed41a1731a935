//! Short messages about what has just happened, in a corner.

use std::time::Duration;

use leptos::prelude::*;

use super::{Glyph, Icon, Tone};

/// Long enough to read two lines twice.
const SHOWN_FOR: Duration = Duration::from_secs(6);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    id: u64,
    tone: Tone,
    text: String,
}

/// Where messages are sent to; see [`use_toasts`].
#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    count: StoredValue<u64>,
    /// While the pointer or the focus is on them, none goes away.
    held: RwSignal<bool>,
}

/// Makes [`use_toasts`] work below; once, at the root of the page. They appear where [`ToastRegion`] stands.
pub fn provide_toasts() {
    provide_context(Toasts::new());
}

/// The nearest place to send messages to.
pub fn use_toasts() -> Toasts {
    // Without a root that provides them, messages go nowhere; that is better than a page that breaks.
    use_context().unwrap_or_else(Toasts::new)
}

impl Toasts {
    fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), count: StoredValue::new(0), held: RwSignal::new(false) }
    }

    /// It worked. Goes away by itself.
    pub fn success(self, text: impl Into<String>) {
        let id = self.push(Tone::Positive, text.into());
        self.expire(id);
    }

    /// Something worth knowing. Goes away by itself.
    pub fn info(self, text: impl Into<String>) {
        let id = self.push(Tone::Info, text.into());
        self.expire(id);
    }

    /// It failed. Stays until it is shut, since it must not be missed.
    pub fn error(self, text: impl Into<String>) {
        self.push(Tone::Danger, text.into());
    }

    fn push(self, tone: Tone, text: String) -> u64 {
        self.count.update_value(|count| *count += 1);
        let id = self.count.get_value();
        self.list.update(|list| list.push(Toast { id, tone, text }));
        id
    }

    fn expire(self, id: u64) {
        set_timeout(move || if self.held.get_untracked() { self.expire(id) } else { self.shut(id) }, SHOWN_FOR);
    }

    fn shut(self, id: u64) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }
}

/// The corner where messages appear, read out as they come.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div
            class="toasts"
            role="status"
            aria-live="polite"
            on:pointerenter=move |_| toasts.held.set(true)
            on:pointerleave=move |_| toasts.held.set(false)
            on:focusin=move |_| toasts.held.set(true)
            on:focusout=move |_| toasts.held.set(false)
        >
            <For each=move || toasts.list.get() key=|toast| toast.id let:toast>
                <div class="toast" data-tone=toast.tone.name()>
                    <Icon glyph=if toast.tone == Tone::Danger { Glyph::Warning } else { Glyph::Check } />
                    <p>{toast.text}</p>
                    <button class="toast-close" type="button" aria-label="Dismiss" on:click=move |_| toasts.shut(toast.id)>
                        <Icon glyph=Glyph::Close />
                    </button>
                </div>
            </For>
        </div>
    }
}
