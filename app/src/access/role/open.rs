//! A role as its page opens it: with the first of all that it lists.

use domain::{Caller, Permission, RoleCounts, RoleId, RoleList, RoleMember, RoleOverview, RoleSummary};
use serde::{Deserialize, Serialize};

use super::rpc::{get_role, list_role_members};
use crate::{error::UiError, thing::refusal_at, ui::Choice};

/// A role, and the first of what it lists.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Opened {
    /// The role.
    pub(super) overview: RoleOverview,
    /// The first of each list that has any.
    lists: Vec<(RoleList, Vec<RoleMember>)>,
}

impl Opened {
    /// The first of a list, for chips.
    pub(super) fn first(&self, list: RoleList) -> Vec<Choice> {
        if list == RoleList::PermissionSets {
            let set = |set: &domain::PermissionSetReference| Choice::new(set.id.to_string(), &set.name).with_detail(&set.description);
            return self.overview.permission_sets.iter().map(set).collect();
        }
        let members = self.lists.iter().filter(|(its, _)| *its == list).flat_map(|(_, members)| members);
        members.map(choice).collect()
    }

    /// How many more a list has.
    pub(super) fn beyond(&self, list: RoleList) -> u64 {
        count(&self.overview.counts, list).saturating_sub(self.first(list).len() as u64)
    }
}

/// Something that a role lists or may list, to be picked.
pub(super) fn choice(member: &RoleMember) -> Choice {
    Choice::new(&member.id, &member.name).with_detail(&member.detail)
}

/// Fetches a role and the first of each of its lists; of those that are empty it doesn't ask.
pub(super) async fn open_role(id: RoleId) -> Result<Opened, UiError> {
    let overview = get_role(id.clone()).await?;
    let mut lists = Vec::new();
    for list in RoleList::ALL.iter().copied().filter(|list| count(&overview.counts, *list) > 0) {
        lists.push((list, list_role_members(id.clone(), list, String::new()).await?.rows));
    }
    Ok(Opened { overview, lists })
}

/// How much a list has. Permission sets are few, and never only counted.
const fn count(counts: &RoleCounts, list: RoleList) -> u64 {
    match list {
        RoleList::PermissionSets => 0,
        RoleList::Users => counts.users,
        RoleList::UserGroups => counts.user_groups,
        RoleList::Clients => counts.clients,
        RoleList::Devices => counts.devices,
        RoleList::DeviceGroups => counts.device_groups,
        RoleList::CredentialSets => counts.credential_sets,
    }
}

/// What the reader may change of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Editable {
    /// Everything.
    All,
    /// Only who has it, as with default roles, and for a client's users with roles of its provider.
    People,
    /// Nothing.
    Nothing,
}

impl Editable {
    /// Of a role for its reader.
    pub(super) fn of(role: &RoleSummary, reader: &Caller) -> Self {
        let of_provider = role.client.is_none() && reader.client.is_some();
        match refusal_at(Permission::RoleManage, role.client.or(reader.client)) {
            Some(_) => Self::Nothing,
            None if role.is_default || of_provider => Self::People,
            None => Self::All,
        }
    }
}
