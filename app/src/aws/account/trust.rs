//! What it takes to create a role by hand: the external ID and the policies.

use domain::{AwsAccountNumber, AwsTrust, OnboardingDraft};
use leptos::prelude::*;

use super::rpc::get_aws_trust;
use crate::{
    loading::{Loaded, ask},
    ui::{CopyArea, CopyField, Skeleton},
};

/// The external ID and the trust policy of a role by which the server signs in, as soon as the account ID is whole.
pub(super) fn trust_of_sign_in(number: Signal<String>) -> AnyView {
    let number = Memo::new(move |_| number.with(|number| AwsAccountNumber::typed(number).ok()));
    let trust = ask(
        move || number.get(),
        |number| async move {
            match number {
                Some(number) => get_aws_trust(number.to_string(), OnboardingDraft::default()).await.map(Some),
                None => Ok(None),
            }
        },
    );
    let shown = |trust: Option<AwsTrust>| match trust {
        None => view! { <p class="muted">"Enter the account ID to see the external ID and the trust policy for the role."</p> }.into_any(),
        Some(trust) => view! {
            <CopyField
                name="external_id"
                label="External ID"
                value=Signal::stored(trust.external_id)
                hint="Chosen by Tenantry for this account. It never changes."
            />
            {trust_policy(trust.trust_policy)}
        }
        .into_any(),
    };
    view! { <Loaded resource=trust view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <Skeleton lines=4 /> }) /> }.into_any()
}

/// The trust policy to copy; a sentence while the server doesn't know its own identity.
pub(super) fn trust_policy(policy: String) -> AnyView {
    if policy.is_empty() {
        return view! {
            <p class="muted">"The trust policy appears here once the server has AWS credentials. Check its AWS configuration and log."</p>
        }
        .into_any();
    }
    view! {
        <CopyArea
            name="trust_policy"
            label="Trust policy"
            value=Signal::stored(policy)
            hint="Create the role in this account with this trust policy."
        />
    }
    .into_any()
}
