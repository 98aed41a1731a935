//! A small AWS for tests: STS, IAM and Organizations over HTTP, with accounts kept apart and the faults that the real one has.
//!
//! Signatures are not checked: the access key says who calls. `AKIA` and an account's number is its administrator's ([`access_key`]); keys of sessions are
//! given by `sts:AssumeRole`, which enforces trust policies with their principals, external IDs and conditions.

mod answer;
mod iam;
mod organizations;
mod sts;
mod switches;
mod trust;
mod wire;
mod world;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use switches::Switches;
pub use wire::Call;
pub use world::{Account, Role};

use tokio::{net::TcpListener, task::JoinHandle};
use world::World;

/// The role that AWS makes in each account that an organization creates.
pub const ORGANIZATION_ROLE: &str = "OrganizationAccountAccessRole";

/// The access key of an account's administrator; any secret fits.
#[must_use]
pub fn access_key(account: &str) -> String {
    format!("AKIA{account}")
}

/// A running fake. It ends when this is dropped.
pub struct FakeAws {
    address: SocketAddr,
    world: Shared,
    server: JoinHandle<()>,
}

/// The state that tests and requests share.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<World>>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FakeAws {
    /// Starts one on a free port of this machine, without accounts.
    ///
    /// # Errors
    /// If there is no free port.
    pub async fn start() -> std::io::Result<Self> {
        Self::start_on(0).await
    }

    /// Starts one on a port.
    ///
    /// # Errors
    /// If the port is taken.
    pub async fn start_on(port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let (address, world) = (listener.local_addr()?, Shared::default());
        let router = wire::router(world.clone());
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, world, server })
    }

    /// Where it listens: the value of `AWS_ENDPOINT_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The contents of a file of credentials in which the default profile, and one named as each account, are the administrators of the accounts.
    #[must_use]
    pub fn credentials(&self, default: &str) -> String {
        let profile = |name: &str, account: &str| format!("[{name}]\naws_access_key_id = {}\naws_secret_access_key = secret\n", access_key(account));
        let numbers: Vec<_> = self.world.lock().accounts.keys().cloned().collect();
        numbers.iter().map(|number| profile(number, number)).chain([profile("default", default)]).collect()
    }

    /// Adds an account by itself.
    pub fn account(&self, number: &str, name: &str) {
        self.world.lock().account_add(number, name);
    }

    /// Adds an organization: its management account and so many members, which it created, numbered from 200000000001. They have [`ORGANIZATION_ROLE`].
    pub fn organization(&self, management: &str, members: u64) {
        let mut world = self.world.lock();
        world.account_add(management, "Management");
        world.management = Some(management.to_owned());
        for member in 1..=members {
            let number = (200_000_000_000 + member).to_string();
            world.member_add(&number, &format!("Member {member}"));
        }
    }

    /// Adds a member that the organization created.
    pub fn member(&self, number: &str, name: &str) {
        self.world.lock().member_add(number, name);
    }

    /// Changes an account: its state, its roles.
    ///
    /// # Panics
    /// If there is no such account.
    #[expect(clippy::panic, reason = "a test that names an account that isn't there is wrong")]
    pub fn change(&self, number: &str, change: impl FnOnce(&mut Account)) {
        match self.world.lock().accounts.get_mut(number) {
            Some(account) => change(account),
            None => panic!("the fake has no account {number}"),
        }
    }

    /// Takes an account away, as if it had left the organization and been closed.
    pub fn remove(&self, number: &str) {
        self.world.lock().accounts.remove(number);
    }

    /// Changes what goes wrong.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        change(&mut self.world.lock().switches);
    }

    /// A role as it is now.
    #[must_use]
    pub fn role(&self, account: &str, name: &str) -> Option<Role> {
        self.world.lock().accounts.get(account)?.roles.get(name).cloned()
    }

    /// The names of an account's roles.
    #[must_use]
    pub fn roles(&self, account: &str) -> Vec<String> {
        self.world.lock().accounts.get(account).map(|account| account.roles.keys().cloned().collect()).unwrap_or_default()
    }

    /// The calls so far, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.world.lock().calls.clone()
    }

    /// How often an action was called, such as `iam:CreateRole`.
    #[must_use]
    pub fn count(&self, action: &str) -> usize {
        self.world.lock().calls.iter().filter(|call| call.action == action).count()
    }

    /// Forgets the calls so far.
    pub fn forget_calls(&self) {
        self.world.lock().calls.clear();
    }
}

impl Drop for FakeAws {
    fn drop(&mut self) {
        self.server.abort();
    }
}
