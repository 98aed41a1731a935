//! What each list can be searched and ordered by.

use domain::NameSort;

use crate::patterns::TEXT;

/// What a list can be asked.
pub(crate) trait Listed {
    /// What can order it.
    type Sort: Copy + 'static;
    /// What `queryString` may say: keys, each with the pattern of its values.
    const KEYS: &[(&'static str, &'static str)] = &[];
    /// Such a query.
    const EXAMPLE: &'static str = "name:Lab";
    /// The same, as `sortName` spells it. The first is the default.
    const SORTS: &[(&'static str, Self::Sort)];
}

/// The sorts of most lists.
pub(crate) const BY_NAME: &[(&str, NameSort)] = &[("name", NameSort::Name), ("id", NameSort::Number)];

/// A list that is searched by name.
pub(crate) struct ByName;

impl Listed for ByName {
    type Sort = NameSort;
    const KEYS: &[(&'static str, &'static str)] = &[("name", TEXT)];
    const SORTS: &[(&'static str, NameSort)] = BY_NAME;
}

/// A list that isn't searched.
pub(crate) struct Whole;

impl Listed for Whole {
    type Sort = NameSort;
    const SORTS: &[(&'static str, NameSort)] = BY_NAME;
}
