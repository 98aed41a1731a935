//! The accounts, their roles, and who is signed in.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Instant,
};

use serde_json::json;

use crate::{Call, ORGANIZATION_ROLE, Switches, answer::Refusal};

/// An account.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Its e-mail address.
    pub email: String,
    /// As Organizations says it: `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, `PENDING_ACTIVATION`.
    pub state: String,
    /// Whether the organization lists it.
    pub is_member: bool,
    /// By name.
    pub roles: BTreeMap<String, Role>,
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// Who can assume it, as IAM's JSON.
    pub trust_policy: String,
    /// What it is for.
    pub description: String,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The policies inside it, by name.
    pub inline_policies: BTreeMap<String, String>,
    /// The ARNs of the policies attached to it.
    pub attached_policies: BTreeSet<String>,
    /// Whether a machine's profile holds it, so that it can't be deleted.
    pub is_in_use: bool,
    /// From when on it can be assumed.
    pub assumable: Instant,
}

impl Role {
    /// A role that can be assumed at once by those of the trust policy.
    #[must_use]
    pub fn trusting(trust_policy: &str) -> Self {
        Self {
            trust_policy: trust_policy.to_owned(),
            description: String::new(),
            tags: BTreeMap::new(),
            inline_policies: BTreeMap::new(),
            attached_policies: BTreeSet::new(),
            is_in_use: false,
            assumable: Instant::now(),
        }
    }
}

/// Whom an access key stands for.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) account: String,
    /// The user, or the role with the session's name.
    pub(crate) arn: String,
    /// The user or the role: what conditions call `aws:PrincipalArn`.
    pub(crate) principal: String,
}

#[derive(Default)]
pub(crate) struct World {
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) management: Option<String>,
    pub(crate) switches: Switches,
    pub(crate) calls: Vec<Call>,
    /// How many calls there were: a number for each, also after the calls are forgotten.
    pub(crate) counted: u64,
    sessions: HashMap<String, Identity>,
}

impl World {
    pub(crate) fn account_add(&mut self, number: &str, name: &str) {
        let email = format!("{}@aws.example", name.to_lowercase().replace(' ', "."));
        let account = Account { name: name.to_owned(), email, state: "ACTIVE".to_owned(), ..Account::default() };
        self.accounts.insert(number.to_owned(), account);
    }

    pub(crate) fn member_add(&mut self, number: &str, name: &str) {
        self.account_add(number, name);
        let partition = self.switches.partition();
        let root = self.management.as_ref().map(|management| format!("arn:{partition}:iam::{management}:root"));
        let trust = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": root}, "Action": "sts:AssumeRole"}]});
        if let Some(account) = self.accounts.get_mut(number) {
            account.is_member = true;
            account.roles.insert(ORGANIZATION_ROLE.to_owned(), Role::trusting(&trust.to_string()));
        }
    }

    /// Whom an access key stands for.
    pub(crate) fn identity(&self, key: &str) -> Result<Identity, Refusal> {
        if let Some(identity) = self.sessions.get(key) {
            return Ok(identity.clone());
        }
        let account = key.strip_prefix("AKIA").filter(|account| self.accounts.contains_key(*account));
        let account = account.ok_or_else(|| Refusal::new(403, "InvalidClientTokenId", "The security token included in the request is invalid."))?;
        let arn = format!("arn:{}:iam::{account}:user/administrator", self.switches.partition());
        Ok(Identity { account: account.to_owned(), principal: arn.clone(), arn })
    }

    /// Gives a session of a role; returns its access key.
    pub(crate) fn session_add(&mut self, identity: Identity) -> String {
        let key = format!("ASIA{:016}", self.sessions.len());
        self.sessions.insert(key.clone(), identity);
        key
    }

    /// The account that a caller is in; all that IAM changes is there.
    pub(crate) fn account_of(&mut self, by: &Identity) -> Result<&mut Account, Refusal> {
        self.accounts
            .get_mut(&by.account)
            .ok_or_else(|| Refusal::new(403, "InvalidClientTokenId", "The security token included in the request is invalid."))
    }
}
