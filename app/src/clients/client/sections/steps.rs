//! The parts of the page on which a client is typed, by the tabs of the wizard. The edit page shows them all.

use domain::Step;
use leptos::prelude::*;

use super::{catalogue, details, images, network, policies, settings};
use crate::clients::client::form::ClientForm;

/// Every section by its id (behind `section-`) and its name, in the order of the page.
pub(in crate::clients::client) const NAMES: [(&str, &str); 14] = [
    ("client", "Client Details"),
    ("access-restriction", "Access Restriction"),
    ("policies", "Policies, Logs and Traces"),
    ("availability", "Availability Settings"),
    ("integrations", "Integration Settings"),
    ("agents", "Discovery, Agents and Patches"),
    ("remote-access", "Remote Access Management"),
    ("agent-policies", "Agent Policies"),
    ("packages", "Product Package"),
    ("add-ons", "Add-Ons"),
    ("services", "Add Services"),
    ("access", "Alternate Access Details"),
    ("providers", "Internet Service Providers"),
    ("images", "Network Architecture"),
];

/// Everything that is typed on a tab.
pub(in crate::clients::client) fn of_step(step: Step, form: ClientForm) -> AnyView {
    let sections = match step {
        Step::ClientDetails => vec![
            details::sections(form),
            settings::sections(form),
            catalogue::integrations(form),
            settings::agents(form),
            catalogue::remote_access(form),
            policies::section(form),
        ]
        .into_any(),
        Step::ProductPackage => catalogue::packages(form),
        Step::AddOns => catalogue::add_ons(form),
        Step::AddServices => catalogue::services(form),
        Step::Service => network::sections(form),
        Step::NetworkArchitecture => images::section(form),
    };
    view! { <div class="stack">{sections}</div> }.into_any()
}
