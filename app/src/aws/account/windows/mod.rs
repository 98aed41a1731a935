//! The windows in which something is done with accounts, one for a whole page.

mod customer;
mod delete;
mod delink;
mod link;
mod onboard;
mod promote;
mod unlink;

use domain::{AwsAccount, AwsAccountId, AwsAction};
use leptos::prelude::*;

/// How many accounts a window names; more are counted.
const NAMED: usize = 5;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// Associates accounts with a customer.
    Link,
    /// Removes them from their customers.
    Unlink,
    /// Makes their roles.
    Onboard,
    /// Deletes their roles.
    Delink,
    /// Makes a single account a management account.
    Promote,
    /// Forgets an account with its members.
    Delete,
}

impl Window {
    pub(super) const fn action(self) -> AwsAction {
        match self {
            Self::Link => AwsAction::Associate,
            Self::Unlink => AwsAction::Disassociate,
            Self::Onboard => AwsAction::Onboard,
            Self::Delink => AwsAction::Delink,
            Self::Promote => AwsAction::Promote,
            Self::Delete => AwsAction::Delete,
        }
    }
}

/// The windows of a page.
#[derive(Clone, Copy)]
pub(super) struct Windows {
    asked: RwSignal<Option<(Window, Vec<AwsAccount>)>>,
    done: Callback<Window>,
}

impl Windows {
    /// None is open; `done` is told of what was done in one.
    pub(super) fn new(done: Callback<Window>) -> Self {
        Self { asked: RwSignal::new(None), done }
    }

    /// Opens one for some accounts.
    pub(super) fn open(self, window: Window, accounts: Vec<AwsAccount>) {
        self.asked.set(Some((window, accounts)));
    }

    /// Where they appear.
    pub(super) fn view(self) -> AnyView {
        let window = move || {
            self.asked.get().map(|(window, accounts)| {
                let done = Callback::new(move |()| self.done.run(window));
                match window {
                    Window::Link => link::link_window(accounts, done),
                    Window::Unlink => unlink::unlink_window(accounts, done),
                    Window::Onboard => onboard::onboard_window(accounts, done),
                    Window::Delink => delink::delink_window(accounts, done),
                    Window::Promote => promote::promote_window(accounts, done),
                    Window::Delete => delete::delete_window(accounts, done),
                }
            })
        };
        IntoAny::into_any(window)
    }
}

fn ids(accounts: &[AwsAccount]) -> Vec<AwsAccountId> {
    accounts.iter().map(|account| account.id).collect()
}

/// `Production` or `3 accounts`, to begin a sentence.
fn subject(accounts: &[AwsAccount]) -> String {
    match accounts {
        [account] => account.name.clone(),
        many => domain::counted(many.len() as u64, "account", "accounts"),
    }
}

/// The accounts that a window is about.
fn names(accounts: &[AwsAccount]) -> AnyView {
    lines(accounts, |account| view! { <span>{account.name.clone()}</span>" "<span class="mono muted">{account.number.to_string()}</span> }.into_any())
}

/// A line for each of the first accounts, and how many more there are.
fn lines(accounts: &[AwsAccount], line: impl Fn(&AwsAccount) -> AnyView) -> AnyView {
    let more = accounts.len().saturating_sub(NAMED) as u64;
    let more = (more > 0).then(|| view! { <li class="muted">{format!("and {} more", domain::grouped(more))}</li> });
    let named = accounts.iter().take(NAMED).map(|account| view! { <li>{line(account)}</li> }).collect_view();
    view! { <ul class="plain-list">{named}{more}</ul> }.into_any()
}
