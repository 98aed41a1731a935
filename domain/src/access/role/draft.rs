//! The draft of a role.

use serde::{Deserialize, Serialize};

use super::{RoleList, RoleScope, RoleSummary};
use crate::{Draft, Selection, Violations, limits, text};

/// A role as typed or sent. `None` leaves a field unchanged, or empty in a new role. Identifiers are unparsed; a permission set can also be given by
/// number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoleDraft {
    /// Required in a new role.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// `MSP` or `CLIENT`; required in a new role, and never changes.
    pub scope: Option<String>,
    /// See every client.
    pub all_clients: Option<bool>,
    /// See every device of the clients.
    pub all_devices: Option<bool>,
    /// See every credential set of the clients.
    pub all_credentials: Option<bool>,
    /// Permission sets.
    pub permission_sets: Option<Selection<String>>,
    /// Users.
    pub users: Option<Selection<String>>,
    /// User groups.
    pub user_groups: Option<Selection<String>>,
    /// Clients.
    pub clients: Option<Selection<String>>,
    /// Devices.
    pub devices: Option<Selection<String>>,
    /// Device groups.
    pub device_groups: Option<Selection<String>>,
    /// Credential sets.
    pub credential_sets: Option<Selection<String>>,
}

impl RoleDraft {
    /// What it says about a list.
    #[must_use]
    pub const fn list(&self, list: RoleList) -> Option<&Selection<String>> {
        match list {
            RoleList::PermissionSets => self.permission_sets.as_ref(),
            RoleList::Users => self.users.as_ref(),
            RoleList::UserGroups => self.user_groups.as_ref(),
            RoleList::Clients => self.clients.as_ref(),
            RoleList::Devices => self.devices.as_ref(),
            RoleList::DeviceGroups => self.device_groups.as_ref(),
            RoleList::CredentialSets => self.credential_sets.as_ref(),
        }
    }

    /// Makes flags and lists agree. A non-empty list without its flag turns "all" off, because API clients omit flags that are off; with "all" on, the
    /// list is emptied. An empty list leaves the flag alone.
    #[must_use]
    pub fn settled(mut self) -> Self {
        let lists = [
            (&mut self.all_clients, vec![&mut self.clients]),
            (&mut self.all_devices, vec![&mut self.devices, &mut self.device_groups]),
            (&mut self.all_credentials, vec![&mut self.credential_sets]),
        ];
        for (all, lists) in lists {
            let names = |list: &&mut Option<Selection<String>>| list.as_ref().is_some_and(Selection::adds);
            match all {
                Some(true) => lists.into_iter().for_each(|list| *list = Some(Selection::Exactly(Vec::new()))),
                None if lists.iter().any(names) => *all = Some(false),
                _ => {}
            }
        }
        self
    }
}

/// What a draft says of a role itself, checked and trimmed, with what it leaves out as it was before. What the role lists is looked up by `services`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleProfile {
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// For whose users it is.
    pub scope: RoleScope,
    /// Whether its users see every client.
    pub all_clients: bool,
    /// Whether they see every device of the clients.
    pub all_devices: bool,
    /// Whether they see every credential set of the clients.
    pub all_credentials: bool,
}

impl Draft for RoleDraft {
    /// The role before the change; none for a new one.
    type Context<'a> = Option<&'a RoleSummary>;
    type Checked = RoleProfile;

    fn check(self, before: Option<&RoleSummary>) -> Result<RoleProfile, Violations> {
        let mut violations = Violations::new();
        let draft = self.settled();
        for list in RoleList::ALL {
            violations.check_length(list.key(), draft.list(*list).map_or(0, Selection::len));
        }
        let name = match (draft.name, before) {
            (None, Some(before)) => Ok(before.name.clone()),
            (typed, _) => text::required_line(&typed.unwrap_or_default(), limits::SHORT_NAME, "Enter a name."),
        };
        let description = match (draft.description, before) {
            (None, before) => Ok(before.map(|before| before.description.clone()).unwrap_or_default()),
            (Some(typed), _) => text::limited(&typed, limits::SHORT_DESCRIPTION),
        };
        let scope = match (draft.scope.as_deref(), before) {
            (None, Some(before)) => Ok(before.scope),
            (typed, _) => RoleScope::from_key(typed.unwrap_or_default()).ok_or("Choose the scope: MSP for partner users or CLIENT for client users."),
        };
        let (name, description) = (violations.accept("name", name), violations.accept("description", description));
        let scope = violations.accept("scope", scope);
        let (Some(name), Some(description), Some(scope)) = (name, description, scope) else { return Err(violations) };
        let flag = |given: Option<bool>, before: Option<bool>| given.or(before).unwrap_or_default();
        violations.checked(RoleProfile {
            name,
            description,
            scope,
            all_clients: flag(draft.all_clients, before.map(|before| before.all_clients)),
            all_devices: flag(draft.all_devices, before.map(|before| before.all_devices)),
            all_credentials: flag(draft.all_credentials, before.map(|before| before.all_credentials)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_list_ends_all_and_all_ends_the_list() {
        let named = || Some(Selection::Exactly(vec!["client_9".to_owned()]));
        let none = Selection::Exactly(Vec::new());
        let settle = RoleDraft::settled;
        let narrowed = settle(RoleDraft { clients: named(), device_groups: named(), ..RoleDraft::default() });
        assert_eq!((narrowed.all_clients, narrowed.all_devices, narrowed.all_credentials), (Some(false), Some(false), None));
        assert_eq!(narrowed.clients, named());
        let added = Selection::Changed { add: vec!["client_9".to_owned()], remove: Vec::new() };
        assert_eq!(settle(RoleDraft { clients: Some(added), ..RoleDraft::default() }).all_clients, Some(false));
        for empty in [none.clone(), Selection::default()] {
            let emptied = settle(RoleDraft { clients: Some(empty.clone()), ..RoleDraft::default() });
            assert_eq!((emptied.all_clients, emptied.clients), (None, Some(empty)), "an empty list leaves the flag");
        }
        let all = settle(RoleDraft { all_clients: Some(true), clients: named(), ..RoleDraft::default() });
        assert_eq!((all.all_clients, all.clients, all.devices), (Some(true), Some(none), None));
        let described = RoleDraft { description: Some("Other".into()), ..RoleDraft::default() };
        assert_eq!(settle(described.clone()), described, "what isn't sent stays");
    }

    #[test]
    fn a_draft_says_everything_that_is_wrong_at_once() {
        let fields = |violations: Violations| violations.into_iter().map(|violation| violation.field).collect::<Vec<_>>();
        assert_eq!(fields(RoleDraft::default().check(None).unwrap_err()), ["name", "scope"]);
        let draft = RoleDraft { name: Some(" Night shift ".into()), scope: Some("MSP".into()), all_clients: Some(true), ..RoleDraft::default() };
        let profile = draft.check(None).unwrap();
        assert_eq!((profile.name.as_str(), profile.scope, profile.all_clients), ("Night shift", RoleScope::Msp, true));
        let before = RoleSummary {
            id: "ROLE-2912ca9f-5c62-451f-82a8-8c08ca9c9447".parse().unwrap(),
            number: 1,
            client: None,
            name: profile.name.clone(),
            description: String::new(),
            scope: profile.scope,
            is_default: false,
            all_clients: true,
            all_devices: false,
            all_credentials: false,
            created: Timestamp::default(),
            updated: Timestamp::default(),
            version: 1,
        };
        assert_eq!(RoleDraft::default().check(Some(&before)), Ok(profile), "an update that changes nothing");
        let wrong = RoleDraft { name: Some(String::new()), scope: Some("ALL".into()), ..RoleDraft::default() };
        assert_eq!(fields(wrong.check(Some(&before)).unwrap_err()), ["name", "scope"]);
    }
}
