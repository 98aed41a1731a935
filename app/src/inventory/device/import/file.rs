//! The file: chosen or dropped, sent to be looked at, and sent once more to be imported.

use domain::{DeviceImportReport, DeviceImported, ExistingDevices};
use leptos::{ev::DragEvent, html, prelude::*};

use crate::{
    error::UiError,
    forms::Sending,
    ui::{Button, Glyph, Icon, Notice, ProgressBar, Section, Tone},
};
#[cfg(feature = "hydrate")]
use crate::{paths, upload};

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser has a file looked at"))]
pub(super) enum Stage {
    /// No file yet, or none that could be looked at.
    #[default]
    Choosing,
    /// The server has looked at a file.
    Looked(DeviceImportReport),
    /// The file was imported.
    Done(DeviceImported),
}

/// A file on its way to become devices.
#[derive(Clone, Copy)]
pub(super) struct Import {
    pub(super) stage: RwSignal<Stage>,
    pub(super) sending: Sending,
    name: RwSignal<String>,
    percent: RwSignal<Option<u8>>,
    fault: RwSignal<Option<String>>,
    /// The key of the choice what to do with existing devices.
    pub(super) existing: RwSignal<String>,
    #[cfg(feature = "hydrate")]
    file: StoredValue<Option<web_sys::File>, LocalStorage>,
}

impl Import {
    /// No file yet.
    pub(super) fn new() -> Self {
        Self {
            stage: RwSignal::default(),
            sending: Sending::new(),
            name: RwSignal::default(),
            percent: RwSignal::default(),
            fault: RwSignal::default(),
            existing: RwSignal::new(ExistingDevices::Skip.key().to_owned()),
            #[cfg(feature = "hydrate")]
            file: StoredValue::new_local(None),
        }
    }

    /// Looks at the file that was chosen with a file input.
    fn look_at_chosen(self, event: &leptos::ev::Event) {
        #[cfg(feature = "hydrate")]
        self.look_at(upload::chosen(event));
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    /// Looks at the file that was dropped.
    fn look_at_dropped(self, event: &DragEvent) {
        #[cfg(feature = "hydrate")]
        self.look_at(upload::dropped(event));
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    /// Makes the devices of the file that was looked at.
    pub(super) fn import(self) {
        #[cfg(feature = "hydrate")]
        if let Some(file) = self.file.get_value() {
            self.send(file, paths::device_import_with(&self.existing.get_untracked()), Stage::Done);
        }
    }

    #[cfg(feature = "hydrate")]
    fn look_at(self, files: Vec<web_sys::File>) {
        let Some(file) = files.into_iter().next().filter(|_| !self.sending.busy().get_untracked()) else { return };
        self.stage.set(Stage::Choosing);
        self.existing.set(ExistingDevices::Skip.key().to_owned());
        self.name.set(file.name());
        if file.size() > domain::MAX_IMPORT_BYTES as f64 {
            self.fault.set(Some(domain::DEVICE_FILE_TOO_LARGE.to_owned()));
            return;
        }
        self.file.set_value(Some(file.clone()));
        self.send(file, paths::device_import_preview(), Stage::Looked);
    }

    #[cfg(feature = "hydrate")]
    fn send<T: serde::de::DeserializeOwned + 'static>(self, file: web_sys::File, address: String, stage: fn(T) -> Stage) {
        self.fault.set(None);
        self.percent.set(None);
        let percent = self.percent;
        let call = async move { upload::send(&file, &address, move |sent| _ = percent.try_set(Some(sent))).await };
        self.sending.run(call, move |answer| self.end(answer.map(stage)));
    }

    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser sends files"))]
    fn end(self, answer: Result<Stage, UiError>) {
        match answer {
            Ok(stage) => self.stage.set(stage),
            // Data changed since the preview, so a new preview shows the errors by row.
            #[cfg(feature = "hydrate")]
            Err(error) if matches!(self.stage.get_untracked(), Stage::Looked(_)) && !error.violations().is_empty() => {
                self.look_at(self.file.get_value().into_iter().collect());
            }
            Err(error) => {
                let sentence = error.violations().iter().next().map(|violation| violation.message.clone());
                self.fault.set(Some(sentence.unwrap_or_else(|| error.to_string())));
            }
        }
    }
}

/// Where the file is chosen, and how far it is on its way.
pub(super) fn file_section(import: Import) -> AnyView {
    let over = RwSignal::new(false);
    let hold = move |event: DragEvent| {
        // Without this the browser would open the file instead.
        event.prevent_default();
        over.set(true);
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        import.look_at_dropped(&event);
    };
    let input = NodeRef::<html::Input>::new();
    let press = move || _ = input.get_untracked().map(|input| input.click());
    let busy = import.sending.busy();
    let progress = move || busy.get().then(|| view! { <ProgressBar label=import.name.get() percent=import.percent /> });
    let fault = move || {
        let sentence = import.fault.get()?;
        Some(view! { <Notice tone=Tone::Danger title=import.name.get()><p>{sentence}</p></Notice> })
    };
    let name = move || Some(import.name.get()).filter(|name| !name.is_empty()).map(|name| view! { <p class="mono">{name}</p> });
    view! {
        <Section title="File" description="We check the file first. Nothing is imported until you confirm and every row is valid.">
            <p class="notice only-without-script" data-tone="info">"Enable JavaScript to import a file."</p>
            <div class="dropzone" data-needs-script="" data-over=move || over.get().then_some("") on:dragover=hold on:dragleave=move |_| over.set(false) on:drop=drop>
                <Icon glyph=Glyph::File />
                {name}
                <p>"Drop a CSV file here, or"</p>
                <div class="actions"><Button icon=Glyph::Upload busy on_click=press>"Choose file"</Button></div>
                <input
                    type="file"
                    hidden=true
                    aria-label="Choose file"
                    accept=".csv,text/csv"
                    node_ref=input
                    on:change=move |event| import.look_at_chosen(&event)
                />
                <p class="field-hint">"CSV in UTF-8, at most 10 MiB and 50,000 devices."</p>
            </div>
            <div class="stack-small" role="status">{progress}</div>
            {fault}
        </Section>
    }
    .into_any()
}
