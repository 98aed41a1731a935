//! The six tabs of the wizard that onboards a client (docs/spec/clients.md, "Wizard").

use serde::{Deserialize, Serialize};

use crate::{ClientDraft, DraftId, Timestamp, choice::choice};

choice!(
    /// A tab, by the name in its address.
    Step {
        /// Who and where, and all settings.
        ClientDetails = "client-details", "Client Details";
        /// Packages.
        ProductPackage = "product-package", "Product Package";
        /// Add-ons.
        AddOns = "add-ons", "Add-Ons";
        /// Services and their technologies.
        AddServices = "add-services", "Add Services";
        /// Alternate access and internet service providers.
        Service = "service", "Service";
        /// Images.
        NetworkArchitecture = "network-architecture", "Network Architecture";
    }
);

impl Step {
    /// Counted from 1.
    #[must_use]
    pub const fn number(self) -> usize {
        self as usize + 1
    }

    /// The next tab, if any.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The tab before, if any.
    #[must_use]
    pub fn back(self) -> Option<Self> {
        (self as usize).checked_sub(1).and_then(|at| Self::ALL.get(at)).copied()
    }

    /// Whether it has required data: then it can't be skipped.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::ClientDetails)
    }

    /// The tab on which a field of [`ClientDraft`] stands.
    #[must_use]
    pub fn of_field(field: &str) -> Self {
        match field.split('.').next().unwrap_or_default() {
            "packages" => Self::ProductPackage,
            "add_ons" => Self::AddOns,
            "services" => Self::AddServices,
            "access" | "providers" => Self::Service,
            "images" => Self::NetworkArchitecture,
            _ => Self::ClientDetails,
        }
    }
}

/// A draft in the list of those to continue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// Identifier.
    pub id: DraftId,
    /// The client's name as typed so far.
    pub name: String,
    /// Where its author left off.
    pub step: Step,
    /// When it was begun.
    pub created: Timestamp,
    /// When it was last saved.
    pub updated: Timestamp,
}

/// A draft to type on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftDetail {
    /// Identifier.
    pub id: DraftId,
    /// What is typed so far. Passwords are kept, not sent.
    pub draft: ClientDraft,
    /// Where its author left off.
    pub step: Step,
    /// Which state was read; a save of another, from another device, is a conflict.
    pub version: i64,
    /// When it was last saved.
    pub updated: Timestamp,
}
