//! How a body changes the draft of a client.

use domain::{CatalogueId, CatalogueKind, Catalogues, ClientDraft, ServiceDraft, Violations};

use super::{
    details::{Access, PATCHES, Service},
    input::ClientInput,
    unused,
};
use crate::clients::cfg::country::country_code;

impl ClientInput {
    /// Puts what was given into a draft; images are for the caller.
    pub(crate) fn apply(mut self, draft: &mut ClientDraft, catalogues: &Catalogues, violations: &mut Violations) {
        unused::store(&mut self, &mut draft.kept, violations);
        let texts = [
            (self.name, &mut draft.name),
            (self.address, &mut draft.address),
            (self.city, &mut draft.city),
            (self.state, &mut draft.state),
            (self.country.as_deref().map(country_code), &mut draft.country),
            (self.country, &mut draft.country_written),
            (self.zip, &mut draft.zip),
            (self.time_zone, &mut draft.time_zone),
            (self.phone_number, &mut draft.phone),
            (self.mobile_number, &mut draft.mobile),
            (self.contact_person, &mut draft.contact_person),
            (self.email, &mut draft.email),
            (self.ext_org_id, &mut draft.external_id),
        ];
        for (given, field) in texts {
            if let Some(given) = given {
                *field = given;
            }
        }
        if let Some(addresses) = self.white_listed_ips {
            draft.restrict_ips = !addresses.trim().is_empty();
            draft.allowed_ips = addresses;
        }
        if let Some(names) = self.packages {
            draft.packages = chosen(&names, CatalogueKind::Package, "packages", catalogues, violations);
        }
        if let Some(names) = self.add_ons {
            draft.add_ons = chosen(&names, CatalogueKind::AddOn, "add_ons", catalogues, violations);
        }
        if let Some(policies) = self.agent_policies {
            for switch in policies.iter().flat_map(|policy| &policy.policies).filter(|switch| switch.name == PATCHES) {
                draft.patch_management = switch.enable;
            }
            let names: Vec<_> = policies.into_iter().map(|policy| policy.name).collect();
            draft.agent_policies = chosen(&names, CatalogueKind::AgentPolicy, "agent_policies", catalogues, violations);
        }
        let Some(details) = self.client_details else { return };
        if let Some(services) = details.services {
            let service = |service: Service| ServiceDraft {
                id: CatalogueId::new(service.id),
                technologies: service.technologies.iter().filter_map(|technology| technology.id.parse().ok()).collect(),
            };
            draft.services = services.into_iter().map(service).collect();
        }
        if let Some(rows) = details.service_access_details {
            let before = std::mem::take(&mut draft.access);
            draft.access = Access::into_drafts(rows, before);
        }
        if let Some(rows) = details.providers {
            let mut before = std::mem::take(&mut draft.providers);
            draft.providers = rows.into_iter().map(|row| row.into_draft(&mut before)).collect();
        }
    }
}

/// The items of a catalogue by their names.
fn chosen(names: &[String], kind: CatalogueKind, field: &str, catalogues: &Catalogues, violations: &mut Violations) -> Vec<CatalogueId> {
    let mut ids = Vec::new();
    for name in names {
        match catalogues.of(kind).find(|item| item.name.eq_ignore_ascii_case(name.trim())) {
            Some(item) => ids.push(item.id),
            None => violations.add(field, format!("There is no {} “{name}”.", kind.noun())),
        }
    }
    ids
}
