//! Columns of a table that aren't shown.

use leptos::prelude::*;

/// The columns of a table that aren't shown, by their headings. Its headings and cells ask for it.
#[derive(Clone, Copy, Debug)]
pub struct HiddenColumns {
    /// Hidden by the reader.
    chosen: RwSignal<Vec<&'static str>>,
    /// Hidden where the table stands, because all rows would have the same.
    always: &'static [&'static str],
}

impl HiddenColumns {
    /// Begins with a choice.
    #[must_use]
    pub fn new(chosen: Vec<&'static str>, always: &'static [&'static str]) -> Self {
        Self { chosen: RwSignal::new(chosen), always }
    }

    /// Whether a column isn't shown.
    #[must_use]
    pub fn hides(self, label: &str) -> bool {
        self.never_shows(label) || self.chosen.with(|chosen| chosen.contains(&label))
    }

    /// Whether a column can't be shown here.
    #[must_use]
    pub fn never_shows(self, label: &str) -> bool {
        self.always.contains(&label)
    }

    /// Shows a column, or hides it.
    pub fn show(self, label: &'static str, shown: bool) {
        self.chosen.update(|chosen| {
            chosen.retain(|other| *other != label);
            if !shown {
                chosen.push(label);
            }
        });
    }

    /// What the reader hid.
    #[must_use]
    pub fn chosen(self) -> Vec<&'static str> {
        self.chosen.get_untracked()
    }
}

/// Whether the column of a heading is hidden in the table around.
pub(super) fn hidden(label: &str) -> Signal<Option<&'static str>> {
    match use_context::<HiddenColumns>().filter(|_| !label.is_empty()) {
        Some(hidden) => {
            let label = label.to_owned();
            Signal::derive(move || hidden.hides(&label).then_some(""))
        }
        None => Signal::stored(None),
    }
}

#[cfg(test)]
mod tests {
    use super::HiddenColumns;
    use leptos::prelude::Owner;

    #[test]
    fn a_column_is_hidden_by_choice_or_by_its_place() {
        Owner::new().with(|| {
            let hidden = HiddenColumns::new(vec!["Status"], &["Client"]);
            assert_eq!(["Name", "Status", "Client"].map(|label| hidden.hides(label)), [false, true, true]);
            hidden.show("Status", true);
            hidden.show("Client", true);
            assert_eq!(["Status", "Client"].map(|label| hidden.hides(label)), [false, true]);
        });
    }
}
