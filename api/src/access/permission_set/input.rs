//! Permission sets as they are sent.

use domain::{Permission, PermissionBits, PermissionSetDraft, UnenforcedPermission, Violations};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{body::given, refusal::Refusal};

/// A permission set as it is sent: only what is given changes.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(crate) struct SetInput {
    /// Required for a new one.
    #[schema(example = "Night shift")]
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    /// What it is for.
    #[serde(deserialize_with = "given")]
    description: Option<String>,
    /// `MSP` or `CLIENT`.
    #[schema(example = "MSP")]
    #[serde(deserialize_with = "given")]
    scope: Option<String>,
    /// All that it holds. A list whose entries all have an empty `type` takes those areas away and leaves the rest.
    #[serde(deserialize_with = "given")]
    permissions: Option<Vec<PermissionInput>>,
}

/// A permission by its number, or else by its area and its name. A permission of an area that this console doesn't have is stored, and grants nothing.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
struct PermissionInput {
    /// Number.
    #[schema(example = 0)]
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    /// The part of the console.
    #[schema(example = "Clients")]
    name: Option<String>,
    /// What may be done there. Empty for nothing: the area is removed from the set.
    #[schema(example = "View")]
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// What a [`PermissionInput`] changes.
enum Change {
    Known(Permission),
    Unenforced(UnenforcedPermission),
    /// Removes all permissions of an area.
    Without(String),
}

impl PermissionInput {
    fn change(&self) -> Result<Change, String> {
        if let Some(id) = self.id {
            return Permission::from_number(id).map(Change::Known).ok_or_else(|| format!("There is no permission {id}."));
        }
        let [area, kind] = [&self.name, &self.kind].map(|text| text.as_deref().unwrap_or_default().trim());
        let of_area = || Permission::ALL.iter().copied().filter(|permission| permission.area().label().eq_ignore_ascii_case(area));
        if area.is_empty() {
            return Err("Give a permission by its id, or by the area’s name and the permission’s type.".to_owned());
        }
        if kind.is_empty() {
            return Ok(Change::Without(area.to_owned()));
        }
        if of_area().next().is_none() {
            return Ok(Change::Unenforced(UnenforcedPermission { area: area.to_owned(), name: kind.to_owned() }));
        }
        of_area().find(|permission| permission.label().eq_ignore_ascii_case(kind)).map(Change::Known).ok_or_else(|| {
            let known: Vec<_> = of_area().map(Permission::label).collect();
            format!("{area} has no permission “{kind}”: write {}.", known.join(" or "))
        })
    }
}

impl SetInput {
    /// The draft, on top of what there was.
    pub(crate) fn into_draft(self, before: PermissionSetDraft) -> Result<PermissionSetDraft, Refusal> {
        let mut violations = Violations::new();
        let (mut permissions, mut unenforced) = (before.permissions, before.unenforced);
        if let Some(list) = self.permissions {
            let change = |(at, item): (usize, &PermissionInput)| violations.accept(&format!("permissions.{at}"), item.change());
            let changes: Vec<Change> = list.iter().enumerate().filter_map(change).collect();
            if list.is_empty() || !changes.iter().all(|one| matches!(one, Change::Without(_))) {
                (permissions, unenforced) = (PermissionBits::default(), Vec::new());
            }
            for change in changes {
                match change {
                    Change::Known(permission) => permissions = permissions.union([permission].into_iter().collect()),
                    Change::Unenforced(one) => unenforced.push(one),
                    Change::Without(area) => {
                        permissions = permissions.iter().filter(|held| !held.area().label().eq_ignore_ascii_case(&area)).collect();
                        unenforced.retain(|held| !held.area.eq_ignore_ascii_case(&area));
                    }
                }
            }
        }
        violations.into_result()?;
        Ok(PermissionSetDraft {
            name: self.name.unwrap_or(before.name),
            description: self.description.unwrap_or(before.description),
            scope: self.scope.unwrap_or(before.scope),
            permissions,
            unenforced,
        })
    }
}
