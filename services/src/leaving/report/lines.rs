//! What the cells of a report say (docs/spec/reports.md, "Columns").

use std::collections::HashMap;

use domain::{
    AuditRecord, Change, ClientId, ClientStatus, DeviceKind, PartnerId, Permission, PermissionBits, ReportAttribute, Timestamp, country_name,
};

use super::calendar::Calendar;
use crate::{
    Result,
    clients::client::{Contact, ListedProfile},
};

/// What a partner has none of.
const NOT_AVAILABLE: &str = "NA";

/// The partner of a report.
pub(super) struct Partner {
    pub(super) id: PartnerId,
    pub(super) name: String,
    pub(super) created: Timestamp,
}

impl Partner {
    /// The partner's own row.
    pub(super) fn cell(&self, attribute: ReportAttribute, calendar: &Calendar) -> Result<String> {
        use ReportAttribute as A;
        Ok(match attribute {
            A::TenantId | A::UniqueId => self.id.to_string(),
            A::PartnerName => self.name.clone(),
            A::Activated => "Yes".to_owned(),
            A::DateCreated => calendar.iso(self.created)?,
            A::ExternalId | A::Desktops | A::Servers | A::NetworkDevices | A::OtherDevices => NOT_AVAILABLE.to_owned(),
            _ => String::new(),
        })
    }
}

/// A client's row.
pub(super) struct ClientLine<'a> {
    pub(super) partner: &'a Partner,
    pub(super) client: &'a ListedProfile,
    /// The devices that the report's owner sees, at all clients.
    pub(super) devices: &'a HashMap<(ClientId, DeviceKind), u64>,
    /// What the owner may do at the client.
    pub(super) may: PermissionBits,
}

impl ClientLine<'_> {
    /// A cell. Of a terminated client there is only the bare record.
    pub(super) fn cell(&self, attribute: ReportAttribute, calendar: &Calendar) -> Result<String> {
        use ReportAttribute as A;
        let client = self.client;
        let Contact { email, address, city, state, zip, phone, mobile, contact_person } = &client.contact;
        let bare = match attribute {
            A::TenantId => Some(client.id.to_string()),
            A::PartnerName => Some(self.partner.name.clone()),
            A::ClientName => Some(client.name.clone()),
            A::UniqueId => Some(self.partner.id.to_string()),
            A::Activated => Some(if client.status == ClientStatus::Active { "Yes" } else { "No" }.to_owned()),
            A::DateCreated => Some(calendar.iso(client.created)?),
            A::LastUpdatedBy => Some(client.updated_by.as_ref().map(|user| user.name()).unwrap_or_default()),
            _ => None,
        };
        if let Some(bare) = bare {
            return Ok(bare);
        }
        if client.status.is_terminated() {
            return Ok(String::new());
        }
        let text = match attribute {
            A::Email => email,
            A::Address => address,
            A::City => city,
            A::State => state,
            A::Zip => zip,
            A::PhoneNumber => phone,
            A::MobileNumber => mobile,
            A::ContactPersonName => contact_person,
            A::TimeZone => &client.time_zone,
            A::ExternalId => &client.external_id,
            A::Country => return Ok(country_name(&client.country).map_or_else(|| client.country.clone(), str::to_owned)),
            A::Desktops => return Ok(self.count(DeviceKind::Desktop)),
            A::Servers => return Ok(self.count(DeviceKind::Server)),
            A::NetworkDevices => return Ok(self.count(DeviceKind::Network)),
            A::OtherDevices => return Ok(self.count(DeviceKind::Other)),
            _ => return Ok(String::new()),
        };
        Ok(text.clone())
    }

    /// Empty where the owner may not see devices: no number would be true.
    fn count(&self, kind: DeviceKind) -> String {
        if !self.may.contains(Permission::DeviceView) {
            return String::new();
        }
        self.devices.get(&(self.client.id, kind)).copied().unwrap_or_default().to_string()
    }
}

/// A cell of an audit record.
pub(super) fn entry_cell(entry: &AuditRecord, attribute: ReportAttribute, calendar: &Calendar) -> Result<String> {
    use ReportAttribute as A;
    let change = |change: &Change| format!("{}: {} → {}", change.label, change.before, change.after);
    Ok(match attribute {
        A::Time => calendar.iso(entry.at)?,
        A::Who => entry.actor.as_ref().map(|actor| actor.login.clone()).unwrap_or_default(),
        A::IpAddress => entry.actor.as_ref().map(|actor| actor.ip.clone()).unwrap_or_default(),
        A::Action => entry.action.clone(),
        A::Object => entry.object.clone(),
        A::Changes => entry.changes.iter().map(change).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    })
}
