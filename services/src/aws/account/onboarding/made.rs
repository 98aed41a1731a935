//! The stages that make the role.

use domain::{Onboarding, RoleArn};

use super::{Stage, Step};
use crate::aws::{
    account::{job::Site, role, signer},
    calls::{AwsCalls, AwsFault, Identity, Signer},
    sentence::details,
};

/// Who makes the role: the member, entered as its management account.
async fn maker(aws: &dyn AwsCalls, site: &Site) -> Result<(Identity, Signer), Step> {
    match aws.identity(&site.base).await {
        Ok(identity) => {
            let maker = signer::of_organization(&site.base, identity.partition, site.number());
            Ok((identity, maker))
        }
        Err(fault) => {
            let sentence = format!("The server can’t sign in at the MSP account of {}.{}", site.number(), details(&fault.sentence(&site.begins_in)));
            Err(again_or(&fault, sentence))
        }
    }
}

/// A transient fault is tried again; any other fails the onboarding.
fn again_or(fault: &AwsFault, sentence: String) -> Step {
    if fault.is_passing() { Step::Again(sentence) } else { Step::Failed(sentence) }
}

/// Enters the account as its management account. The role is noted before it is made, so that it is known whatever happens meanwhile.
pub(super) async fn enter(aws: &dyn AwsCalls, site: &Site, onboarding: &Onboarding) -> Step {
    let (number, (identity, maker)) = match maker(aws, site).await {
        Ok(maker) => (site.number(), maker),
        Err(step) => return step,
    };
    let expected = RoleArn::new(identity.partition, number.clone(), &onboarding.role_name);
    match aws.identity(&maker).await {
        Ok(found) if found.account == *number => Step::With(Stage::Role, expected),
        Ok(found) => {
            Step::Failed(format!("AWS opened account {} instead of {number}. No role was created. Check the account in AWS.", found.account))
        }
        Err(AwsFault::Denied { .. }) => {
            let sentence = format!(
                "Tenantry can’t access account {number}: AWS denied its role OrganizationAccountAccessRole. Create the role with the template, \
                 then enter its ARN. Tenantry tries the role {} every hour.",
                expected.name()
            );
            Step::Pending(sentence, expected)
        }
        Err(fault) => again_or(&fault, fault.sentence(number)),
    }
}

/// Makes the role, or adopts the one that we made before.
pub(super) async fn role(aws: &dyn AwsCalls, site: &Site, onboarding: &Onboarding) -> Step {
    let (identity, maker) = match maker(aws, site).await {
        Ok(maker) => maker,
        Err(step) => return step,
    };
    let (number, external_id) = (site.number(), site.external_id());
    let trust = role::trust_policy(&site.base, &identity, external_id);
    let made = match aws.role_find(&maker, &onboarding.role_name).await {
        Ok(Some(found)) if role::is_ours(&found, external_id) => aws.role_trust_set(&maker, &onboarding.role_name, &trust).await.map(|()| found.arn),
        Ok(Some(_)) => {
            return Step::Undone(format!(
                "Account {number} already has a role “{}” that Tenantry didn’t create. It was left unchanged. Choose another role name.",
                onboarding.role_name
            ));
        }
        Ok(None) => aws.role_create(&maker, &role::new(onboarding, trust, external_id)).await,
        Err(fault) => Err(fault),
    };
    match made {
        Ok(arn) => Step::With(Stage::Policy, arn),
        // Somebody else was faster: the next try finds the role.
        Err(fault @ AwsFault::Exists) => Step::Again(fault.sentence(number)),
        Err(fault @ AwsFault::InvalidPrincipal) => Step::Wait(fault.sentence(number)),
        Err(fault) => again_or(&fault, fault.sentence(number)),
    }
}

/// Puts the policy into the role.
pub(super) async fn policy(aws: &dyn AwsCalls, site: &Site, onboarding: &Onboarding) -> Step {
    let maker = match maker(aws, site).await {
        Ok((_, maker)) => maker,
        Err(step) => return step,
    };
    match aws.role_policy_put(&maker, &onboarding.role_name, role::POLICY, &onboarding.access.policy()).await {
        Ok(()) => Step::On(Stage::Prove),
        // AWS needs time to know what was just made.
        Err(fault @ (AwsFault::Denied { .. } | AwsFault::NotFound)) => Step::Wait(fault.sentence(site.number())),
        Err(fault) => again_or(&fault, fault.sentence(site.number())),
    }
}

/// Why a role can't be assumed yet, and what happens next.
pub(super) fn not_yet(site: &Site, fault: &AwsFault) -> String {
    match fault {
        AwsFault::Denied { .. } => format!(
            "AWS doesn’t accept the role in account {} yet. A new role can take a few minutes. Tenantry checks every hour. Select Check now to check sooner.",
            site.number()
        ),
        fault => fault.sentence(site.number()),
    }
}
