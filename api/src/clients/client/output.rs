//! Clients as they are answered (docs/spec/rest-api.md, "Client object").

use domain::{CatalogueId, Catalogues, Client, ClientStatus, ServiceDraft};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    details::{Access, AgentPolicy, Architecture, ClientDetails, PATCHES, Provider, Service, Switch, Technology},
    input::ClientInput,
    unused,
};
use crate::{clients::cfg::country::country_as_sent, date::Date, short_user::ShortUser};

/// A client as it is answered.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientOutput {
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
    /// Who created it. A client's users and keys see only their own people: for others it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<ShortUser>,
    /// Who last changed it; left out where `createdBy` would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated_by: Option<ShortUser>,
    /// Everything that can be sent.
    #[serde(flatten)]
    settings: ClientInput,
}

/// A client, as short as can be.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientName {
    /// Identifier.
    #[schema(example = "client_8")]
    pub(crate) unique_id: String,
    /// Name.
    #[schema(example = "LeoArt Lab")]
    pub(crate) name: String,
}

impl ClientOutput {
    /// A client; its images are as given.
    pub(crate) fn of(client: Client, catalogues: &Catalogues, images: Option<Vec<Architecture>>) -> Self {
        let Client { id, partner, status, details: draft, created, created_by, updated, updated_by, .. } = client;
        // Of a client that was terminated what every other has is gone, and left out.
        let given = |text: String| (!text.is_empty()).then_some(text);
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
            address: given(draft.address),
            city: Some(draft.city),
            state: Some(draft.state),
            country: given(country_as_sent(&draft.country, &draft.country_written)),
            zip: Some(draft.zip),
            time_zone: given(draft.time_zone),
            phone_number: Some(draft.phone),
            mobile_number: Some(draft.mobile),
            contact_person: Some(draft.contact_person),
            email: Some(draft.email),
            ext_org_id: Some(draft.external_id),
            white_listed_ips: Some(if draft.restrict_ips { draft.allowed_ips } else { String::new() }),
            ..ClientInput::default()
        };
        unused::show(&draft.kept, &mut settings);
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
