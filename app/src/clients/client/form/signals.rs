//! A draft taken apart into signals, one for each field, so that typing one letter touches one field of the page only.

use std::collections::BTreeMap;

use domain::{AlternateAccessDraft, CatalogueId, ClientDraft, ImageId, InternetProviderDraft, NetworkImageDraft, Secret, ServiceDraft};
use leptos::prelude::*;

/// A part of a draft that can be taken apart into signals and put together again.
pub(crate) trait Live: Sized {
    /// The signals.
    type Signals: Copy + Send + Sync + 'static;

    /// Takes it apart.
    fn live(self) -> Self::Signals;

    /// Puts it together, and follows every signal.
    fn collect(signals: &Self::Signals) -> Self;

    /// Replaces what the signals hold.
    fn write(self, signals: &Self::Signals);
}

/// What is one signal as a whole.
macro_rules! leaves {
    ($($leaf:ty),*) => {$(
        impl Live for $leaf {
            type Signals = RwSignal<$leaf>;

            fn live(self) -> RwSignal<$leaf> {
                RwSignal::new(self)
            }

            fn collect(signals: &RwSignal<$leaf>) -> Self {
                signals.get()
            }

            fn write(self, signals: &RwSignal<$leaf>) {
                if signals.with_untracked(|old| *old != self) {
                    signals.set(self);
                }
            }
        }
    )*};
}

leaves!(String, bool, ImageId, Vec<CatalogueId>, Vec<ServiceDraft>, BTreeMap<String, String>);

/// A field of a form holds what is typed as text.
impl Live for Secret {
    type Signals = RwSignal<String>;

    fn live(self) -> RwSignal<String> {
        self.expose().to_owned().live()
    }

    fn collect(signals: &RwSignal<String>) -> Self {
        signals.get().into()
    }

    fn write(self, signals: &RwSignal<String>) {
        self.expose().to_owned().write(signals);
    }
}

/// Rows come and go, and each has its own signals.
impl<T: Live + PartialEq> Live for Vec<T> {
    type Signals = RwSignal<Vec<T::Signals>>;

    fn live(self) -> Self::Signals {
        RwSignal::new(self.into_iter().map(T::live).collect())
    }

    fn collect(signals: &Self::Signals) -> Self {
        signals.with(|rows| rows.iter().map(T::collect).collect())
    }

    fn write(self, signals: &Self::Signals) {
        // Replacing the signals would move the focus out of the row being edited.
        if untrack(|| Self::collect(signals)) != self {
            signals.set(self.into_iter().map(T::live).collect());
        }
    }
}

/// A draft whose every field is [`Live`].
macro_rules! live {
    ($(#[$doc:meta])* $signals:ident of $draft:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) struct $signals {
            $(pub(crate) $field: <$type as Live>::Signals,)*
        }

        impl Live for $draft {
            type Signals = $signals;

            fn live(self) -> $signals {
                $signals { $($field: self.$field.live(),)* }
            }

            fn collect(signals: &$signals) -> Self {
                Self { $($field: <$type as Live>::collect(&signals.$field),)* }
            }

            fn write(self, signals: &$signals) {
                $(self.$field.write(&signals.$field);)*
            }
        }
    };
}

live!(
    /// The signals of a [`ClientDraft`].
    ClientSignals of ClientDraft {
        name: String,
        address: String,
        country: String,
        country_written: String,
        time_zone: String,
        city: String,
        state: String,
        zip: String,
        phone: String,
        mobile: String,
        contact_person: String,
        email: String,
        external_id: String,
        restrict_ips: bool,
        allowed_ips: String,
        require_second_factor: bool,
        global_policies: bool,
        log_management: bool,
        trace_management: bool,
        maintenance_state: String,
        ignore_alerts: String,
        integrations: Vec<CatalogueId>,
        application_discovery: bool,
        agent_monitoring: String,
        admission_control: bool,
        patch_management: bool,
        remote_access: Vec<CatalogueId>,
        agent_policies: Vec<CatalogueId>,
        packages: Vec<CatalogueId>,
        add_ons: Vec<CatalogueId>,
        services: Vec<ServiceDraft>,
        access: Vec<AlternateAccessDraft>,
        providers: Vec<InternetProviderDraft>,
        images: Vec<NetworkImageDraft>,
        kept: BTreeMap<String, String>,
    }
);

live!(
    /// The signals of an [`AlternateAccessDraft`].
    AccessSignals of AlternateAccessDraft {
        key: String,
        technology: String,
        access_type: String,
        ip_address: String,
        port: String,
        ip_range: String,
        user_name: String,
        password: Secret,
        password_kept: bool,
    }
);

live!(
    /// The signals of an [`InternetProviderDraft`].
    ProviderSignals of InternetProviderDraft {
        key: String,
        name: String,
        plan: String,
        circuit_id: String,
        member_id: String,
        url: String,
        user_name: String,
        phone: String,
    }
);

live!(
    /// The signals of a [`NetworkImageDraft`].
    ImageSignals of NetworkImageDraft {
        id: ImageId,
        title: String,
    }
);
