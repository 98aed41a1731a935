//! Pages: which one is asked for, and how the document says so (reference "Identifiers, dates, paging, search").

use std::marker::PhantomData;

use domain::{Direction, Slice, Violations};
use utoipa::{
    IntoParams,
    openapi::{
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{ObjectBuilder, Type},
    },
};

use super::params::Params;

/// The largest page.
const MAX_SIZE: u32 = 1000;
/// The page that is answered where nothing is said.
const DEFAULT_SIZE: u32 = 100;

/// The query parameters of every list.
const PARAMETERS: [&str; 4] = ["pageNo", "pageSize", "sortName", "isDescendingOrder"];

/// What a list can be asked.
pub(super) trait Listed {
    /// What `queryString` may say: keys, each with the pattern of its values.
    const KEYS: &[(&'static str, &'static str)] = &[];
    /// Such a query.
    const EXAMPLE: &'static str = "name:Lab";
    /// What may order, as `sortName` spells it; the first where nothing is said.
    const SORTS: &[&'static str] = &["name", "id"];
}

/// Values of a key that is any text. A text may also hold `+` and `:`, where no key follows.
pub(super) const TEXT: &str = "[^+:=]*";
/// Values of a key that is a moment. It may also be written shorter, or in another zone.
pub(super) const MOMENT: &str = r"(19[7-9]\d|2\d{3})-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\+0000";

/// A list that is searched by name.
pub(super) struct ByName;

impl Listed for ByName {
    const KEYS: &[(&'static str, &'static str)] = &[("name", TEXT)];
}

/// A list that isn't searched.
pub(super) struct Whole;

impl Listed for Whole {}

/// A page by its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageAsked {
    /// Counted from 1.
    pub(super) number: u32,
    /// Rows.
    pub(super) size: u32,
    /// The attribute that orders: one of [`Listed::SORTS`].
    pub(super) sort: &'static str,
    /// Which way.
    pub(super) descending: bool,
}

impl PageAsked {
    /// The part of the list.
    pub(super) fn slice(self) -> Slice {
        let direction = if self.descending { Direction::Descending } else { Direction::Ascending };
        let offset = u64::from(self.number - 1) * u64::from(self.size);
        Slice { offset, limit: self.size, direction, by_number: self.sort == "id" }
    }
}

impl Params {
    /// Which page is wanted.
    ///
    /// # Errors
    /// The requested page, or a violation for each unknown or invalid parameter.
    pub(super) fn page<L: Listed>(&self) -> Result<PageAsked, Violations> {
        let mut violations = Violations::new();
        let known = |name: &&str| PARAMETERS.contains(name) || (*name == "queryString" && !L::KEYS.is_empty());
        for unknown in self.names().filter(|name| !known(name)) {
            violations.add(unknown, format!("This list knows no parameter {unknown}."));
        }
        let number = self.said("pageNo", "a number from 1", &mut violations, count);
        let size = self.said("pageSize", "a number from 1", &mut violations, count);
        // An unknown sort name falls back to the default, and the answer names the one used.
        let sort = self.get("sortName").and_then(|text| L::SORTS.iter().copied().find(|name| *name == text.trim()));
        let descending = self.said("isDescendingOrder", "true or false", &mut violations, |text| text.to_ascii_lowercase().parse().ok());
        if !violations.is_empty() {
            return Err(violations);
        }
        Ok(PageAsked {
            number: number.unwrap_or(1),
            size: size.unwrap_or(DEFAULT_SIZE).min(MAX_SIZE),
            sort: sort.or(L::SORTS.first().copied()).unwrap_or_default(),
            descending: descending.unwrap_or_default(),
        })
    }

    /// A parameter as `read` understands it; otherwise it is told what it should be.
    fn said<T>(&self, name: &str, should_be: &str, violations: &mut Violations, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.get(name)?.trim();
        violations.take(name, read(text).ok_or_else(|| format!("“{text}” is no value for {name}: write {should_be}.")))
    }
}

/// A number from 1. One that is too large for any list is as good as the largest.
fn count(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u32::MAX)).filter(|count| *count > 0)
}

/// The parameters of a list, for the document.
pub(super) struct Paging<L>(PhantomData<L>);

impl<L: Listed> IntoParams for Paging<L> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = |name: &str, description: &str, schema: ObjectBuilder| {
            let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(utoipa::openapi::Required::False);
            parameter.description(Some(description)).schema(Some(schema)).build()
        };
        let number = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
        let sorts = format!("Sorts by one of: {}. Any other name is ignored, and `orderBy` in the answer shows it.", L::SORTS.join(", "));
        let mut parameters = vec![
            parameter("pageNo", "Counted from 1. Of several the last counts.", number().default(Some(1.into()))),
            parameter("pageSize", "More than 1000 is 1000.", number().default(Some(DEFAULT_SIZE.into()))),
            parameter("sortName", &sorts, ObjectBuilder::new().schema_type(Type::String).examples(L::SORTS.first().copied())),
            parameter("isDescendingOrder", "Whether the last comes first.", ObjectBuilder::new().schema_type(Type::Boolean)),
        ];
        if !L::KEYS.is_empty() {
            let keys: Vec<_> = L::KEYS.iter().map(|(key, _)| *key).collect();
            let pairs = L::KEYS.iter().map(|(key, values)| format!("{key}[:=]{values}")).collect::<Vec<_>>().join("|");
            let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some(format!(r"^(({pairs})(\+({pairs}))*)?$")));
            let says = format!("Pairs `key:value` joined by `+`, of {}.", keys.join(", "));
            parameters.push(parameter("queryString", &says, schema.examples([L::EXAMPLE])));
        }
        parameters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_from_one() {
        for (text, read) in [("1", Some(1)), ("99999999999", Some(u32::MAX)), ("0", None), ("-1", None), ("1.5", None), ("two", None), ("", None)] {
            assert_eq!(count(text), read, "{text}");
        }
    }
}
