//! “Onboard Member Account”: which role is made in the accounts.

use domain::{AwsAccess, AwsAccount, Draft, OnboardingDraft, Violation, Violations, counted};
use leptos::prelude::*;

use super::{ids, names};
use crate::{
    aws::account::rpc::onboard_aws_accounts,
    forms::{Form, FormErrors, Sending, Unsaved, violations_of},
    leaving::job::use_jobs,
    ui::{Button, ButtonVariant, Choice, Description, DescriptionList, Dialog, FieldGrid, RadioGroup, TextField, use_toasts},
};

const FORM: &str = "onboard-form";

/// The window.
pub(super) fn onboard_window(accounts: Vec<AwsAccount>, done: Callback<()>) -> AnyView {
    let first = OnboardingDraft::default();
    let (role_name, access, region) = (RwSignal::new(first.role_name), RwSignal::new(first.access), RwSignal::new(first.region));
    let draft = Memo::new(move |_| OnboardingDraft { role_name: role_name.get(), access: access.get(), region: region.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || in_window(violations_of(draft.get().check(())))));
    let unsaved = Unsaved::of(move || draft.get());
    let (open, sending, toasts, jobs) = (RwSignal::new(true), Sending::new(), use_toasts(), use_jobs());
    let (shown, ids) = (accounts_shown(&accounts), ids(&accounts));
    let add = move || {
        sending.run(onboard_aws_accounts(ids.clone(), draft.get_untracked()), move |answer| match answer {
            Ok(begun) => {
                unsaved.saved();
                open.set(false);
                if begun.len() > 1 {
                    toasts.info(format!("{} are being onboarded.", counted(begun.len() as u64, "account", "accounts")));
                }
                begun.into_iter().for_each(|job| jobs.follow(job));
                done.run(());
            }
            Err(error) => errors.show(in_window(error.into_violations())),
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary submit=true form=FORM busy=sending.busy()>"Add"</Button>
        }
    };
    let accesses = AwsAccess::ALL.iter().map(|access| Choice::new(access.key(), access.label()).with_detail(about(*access))).collect::<Vec<_>>();
    let policy = move || AwsAccess::from_key(&access.get()).unwrap_or_default().policy();
    view! {
        <Dialog id="onboard-account" title="Onboard Member Account" open wide=true unsaved=unsaved.changed() actions>
            <Form id=FORM errors unsaved on_submit=add>
                {shown}
                <RadioGroup name="onboarding.access" label="Access" value=access options=accesses error=errors.of("onboarding.access") required=true />
                <details class="disclosure">
                    <summary>"Role policy"</summary>
                    <pre class="code">{policy}</pre>
                </details>
                <FieldGrid>
                    <TextField
                        name="onboarding.role_name"
                        label="Role name"
                        value=role_name
                        required=true
                        max_length=64
                        hint="The role that is created in the account."
                        error=errors.of("onboarding.role_name")
                        on_blur=errors.leave("onboarding.role_name")
                    />
                    <TextField
                        name="onboarding.region"
                        label="Region"
                        value=region
                        required=true
                        hint="For the CloudFormation link, if Tenantry can’t access the account."
                        error=errors.of("onboarding.region")
                        on_blur=errors.leave("onboarding.region")
                    />
                </FieldGrid>
            </Form>
        </Dialog>
    }
    .into_any()
}

/// One account with its particulars, several by their names.
fn accounts_shown(accounts: &[AwsAccount]) -> AnyView {
    match accounts {
        [account] => {
            let (name, number) = (account.name.clone(), account.number.to_string());
            view! {
                <DescriptionList>
                    <Description label="Account" value=name />
                    <Description label="Account ID"><span class="mono">{number}</span></Description>
                </DescriptionList>
            }
            .into_any()
        }
        many => view! {
            <div class="stack-small">
                <p>{format!("These {} accounts are onboarded separately. If one fails, the others continue.", many.len())}</p>
                {names(many)}
            </div>
        }
        .into_any(),
    }
}

const fn about(access: AwsAccess) -> &'static str {
    match access {
        AwsAccess::ReadOnly => "Reads how things are configured, not the data in them.",
        AwsAccess::Administrator => "Can do everything in the account.",
    }
}

/// Fields are also the ids of their inputs, and the page around the window has some too.
fn in_window(violations: Violations) -> Violations {
    let inside = |Violation { field, message }| Violation { field: if field.is_empty() { field } else { format!("onboarding.{field}") }, message };
    violations.into_iter().map(inside).collect()
}
