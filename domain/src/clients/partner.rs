//! The settings of the partner itself.

use serde::{Deserialize, Serialize};

use crate::{Draft, IpRestriction, Violations};

/// The partner's own settings, as typed and as shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerSettings {
    /// Whether the list below restricts.
    pub restrict_ips: bool,
    /// Addresses that the partner's users may come from, separated by commas or lines.
    pub allowed_ips: String,
    /// Whether everybody needs a second factor, the clients' users too.
    pub require_second_factor: bool,
    /// Whether users can trust a browser, which then isn’t asked for a code for 30 days.
    pub trust_browsers: bool,
    /// Which state of the settings was read; a save of another is a conflict.
    pub version: i64,
}

impl Draft for &PartnerSettings {
    type Context<'a> = ();
    /// The restriction in force.
    type Checked = IpRestriction;

    fn check(self, (): ()) -> Result<IpRestriction, Violations> {
        IpRestriction::when(self.restrict_ips, &self.allowed_ips).map_err(|sentence| Violations::of_field("allowed_ips", sentence))
    }
}
