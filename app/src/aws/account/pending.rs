//! Finishing by hand what the server couldn't: making the role in AWS and giving its ARN.

use domain::{AwsAccount, AwsAction, AwsTrust, RoleArn, Violations};
use leptos::prelude::*;

use super::{
    live::LiveAccount,
    refused,
    rpc::{check_aws_account, get_aws_trust, give_up_aws_account, set_aws_role},
    trust::trust_policy,
};
use crate::{
    error::UiError,
    forms::{Form, FormErrors, Sending, Unsaved},
    leaving::job::use_jobs,
    loading::{Loaded, ask},
    paths,
    ui::{Button, ButtonLink, CopyArea, CopyField, Glyph, Section, TextField, use_toasts},
};

/// The section of an account that is pending or failed.
pub(super) fn pending_section(account: LiveAccount) -> AnyView {
    let now = account.get_untracked();
    let (number, onboarding) = (now.number.to_string(), now.onboarding());
    let asked = number.clone();
    let trust = ask(move || (asked.clone(), onboarding.clone()), |(number, onboarding)| get_aws_trust(number, onboarding));
    let shown = move |trust: AwsTrust| view! { {steps(&number, trust)}{arn_form(account)} }.into_any();
    let description = "Create the role in this account, then enter its ARN. Tenantry checks the role every hour.";
    view! {
        <Section title="Finish in AWS" description actions=move || buttons(account)>
            <Loaded resource=trust view=Callback::new(shown) />
        </Section>
    }
    .into_any()
}

/// The ways to make the role.
fn steps(number: &str, trust: AwsTrust) -> AnyView {
    let AwsTrust { external_id, trust_policy: trusted, policy, template, quick_create } = trust;
    let ending = if template.trim_start().starts_with('{') { "json" } else { "yaml" };
    let (file, name) = (format!("data:text/plain;charset=utf-8,{}", paths::encoded(&template)), format!("tenantry-{number}.{ending}"));
    let link = (!quick_create.is_empty()).then(|| {
        view! { <ButtonLink href=quick_create icon=Glyph::External external=true attr:target="_blank">"Create the stack in AWS"</ButtonLink> }
    });
    let download = (!template.is_empty()).then(|| {
        view! { <ButtonLink href=file icon=Glyph::Download attr:download=name>"Download CloudFormation template"</ButtonLink> }
    });
    view! {
        <div class="actions">{link}{download}</div>
        <details class="disclosure">
            <summary>"Create the role by hand"</summary>
            <div class="stack-small">
                <CopyField name="external_id" label="External ID" value=Signal::stored(external_id) hint="The trust policy requires it." />
                {trust_policy(trusted)}
                <CopyArea name="role_policy" label="Permissions policy" value=Signal::stored(policy) hint="Add it to the role as an inline policy." />
            </div>
        </details>
    }
    .into_any()
}

/// The field for the ARN of the role.
fn arn_form(account: LiveAccount) -> AnyView {
    let (arn, number) = (RwSignal::new(String::new()), account.get_untracked().number);
    let rules = move || {
        let mut violations = Violations::new();
        if let Some(arn) = violations.accept("role_arn", RoleArn::typed(&arn.get())) {
            let message = format!("The role is in account {}, not in this one.", arn.account());
            violations.add_if(*arn.account() != number, "role_arn", &message);
        }
        violations
    };
    let errors = FormErrors::with_rules(Signal::derive(rules));
    let (unsaved, sending, jobs) = (Unsaved::of(move || arn.get()), Sending::new(), use_jobs());
    let save = move || {
        sending.run(set_aws_role(account.get_untracked().id, arn.get_untracked()), move |answer| match answer {
            Ok(job) => {
                unsaved.saved();
                jobs.follow(job);
                account.reload();
            }
            Err(error) => errors.refuse(error),
        });
    };
    view! {
        <Form errors unsaved on_submit=save>
            <TextField
                name="role_arn"
                label="Role ARN"
                value=arn
                required=true
                placeholder="arn:aws:iam::123456789012:role/Tenantry"
                hint="The stack’s output, or the role’s page in AWS, shows it."
                error=errors.of("role_arn")
                on_blur=errors.leave("role_arn")
            />
            <div class="actions"><Button submit=true busy=sending.busy()>"Save Role ARN"</Button></div>
        </Form>
    }
    .into_any()
}

/// Checks now whether the account can be entered.
pub(super) fn check_button(account: LiveAccount, refused: Option<String>) -> AnyView {
    let (sending, toasts, jobs) = (Sending::new(), use_toasts(), use_jobs());
    let check = move || {
        sending.run(check_aws_account(account.get_untracked().id), move |answer| match answer {
            Ok(job) => {
                jobs.follow(job);
                account.reload();
            }
            Err(error) => toasts.error(error.to_string()),
        });
    };
    view! { <Button icon=Glyph::Refresh busy=sending.busy() disabled_because=refused on_click=check>"Check now"</Button> }.into_any()
}

/// Checking now, and stopping the checks.
fn buttons(account: LiveAccount) -> AnyView {
    let (stopping, toasts) = (Sending::new(), use_toasts());
    let reason = Signal::derive(move || account.with(|account| refused(AwsAction::StopChecking, account)));
    let stop = move || {
        stopping.run(give_up_aws_account(account.get_untracked().id), move |answer: Result<AwsAccount, UiError>| match answer {
            Ok(changed) => {
                toasts.success(format!("Tenantry no longer checks {}.", changed.name));
                account.set(changed);
            }
            Err(error) => toasts.error(error.to_string()),
        });
    };
    view! {
        {check_button(account, None)}
        <Button icon=Glyph::Close busy=stopping.busy() disabled_because=reason on_click=stop>"Stop checking"</Button>
    }
    .into_any()
}
