//! What a use case demands of its caller where it begins: a permission, and how recent a proof of the second factor.

use domain::Permission;

/// How recently the caller must have proved the second factor, if they have one (docs/spec/people.md, "Asked again").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// Whenever.
    None,
    /// In the last minutes.
    Recent,
    /// For this very change.
    ForEach,
}

/// A permission and a proof. A permission alone demands no proof.
#[derive(Clone, Copy)]
pub(crate) struct Demand {
    pub(crate) permission: Permission,
    pub(crate) proof: Proof,
}

impl From<Permission> for Demand {
    fn from(permission: Permission) -> Self {
        Self { permission, proof: Proof::None }
    }
}

/// Demands a permission, and a proof in the last minutes.
pub(crate) const fn proved(permission: Permission) -> Demand {
    Demand { permission, proof: Proof::Recent }
}

/// Demands a permission, and a proof for every change.
pub(crate) const fn proved_each_time(permission: Permission) -> Demand {
    Demand { permission, proof: Proof::ForEach }
}

/// Demands a permission, and a proof in the last minutes if `condition` holds.
pub(crate) const fn proved_if(condition: bool, permission: Permission) -> Demand {
    Demand { permission, proof: if condition { Proof::Recent } else { Proof::None } }
}
