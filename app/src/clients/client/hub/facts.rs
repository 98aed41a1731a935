//! A client's settings as pairs of label and value, by sections of the page.

use domain::{CatalogueId, Catalogues, ClientDraft, IgnoreAlerts, MaintenanceState, country_name};

/// A section of the page.
pub(super) struct FactSection {
    pub(super) title: &'static str,
    pub(super) facts: Vec<(&'static str, String)>,
}

/// Every section that consists of single values and lists of names. An empty value is shown as a dash.
pub(super) fn sections(draft: &ClientDraft, catalogues: &Catalogues) -> Vec<FactSection> {
    let section = |title, facts| FactSection { title, facts };
    let names = |ids: &[CatalogueId]| ids.iter().map(|id| catalogues.name(*id)).collect::<Vec<_>>().join("\n");
    let text = str::to_owned;
    vec![
        section(
            "Client Details",
            vec![
                ("Client Name", draft.name.clone()),
                ("Address", draft.address.clone()),
                ("City", draft.city.clone()),
                ("State", draft.state.clone()),
                ("Zip", draft.zip.clone()),
                ("Country", country_name(&draft.country).map_or(draft.country.clone(), text)),
                ("Time Zone", draft.time_zone.clone()),
                ("Phone Number", draft.phone.clone()),
                ("Mobile Number", draft.mobile.clone()),
                ("Contact Person", draft.contact_person.clone()),
                ("Email", draft.email.clone()),
                ("External ID", draft.external_id.clone()),
            ],
        ),
        section(
            "Access Restriction",
            vec![
                ("Restrict Access To Specific IP(s)", yes_no(draft.restrict_ips)),
                ("Allowed IPs", if draft.restrict_ips { draft.allowed_ips.clone() } else { text("All") }),
                ("Require Two-Factor Authentication", yes_no(draft.require_second_factor)),
            ],
        ),
        section(
            "Policies, Logs and Traces",
            vec![
                ("Global Policies", yes_no(draft.global_policies)),
                ("Log Management", yes_no(draft.log_management)),
                ("Trace Management", yes_no(draft.trace_management)),
            ],
        ),
        section(
            "Availability Settings",
            vec![
                ("Consider resource to be as", MaintenanceState::from_key(&draft.maintenance_state).map_or("", MaintenanceState::label).to_owned()),
                (
                    "Ignore alert action",
                    IgnoreAlerts::from_key(&draft.ignore_alerts).map_or("No".to_owned(), |kind| format!("Yes: {}", kind.label())),
                ),
            ],
        ),
        section("Integration Settings", vec![("Inherited Integrations", names(&draft.integrations))]),
        section(
            "Discovery, Agents and Patches",
            vec![
                ("Application Discovery & Dependency Mapping", yes_no(draft.application_discovery)),
                ("Agent Monitoring Capabilities", hours(&draft.agent_monitoring)),
                ("Admission control for agents in Public Cloud", yes_no(draft.admission_control)),
                ("Patch Management", yes_no(draft.patch_management)),
            ],
        ),
        section("Remote Access Management", vec![("Enabled Features", names(&draft.remote_access))]),
        section("Agent Policies", vec![("Applied Policies", names(&draft.agent_policies))]),
        section("Product Packages and Add-Ons", vec![("Product Packages", names(&draft.packages)), ("Add-Ons", names(&draft.add_ons))]),
    ]
}

fn yes_no(value: bool) -> String {
    if value { "Yes" } else { "No" }.to_owned()
}

fn hours(hours: &str) -> String {
    match hours {
        "" => "No".to_owned(),
        "1" => "Yes: every hour".to_owned(),
        hours => format!("Yes: every {hours} hours"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_off_reads_as_no() {
        let sections = sections(&ClientDraft::default(), &Catalogues::default());
        let facts: Vec<_> = sections.into_iter().flat_map(|section| section.facts).collect();
        let value = |label: &str| facts.iter().find(|(name, _)| *name == label).map(|(_, value)| value.as_str());
        assert_eq!(value("Agent Monitoring Capabilities"), Some("No"));
        assert_eq!(value("Ignore alert action"), Some("No"));
        assert_eq!(value("Global Policies"), Some("Yes"));
        assert_eq!(value("Allowed IPs"), Some("All"));
    }
}
