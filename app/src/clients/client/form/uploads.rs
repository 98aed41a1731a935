//! Images on their way to the server.

use domain::{IMAGE_WAS_CUT, NetworkImage, NetworkImageDraft};
use leptos::prelude::*;

use super::{
    signal_owner::SignalOwner,
    signals::{ImageSignals, Live},
};
use crate::error::UiError;
#[cfg(feature = "hydrate")]
use crate::{paths, upload};

/// One image on its way, or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// Tells it from the others.
    pub(crate) number: u64,
    /// Shared by the files that were chosen together.
    batch: u64,
    /// The name of the file.
    pub(crate) name: String,
    /// How much of it is sent, of 100.
    pub(crate) percent: RwSignal<Option<u8>>,
    /// Why it didn't arrive.
    pub(crate) fault: RwSignal<Option<String>>,
    /// A note on a successful upload.
    pub(crate) note: RwSignal<Option<&'static str>>,
}

/// All of a page. They go on while one looks at another tab of the wizard.
#[derive(Clone, Copy)]
pub(crate) struct Uploads {
    /// An upload that begins on a tab may end when the tab is gone.
    signal_owner: SignalOwner,
    list: RwSignal<Vec<Upload>>,
    count: StoredValue<u64>,
    arrived: RwSignal<Vec<ImageSignals>>,
}

impl Uploads {
    /// None yet; those that arrive are added to a draft's images.
    pub(crate) fn new(signal_owner: SignalOwner, arrived: RwSignal<Vec<ImageSignals>>) -> Self {
        Self { signal_owner, list: RwSignal::new(Vec::new()), count: StoredValue::new(0), arrived }
    }

    /// All that are on their way or refused.
    pub(crate) fn list(self) -> Vec<Upload> {
        self.list.get()
    }

    /// Why the page can't be sent yet, if an image is on its way.
    pub(crate) fn pending(self) -> Option<String> {
        let pending = self.list.with(|list| list.iter().any(|upload| upload.fault.with(Option::is_none) && upload.note.with(Option::is_none)));
        pending.then(|| "Wait until the images have been sent.".to_owned())
    }

    /// Takes one off the list.
    pub(crate) fn dismiss(self, number: u64) {
        self.list.update(|list| list.retain(|upload| upload.number != number));
    }

    /// Sends the files that were chosen with a file input.
    pub(crate) fn send_chosen(self, event: &leptos::ev::Event) {
        #[cfg(feature = "hydrate")]
        self.send(upload::chosen(event));
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    /// Sends the dropped files. A drop of anything else, such as text, sends nothing.
    pub(crate) fn send_dropped(self, event: &leptos::ev::DragEvent) {
        #[cfg(feature = "hydrate")]
        self.send(upload::dropped(event));
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    /// One after the other, so that they arrive in the order in which they were chosen.
    #[cfg(feature = "hydrate")]
    fn send(self, files: Vec<web_sys::File>) {
        let batch = self.count.get_value();
        let uploads: Vec<_> = files.into_iter().map(|file| (self.begin(batch, file.name()), file)).collect();
        leptos::task::spawn_local(async move {
            for (Upload { number, percent, fault, .. }, file) in uploads {
                match upload::refused_image(&file) {
                    Some(sentence) => _ = fault.try_set(Some(sentence.to_owned())),
                    None => self.end(number, upload::send(&file, &paths::images(), move |sent| _ = percent.try_set(Some(sent))).await),
                }
            }
        });
    }

    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser sends images"))]
    fn begin(self, batch: u64, name: String) -> Upload {
        self.count.update_value(|count| *count += 1);
        let (percent, fault, note) = self.signal_owner.make(|| (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None)));
        let upload = Upload { number: self.count.get_value(), batch, name, percent, fault, note };
        self.list.update(|list| list.push(upload.clone()));
        upload
    }

    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser sends images"))]
    fn end(self, number: u64, answer: Result<NetworkImage, UiError>) {
        // The page may have been left meanwhile, and its signals with it.
        let Some(upload) = self.list.try_with_untracked(|list| list.iter().find(|upload| upload.number == number).cloned()).flatten() else { return };
        match answer {
            Ok(image) => {
                let is_cut = image.is_cut;
                let image = NetworkImageDraft { id: image.id, title: title_of(&upload.name) };
                let image = self.signal_owner.make(|| image.live());
                self.arrived.update(|images| images.push(image));
                if is_cut {
                    upload.note.set(Some(IMAGE_WAS_CUT));
                }
                // A success clears the errors of earlier batches but not of its own; notes stay.
                let is_settled = |other: &Upload| {
                    (other.number == number && !is_cut) || (other.batch < upload.batch && other.fault.with_untracked(Option::is_some))
                };
                self.list.update(|list| list.retain(|other| !is_settled(other)));
            }
            Err(error) => {
                let sentence = error.violations().iter().next().map(|violation| violation.message.clone());
                upload.fault.set(Some(sentence.unwrap_or_else(|| error.to_string())));
            }
        }
    }
}

/// A file's name without its ending, as a first title.
fn title_of(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['_', '-'], " ").trim().chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::title_of;

    #[test]
    fn a_title_is_the_name_without_its_ending() {
        for (name, title) in [("core_network-2.png", "core network 2"), ("plan", "plan"), (".png", ""), ("a.b.jpeg", "a.b")] {
            assert_eq!(title_of(name), title);
        }
    }
}
