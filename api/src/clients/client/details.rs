//! The lists of a client on the wire (docs/spec/rest-api.md, "Client details object").

use domain::{AlternateAccessDraft, InternetProviderDraft};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::body::{given, sent};

/// The one policy that an agent policy's list switches.
pub(crate) const PATCHES: &str = "PatchManagement";

/// An agent policy and what it switches.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct AgentPolicy {
    /// Name, of the catalogue of agent policies.
    pub(crate) name: String,
    /// What it switches.
    pub(crate) policies: Vec<Switch>,
}

/// A policy that is on or off.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct Switch {
    /// `PatchManagement`.
    pub(crate) name: String,
    /// On or off.
    pub(crate) enable: bool,
}

/// What hangs on a client.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ClientDetails {
    /// Services and their technologies, of the catalogue.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) services: Option<Vec<Service>>,
    /// Alternate ways in.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) service_access_details: Option<Vec<Access>>,
    /// Internet service providers.
    #[serde(rename = "internetSPDetails", deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) providers: Option<Vec<Provider>>,
    /// Images of the network.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) network_architectures: Option<Vec<Architecture>>,
    /// The hour at which a working day begins. This and the following fields are stored and returned, but not used.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) business_start_hour: Option<Value>,
    /// The minute of it.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) business_start_min: Option<Value>,
    /// The same under another name.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) business_start_minute: Option<Value>,
    /// The hour at which it ends.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) business_end_hour: Option<Value>,
    /// The minute of that.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) business_end_min: Option<Value>,
    /// The first day of work; 1 is Sunday.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) business_day_start: Option<Value>,
    /// The last day of work.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) business_day_end: Option<Value>,
    /// Whether text messages are sent.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) sms_voice_notification: Option<Value>,
    /// Whether there is remote access.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) remote_access: Option<Value>,
    /// Whether resources can be decommissioned.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) resource_decommission: Option<Value>,
    /// Services that were bought.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) bought_services: Option<Value>,
    /// Technologies.
    #[serde(deserialize_with = "sent", skip_serializing_if = "Option::is_none")]
    pub(crate) client_technologies: Option<Value>,
}

/// A service.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Service {
    /// Its number in the catalogue.
    pub(crate) id: i64,
    /// Its technologies.
    #[serde(default)]
    pub(crate) technologies: Vec<Technology>,
}

/// A technology.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Technology {
    /// Its number in the catalogue, as text.
    pub(crate) id: String,
}

/// An alternate way in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Access {
    /// Which technology is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) technology: Option<Technology>,
    /// How.
    pub(crate) hosted_manager: HostedManager,
}

/// How a hosted manager is reached.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct HostedManager {
    /// SSH, RDP, TELNET, VNC, HTTP or HTTPS.
    #[schema(example = "SSH")]
    pub(crate) access_type: String,
    /// Host name or address.
    pub(crate) ip_address: String,
    /// Account name.
    pub(crate) user_name: String,
    /// Never in an answer. Where it is left out, a row keeps the password of the same row before: the one whose fields are all the same, or else the
    /// first that is left of the same address and account. An empty text clears it.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub(crate) password: Option<String>,
    /// 1 to 65535.
    pub(crate) port: String,
    /// Addresses that are reached through it.
    pub(crate) ip_range: String,
}

/// An internet service provider.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Provider {
    /// Name.
    pub(crate) name: String,
    /// What was bought.
    pub(crate) plan: String,
    /// The circuit's number.
    pub(crate) circuit_id: String,
    /// The client's number with the provider.
    pub(crate) member_id: String,
    /// The provider's page.
    pub(crate) url: String,
    /// Account name there.
    pub(crate) user_name: String,
    /// Whom to call.
    pub(crate) phone: String,
}

/// An image.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct Architecture {
    /// Title.
    pub(crate) name: String,
    /// The picture, base64: PNG, JPEG, WebP or GIF. One that the client has already stays what it is. A GIF is stored as PNG. Of an animation the first
    /// frame is stored, and a header `Warning` of the answer says so. All images of a client have at most 20 MiB together.
    pub(crate) file: String,
}

/// Removes and returns the first row that matches.
fn remove_first<T>(rows: &mut Vec<T>, same: impl Fn(&T) -> bool) -> Option<T> {
    rows.iter().position(same).map(|at| rows.remove(at))
}

impl Access {
    /// Turns rows into drafts. A row that matches an existing one keeps its key, and its password unless another is sent.
    pub(crate) fn into_drafts(rows: Vec<Self>, mut before: Vec<AlternateAccessDraft>) -> Vec<AlternateAccessDraft> {
        // Rows are matched by everything but the password, and each existing row at most once.
        let fields = |row: &AlternateAccessDraft| {
            [&row.technology, &row.access_type, &row.ip_address, &row.port, &row.ip_range, &row.user_name].map(|field| field.trim().to_owned())
        };
        let account = |row: &AlternateAccessDraft| [&row.ip_address, &row.user_name].map(|field| field.trim().to_owned());
        let mut take = |is_same: &dyn Fn(&AlternateAccessDraft) -> bool| before.iter().position(is_same).map(|at| before.remove(at));
        let mut drafts: Vec<_> = rows.into_iter().map(Self::into_draft).collect();
        let mut same: Vec<_> = drafts.iter().map(|(draft, _)| take(&|row| fields(row) == fields(draft))).collect();
        for ((draft, _), same) in drafts.iter().zip(&mut same).filter(|(_, same)| same.is_none()) {
            *same = take(&|row| account(row) == account(draft));
        }
        for ((draft, is_sent), same) in drafts.iter_mut().zip(same) {
            if let Some(row) = same {
                draft.password_kept = row.password_kept && !*is_sent;
                draft.key = row.key;
            }
        }
        drafts.into_iter().map(|(draft, _)| draft).collect()
    }

    /// The draft of a row, and whether a password was sent with it.
    fn into_draft(self) -> (AlternateAccessDraft, bool) {
        let HostedManager { access_type, ip_address, user_name, password, port, ip_range } = self.hosted_manager;
        let (is_sent, password) = (password.is_some(), password.unwrap_or_default());
        let technology = self.technology.map(|technology| technology.id).unwrap_or_default();
        let draft = AlternateAccessDraft {
            key: String::new(),
            technology,
            access_type,
            ip_address,
            port,
            ip_range,
            user_name,
            password: password.into(),
            password_kept: false,
        };
        (draft, is_sent)
    }

    pub(crate) fn of(row: &AlternateAccessDraft) -> Self {
        let AlternateAccessDraft { technology, access_type, ip_address, port, ip_range, user_name, .. } = row.clone();
        let technology = Some(technology).filter(|id| !id.is_empty()).map(|id| Technology { id });
        Self { technology, hosted_manager: HostedManager { access_type, ip_address, user_name, password: None, port, ip_range } }
    }
}

impl Provider {
    /// The draft of a row. It keeps the key of an existing one with the same name and circuit.
    pub(crate) fn into_draft(self, before: &mut Vec<InternetProviderDraft>) -> InternetProviderDraft {
        let Self { name, plan, circuit_id, member_id, url, user_name, phone } = self;
        let same = remove_first(before, |row| row.name == name && row.circuit_id == circuit_id);
        InternetProviderDraft { key: same.map(|row| row.key).unwrap_or_default(), name, plan, circuit_id, member_id, url, user_name, phone }
    }

    pub(crate) fn of(row: &InternetProviderDraft) -> Self {
        let InternetProviderDraft { name, plan, circuit_id, member_id, url, user_name, phone, .. } = row.clone();
        Self { name, plan, circuit_id, member_id, url, user_name, phone }
    }
}
