//! The closed choices among a client's settings, and the settings of the partner itself.

use serde::{Deserialize, Serialize};

use crate::{Error, IpRestriction};

/// How often an agent may watch itself, in hours (seed 000 step 11).
pub const AGENT_MONITORING_HOURS: [&str; 5] = ["1", "2", "3", "6", "12"];

/// A closed choice: each value has a key for wire and database and a label for people.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $key)] $variant,)*
        }

        impl $name {
            /// Every value, in the order of the page.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// As on the wire and in the database.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// As people read it.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// The value of a key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.key() == key)
            }
        }
    };
}
pub(crate) use choice;

choice!(
    /// What a resource counts as during scheduled maintenance (seed 000 step 8, "Consider resource to be as").
    MaintenanceState {
        /// Available.
        Up = "up", "Up";
        /// Not available.
        Down = "down", "Down";
        /// Neither counts.
        Unknown = "unknown", "Unknown";
    }
);

choice!(
    /// Which alert actions are ignored (seed 000 step 8, "Ignore alert action").
    IgnoreAlerts {
        /// Both of the others.
        All = "all", "All";
        /// Suppressed alerts.
        Suppress = "suppress", "Suppress";
        /// Alert actions on resolved and closed incidents.
        Incident = "incident", "Incident";
    }
);

/// The partner's own settings, as typed and as shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerSettings {
    /// Whether the list below restricts.
    pub restrict_ips: bool,
    /// Addresses that the partner's users may come from, separated by commas or lines.
    pub allowed_ips: String,
    /// Which state of the settings was read; a save of another is a conflict.
    pub version: i64,
}

impl PartnerSettings {
    /// The restriction in force.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `allowed_ips`.
    pub fn restriction(&self) -> Result<IpRestriction, Error> {
        ip_restriction(self.restrict_ips, &self.allowed_ips).map_err(|sentence| Error::invalid("allowed_ips", sentence))
    }
}

/// A restriction that is switched on needs at least one address; one that is switched off is empty.
pub(crate) fn ip_restriction(restrict: bool, addresses: &str) -> Result<IpRestriction, String> {
    let parsed = IpRestriction::parse(addresses).map_err(|sentences| sentences.join(" "))?;
    match (restrict, parsed.is_empty()) {
        (true, true) => Err("Enter at least one address, or switch the restriction off.".to_owned()),
        (true, false) => Ok(parsed),
        (false, _) => Ok(IpRestriction::default()),
    }
}
