//! A draft's choice of members: a role's users, a user's groups.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Which members something has after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection<T> {
    /// These and no others, as the API sends it.
    Exactly(Vec<T>),
    /// What is added and removed. Pickers send this, because they don't know all members.
    Changed {
        /// Members to add. Those who are in already stay.
        add: Vec<T>,
        /// Members to remove. Those who aren't in stay out.
        remove: Vec<T>,
    },
}

impl<T> Default for Selection<T> {
    /// Nothing changes.
    fn default() -> Self {
        Self::Changed { add: Vec::new(), remove: Vec::new() }
    }
}

impl<T> Selection<T> {
    /// The longer of the lists of added and removed members, for the length limit.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Exactly(members) => members.len(),
            Self::Changed { add, remove } => add.len().max(remove.len()),
        }
    }

    /// Whether it names no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it adds a member.
    #[must_use]
    pub const fn adds(&self) -> bool {
        let (Self::Exactly(members) | Self::Changed { add: members, .. }) = self;
        !members.is_empty()
    }
}

impl<T: Clone + Ord> Selection<T> {
    /// The members that result, in order and each once.
    #[must_use]
    pub fn applied(&self, current: &[T]) -> Vec<T> {
        let mut members = match self {
            Self::Exactly(members) => members.clone(),
            Self::Changed { add, remove } => {
                let remove: BTreeSet<&T> = remove.iter().collect();
                current.iter().filter(|member| !remove.contains(member)).chain(add).cloned().collect()
            }
        };
        members.sort_unstable();
        members.dedup();
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_replaces_or_changes() {
        assert_eq!(Selection::Exactly(vec![3, 1, 3]).applied(&[2]), [1, 3]);
        let changed = Selection::Changed { add: vec![4, 2], remove: vec![1, 9] };
        assert_eq!(changed.applied(&[1, 2, 3]), [2, 3, 4]);
        assert_eq!(Selection::default().applied(&[2, 1]), [1, 2]);
    }
}
