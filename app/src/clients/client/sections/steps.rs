//! The parts of the page on which a client is typed, by the tabs of the wizard. The edit page shows them all.

use domain::Step;
use leptos::prelude::*;

use super::{catalogue, details, images, network, policies, settings};
use crate::clients::client::{browser::unfold, form::ClientForm};

/// Every section by its id (behind `section-`) and its name, in the order of the page.
pub(in crate::clients::client) static NAMES: [(&str, &str); 14] = [
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

/// The sections of a tab, of [`NAMES`].
fn names_of(step: Step) -> &'static [(&'static str, &'static str)] {
    match step {
        Step::ClientDetails => &NAMES[..8],
        Step::ProductPackage => &NAMES[8..9],
        Step::AddOns => &NAMES[9..10],
        Step::AddServices => &NAMES[10..11],
        Step::Service => &NAMES[11..13],
        Step::NetworkArchitecture => &NAMES[13..],
    }
}

/// Links to sections. A section that is folded opens.
pub(in crate::clients::client) fn index(names: &'static [(&'static str, &'static str)]) -> AnyView {
    let link = |(id, label): &(&'static str, &'static str)| {
        let id = format!("section-{id}");
        let href = format!("#{id}");
        view! { <li><a href=href rel="external" on:click=move |_| unfold(&id)>{*label}</a></li> }
    };
    view! { <nav class="section-nav" aria-label="Sections"><ul>{names.iter().map(link).collect_view()}</ul></nav> }.into_any()
}

/// Everything that is typed on a tab, and links to its parts if there are several.
pub(in crate::clients::client) fn with_index(step: Step, form: ClientForm) -> AnyView {
    match names_of(step) {
        [_] => of_step(step, form),
        names => view! { <div class="editor">{index(names)}{of_step(step, form)}</div> }.into_any(),
    }
}

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
