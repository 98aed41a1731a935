//! What the palette offers for what is typed.

use domain::{Caller, ClientId, ClientStatus, PaletteHit, PaletteRank, PaletteTarget, Permission, Scope, api_key_permission};

use super::things::address;
use crate::{
    clients::client::{StatusChange, may_end_some},
    navigation::{Place, groups},
    paths,
    ui::{Glyph, PaletteOption, fold},
};

/// What choosing an option means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Chosen {
    /// Goes to an address.
    Go(String),
    /// Goes on typing behind these words.
    Type(&'static str),
    /// Asks before a client in this state is suspended or activated.
    Status(ClientId, String, ClientStatus),
    /// Shows all keys.
    Keys,
}

type Offer = PaletteOption<Chosen>;

/// What is done with a client that is named behind it. Terminating isn't offered: that begins on the client's own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Edit,
    Suspend,
    Activate,
}

/// The verbs, what begins a sentence with them, and the offer to type on.
const VERBS: [(Verb, &str, &str, Glyph); 3] = [
    (Verb::Edit, "Edit ", "Edit client…", Glyph::Pencil),
    (Verb::Suspend, "Suspend ", "Suspend client…", Glyph::Pause),
    (Verb::Activate, "Activate ", "Activate client…", Glyph::Play),
];

impl Verb {
    /// The verb with which typed words begin, and the rest.
    fn of(typed: &str) -> Option<(Self, &str)> {
        let (first, rest) = typed.trim_start().split_once(' ')?;
        let verb = VERBS.iter().find(|(_, words, ..)| words.trim_end().eq_ignore_ascii_case(first))?.0;
        Some((verb, rest.trim())).filter(|(_, rest)| !rest.is_empty())
    }

    /// What it does with a client, if its reader may do that now.
    fn offer(self, caller: &Caller, hit: &PaletteHit) -> Option<Offer> {
        let (PaletteTarget::Client(id), Some((status, may))) = (&hit.target, hit.client) else { return None };
        let change = StatusChange::allowed(caller, may, status).filter(|change| match self {
            Self::Suspend => change.suspends(),
            Self::Activate => !change.suspends(),
            _ => false,
        });
        let (value, verb) = match (self, change) {
            (Self::Edit, _) if !status.is_terminated() && may.contains(Permission::ClientManage) => (Chosen::Go(paths::client_edit(*id)), "Edit"),
            (Self::Suspend | Self::Activate, Some(change)) => (Chosen::Status(*id, hit.name.clone(), status), change.verb),
            _ => return None,
        };
        let glyph = VERBS.iter().find(|(known, ..)| *known == self).map_or(Glyph::Pencil, |(.., glyph)| *glyph);
        let more = if self == Self::Edit { "" } else { "…" };
        Some(option(value, glyph, format!("{verb} {}{more}", hit.name), hit.detail.clone(), "Action"))
    }
}

/// Whether a verb is typed whose client is still to be named.
pub(super) fn wants_name(typed: &str) -> bool {
    VERBS.iter().any(|(_, words, ..)| typed.trim_start().eq_ignore_ascii_case(words))
}

/// What the server is asked to find: behind a verb, the rest.
pub(super) fn searched(typed: &str) -> String {
    Verb::of(typed).map_or(typed.trim(), |(_, rest)| rest).to_owned()
}

/// Pages and actions, which the browser knows by itself.
pub(super) fn own(caller: &Caller, places: &[Place]) -> Vec<Offer> {
    let of_group = |group: crate::ui::NavGroup| {
        group.items.into_iter().map(move |item| option(Chosen::Go(item.href), item.icon, item.label, group.label.clone(), "Page"))
    };
    let pages = groups(places, caller).into_iter().flat_map(of_group);
    let account = [
        option(Chosen::Go(paths::account()), Glyph::User, "Account".to_owned(), String::new(), "Page"),
        option(Chosen::Keys, Glyph::Info, "Keyboard shortcuts".to_owned(), String::new(), "Page"),
    ];
    actions(caller).into_iter().chain(pages).chain(account).collect()
}

fn actions(caller: &Caller) -> Vec<Offer> {
    let (partner, place, visible) = (Scope::Partner(caller.partner), caller.place(), Scope::Visible);
    let adds = [
        ("Add client", paths::client_new(), Permission::ClientCreate, partner),
        ("Import clients", paths::client_import(), Permission::ClientCreate, partner),
        ("Add user", paths::user_new(None), Permission::UserManage, visible),
        ("Add user group", paths::user_group_new(None), Permission::UserGroupManage, visible),
        ("Add role", paths::role_new(None), Permission::RoleManage, place),
        ("Add permission set", paths::permission_set_new(), Permission::RoleManage, place),
        ("Add device", paths::device_new(None), Permission::DeviceManage, visible),
        ("Import devices", paths::device_import(), Permission::DeviceManage, visible),
        ("Add device group", paths::device_group_new(None), Permission::DeviceManage, visible),
        ("Add credential set", paths::credential_set_new("", None), Permission::CredentialSetManage, visible),
        ("Add API key", paths::api_key_new(), api_key_permission(place, true), place),
    ];
    let adds = adds.into_iter().filter(|(.., permission, scope)| caller.can(*permission, *scope).is_ok());
    let adds = adds.map(|(label, href, ..)| {
        let glyph = if label.starts_with("Add") { Glyph::Plus } else { Glyph::Upload };
        option(Chosen::Go(href), glyph, label.to_owned(), String::new(), "Action")
    });
    let manages = caller.permissions().contains(Permission::ClientManage);
    let verbs = VERBS.into_iter().filter(|(verb, ..)| manages && (*verb == Verb::Edit || may_end_some(caller)));
    let verbs = verbs.map(|(_, words, label, glyph)| option(Chosen::Type(words), glyph, label.to_owned(), String::new(), "Action"));
    adds.chain(verbs).collect()
}

/// All that is offered, the best first: before anything is typed, what was opened lately and all pages and actions.
pub(super) fn offers(caller: &Caller, typed: &str, own: &[Offer], hits: &[PaletteHit]) -> Vec<Offer> {
    if typed.trim().is_empty() {
        return hits.iter().map(thing).chain(own.iter().cloned()).collect();
    }
    if wants_name(typed) {
        return Vec::new();
    }
    if let Some((verb, _)) = Verb::of(typed) {
        let offers: Vec<_> = hits.iter().filter_map(|hit| verb.offer(caller, hit)).collect();
        if !offers.is_empty() {
            return offers;
        }
    }
    let folded = fold(typed.trim());
    let own = own.iter().filter_map(|offer| {
        let rank = PaletteRank::of(&fold(&offer.label), &folded);
        (rank != PaletteRank::Otherwise).then(|| (rank, 1, offer.clone()))
    });
    let hits = hits.iter().map(|hit| (hit.rank, if hit.client.is_some() { 0 } else { 2 }, thing(hit)));
    let mut offers: Vec<_> = hits.chain(own).collect();
    offers.sort_by_key(|(rank, kind, _)| (*rank, *kind));
    offers.into_iter().map(|(.., offer)| offer).collect()
}

fn thing(hit: &PaletteHit) -> Offer {
    let (glyph, kind) = match hit.target {
        PaletteTarget::Client(_) => (Glyph::Building, "Client"),
        PaletteTarget::User(_) => (Glyph::User, "User"),
        PaletteTarget::Device(_) => (Glyph::Monitor, "Device"),
        PaletteTarget::Role(_) => (Glyph::Key, "Role"),
    };
    option(Chosen::Go(address(&hit.target)), glyph, hit.name.clone(), hit.detail.clone(), kind)
}

const fn option(value: Chosen, glyph: Glyph, label: String, detail: String, kind: &'static str) -> Offer {
    PaletteOption { value, glyph, label, detail, kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_needs_a_name_behind_it() {
        assert_eq!(Verb::of("suspend leo"), Some((Verb::Suspend, "leo")));
        assert_eq!(Verb::of("Edit  LeoArt Lab "), Some((Verb::Edit, "LeoArt Lab")));
        for other in ["suspend", "suspend ", "suspended leo", "leo suspend", ""] {
            assert_eq!(Verb::of(other), None, "{other}");
        }
        assert!(wants_name("Suspend ") && !wants_name("Suspend") && !wants_name("suspend l"));
        assert_eq!((searched("activate leo "), searched(" leo ")), ("leo".to_owned(), "leo".to_owned()));
    }
}
