//! The order of a list.

use serde::{Deserialize, Serialize};

use crate::choice::choice;

choice!(
    /// The direction of a list's order.
    #[derive(Default)]
    Direction {
        /// A to Z, old to new.
        #[default]
        Ascending = "asc", "Ascending";
        /// Z to A, new to old.
        Descending = "desc", "Descending";
    }
);

impl Direction {
    /// The other direction.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

choice!(
    /// The orders of most lists.
    #[derive(Default)]
    NameSort {
        /// By name, ignoring case.
        #[default]
        Name = "name", "Name";
        /// By the number in the database: in the order of creation.
        Number = "id", "ID";
    }
);
