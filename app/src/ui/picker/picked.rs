//! What is picked, as the change of what was picked before: however many those are, only what changes is known.

use leptos::prelude::*;

use crate::ui::Choice;

/// What a picker changes.
#[derive(Clone, Copy, Debug)]
pub struct Picked {
    /// What was chosen before, as far as it is shown.
    before: RwSignal<Vec<Choice>>,
    /// How many more were chosen before.
    beyond: RwSignal<u64>,
    added: RwSignal<Vec<Choice>>,
    removed: RwSignal<Vec<Choice>>,
}

impl Picked {
    /// Begins with what is chosen.
    #[must_use]
    pub fn new(before: Vec<Choice>) -> Self {
        Self::among(before, 0)
    }

    /// Begins with a new choice, if there is one.
    #[must_use]
    pub fn choosing(choice: Option<Choice>) -> Self {
        let picked = Self::new(Vec::new());
        picked.added.set(choice.into_iter().collect());
        picked
    }

    /// Begins with some of what is chosen, and how many more there are.
    #[must_use]
    pub fn among(before: Vec<Choice>, beyond: u64) -> Self {
        Self { before: RwSignal::new(before), beyond: RwSignal::new(beyond), added: RwSignal::new(Vec::new()), removed: RwSignal::new(Vec::new()) }
    }

    /// The values that come in.
    #[must_use]
    pub fn added(self) -> Vec<String> {
        values(self.added)
    }

    /// The values that go.
    #[must_use]
    pub fn removed(self) -> Vec<String> {
        values(self.removed)
    }

    /// Whether anything comes or goes.
    #[must_use]
    pub fn is_changed(self) -> bool {
        !self.added.with(Vec::is_empty) || !self.removed.with(Vec::is_empty)
    }

    /// What is chosen now, as far as it is shown.
    #[must_use]
    pub fn shown(self) -> Vec<Choice> {
        let stays = |choice: &Choice| !holds(self.removed, &choice.value);
        let before = self.before.with(|before| before.iter().filter(|choice| stays(choice)).cloned().collect::<Vec<_>>());
        self.added.with(|added| before.into_iter().chain(added.iter().cloned()).collect())
    }

    /// How many are chosen that are not shown.
    #[must_use]
    pub fn hidden(self) -> u64 {
        let unseen = |choice: &&Choice| !holds(self.before, &choice.value);
        let gone = self.removed.with(|removed| removed.iter().filter(unseen).count()) as u64;
        self.beyond.get().saturating_sub(gone)
    }

    /// Whether a value is chosen now; `before` says whether it was, of one that isn't shown.
    #[must_use]
    pub fn has(self, value: &str, before: bool) -> bool {
        holds(self.added, value) || ((before || holds(self.before, value)) && !holds(self.removed, value))
    }

    /// Chooses it, or takes the choice back.
    pub fn toggle(self, choice: Choice, before: bool) {
        let (value, was_there) = (choice.value.clone(), before || holds(self.before, &choice.value));
        let list = if was_there { self.removed } else { self.added };
        list.update(|list| {
            let count = list.len();
            list.retain(|other| other.value != value);
            if list.len() == count {
                list.push(choice);
            }
        });
    }

    /// Chooses it and nothing else.
    pub fn choose_only(self, choice: Choice) {
        self.clear();
        self.toggle(choice, false);
    }

    /// Takes back every choice.
    pub fn clear(self) {
        self.added.set(Vec::new());
        self.removed.set(self.before.get_untracked());
    }
}

fn values(list: RwSignal<Vec<Choice>>) -> Vec<String> {
    list.with(|list| list.iter().map(|choice| choice.value.clone()).collect())
}

fn holds(list: RwSignal<Vec<Choice>>, value: &str) -> bool {
    list.with(|list| list.iter().any(|choice| choice.value == value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_and_goes_is_known_also_of_what_is_not_shown() {
        let owner = Owner::new();
        owner.with(|| {
            let choice = |value: &str| Choice::new(value, value);
            let shown = |picked: Picked| picked.shown().into_iter().map(|choice| choice.value).collect::<Vec<_>>();
            let picked = Picked::among(vec![choice("a"), choice("b")], 5);
            assert!(picked.has("a", false) && picked.has("z", true) && !picked.has("c", false));
            picked.toggle(choice("c"), false);
            picked.toggle(choice("a"), true);
            picked.toggle(choice("z"), true);
            assert_eq!((picked.added(), picked.removed()), (vec!["c".to_owned()], vec!["a".to_owned(), "z".to_owned()]));
            assert_eq!((shown(picked), picked.hidden()), (vec!["b".to_owned(), "c".to_owned()], 4));
            for value in ["c", "a", "z"] {
                picked.toggle(choice(value), value == "z");
            }
            assert!(!picked.is_changed());
            picked.choose_only(choice("c"));
            assert_eq!(shown(picked), ["c"]);
        });
    }
}
