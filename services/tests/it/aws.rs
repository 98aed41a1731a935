//! AWS accounts, with AWS's own libraries against a fake of it over HTTP.

mod account;
mod again;
mod associate;
mod check;
mod delink;
mod isolation;
mod killed;
mod left;
mod many;
mod onboard;
mod partner;
mod refresh;
mod sign_in;
mod termination;

use std::{sync::Arc, time::Duration};

use aws::AwsSdk;
use aws_fake::FakeAws;
use domain::{
    AwsAccount, AwsAccountDraft, AwsAccountId, AwsAccountKind, AwsAccountNumber, AwsMemberFilter, AwsMemberQuery, Caller, Job, JobId, JobState,
    OnboardingDraft,
};
use services::Services;

use crate::support::{World, on_both_engines};

/// The management account.
const MANAGEMENT: &str = "111111111111";

/// What a role is called.
const ROLE: &str = "Tenantry";

/// An organization at AWS, and a console that can call it.
struct Cloud {
    world: World,
    aws: FakeAws,
    admin: Caller,
}

/// Runs a test on both engines, with an organization of so many members.
fn with_organization(members: u64, test: impl AsyncFn(Cloud)) {
    on_both_engines(async |mut world| {
        let aws = FakeAws::start().await.unwrap();
        aws.organization(MANAGEMENT, members);
        world.services = calling(&world, &aws);
        let admin = world.admin().await;
        test(Cloud { world, aws, admin }).await;
    });
}

/// A server that signs in at AWS for the first time.
fn calling(world: &World, aws: &FakeAws) -> Services {
    world.services.clone().with_aws(Arc::new(AwsSdk::at(&aws.url(), &aws.credentials(MANAGEMENT))))
}

/// The number of a member.
fn number(member: u64) -> String {
    (200_000_000_000 + member).to_string()
}

fn draft(number: &str) -> AwsAccountDraft {
    AwsAccountDraft { number: number.to_owned(), name: "Payer".to_owned(), sign_in: "server".to_owned(), ..AwsAccountDraft::default() }
}

impl Cloud {
    /// Lets time pass, by which the session of the administrator ends.
    async fn later(&mut self, seconds: i64) {
        self.world.clock.advance_seconds(seconds);
        self.admin = self.world.signed_in(&self.admin.user.login).await;
    }

    fn services(&self) -> &Services {
        &self.world.services
    }

    /// The management account, with its members read.
    async fn management(&self) -> AwsAccountId {
        let id = self.services().aws_account_create(&self.admin, AwsAccountKind::Management, draft(MANAGEMENT)).await.unwrap().id;
        self.run().await;
        id
    }

    async fn get(&self, id: AwsAccountId) -> AwsAccount {
        self.services().aws_account_get(&self.admin, id).await.unwrap()
    }

    /// The first page of the members.
    async fn members(&self, management: AwsAccountId, filter: AwsMemberFilter) -> Vec<AwsAccount> {
        self.services().aws_member_list(&self.admin, management, &AwsMemberQuery::filtered(filter)).await.unwrap().rows
    }

    /// A member by its number.
    async fn member(&self, management: AwsAccountId, member: u64) -> AwsAccount {
        let query = AwsMemberQuery { search: number(member), ..AwsMemberQuery::default() };
        self.services().aws_member_list(&self.admin, management, &query).await.unwrap().rows.remove(0)
    }

    /// Does all jobs that can be done now.
    async fn run(&self) {
        self.services().jobs_run(10_000).await.unwrap();
    }

    /// Lets time go by in the steps in which jobs wait.
    async fn wait(&self, seconds: i64) {
        for _ in 0..seconds / 5 {
            self.world.clock.advance_seconds(5);
            self.run().await;
        }
    }

    async fn job(&self, id: JobId) -> Job {
        self.services().job_get(&self.admin, id).await.unwrap()
    }

    /// Asks to onboard accounts.
    async fn onboard(&self, accounts: &[AwsAccountId]) -> Vec<JobId> {
        self.services().aws_accounts_onboard(&self.admin, accounts, OnboardingDraft::default()).await.unwrap()
    }

    /// An onboarded member.
    async fn onboarded(&self, management: AwsAccountId, member: u64) -> AwsAccount {
        let account = self.member(management, member).await;
        let job = self.onboard(&[account.id]).await[0];
        self.run().await;
        let done = self.job(job).await;
        assert_eq!(done.state, JobState::Succeeded, "{}", done.outcome);
        self.get(account.id).await
    }
}

fn digits(text: &str) -> AwsAccountNumber {
    text.parse().unwrap()
}

/// Longer than any test.
const LONG: Duration = Duration::from_secs(10_000);
