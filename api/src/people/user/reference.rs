//! Roles and groups of a user, as scripts refer to them.

use domain::Reference;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role or a user group by its `uniqueId`, or else its `id`, or else its name.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ReferenceInput {
    /// Identifier.
    unique_id: Option<String>,
    /// Number.
    id: Option<NumberOrText>,
    /// Name.
    #[schema(example = "Technician")]
    name: Option<String>,
    /// As it was answered: a role that comes by a group alone is ignored here, since the group gives it.
    user_group_role: Option<bool>,
}

impl ReferenceInput {
    /// The references of a list, without the roles that come through groups.
    pub(crate) fn references(list: Vec<Self>) -> Vec<Reference> {
        list.into_iter().filter(|item| item.user_group_role != Some(true)).map(Self::into_reference).collect()
    }

    /// What it refers to. What says nothing refers to the name of nothing.
    fn into_reference(self) -> Reference {
        match (self.unique_id, self.id, self.name) {
            (Some(id), _, _) => Reference::Id(id),
            (None, Some(NumberOrText::Number(number)), _) => Reference::Number(number),
            (None, Some(NumberOrText::Text(text)), _) => text.parse().map_or_else(|_| Reference::Id(text), Reference::Number),
            (None, None, name) => Reference::Name(name.unwrap_or_default()),
        }
    }
}

/// A number, which some programs write as text.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum NumberOrText {
    Number(i64),
    Text(String),
}

impl NumberOrText {
    pub(crate) fn text(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}
