//! Clients on the wire (reference "Object shapes": Client).

use domain::{
    CatalogueId, CatalogueKind, Catalogues, Client, ClientDraft, ClientStatus, ServiceDraft, UserSummary, Violations, country_name, country_written,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use services::fold;
use utoipa::ToSchema;

use super::client_details::{Access, AgentPolicy, Architecture, ClientDetails, Provider, Service, Switch, Technology};
use super::client_kept;
use crate::api::{
    date::Date,
    fields::{given, sent},
};

/// The one policy that an agent policy's list switches.
const PATCHES: &str = "PatchManagement";

/// A client as it is sent: only what is given changes, and `null` means empty.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ClientInput {
    /// Required for a new client.
    #[schema(example = "LeoArt Lab")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// Street and number. Required for a new client.
    #[schema(example = "2 Bush Street")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// City.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    /// State or region.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// Name, alpha-2 or alpha-3 code of a country. Answered as it was sent. Required for a new client.
    #[schema(example = "United States")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    /// Postal code.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    zip: Option<String>,
    /// IANA name. Required for a new client.
    #[schema(example = "America/Los_Angeles")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
    /// Telephone.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    /// Mobile telephone.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    mobile_number: Option<String>,
    /// Whom to ask for.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    contact_person: Option<String>,
    /// E-mail address.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// The client's id in some other system.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    ext_org_id: Option<String>,
    /// Addresses that its users may come from, parted by commas; empty for any.
    #[schema(example = "10.1.2.*,10.1.3.[0-50]")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    white_listed_ips: Option<String>,
    /// Product packages by name.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    packages: Option<Vec<String>>,
    /// Add-ons by name.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    add_ons: Option<Vec<String>>,
    /// Agent policies by name.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    agent_policies: Option<Vec<AgentPolicy>>,
    /// Services, ways in, providers and images.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(super) client_details: Option<ClientDetails>,
    /// A channel. This and the following fields are stored and returned, but not used.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(super) channel: Option<Value>,
    /// Whom to call at night.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(super) noc_details: Option<Value>,
    /// The last part of a telephone number.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(super) phone_extension: Option<Value>,
    /// Whether recordings are converted.
    #[serde(rename = "rdp2swfState", deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(super) rdp2swf_state: Option<Value>,
    /// Whether command lines are recorded.
    #[serde(rename = "enableCLIRecording", deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(super) enable_cli_recording: Option<Value>,
    /// Whether text can be copied.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(super) show_copy_clip_board: Option<Value>,
}

/// A client as it is answered.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClientOutput {
    /// Number.
    #[schema(example = 8)]
    id: i64,
    /// Identifier.
    #[schema(example = "client_8")]
    unique_id: String,
    /// The partner it belongs to.
    #[schema(example = "msp_1")]
    msp_id: String,
    /// Whether it is active.
    activated: bool,
    /// When it was created.
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    created_time: Date,
    /// When it was last changed.
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    updated_time: Date,
    /// By whom it was created. A client's users and keys are told of their own people alone: for others it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<ShortUser>,
    /// Who last changed it; left out where `createdBy` would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated_by: Option<ShortUser>,
    /// Everything that can be sent.
    #[serde(flatten)]
    settings: ClientInput,
}

/// Who did something.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShortUser {
    /// What one signs in with.
    login_name: String,
    /// First name.
    first_name: String,
    /// Last name.
    last_name: String,
    /// E-mail address.
    email: String,
}

/// A client, as short as can be.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClientName {
    /// Identifier.
    #[schema(example = "client_8")]
    pub(super) unique_id: String,
    /// Name.
    #[schema(example = "LeoArt Lab")]
    pub(super) name: String,
}

impl ClientInput {
    /// Puts what was given into a draft; images are for the caller.
    pub(super) fn apply(mut self, draft: &mut ClientDraft, catalogues: &Catalogues, violations: &mut Violations) {
        client_kept::take(&mut self, &mut draft.kept, violations);
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
            let kept = std::mem::take(&mut draft.access);
            draft.access = Access::into_drafts(rows, kept);
        }
        if let Some(rows) = details.providers {
            let mut kept = std::mem::take(&mut draft.providers);
            draft.providers = rows.into_iter().map(|row| row.into_draft(&mut kept)).collect();
        }
    }
}

/// The code of a country as people write it; what is none is for the draft's rules to refuse.
pub(super) fn country_code(written: &str) -> String {
    country_written(written, fold).map_or_else(|| written.trim().to_owned(), |country| country.code.to_owned())
}

/// A country as it was sent, if it was sent and not changed on a page since; otherwise its name.
pub(super) fn country_as_sent(code: &str, written: &str) -> String {
    if country_code(written) == code { written.to_owned() } else { country_name(code).unwrap_or(code).to_owned() }
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

impl ClientOutput {
    /// A client; its images are as given.
    pub(super) fn of(client: Client, catalogues: &Catalogues, images: Option<Vec<Architecture>>) -> Self {
        let Client { id, partner, status, details: draft, created, created_by, updated, updated_by, .. } = client;
        let names = |ids: &[CatalogueId]| ids.iter().map(|id| catalogues.name(*id)).collect::<Vec<_>>();
        let policy = |name| AgentPolicy { name, policies: vec![Switch { name: PATCHES.to_owned(), enable: draft.patch_management }] };
        let technology = |id: &CatalogueId| Technology { id: id.to_string() };
        let service = |row: &ServiceDraft| Service { id: row.id.number(), technologies: row.technologies.iter().map(technology).collect() };
        let details = ClientDetails {
            services: Some(draft.services.iter().map(service).collect()),
            service_access_details: Some(draft.access.iter().map(Access::of).collect()),
            providers: Some(draft.providers.iter().map(Provider::of).collect()),
            network_architectures: images,
            ..ClientDetails::default()
        };
        let mut settings = ClientInput {
            packages: Some(names(&draft.packages)),
            add_ons: Some(names(&draft.add_ons)),
            agent_policies: Some(names(&draft.agent_policies).into_iter().map(policy).collect()),
            client_details: Some(details),
            name: Some(draft.name),
            address: Some(draft.address),
            city: Some(draft.city),
            state: Some(draft.state),
            country: Some(country_as_sent(&draft.country, &draft.country_written)),
            zip: Some(draft.zip),
            time_zone: Some(draft.time_zone),
            phone_number: Some(draft.phone),
            mobile_number: Some(draft.mobile),
            contact_person: Some(draft.contact_person),
            email: Some(draft.email),
            ext_org_id: Some(draft.external_id),
            white_listed_ips: Some(if draft.restrict_ips { draft.allowed_ips } else { String::new() }),
            ..ClientInput::default()
        };
        client_kept::show(&draft.kept, &mut settings);
        Self {
            id: id.number(),
            unique_id: id.to_string(),
            msp_id: partner.to_string(),
            activated: status == ClientStatus::Active,
            created_time: created.into(),
            updated_time: updated.into(),
            created_by: created_by.map(ShortUser::of),
            last_updated_by: updated_by.map(ShortUser::of),
            settings,
        }
    }
}

impl ShortUser {
    pub(super) fn of(user: UserSummary) -> Self {
        let UserSummary { login: login_name, first_name, last_name, email, .. } = user;
        Self { login_name, first_name, last_name, email }
    }
}
