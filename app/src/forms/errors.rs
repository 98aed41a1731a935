//! The violations of a form: those of the rules that the page knows, and those that the server found.

use std::time::Duration;

use domain::{Violation, Violations};
use leptos::prelude::*;

use crate::{error::UiError, ui::Fault};

/// As long as the press of a button takes, and a bit.
const CLICK: Duration = Duration::from_millis(200);

/// The errors of one form.
///
/// A rule speaks up when its field is left, or when sending was tried, and is silent as soon as the field is right. What the server
/// found stays until the next try, since only the server can say whether it still holds.
#[derive(Clone, Copy, Debug)]
pub struct FormErrors {
    rules: Signal<Violations>,
    from_server: RwSignal<Violations>,
    left: RwSignal<Vec<String>>,
    tried: RwSignal<bool>,
    /// Counts refusals: each puts the focus on the summary.
    refusals: RwSignal<u32>,
}

impl FormErrors {
    /// For a form whose rules only the server knows.
    #[must_use]
    pub fn new() -> Self {
        Self::with_rules(Signal::stored(Violations::new()))
    }

    /// For a form that is checked while it is typed, by the rules of `domain`.
    #[must_use]
    pub fn with_rules(rules: Signal<Violations>) -> Self {
        Self {
            rules,
            from_server: RwSignal::new(Violations::new()),
            left: RwSignal::new(Vec::new()),
            tried: RwSignal::new(false),
            refusals: RwSignal::new(0),
        }
    }

    /// What is to be shown at a field: the `error` of every field primitive.
    #[must_use]
    pub fn of(self, field: impl Into<String>) -> Signal<Option<String>> {
        let field = field.into();
        Signal::derive(move || {
            let by_server = self.from_server.with(|violations| violations.of(&field).map(str::to_owned));
            let speaks = || self.tried.get() || self.left.with(|left| left.contains(&field));
            by_server.or_else(|| speaks().then(|| self.rules.with(|rules| rules.of(&field).map(str::to_owned))).flatten())
        })
    }

    /// The `on_blur` of every field primitive: from now on the rules of the field speak.
    #[must_use]
    pub fn leave(self, field: impl Into<String>) -> Callback<()> {
        let field = field.into();
        Callback::new(move |()| {
            let field = field.clone();
            // The message moves what is below it. A click that took the focus from the field must still hit its target, so the message waits.
            set_timeout(
                move || {
                    if self.left.try_with_untracked(|left| left.contains(&field)) == Some(false) {
                        self.left.update(|left| left.push(field));
                    }
                },
                CLICK,
            );
        })
    }

    /// Sending is tried: whether the rules let it pass. If not, they all speak, and the summary gets the focus.
    #[must_use]
    pub fn pass(self) -> bool {
        self.from_server.set(Violations::new());
        let pass = self.rules.with_untracked(Violations::is_empty);
        self.tried.set(!pass);
        if !pass {
            self.refusals.update(|count| *count += 1);
        }
        pass
    }

    /// The server refused: its violations at their fields, any other error as one of the whole form.
    pub fn refuse(self, error: UiError) {
        self.show(error.into_violations());
    }

    /// As [`refuse`](Self::refuse), with violations that are at hand.
    pub fn show(self, violations: Violations) {
        self.from_server.set(violations);
        self.refusals.update(|count| *count += 1);
    }

    /// As new, for a dialog that opens once more.
    pub fn reset(self) {
        self.from_server.set(Violations::new());
        self.left.set(Vec::new());
        self.tried.set(false);
    }

    /// All that the summary lists.
    #[must_use]
    pub fn faults(self) -> Signal<Vec<Fault>> {
        Signal::derive(move || {
            let mut faults: Vec<Fault> = self.from_server.get().into_iter().map(fault).collect();
            if self.tried.get() {
                faults.extend(self.rules.get().into_iter().map(fault));
            }
            faults
        })
    }

    pub(super) fn refusals(self) -> Signal<u32> {
        self.refusals.into()
    }
}

impl Default for FormErrors {
    fn default() -> Self {
        Self::new()
    }
}

fn fault(Violation { field, message }: Violation) -> Fault {
    Fault { field, message }
}

/// What is wrong with a draft, from the result of its check: the rules of a [`FormErrors`].
#[must_use]
pub fn violations_of<T>(checked: Result<T, Violations>) -> Violations {
    checked.err().unwrap_or_default()
}
