//! The accounts that are ticked, and what can be done with them.

use domain::{AwsAccount, AwsAccountId};
use leptos::prelude::*;

use crate::aws::account::{refused, windows::Window};

/// The accounts that are ticked, also on other pages of the list.
#[derive(Clone, Copy)]
pub(super) struct Ticked(RwSignal<Vec<AwsAccount>>);

impl Ticked {
    pub(super) fn new() -> Self {
        Self(RwSignal::default())
    }

    pub(super) fn clear(self) {
        self.0.set(Vec::new());
    }

    pub(super) fn get(self) -> Vec<AwsAccount> {
        self.0.get_untracked()
    }

    pub(super) fn count(self) -> usize {
        self.0.with(Vec::len)
    }

    pub(super) fn has(self, id: AwsAccountId) -> bool {
        self.0.with(|ticked| ticked.iter().any(|account| account.id == id))
    }

    /// Whether all of some rows are ticked; not where there are none.
    pub(super) fn has_all(self, rows: &[AwsAccount]) -> bool {
        !rows.is_empty() && rows.iter().all(|account| self.has(account.id))
    }

    /// Ticks accounts, or takes the ticks away.
    pub(super) fn tick(self, accounts: &[AwsAccount], on: bool) {
        self.0.update(|ticked| {
            ticked.retain(|other| !accounts.iter().any(|account| account.id == other.id));
            if on {
                ticked.extend_from_slice(accounts);
            }
        });
    }

    /// Rows were read again: what is ticked is as they say now.
    pub(super) fn renew(self, rows: &[AwsAccount]) {
        let is_stale = |ticked: &Vec<AwsAccount>| ticked.iter().any(|old| rows.iter().any(|row| row.id == old.id && row != old));
        if self.0.with_untracked(is_stale) {
            let renewed = |old: &AwsAccount| rows.iter().find(|row| row.id == old.id).unwrap_or(old).clone();
            self.0.update(|ticked| *ticked = ticked.iter().map(renewed).collect());
        }
    }

    /// Why something can't be done with what is ticked.
    pub(super) fn refused(self, window: Window) -> Option<String> {
        self.0.with(|ticked| match ticked.is_empty() {
            true => Some("Select one or more accounts first.".to_owned()),
            false => ticked.iter().find_map(|account| refused(window.action(), account)),
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::AwsAccountState;

    use super::*;
    use crate::aws::account::tests::account;

    #[test]
    fn ticks_stay_over_pages_and_follow_what_is_read() {
        Owner::new().with(|| {
            let (mut first, second) = (account("First"), AwsAccount { id: AwsAccountId::new(2), ..account("Second") });
            let ticked = Ticked::new();
            ticked.tick(&[first.clone()], true);
            ticked.tick(std::slice::from_ref(&second), true);
            assert_eq!(ticked.count(), 2);
            assert!(ticked.has_all(&[first.clone(), second.clone()]) && !ticked.has_all(&[]));
            first.state = AwsAccountState::Onboarded;
            ticked.renew(&[first.clone()]);
            assert_eq!(ticked.get(), [first.clone(), second.clone()]);
            ticked.tick(&[first], false);
            assert_eq!(ticked.get(), [second]);
        });
    }
}
