//! The calls to AWS (`services::aws::calls`), by AWS's own libraries. Only `server` depends on this crate, so that nothing else compiles against them.

mod fault;
mod identity;
mod members;
mod own;
mod roles;
mod sessions;

use aws_config::SdkConfig;
use domain::{AwsAccountNumber, RoleArn};
use services::aws::calls::{Answer, AwsCalls, AwsFault, FoundRole, Identity, MembersPage, NewRole, Signer};

use own::Own;
use sessions::Sessions;

/// AWS. Making one reads no configuration and calls nothing; the first call does.
pub struct AwsSdk {
    sessions: Sessions,
}

impl AwsSdk {
    /// Configured as every program that uses AWS: by environment variables, profiles, or the role of the machine.
    #[must_use]
    pub fn new() -> Self {
        Self { sessions: Sessions::of(Own::Environment) }
    }

    /// At another endpoint, with the profiles of a text in place of all else that is configured. For tests.
    #[must_use]
    pub fn at(endpoint: &str, profiles: &str) -> Self {
        Self { sessions: Sessions::of(Own::Profiles { endpoint: endpoint.to_owned(), profiles: profiles.to_owned() }) }
    }

    /// Makes a call as a signer.
    fn call<'a, T, F>(&'a self, by: &'a Signer, call: impl FnOnce(SdkConfig) -> F + Send + 'a) -> Answer<'a, T>
    where
        F: Future<Output = Result<T, AwsFault>> + Send + 'a,
        T: Send + 'a,
    {
        Box::pin(async move {
            let config = self.sessions.config(by).await?;
            call(config).await.map_err(|fault| self.sessions.fault(by, fault))
        })
    }
}

impl Default for AwsSdk {
    fn default() -> Self {
        Self::new()
    }
}

impl AwsCalls for AwsSdk {
    fn identity<'a>(&'a self, by: &'a Signer) -> Answer<'a, Identity> {
        // It says whether the role can be assumed now, not whether it could be some minutes ago.
        self.sessions.forget_last(by);
        self.call(by, identity::identity)
    }

    fn management_account<'a>(&'a self, by: &'a Signer) -> Answer<'a, AwsAccountNumber> {
        self.call(by, members::management_account)
    }

    fn members<'a>(&'a self, by: &'a Signer, from: Option<&'a str>) -> Answer<'a, MembersPage> {
        self.call(by, move |config| members::page(config, from))
    }

    fn role_find<'a>(&'a self, by: &'a Signer, name: &'a str) -> Answer<'a, Option<FoundRole>> {
        self.call(by, move |config| roles::find(config, name))
    }

    fn role_create<'a>(&'a self, by: &'a Signer, role: &'a NewRole) -> Answer<'a, RoleArn> {
        self.call(by, move |config| roles::create(config, role))
    }

    fn role_trust_set<'a>(&'a self, by: &'a Signer, name: &'a str, trust_policy: &'a str) -> Answer<'a, ()> {
        self.call(by, move |config| roles::trust_set(config, name, trust_policy))
    }

    fn role_policy_put<'a>(&'a self, by: &'a Signer, role: &'a str, policy: &'a str, document: &'a str) -> Answer<'a, ()> {
        self.call(by, move |config| roles::policy_put(config, role, policy, document))
    }

    fn role_delete<'a>(&'a self, by: &'a Signer, name: &'a str) -> Answer<'a, ()> {
        self.call(by, move |config| roles::delete(config, name))
    }
}
