//! The query parameters of a list, as the document describes them.

use std::marker::PhantomData;

use utoipa::{
    IntoParams,
    openapi::{
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{ObjectBuilder, Type},
    },
};

use crate::{
    limits::{DEFAULT_PAGE, MAX_PAGE},
    listed::Listed,
};

/// The parameters of a list, for the document.
pub(crate) struct Paging<L>(PhantomData<L>);

impl<L: Listed> IntoParams for Paging<L> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = |name: &str, description: &str, schema: ObjectBuilder| {
            let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(utoipa::openapi::Required::False);
            parameter.description(Some(description)).schema(Some(schema)).build()
        };
        let number = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
        let sorts: Vec<_> = L::SORTS.iter().map(|(name, _)| *name).collect();
        let sort_name = format!("Sorts by one of: {}. Any other name is ignored, and `orderBy` in the answer shows it.", sorts.join(", "));
        let mut parameters = vec![
            parameter("pageNo", "Counted from 1. Of several the last counts.", number().default(Some(1.into()))),
            parameter("pageSize", &format!("More than {MAX_PAGE} is {MAX_PAGE}."), number().default(Some(DEFAULT_PAGE.into()))),
            parameter("sortName", &sort_name, ObjectBuilder::new().schema_type(Type::String).examples(sorts.first().copied())),
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
