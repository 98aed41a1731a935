//! The tags of a resource.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A tag: its text, or its name and value.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum TagInput {
    Text(String),
    Pair(Tag),
}

/// A tag with its value; most have none.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tag {
    /// Name.
    #[schema(example = "env")]
    name: String,
    /// Value.
    #[serde(default)]
    #[schema(example = "prod")]
    value: String,
}

impl TagInput {
    pub(crate) fn text(self) -> Result<String, String> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Pair(Tag { name, value }) => domain::tag(&name, &value),
        }
    }
}

impl From<String> for Tag {
    fn from(tag: String) -> Self {
        let (name, value) = domain::tag_parts(&tag);
        Self { name: name.to_owned(), value: value.to_owned() }
    }
}
