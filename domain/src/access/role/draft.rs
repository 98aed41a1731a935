//! The draft of a role.

use serde::{Deserialize, Serialize};

use super::{RoleList, RoleScope};
use crate::{Selection, Violations, text};

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
    fn settled(mut self) -> Self {
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

    /// The draft, trimmed and with flags and lists that agree, and its violations.
    #[must_use]
    pub fn validate(self, creating: bool) -> (Self, Violations) {
        let mut violations = Violations::new();
        let mut this = self.settled();
        if creating {
            this.name.get_or_insert_default();
            this.scope.get_or_insert_default();
        }
        if let Some(name) = this.name.take() {
            let right = text::required(&name, 80, "Enter a name.").and_then(|name| text::line(&name, 80));
            this.name = violations.take("name", right);
        }
        if let Some(description) = this.description.take() {
            this.description = violations.take("description", text::limited(&description, 500));
        }
        for list in RoleList::ALL {
            violations.bound(list.key(), this.list(*list).map_or(0, Selection::len));
        }
        let known = this.scope.as_deref().is_none_or(|scope| RoleScope::from_key(scope).is_some());
        violations.add_if(!known, "scope", "Choose the scope: MSP for partner users or CLIENT for client users.");
        (this, violations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_all_and_all_ends_the_list() {
        let named = || Some(Selection::Exactly(vec!["client_9".to_owned()]));
        let none = Selection::Exactly(Vec::new());
        let settle = |draft: RoleDraft| draft.validate(false).0;
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
        let (_, violations) = RoleDraft::default().validate(true);
        assert_eq!(violations.iter().map(|violation| violation.field.as_str()).collect::<Vec<_>>(), ["name", "scope"]);
        let (draft, violations) = RoleDraft { name: Some(" Night shift ".into()), scope: Some("MSP".into()), ..RoleDraft::default() }.validate(true);
        assert!(violations.is_empty());
        assert_eq!(draft.name.as_deref(), Some("Night shift"));
        let (_, violations) = RoleDraft::default().validate(false);
        assert!(violations.is_empty(), "an update that changes nothing");
        let (_, violations) = RoleDraft { name: Some(String::new()), scope: Some("ALL".into()), ..RoleDraft::default() }.validate(false);
        assert!(violations.of("name").is_some() && violations.of("scope").is_some());
    }
}
