//! What a draft changes of a role's lists.

use std::collections::{BTreeSet, HashMap};

use domain::{PermissionBits, RoleDraft, RoleList, RoleScope, RoleSummary, Selection, Violations, set_fits_role, shortened};

use super::store::list::{Candidate, Key, Wanted, key};
use crate::{Result, kernel::Tx};

/// How many characters of an unknown identifier an error repeats.
const REPEATED: usize = 60;

/// What a draft adds to one list of a role, and what it removes.
#[derive(Debug)]
pub(super) struct ListChange {
    pub(super) list: RoleList,
    pub(super) added: Vec<Candidate>,
    pub(super) removed: Vec<Candidate>,
    /// Permission sets only: all visible sets after the change, in order.
    pub(super) ordered: Vec<Candidate>,
    /// Whether the list changes, including its order.
    pub(super) is_change: bool,
}

impl ListChange {
    /// The numbers of what is added, and of what is removed.
    pub(super) fn numbers(&self) -> (Vec<i64>, Vec<i64>) {
        let numbers = |candidates: &[Candidate]| candidates.iter().map(|candidate| candidate.number).collect();
        (numbers(&self.added), numbers(&self.removed))
    }

    /// The entry for the audit log of a client's role, or of the partner's: the names removed and added. The partner's records name what belongs to a client by
    /// id, so that nothing of it stays when the client is erased.
    pub(super) fn audit_change(&self, of_client: bool) -> domain::Change {
        let name = |candidate: &Candidate| if candidate.of_client && !of_client { candidate.id(self.list) } else { candidate.name.clone() };
        let names = |candidates: &[Candidate]| shortened(candidates.iter().map(name));
        let (list, before, after) = (self.list, names(&self.removed), names(&self.added));
        domain::Change { field: list.key().to_owned(), label: list.label().to_owned(), before, after }
    }
}

/// The scope and permissions of a candidate permission set.
pub(super) fn holds(candidate: &Candidate) -> (Option<RoleScope>, PermissionBits) {
    let (scope, keys) = candidate.holds.split_once(' ').unwrap_or_default();
    (RoleScope::from_key(scope), keys.split(',').filter_map(domain::Permission::from_key).collect())
}

/// Finds everything that a draft names, in one statement. An unknown or invisible id is a violation; in removals it is ignored. With `sets`,
/// permission sets are read even if the draft doesn't name any.
pub(super) async fn resolve(tx: &mut Tx, role: &RoleSummary, draft: &RoleDraft, sets: bool, violations: &mut Violations) -> Result<Vec<ListChange>> {
    let mut wanted = Vec::new();
    let keep = Selection::default();
    let selected = |list: RoleList| draft.list(list).or((sets && list == RoleList::PermissionSets).then_some(&keep));
    for list in RoleList::ALL.iter().copied() {
        let Some(selection) = selected(list) else { continue };
        if list == RoleList::Clients && role.client.is_some() {
            own_client(role, selection, violations);
            continue;
        }
        let (named, all) = match selection {
            Selection::Exactly(named) => (named.iter().map(String::as_str).collect(), true),
            Selection::Changed { add, remove } => (add.iter().chain(remove).map(String::as_str).collect(), list == RoleList::PermissionSets),
        };
        wanted.push(Wanted { list, named, current: all });
    }
    let found = tx.role_candidates(role.number, &wanted).await?;
    let mut changes = Vec::new();
    for Wanted { list, .. } in wanted {
        let Some(selection) = selected(list) else { continue };
        let candidates: Vec<&Candidate> = found.range((list.key(), i64::MIN)..=(list.key(), i64::MAX)).map(|(_, candidate)| candidate).collect();
        changes.push(change(role, list, selection, &candidates, violations));
    }
    Ok(changes)
}

fn change(role: &RoleSummary, list: RoleList, selection: &Selection<String>, candidates: &[&Candidate], violations: &mut Violations) -> ListChange {
    let mut by_key: HashMap<Key, &Candidate> = HashMap::new();
    for candidate in candidates {
        by_key.insert(Key::Number(candidate.number), candidate);
        by_key.insert(Key::Text(candidate.unique_id.clone()), candidate);
    }
    let find = |typed: &String| key(list, typed).and_then(|key| by_key.get(&key).copied());
    let (adding, removing) = match selection {
        Selection::Exactly(named) => (named, &Vec::new()),
        Selection::Changed { add, remove } => (add, remove),
    };
    let (mut chosen, mut once) = (Vec::new(), BTreeSet::new());
    for typed in adding {
        match find(typed) {
            Some(candidate) if once.insert(candidate.number) => chosen.push(candidate),
            Some(_) => {}
            None => {
                let typed: String = typed.chars().take(REPEATED).collect();
                violations.add(list.key(), format!("There is no {} {typed}.", list.noun()));
            }
        }
    }
    let gone = |candidate: &&&Candidate| match selection {
        Selection::Exactly(_) => candidate.listed && !once.contains(&candidate.number),
        Selection::Changed { .. } => false,
    };
    let mut removed: Vec<Candidate> = candidates.iter().filter(gone).map(|candidate| (*candidate).clone()).collect();
    let mut going = BTreeSet::new();
    for candidate in removing.iter().filter_map(find).filter(|candidate| candidate.listed && !once.contains(&candidate.number)) {
        if going.insert(candidate.number) {
            removed.push(candidate.clone());
        }
    }
    let added: Vec<Candidate> = chosen.iter().filter(|candidate| !candidate.listed).map(|candidate| (*candidate).clone()).collect();
    let mut ordered = Vec::new();
    let mut is_change = !added.is_empty() || !removed.is_empty();
    if list == RoleList::PermissionSets {
        let mut current: Vec<&Candidate> = candidates.iter().copied().filter(|candidate| candidate.listed).collect();
        current.sort_by_key(|candidate| (candidate.position, candidate.number));
        let kept = current.iter().copied().filter(|candidate| !going.contains(&candidate.number));
        let after: Vec<&Candidate> = match selection {
            Selection::Exactly(_) => chosen,
            Selection::Changed { .. } => kept.chain(chosen.into_iter().filter(|candidate| !candidate.listed)).collect(),
        };
        is_change = after != current;
        ordered = after.into_iter().cloned().collect();
        for set in &ordered {
            let (scope, permissions) = holds(set);
            if scope.is_some_and(|scope| !set_fits_role(scope, permissions, role.scope)) {
                let whose = if role.scope == RoleScope::Client { "client" } else { "partner" };
                violations.add(list.key(), format!("The permission set “{}” is not for a {whose} role: choose another.", set.name));
            }
        }
    }
    ListChange { list, added, removed, ordered, is_change }
}

/// Checks that the list of a client's own role names no other client.
fn own_client(role: &RoleSummary, selection: &Selection<String>, violations: &mut Violations) {
    let Some(own) = role.client.map(|client| client.to_string()) else { return };
    let (Selection::Exactly(named) | Selection::Changed { add: named, .. }) = selection;
    if named.iter().any(|typed| typed.trim() != own) {
        violations.add(RoleList::Clients.key(), format!("The role belongs to {own}: it can name no other client."));
    }
}
