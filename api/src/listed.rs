//! What each list can be searched and ordered by.

use crate::patterns::TEXT;

/// What a list can be asked.
pub(crate) trait Listed {
    /// What `queryString` may say: keys, each with the pattern of its values.
    const KEYS: &[(&'static str, &'static str)] = &[];
    /// Such a query.
    const EXAMPLE: &'static str = "name:Lab";
    /// What may order, as `sortName` spells it; the first where nothing is said.
    const SORTS: &[&'static str] = &["name", "id"];
}

/// A list that is searched by name.
pub(crate) struct ByName;

impl Listed for ByName {
    const KEYS: &[(&'static str, &'static str)] = &[("name", TEXT)];
}

/// A list that isn't searched.
pub(crate) struct Whole;

impl Listed for Whole {}
