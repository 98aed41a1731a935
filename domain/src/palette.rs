//! What the command palette finds (docs/spec/home.md, "Command palette").

use std::{
    fmt::{Display, Formatter},
    str::FromStr,
};

use serde::{Deserialize, Serialize};

use crate::{ClientId, ClientStatus, DeviceId, PermissionBits, RoleId, UserId};

/// A thing that can be gone to. Written as its kind and id: `client/client_8`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PaletteTarget {
    /// A client.
    Client(ClientId),
    /// A user.
    User(UserId),
    /// A device.
    Device(DeviceId),
    /// A role.
    Role(RoleId),
}

impl Display for PaletteTarget {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Client(id) => write!(f, "client/{id}"),
            Self::User(id) => write!(f, "user/{id}"),
            Self::Device(id) => write!(f, "device/{id}"),
            Self::Role(id) => write!(f, "role/{id}"),
        }
    }
}

/// A text names no thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTarget;

impl FromStr for PaletteTarget {
    type Err = NoTarget;

    fn from_str(text: &str) -> Result<Self, NoTarget> {
        fn parsed<I: FromStr>(id: &str, target: fn(I) -> PaletteTarget) -> Result<PaletteTarget, NoTarget> {
            id.parse().map(target).map_err(|_| NoTarget)
        }
        match text.split_once('/').ok_or(NoTarget)? {
            ("client", id) => parsed(id, Self::Client),
            ("user", id) => parsed(id, Self::User),
            ("device", id) => parsed(id, Self::Device),
            ("role", id) => parsed(id, Self::Role),
            _ => Err(NoTarget),
        }
    }
}

/// A thing that the reader can see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaletteHit {
    /// Which.
    pub target: PaletteTarget,
    /// Its name.
    pub name: String,
    /// What tells it from others of that name.
    pub detail: String,
    /// Of a client, its state and what the reader may do there.
    pub client: Option<(ClientStatus, PermissionBits)>,
    /// How well it fits what was typed; the best first.
    pub rank: PaletteRank,
}

/// How well a name fits what was typed, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PaletteRank {
    /// It is the same.
    Same,
    /// It begins with it.
    Begins,
    /// One of its words begins with it.
    Word,
    /// It stands somewhere in the name.
    Within,
    /// It is found by something else, such as an e-mail address.
    Otherwise,
}

impl PaletteRank {
    /// Of a name and what was typed, both folded.
    #[must_use]
    pub fn of(name: &str, typed: &str) -> Self {
        let begins_word = || name.split(|letter: char| !letter.is_alphanumeric()).any(|word| !word.is_empty() && word.starts_with(typed));
        match name {
            name if name == typed => Self::Same,
            name if name.starts_with(typed) => Self::Begins,
            _ if begins_word() => Self::Word,
            name if name.contains(typed) => Self::Within,
            _ => Self::Otherwise,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_it_fits_the_sooner_it_stands() {
        let ranks = ["leo", "leoart lab", "the leo group", "galileo", "acme"].map(|name| PaletteRank::of(name, "leo"));
        assert_eq!(ranks, [PaletteRank::Same, PaletteRank::Begins, PaletteRank::Word, PaletteRank::Within, PaletteRank::Otherwise]);
        assert!(ranks.is_sorted());
    }

    #[test]
    fn a_target_is_read_as_it_is_written() {
        for text in
            ["client/client_8", "user/USR0000000001", "device/2912ca9f-5c62-451f-82a8-8c08ca9c9447", "role/ROLE-2912ca9f-5c62-451f-82a8-8c08ca9c9447"]
        {
            assert_eq!(text.parse::<PaletteTarget>().map(|target| target.to_string()), Ok(text.to_owned()));
        }
        for wrong in ["", "client", "client/", "client/user", "moon/client_8", "client_8"] {
            assert_eq!(wrong.parse::<PaletteTarget>(), Err(NoTarget), "{wrong}");
        }
    }
}
