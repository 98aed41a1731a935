//! Filters: which rows of a list are shown, and how an address says it.

use serde::{Deserialize, Serialize};

use crate::{ClientId, choice::choice};

/// A value that addresses name by a key.
pub trait Keyed: Copy + PartialEq {
    /// How addresses name it.
    fn key(self) -> &'static str;

    /// The value of a key.
    fn from_key(key: &str) -> Option<Self>;
}

/// Which rows of a list are shown. The default is the plain list.
pub trait ListFilter: Clone + Default + PartialEq {
    /// Takes over a pair of an address, if it belongs to the filter and has a valid value.
    fn read(&mut self, key: &str, value: &str);

    /// The pairs of an address that say the filter; none for the plain list.
    fn pairs(&self) -> Vec<(&'static str, String)>;

    /// Whether the list can be narrowed to one client.
    const BY_CLIENT: bool = false;

    /// The client whose rows alone are shown.
    fn client(&self) -> Option<ClientId> {
        None
    }

    /// The same filter for one client's rows, or for those of all.
    #[must_use]
    fn of_client(self, _client: Option<ClientId>) -> Self {
        self
    }
}

/// The pair of an address that names the client whose rows alone are shown.
const CLIENT: &str = "client";

/// Takes over a pair of an address if it names a client.
pub(crate) fn read_client(client: &mut Option<ClientId>, key: &str, value: &str) {
    if key == CLIENT {
        *client = value.trim().parse().ok();
    }
}

/// The pair of an address that names a client.
pub(crate) fn client_pair(client: Option<ClientId>) -> Option<(&'static str, String)> {
    client.map(|client| (CLIENT, client.to_string()))
}

/// The pair of an address that names one of a list's filters.
pub(crate) const FILTER: &str = "filter";

/// No filter.
impl ListFilter for () {
    fn read(&mut self, _: &str, _: &str) {}

    fn pairs(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// One filter of several.
impl<T: Keyed> ListFilter for Option<T> {
    fn read(&mut self, key: &str, value: &str) {
        if key == FILTER {
            *self = T::from_key(value.trim());
        }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        self.iter().map(|value| (FILTER, value.key().to_owned())).collect()
    }
}

/// A filter that can also narrow the list to one client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfClient<F> {
    /// Which rows, whatever the client.
    pub which: F,
    /// The client; none for all rows.
    pub client: Option<ClientId>,
}

impl<F> OfClient<F> {
    /// The filter for the rows of all.
    pub const fn any(which: F) -> Self {
        Self { which, client: None }
    }
}

impl<F: Default> OfClient<F> {
    /// Every row of a client.
    #[must_use]
    pub fn of(client: ClientId) -> Self {
        Self { which: F::default(), client: Some(client) }
    }
}

impl<F: ListFilter> ListFilter for OfClient<F> {
    fn read(&mut self, key: &str, value: &str) {
        read_client(&mut self.client, key, value);
        self.which.read(key, value);
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        self.which.pairs().into_iter().chain(client_pair(self.client)).collect()
    }

    const BY_CLIENT: bool = true;

    fn client(&self) -> Option<ClientId> {
        self.client
    }

    fn of_client(self, client: Option<ClientId>) -> Self {
        Self { client, ..self }
    }
}

choice!(
    /// Whose users or user groups are listed.
    OwnerFilter {
        /// Those of the partner itself.
        Partner = "partner", "Partner";
        /// Those of clients.
        Client = "client", "Clients";
    }
);
