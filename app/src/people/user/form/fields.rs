//! A user's profile taken apart into signals, one for each text.

use domain::{UserDraft, UserProfile};
use leptos::prelude::*;

macro_rules! texts {
    ($($field:ident)*) => {
        /// One signal for each text.
        #[derive(Clone, Copy)]
        pub(super) struct Texts { $(pub(super) $field: RwSignal<String>,)* }

        impl Texts {
            /// Begins with what is known.
            pub(super) fn of(profile: &UserProfile) -> Self {
                Self { $($field: RwSignal::new(profile.$field.clone()),)* }
            }

            /// A draft of what differs from what is known; of everything for a new user.
            pub(super) fn draft(self, before: Option<&UserProfile>) -> UserDraft {
                UserDraft {
                    $($field: Some(self.$field.get()).filter(|typed| before.is_none_or(|before| before.$field != *typed)),)*
                    ..UserDraft::default()
                }
            }
        }
    };
}

texts! {
    login first_name last_name email alternate_email notification_email designation address city state zip country time_zone phone mobile
}
