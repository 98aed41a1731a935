//! A file of clients: the user chooses or drops it, it is uploaded and checked, checked again when the user changes how it is read, and imported.

use domain::{ClientImportReading, ClientImportReport, JobId};
use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
};

use crate::{
    clients::client::rpc::{preview_client_import, start_client_import},
    error::UiError,
    forms::{FileSending, FileWords, file_section},
};
#[cfg(feature = "hydrate")]
use crate::{paths, upload};

/// A file on its way to become clients.
#[derive(Clone, Copy)]
pub(super) struct Import {
    pub(super) sending: FileSending,
    /// What the server says of the file.
    pub(super) report: RwSignal<Option<ClientImportReport>>,
    /// The encoding, separator and columns that the user chose.
    pub(super) reading: RwSignal<ClientImportReading>,
}

impl Import {
    /// No file yet.
    pub(super) fn new() -> Self {
        Self { sending: FileSending::new(), report: RwSignal::default(), reading: RwSignal::default() }
    }

    /// Checks the file again, with the encoding, separator and columns that the user chose.
    pub(super) fn check_again(self, reading: ClientImportReading) {
        let Some(id) = self.report.with_untracked(|report| report.as_ref().map(|report| report.id.clone())) else { return };
        self.reading.set(reading.clone());
        self.sending.sending.run(preview_client_import(id, reading), move |answer| self.checked(answer));
    }

    /// Starts the job, and passes it to `started`.
    pub(super) fn start(self, started: impl FnOnce(JobId) + 'static) {
        let Some(id) = self.report.with_untracked(|report| report.as_ref().map(|report| report.id.clone())) else { return };
        self.sending.sending.run(start_client_import(id), move |answer| match answer {
            Ok(job) => started(job),
            // Another user added one of the clients, or the file is gone: a new check reports it.
            Err(error) if error.is_conflict() => {
                self.sending.refuse(&error);
                self.check_again(self.reading.get_untracked());
            }
            Err(error) => self.sending.refuse(&error),
        });
    }

    fn checked(self, answer: Result<ClientImportReport, UiError>) {
        match answer {
            Ok(report) => self.report.set(Some(report)),
            Err(error) => self.sending.refuse(&error),
        }
    }

    fn upload_chosen(self, event: &Event) {
        #[cfg(feature = "hydrate")]
        self.upload(upload::chosen(event));
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    fn upload_dropped(self, event: &DragEvent) {
        #[cfg(feature = "hydrate")]
        self.upload(upload::dropped(event));
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    #[cfg(feature = "hydrate")]
    fn upload(self, files: Vec<web_sys::File>) {
        let Some(file) = files.into_iter().next().filter(|_| !self.sending.sending.busy().get_untracked()) else { return };
        self.report.set(None);
        self.reading.set(ClientImportReading::default());
        if self.sending.accept(&file, domain::MAX_CLIENT_FILE_BYTES, domain::CLIENT_FILE_TOO_LARGE) {
            let address = paths::client_import_upload(&file.name());
            self.sending.send(file, address, move |answer| self.checked(answer));
        }
    }
}

/// Where the file is chosen, and how far it is on its way.
pub(super) fn file(import: Import) -> AnyView {
    file_section(
        import.sending,
        FileWords::csv(
            "We check the file first. Nothing is imported until you confirm and every row is valid.",
            "CSV, at most 32 MiB and 100,000 clients.",
        ),
        move |event| import.upload_chosen(event),
        move |event| import.upload_dropped(event),
    )
}
