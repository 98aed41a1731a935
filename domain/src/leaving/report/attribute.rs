//! What reports are about, and their columns (docs/spec/reports.md, "Columns").

use serde::{Deserialize, Serialize};

use crate::{Permission, choice::choice};

choice!(
    /// What a report lists.
    ReportKind {
        /// The partner and its clients, a line each.
        TenantProfiles = "tenant-profiles", "Tenant Profiles";
        /// Who did what, when and from where.
        AuditLog = "audit-log", "Audit Log";
    }
);

impl ReportKind {
    /// The permission to see what a report lists, besides that to see reports.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::TenantProfiles => Permission::ClientView,
            Self::AuditLog => Permission::AuditView,
        }
    }

    /// The columns that a report can have, in the order of its file.
    pub fn attributes(self) -> impl Iterator<Item = ReportAttribute> {
        ReportAttribute::ALL.iter().copied().filter(move |attribute| attribute.kind() == self)
    }
}

choice!(
    /// A column of a report. Its label is its title in the file.
    ReportAttribute {
        /// The id of the partner or client.
        TenantId = "tenant-id", "Tenant ID";
        /// The partner's name.
        PartnerName = "partner-name", "Partner Name";
        /// The client's name.
        ClientName = "client-name", "Client Name";
        /// The id of the partner to whom the client belongs.
        UniqueId = "unique-id", "Unique ID";
        /// E-mail address.
        Email = "email", "Email";
        /// Street and number.
        Address = "address", "Address";
        /// City.
        City = "city", "City";
        /// State or region.
        State = "state", "State";
        /// The country's name.
        Country = "country", "Country";
        /// Postal code.
        Zip = "zip", "Zip";
        /// Telephone.
        PhoneNumber = "phone-number", "Phone Number";
        /// Mobile telephone.
        MobileNumber = "mobile-number", "Mobile Number";
        /// Whom to ask for.
        ContactPersonName = "contact-person-name", "Contact Person Name";
        /// IANA name.
        TimeZone = "time-zone", "Time Zone";
        /// The client's id in some other system.
        ExternalId = "external-id", "External ID";
        /// Whether the client is active.
        Activated = "activated", "Activated";
        /// When it was created.
        DateCreated = "date-created", "Date Created";
        /// Who last changed it.
        LastUpdatedBy = "last-updated-by", "Last Updated By";
        /// How many desktops it has.
        Desktops = "desktops", "Desktops";
        /// How many servers it has.
        Servers = "servers", "Servers";
        /// How many network devices it has.
        NetworkDevices = "network-devices", "Network Devices";
        /// How many other devices it has.
        OtherDevices = "other-devices", "Other Devices";
        /// When something was done.
        Time = "time", "Time";
        /// By whom: the login name.
        Who = "who", "Who";
        /// From which address.
        IpAddress = "ip-address", "IP Address";
        /// What was done.
        Action = "action", "Action";
        /// To what: its id.
        Object = "object", "Object";
        /// The values before and after.
        Changes = "changes", "Changes";
    }
);

impl ReportAttribute {
    /// The kind of report that has the column.
    #[must_use]
    pub const fn kind(self) -> ReportKind {
        match self {
            Self::Time | Self::Who | Self::IpAddress | Self::Action | Self::Object | Self::Changes => ReportKind::AuditLog,
            _ => ReportKind::TenantProfiles,
        }
    }

    /// Whether the column counts devices.
    #[must_use]
    pub const fn counts_devices(self) -> bool {
        matches!(self, Self::Desktops | Self::Servers | Self::NetworkDevices | Self::OtherDevices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenant_profiles_have_these_columns_in_this_order() {
        let titles: Vec<_> = ReportKind::TenantProfiles.attributes().map(ReportAttribute::label).collect();
        assert_eq!(
            titles.join(", "),
            "Tenant ID, Partner Name, Client Name, Unique ID, Email, Address, City, State, Country, Zip, Phone Number, Mobile Number, \
             Contact Person Name, Time Zone, External ID, Activated, Date Created, Last Updated By, Desktops, Servers, Network Devices, Other Devices"
        );
        assert_eq!(titles.len(), 22);
        assert_eq!(ReportKind::AuditLog.attributes().count(), 6);
    }
}
