//! Filters: which rows of a list are shown, and how an address says it.

use serde::{Deserialize, Serialize};

use crate::choice::choice;

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

choice!(
    /// Whose users or user groups are listed.
    OwnerFilter {
        /// Those of the partner itself.
        Partner = "partner", "Partner";
        /// Those of clients.
        Client = "client", "Clients";
    }
);
