//! The lists of a client on the wire (reference "Object shapes": Client, `agentPolicies` and `clientDetails`).

use domain::{AlternateAccessDraft, InternetProviderDraft};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::fields::given;

/// An agent policy and what it switches.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct AgentPolicy {
    /// Name, of the catalogue of agent policies.
    pub(super) name: String,
    /// What it switches.
    pub(super) policies: Vec<Switch>,
}

/// A policy that is on or off.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct Switch {
    /// `PatchManagement`.
    pub(super) name: String,
    /// On or off.
    pub(super) enable: bool,
}

/// What hangs on a client.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ClientDetails {
    /// Services and their technologies, of the catalogue.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(super) services: Option<Vec<Service>>,
    /// Alternate ways in.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(super) service_access_details: Option<Vec<Access>>,
    /// Internet service providers.
    #[serde(rename = "internetSPDetails", deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(super) providers: Option<Vec<Provider>>,
    /// Images of the network.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(super) network_architectures: Option<Vec<Architecture>>,
}

/// A service.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Service {
    /// Its number in the catalogue.
    pub(super) id: i64,
    /// Its technologies.
    #[serde(default)]
    pub(super) technologies: Vec<Technology>,
}

/// A technology.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Technology {
    /// Its number in the catalogue, as text.
    pub(super) id: String,
}

/// An alternate way in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Access {
    /// Which technology is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) technology: Option<Technology>,
    /// How.
    pub(super) hosted_manager: HostedManager,
}

/// How a hosted manager is reached.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct HostedManager {
    /// SSH, RDP, TELNET, VNC, HTTP or HTTPS.
    #[schema(example = "SSH")]
    pub(super) access_type: String,
    /// Host name or address.
    pub(super) ip_address: String,
    /// Account name.
    pub(super) user_name: String,
    /// Never in an answer. What is kept stays for a row of the same address and account.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) password: String,
    /// 1 to 65535.
    pub(super) port: String,
    /// Addresses that are reached through it.
    pub(super) ip_range: String,
}

/// An internet service provider.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Provider {
    /// Name.
    pub(super) name: String,
    /// What was bought.
    pub(super) plan: String,
    /// The circuit's number.
    pub(super) circuit_id: String,
    /// The client's number with the provider.
    pub(super) member_id: String,
    /// The provider's page.
    pub(super) url: String,
    /// Account name there.
    pub(super) user_name: String,
    /// Whom to call.
    pub(super) phone: String,
}

/// An image.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct Architecture {
    /// Title.
    pub(super) name: String,
    /// The picture, base64.
    pub(super) file: String,
}

impl Access {
    /// A row. One of the same address and account as before keeps its password unless another is sent.
    pub(super) fn into_draft(self, before: &[AlternateAccessDraft]) -> AlternateAccessDraft {
        let HostedManager { access_type, ip_address, user_name, password, port, ip_range } = self.hosted_manager;
        let same = before.iter().find(|row| row.ip_address == ip_address && row.user_name == user_name);
        AlternateAccessDraft {
            key: same.map(|row| row.key.clone()).unwrap_or_default(),
            technology: self.technology.map(|technology| technology.id).unwrap_or_default(),
            password_kept: password.is_empty() && same.is_some_and(|row| row.password_kept),
            access_type,
            ip_address,
            port,
            ip_range,
            user_name,
            password,
        }
    }

    pub(super) fn of(row: &AlternateAccessDraft) -> Self {
        let AlternateAccessDraft { technology, access_type, ip_address, port, ip_range, user_name, .. } = row.clone();
        let technology = Some(technology).filter(|id| !id.is_empty()).map(|id| Technology { id });
        Self { technology, hosted_manager: HostedManager { access_type, ip_address, user_name, password: String::new(), port, ip_range } }
    }
}

impl Provider {
    pub(super) fn into_draft(self) -> InternetProviderDraft {
        let Self { name, plan, circuit_id, member_id, url, user_name, phone } = self;
        InternetProviderDraft { key: String::new(), name, plan, circuit_id, member_id, url, user_name, phone }
    }

    pub(super) fn of(row: &InternetProviderDraft) -> Self {
        let InternetProviderDraft { name, plan, circuit_id, member_id, url, user_name, phone, .. } = row.clone();
        Self { name, plan, circuit_id, member_id, url, user_name, phone }
    }
}
