//! What goes wrong.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Deserializer};

/// What goes wrong; nothing does by default. Pages count from 1.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// Roles can be assumed whatever external ID is sent, or none.
    pub ignores_external_ids: bool,
    /// A role that is made from now on can be assumed only so long after. In JSON it is in milliseconds.
    #[serde(deserialize_with = "milliseconds")]
    pub assumable_after: Duration,
    /// Every second call is refused because there are too many.
    pub throttles_every_second: bool,
    /// Every call is refused because there are too many.
    pub throttles_all: bool,
    /// This page of the organization's accounts is denied.
    pub denied_page: Option<usize>,
    /// This page of the organization's accounts is empty, and others follow.
    pub empty_page: Option<usize>,
    /// When this page of the organization's accounts is asked for, the credentials are over.
    pub expired_page: Option<usize>,
    /// Actions that are denied to all, such as `iam:CreateRole`, and how often from now on.
    pub denied: BTreeMap<String, u32>,
    /// Actions that fail in another way, with code and message.
    pub failing: BTreeMap<String, (String, String)>,
    /// `sts:GetCallerIdentity` answers this account instead of the caller's.
    pub other_account: Option<String>,
    /// The part of AWS that this is; empty for `aws`.
    pub partition: String,
    /// How long each answer takes. In JSON it is in milliseconds.
    #[serde(deserialize_with = "milliseconds")]
    pub latency: Duration,
}

impl Switches {
    /// Denies an action for ever.
    pub fn deny(&mut self, action: &str) {
        self.denied.insert(action.to_owned(), u32::MAX);
    }

    /// Lets an action fail with an error of AWS's.
    pub fn fail(&mut self, action: &str, code: &str, message: &str) {
        self.failing.insert(action.to_owned(), (code.to_owned(), message.to_owned()));
    }

    pub(crate) fn partition(&self) -> &str {
        if self.partition.is_empty() { "aws" } else { &self.partition }
    }
}

fn milliseconds<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    u64::deserialize(from).map(Duration::from_millis)
}
