//! A client as typed, and the profile it becomes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AGENT_MONITORING_HOURS, AlternateAccessDraft, IgnoreAlerts, InternetProviderDraft, MAX_ROWS, MaintenanceState};
use crate::{CatalogueId, Draft, IpRestriction, NetworkImageDraft, Violations, country_name, is_time_zone, limits, text};

/// The longest list of images.
pub const MAX_IMAGES: usize = 20;

/// The field whose rows hold secrets: the password of an alternate access.
pub const SECTION_SECRETS: &str = "access";

/// A client as typed into the wizard or the edit page: strings and ticks, right or wrong. Each public field is one field of the page
/// (docs/spec/clients.md, "Wizard").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientDraft {
    /// Required.
    pub name: String,
    /// Street and number. Required.
    pub address: String,
    /// Alpha-3 code of [`crate::COUNTRIES`]. Required.
    pub country: String,
    /// The country as the API received it, returned unchanged while it names the same country; empty for the country's name.
    pub country_written: String,
    /// A name of [`crate::TIME_ZONES`]. Required.
    pub time_zone: String,
    /// City.
    pub city: String,
    /// State or region.
    pub state: String,
    /// Postal code.
    pub zip: String,
    /// Telephone.
    pub phone: String,
    /// Mobile telephone.
    pub mobile: String,
    /// Whom to ask for.
    pub contact_person: String,
    /// E-mail address.
    pub email: String,
    /// The client's id in some other system.
    pub external_id: String,
    /// Restrict access to specific IPs.
    pub restrict_ips: bool,
    /// The addresses, separated by commas or lines.
    pub allowed_ips: String,
    /// Whether the client's users need a second factor.
    pub require_second_factor: bool,
    /// Enable global policies.
    pub global_policies: bool,
    /// Log management.
    pub log_management: bool,
    /// Trace management.
    pub trace_management: bool,
    /// A key of [`MaintenanceState`].
    pub maintenance_state: String,
    /// Empty for no, or a key of [`IgnoreAlerts`].
    pub ignore_alerts: String,
    /// Custom integrations inherited from the partner.
    pub integrations: Vec<CatalogueId>,
    /// Application discovery and dependency mapping.
    pub application_discovery: bool,
    /// Empty for no, or one of [`AGENT_MONITORING_HOURS`].
    pub agent_monitoring: String,
    /// Admission control for agents in public cloud.
    pub admission_control: bool,
    /// Patch management: automatic scan.
    pub patch_management: bool,
    /// Remote access features that are on.
    pub remote_access: Vec<CatalogueId>,
    /// Agent policies that apply.
    pub agent_policies: Vec<CatalogueId>,
    /// Product packages.
    pub packages: Vec<CatalogueId>,
    /// Add-ons.
    pub add_ons: Vec<CatalogueId>,
    /// Services, each with its technologies.
    pub services: Vec<ServiceDraft>,
    /// Alternate access details.
    pub access: Vec<AlternateAccessDraft>,
    /// Internet service providers.
    pub providers: Vec<InternetProviderDraft>,
    /// Images of the network architecture, in order.
    pub images: Vec<NetworkImageDraft>,
    /// Fields of the vendor's API that this console stores but doesn't use: JSON values by name.
    pub kept: BTreeMap<String, String>,
}

impl ClientDraft {
    /// The details of a terminated client: of all that was known, only the name is left (docs/spec/leaving.md, "Termination").
    #[must_use]
    pub fn bare(name: String) -> Self {
        Self { name, ..Self::default() }
    }
}

impl Default for ClientDraft {
    fn default() -> Self {
        let (text, none) = (String::new, Vec::new);
        Self {
            name: text(),
            address: text(),
            country: text(),
            country_written: text(),
            time_zone: text(),
            city: text(),
            state: text(),
            zip: text(),
            phone: text(),
            mobile: text(),
            contact_person: text(),
            email: text(),
            external_id: text(),
            restrict_ips: false,
            allowed_ips: text(),
            require_second_factor: false,
            global_policies: true,
            log_management: false,
            trace_management: false,
            maintenance_state: MaintenanceState::Up.key().to_owned(),
            ignore_alerts: text(),
            integrations: none(),
            application_discovery: false,
            agent_monitoring: text(),
            admission_control: false,
            patch_management: false,
            remote_access: none(),
            agent_policies: none(),
            packages: none(),
            add_ons: none(),
            services: Vec::new(),
            access: Vec::new(),
            providers: Vec::new(),
            images: Vec::new(),
            kept: BTreeMap::new(),
        }
    }
}

/// A service and which of its technologies the client has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDraft {
    /// The service.
    pub id: CatalogueId,
    /// Its technologies.
    pub technologies: Vec<CatalogueId>,
}

/// A client's details that keep every rule of shape. Whether the chosen items exist is for `services` to check. It can only be had by
/// checking a [`ClientDraft`].
#[derive(Clone, Debug, PartialEq)]
pub struct ClientProfile {
    draft: ClientDraft,
    restriction: IpRestriction,
}

impl ClientProfile {
    /// The draft, trimmed and in its normal form.
    #[must_use]
    pub const fn draft(&self) -> &ClientDraft {
        &self.draft
    }

    /// As [`Self::draft`], given away.
    #[must_use]
    pub fn into_draft(self) -> ClientDraft {
        self.draft
    }

    /// The addresses its users may come from.
    #[must_use]
    pub const fn restriction(&self) -> &IpRestriction {
        &self.restriction
    }
}

impl Draft for ClientDraft {
    type Context<'a> = ();
    type Checked = ClientProfile;

    fn check(mut self, (): ()) -> Result<ClientProfile, Violations> {
        let draft = &mut self;
        let mut violations = Violations::new();
        let mut line = |field: &str, value: &mut String, result: Result<String, String>| {
            *value = violations.accept(field, result).unwrap_or_default();
        };
        let checked = text::required_line(&draft.name, limits::NAME, "Enter the client's name.");
        line("name", &mut draft.name, checked);
        let checked = text::required(&draft.address, limits::ADDRESS, "Enter the address.");
        line("address", &mut draft.address, checked);
        let checked = text::line(&draft.city, limits::PLACE);
        line("city", &mut draft.city, checked);
        let checked = text::line(&draft.state, limits::PLACE);
        line("state", &mut draft.state, checked);
        let checked = text::line(&draft.zip, limits::ZIP);
        line("zip", &mut draft.zip, checked);
        let checked = chosen(&draft.country, "Choose the country.", |code| country_name(code).is_some());
        line("country", &mut draft.country, checked);
        let checked = text::line(&draft.country_written, limits::COUNTRY);
        line("country", &mut draft.country_written, checked);
        let checked = chosen(&draft.time_zone, "Choose the time zone.", is_time_zone);
        line("time_zone", &mut draft.time_zone, checked);
        let checked = text::line(&draft.contact_person, limits::NAME);
        line("contact_person", &mut draft.contact_person, checked);
        let checked = text::email(&draft.email);
        line("email", &mut draft.email, checked);
        let checked = text::phone(&draft.phone);
        line("phone", &mut draft.phone, checked);
        let checked = text::phone(&draft.mobile);
        line("mobile", &mut draft.mobile, checked);
        let checked = text::line(&draft.external_id, limits::EXTERNAL_ID);
        line("external_id", &mut draft.external_id, checked);
        let checked = chosen(&draft.maintenance_state, "Choose a state.", |key| MaintenanceState::from_key(key).is_some());
        line("maintenance_state", &mut draft.maintenance_state, checked);
        let checked = optional(&draft.ignore_alerts, "Choose All, Suppress or Incident.", |key| IgnoreAlerts::from_key(key).is_some());
        line("ignore_alerts", &mut draft.ignore_alerts, checked);
        let checked = optional(&draft.agent_monitoring, "Choose 1, 2, 3, 6 or 12 hours.", |hours| AGENT_MONITORING_HOURS.contains(&hours));
        line("agent_monitoring", &mut draft.agent_monitoring, checked);

        let restriction = violations.accept("allowed_ips", IpRestriction::when(draft.restrict_ips, &draft.allowed_ips)).unwrap_or_default();
        if draft.restrict_ips && !restriction.is_empty() {
            draft.allowed_ips = restriction.to_string();
        }
        let lists = [&draft.integrations, &draft.remote_access, &draft.agent_policies, &draft.packages, &draft.add_ons];
        for (field, ids) in ["integrations", "remote_access", "agent_policies", "packages", "add_ons"].into_iter().zip(lists) {
            violations.check_length(field, ids.len());
        }
        violations.check_length("services", draft.services.iter().map(|service| service.technologies.len() + 1).sum());
        for ids in [&mut draft.integrations, &mut draft.remote_access, &mut draft.agent_policies, &mut draft.packages, &mut draft.add_ons] {
            ids.sort_unstable();
            ids.dedup();
        }
        draft.services.sort_unstable_by_key(|service| service.id);
        draft.services.dedup_by_key(|service| service.id);
        for service in &mut draft.services {
            service.technologies.sort_unstable();
            service.technologies.dedup();
        }
        violations.add_if(draft.access.len() > MAX_ROWS, "access", &format!("Keep at most {MAX_ROWS} alternate accesses."));
        violations.add_if(draft.providers.len() > MAX_ROWS, "providers", &format!("Keep at most {MAX_ROWS} internet service providers."));
        violations.add_if(draft.images.len() > MAX_IMAGES, "images", &format!("Keep at most {MAX_IMAGES} images."));
        draft.access = rows("access", std::mem::take(&mut draft.access), &mut violations);
        draft.providers = rows("providers", std::mem::take(&mut draft.providers), &mut violations);
        draft.images = rows("images", std::mem::take(&mut draft.images), &mut violations);
        violations.checked(ClientProfile { draft: self, restriction })
    }
}

/// The right rows of a list. A wrong row's violations are added under the list's name and the row's place: `access.0.port`.
fn rows<R: for<'a> Draft<Context<'a> = (), Checked = R>>(list: &str, rows: Vec<R>, violations: &mut Violations) -> Vec<R> {
    let checked = rows.into_iter().enumerate().map(|(at, row)| row.check(()).map_err(|wrong| wrong.within(&format!("{list}.{at}"))));
    checked.filter_map(|row| row.map_err(|wrong| violations.extend(wrong)).ok()).collect()
}

fn chosen(value: &str, missing: &str, known: impl Fn(&str) -> bool) -> Result<String, String> {
    let value = value.trim();
    if known(value) { Ok(value.to_owned()) } else { Err(missing.to_owned()) }
}

fn optional(value: &str, wrong: &str, known: impl Fn(&str) -> bool) -> Result<String, String> {
    if value.trim().is_empty() { Ok(String::new()) } else { chosen(value, wrong, known) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right() -> ClientDraft {
        ClientDraft { name: " Acme ".into(), address: "1 Main St".into(), country: "USA".into(), time_zone: "UTC".into(), ..Default::default() }
    }

    fn fields(draft: ClientDraft) -> Vec<String> {
        draft.check(()).err().unwrap_or_default().into_iter().map(|violation| violation.field).collect()
    }

    #[test]
    fn an_empty_draft_lacks_the_four_required_fields_and_nothing_else() {
        assert_eq!(fields(ClientDraft::default()), ["name", "address", "country", "time_zone"]);
    }

    #[test]
    fn a_right_draft_is_trimmed() {
        let profile = right().check(()).unwrap();
        assert_eq!(profile.draft().name, "Acme");
        assert!(profile.restriction().is_empty());
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let draft = ClientDraft {
            email: "nobody".into(),
            phone: "call".into(),
            restrict_ips: true,
            ignore_alerts: "some".into(),
            agent_monitoring: "4".into(),
            maintenance_state: "off".into(),
            access: vec![AlternateAccessDraft::default()],
            images: vec![NetworkImageDraft { id: "2912ca9f-5c62-451f-82a8-8c08ca9c9447".parse().unwrap(), title: " ".into() }],
            ..right()
        };
        assert_eq!(
            fields(draft),
            [
                "email",
                "phone",
                "maintenance_state",
                "ignore_alerts",
                "agent_monitoring",
                "allowed_ips",
                "access.0.access_type",
                "access.0.ip_address",
                "images.0.title"
            ]
        );
    }

    #[test]
    fn addresses_count_only_while_the_restriction_is_on_but_are_never_lost() {
        let off = ClientDraft { allowed_ips: "10.1.2.*".into(), ..right() }.check(()).unwrap();
        assert!(off.restriction().is_empty());
        assert_eq!(off.draft().allowed_ips, "10.1.2.*");
        let on = ClientDraft { allowed_ips: "10.1.2.*\n10.1.3.[0-50]".into(), restrict_ips: true, ..right() }.check(()).unwrap();
        assert_eq!(on.draft().allowed_ips, "10.1.2.*,10.1.3.[0-50]");
    }

    #[test]
    fn a_draft_of_an_older_version_still_opens() {
        let draft: ClientDraft = serde_json::from_str(r#"{"name":"Acme"}"#).unwrap();
        assert_eq!(draft, ClientDraft { name: "Acme".into(), ..Default::default() });
    }
}
