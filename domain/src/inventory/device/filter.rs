//! What can be asked of the list of devices.

use super::{DeviceKind, DeviceState};
use crate::{
    ClientId, DeviceAttribute, Error, ListFilter, NameSort, Query, Violations,
    list::{client_pair, read_client},
};

/// A view of the list of devices. What is searched is every name and address, the serial number and the tags.
pub type DeviceQuery = Query<NameSort, DeviceFilter>;

/// Which devices are listed; everything that is given must fit. Pages filter by kind and client, the API by the rest. Texts are found anywhere, ignoring case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceFilter {
    /// In any of its names and addresses; empty for all, like the texts that follow.
    pub text: String,
    /// In what lists call it.
    pub name: String,
    /// In its host name.
    pub host_name: String,
    /// In its IP address.
    pub ip_address: String,
    /// The whole resource type.
    pub resource_type: String,
    /// In this state.
    pub state: Option<DeviceState>,
    /// Counted as this.
    pub kind: Option<DeviceKind>,
    /// Of this client.
    pub client: Option<ClientId>,
    /// Attributes that must each match one of their values: whole for an identifier, a state, a resource type or a flag, in part for the others.
    pub attributes: Vec<(DeviceAttribute, Vec<String>)>,
}

/// The most values of an attribute that a search compares whole, and the most that it finds in part.
const MAX_VALUES: (usize, usize) = (1000, 200);

/// The longest value that a search finds in part, in characters.
const LONGEST_VALUE: usize = 500;

impl DeviceFilter {
    /// Every device.
    pub const ALL: Self = Self::new(None);

    /// Devices of a kind.
    #[must_use]
    pub const fn of_kind(kind: DeviceKind) -> Self {
        Self::new(Some(kind))
    }

    const fn new(kind: Option<DeviceKind>) -> Self {
        Self {
            text: String::new(),
            name: String::new(),
            host_name: String::new(),
            ip_address: String::new(),
            resource_type: String::new(),
            state: None,
            kind,
            client: None,
            attributes: Vec::new(),
        }
    }

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

impl ListFilter for DeviceFilter {
    fn read(&mut self, key: &str, value: &str) {
        self.kind.read(key, value);
        read_client(&mut self.client, key, value);
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        self.kind.pairs().into_iter().chain(client_pair(self.client)).collect()
    }

    const BY_CLIENT: bool = true;

    fn client(&self) -> Option<ClientId> {
        self.client
    }

    fn of_client(self, client: Option<ClientId>) -> Self {
        Self { client, ..self }
    }
}
