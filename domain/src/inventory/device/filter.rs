//! What a search of devices leaves.

use super::{DeviceKind, DeviceState};
use crate::{ClientId, DeviceAttribute, Error, Violations};

/// What a search of the API leaves; empty for all. Texts are found anywhere, upper and lower case alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceFilter {
    /// In any of its names and addresses.
    pub text: String,
    /// In what lists call it.
    pub name: String,
    /// In its host name.
    pub host_name: String,
    /// In its IP address.
    pub ip_address: String,
    /// The whole type of the resource.
    pub resource_type: String,
    /// A state.
    pub state: Option<DeviceState>,
    /// What it counts as.
    pub kind: Option<DeviceKind>,
    /// Of one client.
    pub client: Option<ClientId>,
    /// Attributes that must each match one of their values: whole for an identifier, a state, a resource type or a flag, in part for the others.
    pub attributes: Vec<(DeviceAttribute, Vec<String>)>,
}

/// The most values of an attribute that a search compares whole, and the most that it finds in part.
const MAX_VALUES: (usize, usize) = (1000, 200);

/// The longest value that a search finds in part, in characters.
const LONGEST_VALUE: usize = 500;

impl DeviceFilter {
    /// Refuses more than a search can do.
    ///
    /// # Errors
    /// `Invalid` under the key of each attribute with too many values or too long a one.
    pub fn check(&self) -> Result<(), Error> {
        let mut violations = Violations::new();
        for (attribute, values) in &self.attributes {
            let most = if attribute.is_whole() { MAX_VALUES.0 } else { MAX_VALUES.1 };
            let too_long = values.iter().any(|value| value.chars().count() > LONGEST_VALUE);
            violations.add_if(values.len() > most, attribute.key(), &format!("Use at most {most} values."));
            violations.add_if(too_long, attribute.key(), &format!("Use values of at most {LONGEST_VALUE} characters."));
        }
        violations.into_result()
    }
}
