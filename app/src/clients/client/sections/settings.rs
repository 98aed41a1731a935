//! The settings that are on or off, some with a choice behind.

use domain::{AGENT_MONITORING_HOURS, IgnoreAlerts, MaintenanceState};
use leptos::prelude::*;

use super::{
    fold::{enabled, fold},
    options::Question,
};
use crate::{
    clients::client::form::ClientForm,
    ui::{Choice, SelectField, SwitchField},
};

/// Policies, logs and traces, and availability.
pub(super) fn sections(form: ClientForm) -> AnyView {
    let fields = form.fields;
    let states = MaintenanceState::ALL.iter().map(|state| Choice::new(state.key(), state.label())).collect::<Vec<_>>();
    let kinds = IgnoreAlerts::ALL.iter().map(|kind| Choice::new(kind.key(), kind.label())).collect::<Vec<_>>();
    let policies = view! {
        <SwitchField
            name="global_policies"
            label="Enable Global Policies"
            value=fields.global_policies
            hint="Applies to non-SDK resources. SDK resources always get device management policies."
        />
        {Question::new("log_management", "Log Management", "Collect logs from the client’s resources.", fields.log_management).view()}
        {Question::new("trace_management", "Trace Management", "Collect traces from the client’s applications.", fields.trace_management).view()}
    };
    let are_on = move || {
        enabled(&[
            ("Global policies", fields.global_policies.get()),
            ("Logs", fields.log_management.get()),
            ("Traces", fields.trace_management.get()),
        ])
    };
    let availability = view! {
        <SelectField
            name="maintenance_state"
            label="Consider resource to be as"
            value=fields.maintenance_state
            options=states
            hint="Status shown during scheduled maintenance."
            error=form.errors.of("maintenance_state")
        />
        {yes_with_choice(
            form,
            YesWithChoice {
                question: "ignore_alerts_question",
                label: "Ignore alert action",
                hint: "Ignore suppressed alerts, or alert actions on resolved and closed incidents.",
                choice: "ignore_alerts",
                choice_label: "Ignored alert actions",
                value: fields.ignore_alerts,
                first: IgnoreAlerts::All.key(),
                choices: kinds,
            },
        )}
    };
    let maintenance = move || {
        let key = fields.maintenance_state.get();
        let state = MaintenanceState::ALL.iter().find(|state| state.key() == key).map_or("", |state| state.label());
        let alerts = if fields.ignore_alerts.with(String::is_empty) { "no alerts ignored" } else { "alerts ignored" };
        format!("{state}, {alerts}")
    };
    view! {
        {fold(form, ("policies", "Policies, Logs and Traces", ""), are_on, ViewFn::default(), policies.into_any())}
        {fold(form, ("availability", "Availability Settings", ""), maintenance, ViewFn::default(), availability.into_any())}
    }
    .into_any()
}

/// Discovery, agents and patches.
pub(super) fn agents(form: ClientForm) -> AnyView {
    let fields = form.fields;
    let hours = |hours: &&'static str| Choice::new(*hours, if *hours == "1" { "Every hour".to_owned() } else { format!("Every {hours} hours") });
    let question = |name, label, hint, value| Question::new(name, label, hint, value).view();
    let are_on = move || {
        enabled(&[
            ("Discovery", fields.application_discovery.get()),
            ("Agent monitoring", !fields.agent_monitoring.with(String::is_empty)),
            ("Admission control", fields.admission_control.get()),
            ("Patches", fields.patch_management.get()),
        ])
    };
    let content = view! {
            {question(
                "application_discovery",
                "Application Discovery & Dependency Mapping",
                "Automatically discover applications and dependencies.",
                fields.application_discovery,
            )}
            {yes_with_choice(
                form,
                YesWithChoice {
                    question: "agent_monitoring_question",
                    label: "Agent Monitoring Capabilities",
                    hint: "Let agents monitor their own health.",
                    choice: "agent_monitoring",
                    choice_label: "Agent self-monitoring frequency",
                    value: fields.agent_monitoring,
                    first: AGENT_MONITORING_HOURS[0],
                    choices: AGENT_MONITORING_HOURS.iter().map(hours).collect(),
                },
            )}
            {question(
                "admission_control",
                "Admission control for agents in Public Cloud",
                "Onboard resources in AWS, Azure and Google Cloud Platform with an agent, without a public cloud integration.",
                fields.admission_control,
            )}
            {question("patch_management", "Patch Management", "Automatically scan for missing patches.", fields.patch_management)}
    };
    fold(form, ("agents", "Discovery, Agents and Patches", ""), are_on, ViewFn::default(), content.into_any())
}

/// A question whose Yes asks on. One field holds both: empty for No, else what was chosen.
struct YesWithChoice {
    question: &'static str,
    label: &'static str,
    hint: &'static str,
    choice: &'static str,
    choice_label: &'static str,
    value: RwSignal<String>,
    first: &'static str,
    choices: Vec<Choice>,
}

fn yes_with_choice(form: ClientForm, parts: YesWithChoice) -> AnyView {
    let YesWithChoice { question, label, hint, choice, choice_label, value, first, choices } = parts;
    let yes = Memo::new(move |_| value.with(|value| !value.is_empty()));
    let answer = Callback::new(move |yes| value.set(if yes { first.to_owned() } else { String::new() }));
    let choices = StoredValue::new(choices);
    view! {
        {Question { name: question.to_owned(), label: label.to_owned(), hint, value: yes.into(), on_change: answer }.view()}
        {move || yes.get().then(|| view! {
            <SelectField name=choice label=choice_label value options=choices.get_value() error=form.errors.of(choice) />
        })}
    }
    .into_any()
}
