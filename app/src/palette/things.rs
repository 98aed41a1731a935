//! The things that can be gone to, and their pages.

use domain::PaletteTarget;

use crate::paths;

/// The page of a thing.
pub(super) fn address(target: &PaletteTarget) -> String {
    match target {
        PaletteTarget::Client(id) => paths::client(*id),
        PaletteTarget::User(id) => paths::user(*id),
        PaletteTarget::Device(id) => paths::device(id),
        PaletteTarget::Role(id) => paths::role(id),
    }
}

/// The thing whose page, or a page below it, is at an address.
pub(super) fn target(path: &str) -> Option<PaletteTarget> {
    let mut parts = path.split('/').skip(1);
    let (list, id) = (parts.next()?, parts.next()?);
    match list {
        "clients" => id.parse().ok().map(PaletteTarget::Client),
        "users" => id.parse().ok().map(PaletteTarget::User),
        "devices" => id.parse().ok().map(PaletteTarget::Device),
        "roles" => id.parse().ok().map(PaletteTarget::Role),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_known_by_its_page_and_those_below() {
        let client = PaletteTarget::Client(domain::ClientId::new(8));
        assert_eq!(target(&address(&client)), Some(client.clone()));
        assert_eq!(target("/clients/client_8/edit"), Some(client));
        let user = PaletteTarget::User(domain::UserId::new(1));
        assert_eq!(target(&address(&user)), Some(user));
        for other in ["/", "/clients", "/clients/new", "/clients/import", "/roles/new", "/account", "/jobs/job_1"] {
            assert_eq!(target(other), None, "{other}");
        }
    }
}
