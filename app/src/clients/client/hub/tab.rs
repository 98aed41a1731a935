//! The tabs of a client.

use domain::{ClientCounts, ClientHub, Total};

use crate::{paths, ui::Tab};

/// A tab of a client's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientTab {
    /// What it is, and its AWS accounts.
    Overview,
    /// Its devices.
    Devices,
    /// Its device groups.
    DeviceGroups,
    /// Its users.
    Users,
    /// Its user groups.
    UserGroups,
    /// Its own roles and those that list it.
    Roles,
    /// Its credential sets.
    CredentialSets,
    /// Who sees it, and by what.
    Access,
    /// What was done for it.
    Audit,
    /// Every setting.
    Settings,
}

impl ClientTab {
    /// All tabs, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::Overview,
        Self::Devices,
        Self::DeviceGroups,
        Self::Users,
        Self::UserGroups,
        Self::Roles,
        Self::CredentialSets,
        Self::Access,
        Self::Audit,
        Self::Settings,
    ];

    /// The last part of its address; empty for the first.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Devices => "devices",
            Self::DeviceGroups => "device-groups",
            Self::Users => "users",
            Self::UserGroups => "user-groups",
            Self::Roles => "roles",
            Self::CredentialSets => "credential-sets",
            Self::Access => "access",
            Self::Audit => "audit",
            Self::Settings => "settings",
        }
    }

    /// The tab of an address.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.key() == key)
    }

    /// Its name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Devices => "Devices",
            Self::DeviceGroups => "Device Groups",
            Self::Users => "Users",
            Self::UserGroups => "User Groups",
            Self::Roles => "Roles",
            Self::CredentialSets => "Credential Sets",
            Self::Access => "Access",
            Self::Audit => "Audit",
            Self::Settings => "Settings",
        }
    }

    /// How many things it lists: none if it lists nothing, or nothing that the reader may see.
    const fn count(self, counts: &ClientCounts) -> Option<Total> {
        match self {
            Self::Overview | Self::Access | Self::Audit | Self::Settings => None,
            Self::Devices => counts.devices,
            Self::DeviceGroups => counts.device_groups,
            Self::Users => counts.users,
            Self::UserGroups => counts.user_groups,
            Self::Roles => counts.roles,
            Self::CredentialSets => counts.credential_sets,
        }
    }

    const fn is_list(self) -> bool {
        !matches!(self, Self::Overview | Self::Access | Self::Audit | Self::Settings)
    }
}

/// Which of the tabs without a count the reader may see.
#[derive(Clone, Copy)]
pub(super) struct Sees {
    /// Who sees the client.
    pub(super) access: bool,
    /// What was done for it.
    pub(super) audit: bool,
}

/// The links to the tabs that the reader may see, with their counts.
pub(super) fn tabs(hub: &ClientHub, sees: Sees, current: Option<ClientTab>) -> Vec<Tab> {
    let shown = |tab: &ClientTab| match tab {
        ClientTab::Access => sees.access,
        ClientTab::Audit => sees.audit,
        tab => !tab.is_list() || tab.count(&hub.counts).is_some(),
    };
    let link = |tab: ClientTab| Tab {
        label: tab.label().to_owned(),
        href: paths::client_tab(hub.client.id, tab),
        count: tab.count(&hub.counts).map(|total| total.to_string()),
        current: current == Some(tab),
    };
    ClientTab::ALL.into_iter().filter(shown).map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tab_has_an_address_of_its_own() {
        for tab in ClientTab::ALL {
            assert_eq!(ClientTab::from_key(tab.key()), Some(tab));
        }
        assert_eq!(ClientTab::from_key("edit"), None, "other pages of a client are no tabs");
    }
}
