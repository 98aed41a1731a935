//! Where signals live.

use leptos::{prelude::*, reactive::owner::WeakOwner};

/// Makes signals that live as long as the component that made this: a row that is added on a tab of the wizard must outlive the tab.
#[derive(Clone, Copy)]
pub(crate) struct SignalOwner(StoredValue<Option<WeakOwner>>);

impl SignalOwner {
    /// As long as the component that calls.
    pub(crate) fn here() -> Self {
        Self(StoredValue::new(Owner::current().map(|owner| owner.downgrade())))
    }

    /// Makes signals.
    pub(crate) fn make<T>(self, make: impl FnOnce() -> T) -> T {
        match self.0.try_get_value().flatten().and_then(|owner| owner.upgrade()) {
            Some(owner) => owner.with(make),
            None => make(),
        }
    }
}
