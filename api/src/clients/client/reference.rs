//! The client that a resource, a device group or a credential set belongs to.

use domain::{ClientId, ClientSummary, Error};
use serde::{Deserialize, Serialize};
use services::Fault;
use utoipa::ToSchema;

use crate::refusal::Refusal;

/// The client of a thing, as it is sent.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientOfThing {
    /// Identifier.
    #[schema(example = "client_8")]
    unique_id: String,
}

impl ClientOfThing {
    /// The client, if one is named.
    pub(crate) fn id(named: Option<Self>) -> Result<Option<ClientId>, Error> {
        named.map(Self::only_id).transpose()
    }

    /// The client.
    pub(crate) fn only_id(self) -> Result<ClientId, Error> {
        self.unique_id.parse().map_err(|_| unknown(&self.unique_id))
    }

    /// Refuses the field `client` where the use case found no such client.
    pub(crate) fn check<T>(outcome: Result<T, Fault>, client: Option<ClientId>) -> Result<T, Refusal> {
        outcome.map_err(|fault| match (Error::from(fault), client) {
            (Error::NotFound, Some(client)) => unknown(client).into(),
            (error, _) => error.into(),
        })
    }
}

/// The refusal of a client that isn't there, or isn't seen.
pub(crate) fn unknown(client: impl std::fmt::Display) -> Error {
    Error::invalid("client", format!("There is no client {client} here."))
}

/// The client of a thing.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientShort {
    #[schema(example = "client_8")]
    unique_id: String,
    #[schema(example = "LeoArt Lab")]
    name: String,
}

impl From<ClientSummary> for ClientShort {
    fn from(client: ClientSummary) -> Self {
        Self { unique_id: client.id.to_string(), name: client.name }
    }
}
