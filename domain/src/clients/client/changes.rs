//! What differs between two states of a client's details: for the summary before a save, for the audit log, and to put one
//! person's changes on top of another's.

use serde::{Deserialize, Serialize};

use crate::{CatalogueId, Catalogues, ClientDraft, IgnoreAlerts, MaintenanceState, country_name};

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field of [`ClientDraft`].
    pub field: String,
    /// Its label on the page.
    pub label: String,
    /// As people read it; empty for nothing.
    pub before: String,
    /// As people read it; empty for nothing. A secret is never among the words.
    pub after: String,
}

impl Change {
    /// The change of a field from one text to another; none if they are the same.
    #[must_use]
    pub fn of(field: &str, label: &str, before: &str, after: &str) -> Option<Self> {
        let [field, label] = [field, label].map(ToOwned::to_owned);
        (before != after).then(|| Self { field, label, before: before.to_owned(), after: after.to_owned() })
    }
}

/// Every field once: its name, its label, and how people read its value.
macro_rules! fields {
    ($($field:ident, $label:literal, $show:expr;)*) => {
        /// The fields in which two states differ, in the order of the page.
        #[must_use]
        pub fn changes(before: &ClientDraft, after: &ClientDraft, catalogues: &Catalogues) -> Vec<Change> {
            // Doesn't compile without every field: one that is missing here would be neither saved nor merged nor audited.
            let ClientDraft { $($field: _,)* } = before;
            let mut found = Vec::new();
            $(if before.$field != after.$field {
                let show: fn(&ClientDraft, &Catalogues) -> String = $show;
                found.push(Change {
                    field: stringify!($field).to_owned(),
                    label: $label.to_owned(),
                    before: show(before, catalogues),
                    after: show(after, catalogues),
                });
            })*
            found
        }

        /// `theirs` with the fields that differ between `base` and `mine` taken from `mine`.
        #[must_use]
        pub fn merge(base: &ClientDraft, mine: &ClientDraft, theirs: &ClientDraft) -> ClientDraft {
            let mut merged = theirs.clone();
            $(if base.$field != mine.$field {
                merged.$field = mine.$field.clone();
            })*
            merged
        }
    };
}

fields! {
    name, "Client Name", |d, _| d.name.clone();
    address, "Address", |d, _| d.address.clone();
    country, "Country", |d, _| country_name(&d.country).unwrap_or_default().to_owned();
    country_written, "Country as a program wrote it", |d, _| d.country_written.clone();
    time_zone, "Time Zone", |d, _| d.time_zone.clone();
    city, "City", |d, _| d.city.clone();
    state, "State", |d, _| d.state.clone();
    zip, "Zip", |d, _| d.zip.clone();
    phone, "Phone Number", |d, _| d.phone.clone();
    mobile, "Mobile Number", |d, _| d.mobile.clone();
    contact_person, "Contact Person", |d, _| d.contact_person.clone();
    email, "Email", |d, _| d.email.clone();
    external_id, "External ID", |d, _| d.external_id.clone();
    restrict_ips, "Restrict access to specific IPs", |d, _| yes_no(d.restrict_ips);
    allowed_ips, "Allowed IPs", |d, _| d.allowed_ips.clone();
    require_second_factor, "Require two-factor authentication", |d, _| yes_no(d.require_second_factor);
    global_policies, "Global policies", |d, _| yes_no(d.global_policies);
    log_management, "Log management", |d, _| yes_no(d.log_management);
    trace_management, "Trace management", |d, _| yes_no(d.trace_management);
    maintenance_state, "Consider resource to be as", |d, _| MaintenanceState::from_key(&d.maintenance_state).map_or("", MaintenanceState::label).to_owned();
    ignore_alerts, "Ignore alert action", |d, _| IgnoreAlerts::from_key(&d.ignore_alerts).map_or("No", IgnoreAlerts::label).to_owned();
    integrations, "Integrations", |d, c| names(&d.integrations, c);
    application_discovery, "Application discovery & dependency mapping", |d, _| yes_no(d.application_discovery);
    agent_monitoring, "Agent self-monitoring", |d, _| hours(&d.agent_monitoring);
    admission_control, "Admission control for agents in public cloud", |d, _| yes_no(d.admission_control);
    patch_management, "Patch management (auto scan)", |d, _| yes_no(d.patch_management);
    remote_access, "Remote access management", |d, c| names(&d.remote_access, c);
    agent_policies, "Agent policies", |d, c| names(&d.agent_policies, c);
    packages, "Product packages", |d, c| names(&d.packages, c);
    add_ons, "Add-ons", |d, c| names(&d.add_ons, c);
    services, "Services", services;
    access, "Alternate access details", access;
    providers, "Internet service providers", |d, _| d.providers.iter().map(|row| [row.name.as_str(), row.plan.as_str(), row.circuit_id.as_str(), row.member_id.as_str(), row.url.as_str(), row.user_name.as_str(), row.phone.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")).collect::<Vec<_>>().join("; ");
    kept, "Stored for other programs", |d, _| d.kept.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ");
    images, "Network architecture", |d, _| d.images.iter().map(|image| image.title.as_str()).collect::<Vec<_>>().join(", ");
}

fn yes_no(value: bool) -> String {
    if value { "Yes" } else { "No" }.to_owned()
}

fn hours(value: &str) -> String {
    match value {
        "" => "No".to_owned(),
        "1" => "Every hour".to_owned(),
        hours => format!("Every {hours} hours"),
    }
}

fn names(ids: &[CatalogueId], catalogues: &Catalogues) -> String {
    ids.iter().map(|id| catalogues.name(*id)).collect::<Vec<_>>().join(", ")
}

fn services(draft: &ClientDraft, catalogues: &Catalogues) -> String {
    let service = |id, technologies: &[CatalogueId]| match names(technologies, catalogues) {
        none if none.is_empty() => catalogues.name(id),
        technologies => format!("{} ({technologies})", catalogues.name(id)),
    };
    draft.services.iter().map(|row| service(row.id, &row.technologies)).collect::<Vec<_>>().join(", ")
}

/// Of a password only whether there is one, and whether it is new.
fn access(draft: &ClientDraft, catalogues: &Catalogues) -> String {
    let row = |row: &crate::AlternateAccessDraft| {
        let password = match (row.password.is_empty(), row.password_kept) {
            (false, _) => "new password",
            (true, true) => "password stored",
            (true, false) => "",
        };
        let technology = row.technology_id().map(|id| catalogues.name(id)).unwrap_or_default();
        let port = if row.port.is_empty() { String::new() } else { format!("port {}", row.port) };
        [row.access_type.as_str(), &technology, row.ip_address.as_str(), &port, row.ip_range.as_str(), row.user_name.as_str(), password]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    draft.access.iter().map(row).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AlternateAccessDraft;

    #[test]
    fn nothing_differs_from_itself() {
        assert_eq!(changes(&ClientDraft::default(), &ClientDraft::default(), &Catalogues::default()), []);
    }

    #[test]
    fn a_change_reads_well_and_holds_no_secret() {
        let before = ClientDraft {
            access: vec![AlternateAccessDraft { access_type: "SSH".into(), password_kept: true, ..Default::default() }],
            ..Default::default()
        };
        let after = ClientDraft {
            country: "DEU".into(),
            agent_monitoring: "6".into(),
            access: vec![AlternateAccessDraft { access_type: "SSH".into(), password: "hunter2".into(), ..Default::default() }],
            ..Default::default()
        };
        let found = changes(&before, &after, &Catalogues::default());
        let read: Vec<_> = found.iter().map(|change| (change.label.as_str(), change.before.as_str(), change.after.as_str())).collect();
        assert_eq!(
            read,
            [
                ("Country", "", "Germany"),
                ("Agent self-monitoring", "No", "Every 6 hours"),
                ("Alternate access details", "SSH password stored", "SSH new password")
            ]
        );
    }

    #[test]
    fn two_people_who_change_different_fields_both_win() {
        let base = ClientDraft { name: "A".into(), city: "X".into(), ..Default::default() };
        let mine = ClientDraft { name: "B".into(), ..base.clone() };
        let theirs = ClientDraft { city: "Y".into(), ..base.clone() };
        let merged = merge(&base, &mine, &theirs);
        assert_eq!((merged.name.as_str(), merged.city.as_str()), ("B", "Y"));
    }
}
