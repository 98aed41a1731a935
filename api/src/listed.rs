//! What each list can be searched and ordered by.

/// What a list can be asked.
pub(crate) trait Listed {
    /// What `queryString` may say: keys, each with the pattern of its values.
    const KEYS: &[(&'static str, &'static str)] = &[];
    /// Such a query.
    const EXAMPLE: &'static str = "name:Lab";
    /// What may order, as `sortName` spells it; the first where nothing is said.
    const SORTS: &[&'static str] = &["name", "id"];
}

/// Values of a key that is any text. A text may also hold `+` and `:`, where no key follows.
pub(crate) const TEXT: &str = "[^+:=]*";
/// Values of a key that is a moment. It may also be written shorter, or in another zone.
pub(crate) const MOMENT: &str = r"(19[7-9]\d|2\d{3})-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\+0000";

/// Values of a key that is a client's id.
pub(crate) const CLIENT: &str = r"client_[1-9]\d{0,8}";

/// A list that is searched by name.
pub(crate) struct ByName;

impl Listed for ByName {
    const KEYS: &[(&'static str, &'static str)] = &[("name", TEXT)];
}

/// A list that isn't searched.
pub(crate) struct Whole;

impl Listed for Whole {}
