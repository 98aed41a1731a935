//! An account that a page shows, as it is now.

use domain::AwsAccount;
use leptos::prelude::*;

use super::rpc::get_aws_account;
use crate::leaving::job::use_jobs;

/// An account that is reloaded when a job ends, and on request. Only the parts that show it are rendered again, so that a form beside them keeps what was typed.
#[derive(Clone, Copy)]
pub(super) struct LiveAccount(RwSignal<AwsAccount>);

impl LiveAccount {
    pub(super) fn new(account: AwsAccount) -> Self {
        let (live, jobs) = (Self(RwSignal::new(account)), use_jobs());
        Effect::new(move |before: Option<u64>| {
            let ended = jobs.ended();
            if before.is_some_and(|before| before != ended) {
                live.reload();
            }
            ended
        });
        live
    }

    /// As it is now.
    pub(super) fn get(self) -> AwsAccount {
        self.0.get()
    }

    /// A part of it.
    pub(super) fn with<T>(self, part: impl FnOnce(&AwsAccount) -> T) -> T {
        self.0.with(part)
    }

    /// As it was before something happened.
    pub(super) fn get_untracked(self) -> AwsAccount {
        self.0.get_untracked()
    }

    /// It became this.
    pub(super) fn set(self, account: AwsAccount) {
        self.0.set(account);
    }

    /// Reads it again. One that is gone stays as it was last seen.
    pub(super) fn reload(self) {
        let id = self.0.with_untracked(|account| account.id);
        leptos::task::spawn_local(async move {
            if let Ok(account) = get_aws_account(id).await {
                self.0.try_set(account);
            }
        });
    }
}
