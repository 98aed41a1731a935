//! A device's details taken apart into signals, one for each text.

use domain::{DeviceDetails, DeviceDraft};
use leptos::prelude::*;

macro_rules! texts {
    ($($field:ident)*) => {
        /// One signal for each text.
        #[derive(Clone, Copy)]
        pub(super) struct Texts { $(pub(super) $field: RwSignal<String>,)* }

        impl Texts {
            /// Begins with what is known.
            pub(super) fn of(details: &DeviceDetails) -> Self {
                Self { $($field: RwSignal::new(details.$field.clone()),)* }
            }

            /// A draft of all of them.
            pub(super) fn draft(self) -> DeviceDraft {
                DeviceDraft { $($field: Some(self.$field.get()),)* ..DeviceDraft::default() }
            }
        }
    };
}

texts! { name host_name ip_address dns_name device_type record_type make model os_name serial_number alias_name resource_name }
