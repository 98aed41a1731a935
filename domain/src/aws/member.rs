//! What can be asked of the list of a management account's members.

use super::AwsAccountState;
use crate::{ClientId, ListFilter, NameSort, Query, choice::choice};
use serde::{Deserialize, Serialize};

choice!(
    /// Which members are listed.
    AwsMemberView {
        /// Those of no client.
        Unassociated = "unassociated", "No customer";
        /// Those of a client.
        Associated = "associated", "With a customer";
        /// See [`AwsAccountState::Discovered`].
        Discovered = "discovered", "Discovered";
        /// See [`AwsAccountState::Onboarding`].
        Onboarding = "onboarding", "Onboarding";
        /// See [`AwsAccountState::Onboarded`].
        Onboarded = "onboarded", "Onboarded";
        /// See [`AwsAccountState::Pending`].
        Pending = "pending", "Pending";
        /// See [`AwsAccountState::Failed`].
        Failed = "failed", "Failed";
    }
);

impl AwsMemberView {
    /// The state that all of them have; none for those about customers.
    #[must_use]
    pub fn state(self) -> Option<AwsAccountState> {
        AwsAccountState::from_key(self.key())
    }
}

/// Which members are listed; everything that is given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwsMemberFilter {
    /// One of the list's filters.
    pub view: Option<AwsMemberView>,
    /// Those of this client.
    pub client: Option<ClientId>,
}

/// The pair of an address that names a client.
const CLIENT: &str = "client";

impl ListFilter for AwsMemberFilter {
    fn read(&mut self, key: &str, value: &str) {
        self.view.read(key, value);
        if key == CLIENT {
            self.client = value.trim().parse().ok();
        }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let client = self.client.map(|client| (CLIENT, client.to_string()));
        self.view.pairs().into_iter().chain(client).collect()
    }
}

/// What a page asks of the list of members. What is searched is name, number and e-mail address.
pub type AwsMemberQuery = Query<NameSort, AwsMemberFilter>;
