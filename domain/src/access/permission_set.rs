//! Permission sets: what may be done, by a name.

use serde::{Deserialize, Serialize};

use super::permission::PARTNER_ONLY;
use crate::{
    ClientId, Draft, NameSort, Permission, PermissionBits, PermissionSetId, Query, RoleScope, Timestamp, Violations, choice::choice, limits, text,
};

choice!(
    /// Which permission sets are listed.
    PermissionSetFilter {
        /// For partner users.
        Msp = "MSP", "For partner users";
        /// For client users.
        Client = "CLIENT", "For client users";
        /// There from the start.
        Default = "default", "Default";
        /// Made by people.
        Own = "own", "Your own";
        /// Those that a role for partner users can have, by [`set_fits_role`].
        FitsMspRole = "for-MSP", "For a partner role";
        /// Those that a role for client users can have, by [`set_fits_role`].
        FitsClientRole = "for-CLIENT", "For a client role";
    }
);

impl PermissionSetFilter {
    /// Those that a role of a scope can have.
    #[must_use]
    pub const fn fits_role(scope: RoleScope) -> Self {
        match scope {
            RoleScope::Msp => Self::FitsMspRole,
            RoleScope::Client => Self::FitsClientRole,
        }
    }
}

/// A view of the list of permission sets.
pub type PermissionSetQuery = Query<NameSort, Option<PermissionSetFilter>>;

/// A permission set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionSet {
    /// Identifier.
    pub id: PermissionSetId,
    /// Its id in the API (docs/spec/rest-api.md, "Permission set object").
    pub number: i64,
    /// The client it belongs to; none for the partner's.
    pub client: Option<ClientId>,
    /// Unique among its tenant's.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// For whose users' roles it is made.
    pub scope: RoleScope,
    /// Whether it was there from the start: then it never changes.
    pub is_default: bool,
    /// What it holds.
    pub permissions: PermissionBits,
    /// Permissions of areas this console doesn't have, stored for API clients; they grant nothing.
    pub unenforced: Vec<UnenforcedPermission>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// A permission set as typed or sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PermissionSetDraft {
    /// Required.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// `MSP` or `CLIENT`; never changes.
    pub scope: String,
    /// What it holds.
    pub permissions: PermissionBits,
    /// Permissions of areas this console doesn't have.
    pub unenforced: Vec<UnenforcedPermission>,
}

/// A permission of an area that this console doesn't have: stored as sent, and grants nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnenforcedPermission {
    /// The area's name.
    pub area: String,
    /// The permission's name.
    pub name: String,
}

impl UnenforcedPermission {
    /// As people read it: `Patch Management: Manage`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}: {}", self.area, self.name)
    }
}

/// The most unenforced permissions in a set.
const MOST_UNENFORCED: usize = 500;

/// What a permission set's draft says, checked and trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionSetProfile {
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// For whose users' roles it is made.
    pub scope: RoleScope,
    /// What it holds.
    pub permissions: PermissionBits,
    /// Permissions of areas this console doesn't have.
    pub unenforced: Vec<UnenforcedPermission>,
}

impl Draft for PermissionSetDraft {
    type Context<'a> = ();
    type Checked = PermissionSetProfile;

    fn check(self, (): ()) -> Result<PermissionSetProfile, Violations> {
        let mut violations = Violations::new();
        let name = violations.accept("name", text::required_line(&self.name, limits::SHORT_NAME, "Enter a name."));
        let description = violations.accept("description", text::limited(&self.description, limits::SHORT_DESCRIPTION));
        let scope = RoleScope::from_key(&self.scope);
        violations.add_if(scope.is_none(), "scope", "Choose the scope: MSP for partner users or CLIENT for client users.");
        let partner_only: PermissionBits = PARTNER_ONLY.into_iter().collect();
        if scope == Some(RoleScope::Client) {
            for permission in self.permissions.iter().filter(|permission| partner_only.contains(*permission)) {
                let sentence = format!("“{}” is for partner users only: take it out of a set for client users.", permission.name());
                violations.add("permissions", sentence);
            }
        }
        let right = |text: &str| text::required_line(text, limits::NAME, "Name the area and the permission.");
        let mut unenforced: Vec<UnenforcedPermission> = Vec::new();
        for UnenforcedPermission { area, name } in self.unenforced {
            let both = right(&area).and_then(|area| Ok(UnenforcedPermission { area, name: right(&name)? }));
            let new = violations.accept("permissions", both).filter(|one| !unenforced.contains(one));
            // Refused here, so that each is compared with few others.
            if new.is_some() && unenforced.len() == MOST_UNENFORCED {
                violations.add("permissions", format!("Send at most {MOST_UNENFORCED} permissions of other areas."));
                break;
            }
            unenforced.extend(new);
        }
        match (name, description, scope) {
            (Some(name), Some(description), Some(scope)) => {
                violations.checked(PermissionSetProfile { name, description, scope, permissions: self.permissions.iter().collect(), unenforced })
            }
            _ => Err(violations),
        }
    }
}

/// Whether a role can have a permission set. Client users can have partner sets (docs/spec/tenancy.md, "Permission sets"), so a client role accepts
/// either scope, unless the set can change what is the partner's alone; a client's user can't reach the rest anyway.
#[must_use]
pub fn set_fits_role(set: RoleScope, permissions: PermissionBits, role: RoleScope) -> bool {
    match (set, role) {
        (RoleScope::Msp, RoleScope::Msp) | (RoleScope::Client, RoleScope::Client) => true,
        (RoleScope::Client, RoleScope::Msp) => false,
        (RoleScope::Msp, RoleScope::Client) => !partner_changes().any(|only| permissions.contains(only)),
    }
}

/// What changes things of the partner itself: no role for a client's users has it.
pub fn partner_changes() -> impl Iterator<Item = Permission> {
    PARTNER_ONLY.into_iter().filter(|only| !only.is_read())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DEFAULT_PERMISSION_SETS;

    #[test]
    fn too_many_unenforced_permissions_are_refused_before_any_is_checked() {
        let one = |name: String| UnenforcedPermission { area: "Patches".to_owned(), name };
        let many = |count: usize| (0..count).map(|at| one(at.to_string())).chain([one(String::new())]).collect();
        let draft = |unenforced| PermissionSetDraft { name: "Set".into(), scope: "MSP".into(), unenforced, ..PermissionSetDraft::default() };
        let told = |count| draft(many(count)).check(()).unwrap_err().into_iter().map(|violation| violation.message).collect::<Vec<_>>();
        assert_eq!(told(MOST_UNENFORCED), ["Name the area and the permission."]);
        assert_eq!(told(MOST_UNENFORCED + 1), ["Send at most 500 permissions of other areas."]);
    }

    #[test]
    fn a_set_for_clients_holds_nothing_of_the_partner() {
        let draft = |scope: &str, permissions: &[Permission]| PermissionSetDraft {
            name: " Name ".into(),
            scope: scope.into(),
            permissions: permissions.iter().copied().collect(),
            ..PermissionSetDraft::default()
        };
        assert_eq!(draft("CLIENT", &[Permission::ClientView]).check(()).unwrap().name, "Name");
        for only in PARTNER_ONLY {
            assert!(draft("CLIENT", &[only]).check(()).unwrap_err().of("permissions").is_some(), "{only:?}");
            assert!(draft("MSP", &[only]).check(()).is_ok(), "{only:?}");
        }
        assert!(draft("", &[]).check(()).unwrap_err().of("scope").is_some());
    }

    #[test]
    fn client_users_get_no_set_that_changes_what_is_the_partner_s() {
        let fitting = DEFAULT_PERMISSION_SETS.iter().filter(|set| set_fits_role(set.scope, set.permissions(), RoleScope::Client));
        let names: Vec<_> = fitting.map(|set| set.name).collect();
        assert!(["Dispatcher", "Auditor View", "Auditor Manage", "Client Administrator"].iter().all(|name| names.contains(name)), "as in the API");
        assert!(["Var Administrator", "Partner Administrator"].iter().all(|name| !names.contains(name)));
    }
}
