//! What it takes to create the role by hand.

use domain::{AwsAccountNumber, AwsTrust, Caller, Draft, Error, OnboardingDraft, Permission, Scope};

use super::{quick_create, role, signer};
use crate::{Result, Services, kernel::Tx};

impl Services {
    /// The external ID of an account that is or will be added, with what somebody needs who makes the role by hand.
    ///
    /// # Errors
    /// `Invalid` for a wrong account ID or role; `NotFound` or `Forbidden` without the permission to manage the account.
    pub async fn aws_trust(&self, caller: &Caller, number: &str, onboarding: OnboardingDraft) -> Result<AwsTrust> {
        let mut tx = self.authorize(caller, Permission::AccountManage, Scope::Visible).await?;
        let number = AwsAccountNumber::typed(number).map_err(|sentence| Error::invalid("number", sentence))?;
        let onboarding = onboarding.check(())?;
        let known = tx.aws_account_by_number(&number).await?;
        self.permit(&mut tx, Permission::AccountManage, known.as_ref().and_then(|stored| stored.account.client_id())).await?;
        let external_id = self.aws_external_id(&mut tx, &number).await?;
        tx.commit().await?;
        // Who manages the accounts of one client doesn't see the management account, as which the server signs in.
        let mut tx = self.system_read("a role's trust policy names who signs in", caller.partner).await?;
        let base = signer::base(&mut tx, known.and_then(|stored| stored.management)).await?;
        drop(tx);
        let identity = match &self.aws {
            Some(aws) => aws.identity(&base).await.ok(),
            None => None,
        };
        let trust_policy = identity.as_ref().map(|identity| role::trust_policy(&base, identity, &external_id)).unwrap_or_default();
        let quick_create = match (&self.aws_template, &identity) {
            (Some(template), Some(identity)) => quick_create::link(template, &onboarding, &base, identity, &external_id),
            _ => String::new(),
        };
        let template = if trust_policy.is_empty() { String::new() } else { role::template(&onboarding, &trust_policy, &external_id) };
        Ok(AwsTrust { external_id, trust_policy: pretty(&trust_policy), policy: onboarding.access.policy(), template, quick_create })
    }

    /// The external ID of an account, which is made if it has none.
    pub(super) async fn aws_external_id(&self, tx: &mut Tx, number: &AwsAccountNumber) -> Result<String> {
        let mut ids = self.aws_external_ids(tx, std::iter::once(number)).await?;
        Ok(ids.remove(number).unwrap_or_default())
    }

    /// As [`Services::aws_external_id`], of many.
    pub(super) async fn aws_external_ids(
        &self,
        tx: &mut Tx,
        numbers: impl Iterator<Item = &AwsAccountNumber>,
    ) -> Result<std::collections::BTreeMap<AwsAccountNumber, String>> {
        let new: Vec<_> = numbers.map(|number| (number.clone(), self.ids.uuid())).collect();
        tx.aws_external_ids(&new).await
    }
}

/// JSON with line breaks, for people.
fn pretty(json: &str) -> String {
    let value = serde_json::from_str::<serde_json::Value>(json);
    value.and_then(|value| serde_json::to_string_pretty(&value)).unwrap_or_default()
}
