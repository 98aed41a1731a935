//! What a draft changes of a role's lists.

use std::collections::{BTreeSet, HashMap};

use domain::{PermissionBits, RoleDraft, RoleList, RoleScope, RoleSummary, Selection, Violations, set_fits_role, shortened};

use super::store::list::{Candidate, Key, Wanted, key};
use crate::{Result, kernel::Tx};

/// The longest part of an unknown identifier that is repeated.
const REPEATED: usize = 60;

/// What comes to a list, and what goes.
#[derive(Debug)]
pub(super) struct ListChange {
    pub(super) list: RoleList,
    pub(super) come: Vec<Candidate>,
    pub(super) go: Vec<Candidate>,
    /// Of permission sets: all there are then, as far as the caller sees them, in order.
    pub(super) ordered: Vec<Candidate>,
    /// Whether anything of that is new, be it the order.
    pub(super) is_change: bool,
}

impl ListChange {
    /// The numbers of what comes, and of what goes.
    pub(super) fn numbers(&self) -> (Vec<i64>, Vec<i64>) {
        let numbers = |candidates: &[Candidate]| candidates.iter().map(|candidate| candidate.number).collect();
        (numbers(&self.come), numbers(&self.go))
    }

    /// For the audit log: the names of what went, and of what came.
    pub(super) fn told(&self) -> domain::Change {
        let names = |candidates: &[Candidate]| shortened(candidates.iter().map(|candidate| candidate.name.as_str()));
        let (list, before, after) = (self.list, names(&self.go), names(&self.come));
        domain::Change { field: list.key().to_owned(), label: list.label().to_owned(), before, after }
    }
}

/// The scope and permissions that a candidate for a permission set holds.
pub(super) fn holds(candidate: &Candidate) -> (Option<RoleScope>, PermissionBits) {
    let (scope, keys) = candidate.holds.split_once(' ').unwrap_or_default();
    (RoleScope::from_key(scope), keys.split(',').filter_map(domain::Permission::from_key).collect())
}

/// Finds everything that a draft names, in one statement. What doesn't exist or isn't seen is a violation, except for removals, which have nothing to do then.
/// With `sets`, permission sets are read even if the draft doesn't name any.
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
    let mut go: Vec<Candidate> = candidates.iter().filter(gone).map(|candidate| (*candidate).clone()).collect();
    let mut going = BTreeSet::new();
    for candidate in removing.iter().filter_map(find).filter(|candidate| candidate.listed && !once.contains(&candidate.number)) {
        if going.insert(candidate.number) {
            go.push(candidate.clone());
        }
    }
    let come: Vec<Candidate> = chosen.iter().filter(|candidate| !candidate.listed).map(|candidate| (*candidate).clone()).collect();
    let mut ordered = Vec::new();
    let mut is_change = !come.is_empty() || !go.is_empty();
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
    ListChange { list, come, go, ordered, is_change }
}

/// A client's own role is for that client, which its list may name and no other.
fn own_client(role: &RoleSummary, selection: &Selection<String>, violations: &mut Violations) {
    let Some(own) = role.client.map(|client| client.to_string()) else { return };
    let (Selection::Exactly(named) | Selection::Changed { add: named, .. }) = selection;
    if named.iter().any(|typed| typed.trim() != own) {
        violations.add(RoleList::Clients.key(), format!("The role belongs to {own}: it can name no other client."));
    }
}
