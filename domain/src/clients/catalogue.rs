//! What the partner offers its clients: packages, add-ons, services with technologies, integrations, remote access features and agent policies.

use serde::{Deserialize, Serialize};

use crate::{CatalogueId, Draft, Violations, choice::choice, limits, text};

choice!(
    /// Which catalogue. The key is also the last part of the catalogue's address.
    CatalogueKind {
        /// Product packages.
        Package = "packages", "Product Packages";
        /// Add-ons.
        AddOn = "add-ons", "Add-Ons";
        /// Services; each has technologies.
        Service = "services", "Services";
        /// Technologies; the parent is a service.
        Technology = "technologies", "Technologies";
        /// Custom integrations that clients can inherit.
        Integration = "integrations", "Custom Integrations";
        /// Features of remote access management.
        RemoteAccess = "remote-access", "Remote Access Features";
        /// Policies for the agents on devices.
        AgentPolicy = "agent-policies", "Agent Policies";
    }
);

impl CatalogueKind {
    /// One item of it, in a sentence.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Package => "product package",
            Self::AddOn => "add-on",
            Self::Service => "service",
            Self::Technology => "technology",
            Self::Integration => "custom integration",
            Self::RemoteAccess => "remote access feature",
            Self::AgentPolicy => "agent policy",
        }
    }
}

/// One item of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueItem {
    /// Identifier, unique over all catalogues.
    pub id: CatalogueId,
    /// Which catalogue.
    pub kind: CatalogueKind,
    /// A technology's service.
    pub parent: Option<CatalogueId>,
    /// Name, unique within kind and parent.
    pub name: String,
    /// What it is, for the one who chooses.
    pub description: String,
    /// A retired item is no longer offered; clients that have it keep it.
    pub retired: bool,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
}

/// An item as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueItemDraft {
    /// Name.
    pub name: String,
    /// What it is.
    pub description: String,
}

/// An item's name and description, checked and trimmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogueItemProfile {
    /// Name.
    pub name: String,
    /// What it is.
    pub description: String,
}

impl Draft for CatalogueItemDraft {
    type Context<'a> = ();
    type Checked = CatalogueItemProfile;

    fn check(self, (): ()) -> Result<CatalogueItemProfile, Violations> {
        let mut violations = Violations::new();
        let name = violations.accept("name", text::required_line(&self.name, limits::SHORT_NAME, "Enter a name."));
        let description = violations.accept("description", text::limited(&self.description, limits::SHORT_DESCRIPTION));
        match (name, description) {
            (Some(name), Some(description)) => Ok(CatalogueItemProfile { name, description }),
            _ => Err(violations),
        }
    }
}

/// All catalogues of a partner, retired items too, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogues {
    /// Every item.
    pub items: Vec<CatalogueItem>,
}

impl Catalogues {
    /// The items of one catalogue, retired ones too.
    pub fn of(&self, kind: CatalogueKind) -> impl Iterator<Item = &CatalogueItem> {
        self.items.iter().filter(move |item| item.kind == kind)
    }

    /// The items of one catalogue that may be chosen: those on offer, and those chosen already.
    pub fn offered(&self, kind: CatalogueKind, chosen: &[CatalogueId]) -> impl Iterator<Item = &CatalogueItem> {
        self.of(kind).filter(move |item| !item.retired || chosen.contains(&item.id))
    }

    /// The technologies of a service.
    pub fn technologies(&self, service: CatalogueId) -> impl Iterator<Item = &CatalogueItem> {
        self.of(CatalogueKind::Technology).filter(move |item| item.parent == Some(service))
    }

    /// The name of an item; its number where it is gone.
    #[must_use]
    pub fn name(&self, id: CatalogueId) -> String {
        self.items.iter().find(|item| item.id == id).map_or_else(|| format!("#{id}"), |item| item.name.clone())
    }

    /// Whether the item is of the kind.
    #[must_use]
    pub fn is(&self, id: CatalogueId, kind: CatalogueKind) -> bool {
        self.of(kind).any(|item| item.id == id)
    }
}
