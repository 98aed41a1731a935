//! The file: chosen or dropped, sent to be looked at, and sent once more to be imported.

use domain::{CsvReading, DeviceImportReport, DeviceImported, ExistingDevices};
use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
};

use crate::{
    error::UiError,
    forms::{FileSending, FileWords, file_section},
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
    pub(super) sending: FileSending,
    /// The key of the choice what to do with existing devices.
    pub(super) existing: RwSignal<String>,
    /// How its letters and cells are read.
    pub(super) reading: RwSignal<CsvReading>,
    #[cfg(feature = "hydrate")]
    file: StoredValue<Option<web_sys::File>, LocalStorage>,
}

impl Import {
    /// No file yet.
    pub(super) fn new() -> Self {
        Self {
            stage: RwSignal::default(),
            sending: FileSending::new(),
            existing: RwSignal::new(ExistingDevices::Skip.key().to_owned()),
            reading: RwSignal::default(),
            #[cfg(feature = "hydrate")]
            file: StoredValue::new_local(None),
        }
    }

    /// Looks at the file that was chosen with a file input.
    fn look_at_chosen(self, event: &Event) {
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

    /// Looks at the file again, with the encoding and separator that the user chose.
    pub(super) fn look_again(self, reading: CsvReading) {
        self.reading.set(reading);
        #[cfg(feature = "hydrate")]
        if let Some(file) = self.file.get_value() {
            self.send(file, paths::device_import_preview_with(reading), Stage::Looked);
        }
    }

    /// Makes the devices of the file that was looked at.
    pub(super) fn import(self) {
        #[cfg(feature = "hydrate")]
        if let Some(file) = self.file.get_value() {
            self.send(file, paths::device_import_with(&self.existing.get_untracked(), self.reading.get_untracked()), Stage::Done);
        }
    }

    #[cfg(feature = "hydrate")]
    fn look_at(self, files: Vec<web_sys::File>) {
        let Some(file) = files.into_iter().next().filter(|_| !self.sending.sending.busy().get_untracked()) else { return };
        self.stage.set(Stage::Choosing);
        self.existing.set(ExistingDevices::Skip.key().to_owned());
        if self.sending.accept(&file, domain::MAX_IMPORT_BYTES, domain::DEVICE_FILE_TOO_LARGE) {
            self.file.set_value(Some(file));
            self.look_again(CsvReading::default());
        }
    }

    #[cfg(feature = "hydrate")]
    fn send<T: serde::de::DeserializeOwned + 'static>(self, file: web_sys::File, address: String, stage: fn(T) -> Stage) {
        self.sending.send(file, address, move |answer: Result<T, UiError>| self.end(answer.map(stage)));
    }

    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser sends files"))]
    fn end(self, answer: Result<Stage, UiError>) {
        match answer {
            Ok(stage) => self.stage.set(stage),
            // Data changed since the preview, so a new preview shows the errors by row.
            Err(error) if matches!(self.stage.get_untracked(), Stage::Looked(_)) && !error.violations().is_empty() => {
                self.stage.set(Stage::Choosing);
                self.look_again(self.reading.get_untracked());
            }
            Err(error) => self.sending.refuse(&error),
        }
    }
}

/// Where the file is chosen, and how far it is on its way.
pub(super) fn file(import: Import) -> AnyView {
    file_section(
        import.sending,
        FileWords::csv(
            "We check the file first. Nothing is imported until you confirm and every row is valid.",
            "CSV, at most 10 MiB and 50,000 devices.",
        ),
        move |event| import.look_at_chosen(event),
        move |event| import.look_at_dropped(event),
    )
}
