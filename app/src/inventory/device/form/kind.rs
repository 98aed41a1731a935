//! What a device is: first one of four kinds, then a type of that kind.

use domain::{DeviceKind, RESOURCE_TYPES};
use leptos::prelude::*;

use crate::ui::Choice;

/// The kind, and the type chosen for each kind, so that switching back restores it.
#[derive(Clone, Copy)]
pub(super) struct KindSignals {
    /// A key of [`DeviceKind`]; empty as long as none is chosen.
    pub(super) kind: RwSignal<String>,
    types: StoredValue<Vec<(DeviceKind, RwSignal<String>)>>,
}

impl KindSignals {
    /// None is chosen yet.
    pub(super) fn new() -> Self {
        let types = DeviceKind::ALL.iter().map(|kind| (*kind, RwSignal::new(usual(*kind).to_owned())));
        Self { kind: RwSignal::new(String::new()), types: StoredValue::new(types.collect()) }
    }

    /// Begins with the type of a device.
    pub(super) fn of(resource_type: &str) -> Self {
        let (signals, its) = (Self::new(), DeviceKind::of(resource_type));
        signals.kind.set(its.key().to_owned());
        signals.types.with_value(|types| types.iter().filter(|(kind, _)| *kind == its).for_each(|(_, own)| own.set(resource_type.to_owned())));
        signals
    }

    /// The four kinds.
    pub(super) fn choices() -> Vec<Choice> {
        DeviceKind::ALL.iter().map(|kind| Choice::new(kind.key(), kind.label())).collect()
    }

    /// Whether one is chosen.
    pub(super) fn is_chosen(self) -> bool {
        self.kind.with(|kind| DeviceKind::from_key(kind).is_some())
    }

    /// The type of the chosen kind, and what else it could be.
    pub(super) fn chosen(self) -> Option<(RwSignal<String>, Vec<Choice>)> {
        let kind = self.kind.with(|kind| DeviceKind::from_key(kind))?;
        let value = self.types.with_value(|types| types.iter().find(|(its, _)| *its == kind).map(|(_, value)| *value))?;
        let first = value.get_untracked();
        let known = RESOURCE_TYPES.iter().filter(|(_, its)| *its == kind).map(|(name, _)| *name);
        // What a program has called it is kept, also if nobody here knows it.
        let own = (!known.clone().any(|name| name == first)).then(|| Choice::new(&first, if first.is_empty() { "Not known" } else { &first }));
        Some((value, own.into_iter().chain(known.map(|name| Choice::new(name, name))).collect()))
    }

    /// What is to be kept.
    pub(super) fn resource_type(self) -> String {
        self.chosen().map(|(value, _)| value.get()).unwrap_or_default()
    }
}

/// The type that says no more than the kind.
const fn usual(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Desktop => "Desktop",
        DeviceKind::Server => "Server",
        DeviceKind::Network => "Network Device",
        DeviceKind::Other => "Other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_brings_its_types_and_keeps_an_unknown_one() {
        let owner = Owner::new();
        owner.with(|| {
            let new = KindSignals::new();
            assert_eq!((new.is_chosen(), new.resource_type()), (false, String::new()));
            new.kind.set("network".to_owned());
            assert_eq!(new.resource_type(), "Network Device");
            let unknown = KindSignals::of("Coffee machine");
            assert_eq!(unknown.resource_type(), "Coffee machine");
            assert_eq!(unknown.chosen().unwrap().1[0].label, "Coffee machine");
            unknown.kind.set("server".to_owned());
            assert_eq!(unknown.resource_type(), "Server");
            for kind in DeviceKind::ALL {
                assert_eq!(DeviceKind::of(usual(*kind)), *kind);
            }
        });
    }
}
