//! Permission sets as they are answered.

use domain::{Permission, PermissionSet, UnenforcedPermission};
use serde::Serialize;
use utoipa::ToSchema;

/// A permission set in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SetRow {
    /// Number.
    #[schema(example = 13)]
    id: i64,
    /// Identifier.
    unique_id: String,
    /// Name.
    #[schema(example = "Dispatcher")]
    name: String,
    /// What it is for.
    description: String,
}

/// A permission set.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetOutput {
    /// As in a list.
    #[serde(flatten)]
    row: SetRow,
    /// `MSP` or `CLIENT`.
    scope: &'static str,
    /// What it holds.
    permissions: Vec<Held>,
}

/// A permission of a set.
#[derive(Serialize, ToSchema)]
struct Held {
    /// Number; left out for a permission of an area that this console doesn't have.
    #[schema(example = 0)]
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    /// The part of the console.
    #[schema(example = "Clients")]
    name: String,
    /// What may be done there.
    #[schema(example = "View")]
    #[serde(rename = "type")]
    kind: String,
}

impl From<PermissionSet> for SetRow {
    fn from(set: PermissionSet) -> Self {
        Self { id: set.number, unique_id: set.id.to_string(), name: set.name, description: set.description }
    }
}

impl From<PermissionSet> for SetOutput {
    fn from(set: PermissionSet) -> Self {
        let known = |permission: Permission| Held {
            id: Some(permission as i64),
            name: permission.area().label().to_owned(),
            kind: permission.label().to_owned(),
        };
        let other = |one: &UnenforcedPermission| Held { id: None, name: one.area.clone(), kind: one.name.clone() };
        let permissions = set.permissions.iter().map(known).chain(set.unenforced.iter().map(other)).collect();
        Self { scope: set.scope.key(), permissions, row: set.into() }
    }
}
