//! Choosing or dropping a file, and uploading it.

use leptos::{
    ev::{DragEvent, Event},
    html,
    prelude::*,
};

use super::{NeedsScript, Sending};
use crate::{
    error::UiError,
    ui::{Button, Glyph, Icon, Notice, ProgressBar, Section, Tone},
};

/// The upload of one file: its name, and how much of it is sent.
#[derive(Clone, Copy)]
pub(crate) struct FileSending {
    pub(crate) sending: Sending,
    name: RwSignal<String>,
    percent: RwSignal<Option<u8>>,
    fault: RwSignal<Option<String>>,
}

impl FileSending {
    /// No file yet.
    pub(crate) fn new() -> Self {
        Self { sending: Sending::new(), name: RwSignal::default(), percent: RwSignal::default(), fault: RwSignal::default() }
    }

    /// Sends a file, if no other is under way, and passes the answer to `done`.
    #[cfg(feature = "hydrate")]
    pub(crate) fn send<T: serde::de::DeserializeOwned + 'static>(
        self,
        file: web_sys::File,
        address: String,
        done: impl FnOnce(Result<T, UiError>) + 'static,
    ) {
        let progress = self.begin();
        self.sending.run(async move { crate::upload::send(&file, &address, progress).await }, done);
    }

    /// Forgets the file before, and gives what is to be told how much of the next one is sent.
    #[cfg(feature = "hydrate")]
    pub(crate) fn begin(self) -> impl Fn(u8) + Clone + 'static {
        self.fault.set(None);
        self.percent.set(None);
        let percent = self.percent;
        move |sent| _ = percent.try_set(Some(sent))
    }

    /// Takes the name of a file that was chosen; false if it is larger than `most` bytes, which is then told.
    #[cfg(feature = "hydrate")]
    pub(crate) fn accept(self, file: &web_sys::File, most: usize, too_large: &str) -> bool {
        self.name.set(file.name());
        let fits = file.size() <= most as f64;
        self.fault.set((!fits).then(|| too_large.to_owned()));
        fits
    }

    /// Tells why a file was refused.
    pub(crate) fn refuse(self, error: &UiError) {
        let sentence = error.violations().iter().next().map(|violation| violation.message.clone());
        self.fault.set(Some(sentence.unwrap_or_else(|| error.to_string())));
    }
}

/// What is said where a file is chosen.
#[derive(Clone, Copy)]
pub(crate) struct FileWords {
    /// What becomes of it.
    pub(crate) description: &'static str,
    /// That it can be dropped.
    pub(crate) drop: &'static str,
    /// What it may be.
    pub(crate) limits: &'static str,
    /// The endings and types that the browser offers.
    pub(crate) accept: &'static str,
}

impl FileWords {
    /// For a CSV file.
    pub(crate) const fn csv(description: &'static str, limits: &'static str) -> Self {
        Self { description, drop: "Drop a CSV file here, or", limits, accept: ".csv,.txt,text/csv" }
    }
}

/// Where a file is chosen, and how far it is on its way.
pub(crate) fn file_section(
    file: FileSending,
    FileWords { description, drop: drop_here, limits, accept }: FileWords,
    on_choose: impl Fn(&Event) + Send + 'static,
    on_drop: impl Fn(&DragEvent) + Send + 'static,
) -> AnyView {
    let over = RwSignal::new(false);
    let hold = move |event: DragEvent| {
        // Without this the browser would open the file instead.
        event.prevent_default();
        over.set(true);
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        on_drop(&event);
    };
    let input = NodeRef::<html::Input>::new();
    let press = move || _ = input.get_untracked().map(|input| input.click());
    let busy = file.sending.busy();
    let progress = move || busy.get().then(|| view! { <ProgressBar label=file.name.get() percent=file.percent /> });
    let fault = move || {
        let sentence = file.fault.get()?;
        Some(view! { <Notice tone=Tone::Danger title=file.name.get()><p>{sentence}</p></Notice> })
    };
    let name = move || Some(file.name.get()).filter(|name| !name.is_empty()).map(|name| view! { <p class="mono">{name}</p> });
    view! {
        <Section title="File" description>
            <NeedsScript sentence="Enable JavaScript to import a file." />
            <div class="dropzone" data-needs-script="" data-over=move || over.get().then_some("") on:dragover=hold on:dragleave=move |_| over.set(false) on:drop=drop>
                <Icon glyph=Glyph::File />
                {name}
                <p>{drop_here}</p>
                <div class="actions"><Button icon=Glyph::Upload busy on_click=press>"Choose file"</Button></div>
                <input
                    type="file"
                    hidden=true
                    aria-label="Choose file"
                    accept=accept
                    node_ref=input
                    on:change=move |event| on_choose(&event)
                />
                <p class="field-hint">{limits}</p>
            </div>
            <div class="stack-small" role="status">{progress}</div>
            {fault}
        </Section>
    }
    .into_any()
}
