//! Pages: which one is asked for, and how the document says so (reference "Identifiers, dates, paging, search").

use std::marker::PhantomData;

use domain::{Direction, Error, Slice, Violations};
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

/// What a list can be ordered by.
pub(super) trait Sorts {
    /// The attributes as `sortName` spells them; the first where nothing is said.
    const NAMES: &[&'static str];
}

/// A list that has one order.
pub(super) struct ByName;

impl Sorts for ByName {
    const NAMES: &[&'static str] = &["name"];
}

/// A page by its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageAsked {
    /// Counted from 1.
    pub(super) number: u32,
    /// Rows.
    pub(super) size: u32,
    /// The attribute that orders: one of [`Sorts::NAMES`].
    pub(super) sort: &'static str,
    /// Which way.
    pub(super) descending: bool,
}

impl PageAsked {
    /// The part of the list.
    pub(super) fn slice(self) -> Slice {
        let direction = if self.descending { Direction::Descending } else { Direction::Ascending };
        Slice { offset: u64::from(self.number - 1) * u64::from(self.size), limit: self.size, direction }
    }
}

impl Params {
    /// Which page is wanted.
    ///
    /// # Errors
    /// `Invalid` with every parameter that makes no sense.
    pub(super) fn page<S: Sorts>(&self) -> Result<PageAsked, Error> {
        let mut violations = Violations::new();
        let number = self.said("pageNo", "a number from 1", &mut violations, count);
        let size = self.said("pageSize", "a number from 1", &mut violations, count);
        let named = |text: &str| S::NAMES.iter().copied().find(|name| *name == text);
        let sort = self.said("sortName", &S::NAMES.join(", "), &mut violations, named);
        let descending = self.said("isDescendingOrder", "true or false", &mut violations, |text| text.to_ascii_lowercase().parse().ok());
        violations.into_result()?;
        Ok(PageAsked {
            number: number.unwrap_or(1),
            size: size.unwrap_or(DEFAULT_SIZE).min(MAX_SIZE),
            sort: sort.or(S::NAMES.first().copied()).unwrap_or_default(),
            descending: descending.unwrap_or_default(),
        })
    }

    /// A parameter as `read` understands it; otherwise it is told what it should be. An empty one says nothing.
    fn said<T>(&self, name: &str, should_be: &str, violations: &mut Violations, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.get(name).map(str::trim).filter(|text| !text.is_empty())?;
        violations.take(name, read(text).ok_or_else(|| format!("“{text}” is no value for {name}: write {should_be}.")))
    }
}

/// A number from 1. One that is too large for any list is as good as the largest.
fn count(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u32::MAX)).filter(|count| *count > 0)
}

/// The parameters of a paged list, for the document.
pub(super) struct Paging<S>(PhantomData<S>);

impl<S: Sorts> IntoParams for Paging<S> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = |name: &str, description: &str, schema: ObjectBuilder| {
            let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(utoipa::openapi::Required::False);
            parameter.description(Some(description)).schema(Some(schema)).build()
        };
        let number = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
        vec![
            parameter("pageNo", "Counted from 1. Of several the last counts.", number().default(Some(1.into()))),
            parameter("pageSize", "More than 1000 is 1000.", number().default(Some(DEFAULT_SIZE.into()))),
            parameter("sortName", "What orders.", ObjectBuilder::new().schema_type(Type::String).enum_values(Some(S::NAMES.iter().copied()))),
            parameter("isDescendingOrder", "Whether the last comes first.", ObjectBuilder::new().schema_type(Type::Boolean)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_from_one() {
        for (text, read) in [("1", Some(1)), ("99999999999", Some(u32::MAX)), ("0", None), ("-1", None), ("1.5", None), ("two", None)] {
            assert_eq!(count(text), read, "{text}");
        }
    }
}
