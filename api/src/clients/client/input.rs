//! Clients as they are sent (docs/spec/rest-api.md, "Client object").

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::details::{AgentPolicy, ClientDetails};
use crate::body::{given, sent};

/// A client as it is sent: only what is given changes, and `null` means empty.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ClientInput {
    /// Required for a new client.
    #[schema(example = "LeoArt Lab")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// Street and number. Required for a new client.
    #[schema(example = "2 Bush Street")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<String>,
    /// City.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) city: Option<String>,
    /// State or region.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<String>,
    /// Name, alpha-2 or alpha-3 code of a country. Answered as it was sent. Required for a new client.
    #[schema(example = "United States")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) country: Option<String>,
    /// Postal code.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) zip: Option<String>,
    /// IANA name. Required for a new client.
    #[schema(example = "America/Los_Angeles")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) time_zone: Option<String>,
    /// Telephone.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) phone_number: Option<String>,
    /// Mobile telephone.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) mobile_number: Option<String>,
    /// Whom to ask for.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) contact_person: Option<String>,
    /// E-mail address.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    /// The client's id in some other system.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) ext_org_id: Option<String>,
    /// Addresses that its users may come from, separated by commas; empty for any.
    #[schema(example = "10.1.2.*,10.1.3.[0-50]")]
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) white_listed_ips: Option<String>,
    /// Product packages by name.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) packages: Option<Vec<String>>,
    /// Add-ons by name.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) add_ons: Option<Vec<String>>,
    /// Agent policies by name.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) agent_policies: Option<Vec<AgentPolicy>>,
    /// Services, ways in, providers and images.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) client_details: Option<ClientDetails>,
    /// A channel. This and the following fields are stored and returned, but not used.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) channel: Option<Value>,
    /// Whom to call at night.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) noc_details: Option<Value>,
    /// The last part of a telephone number.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) phone_extension: Option<Value>,
    /// Whether recordings are converted.
    #[serde(rename = "rdp2swfState", deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) rdp2swf_state: Option<Value>,
    /// Whether command lines are recorded.
    #[serde(rename = "enableCLIRecording", deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) enable_cli_recording: Option<Value>,
    /// Whether text can be copied.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) show_copy_clip_board: Option<Value>,
}
