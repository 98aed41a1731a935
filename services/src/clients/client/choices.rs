//! Checks a client's draft against data: chosen items exist, are of the right kind, and are offered.

use std::collections::{BTreeMap, BTreeSet};

use domain::{CatalogueId, CatalogueKind, Catalogues, ClientDraft, ImageId, MAX_IMAGES_BYTES, Violations};

/// Violations for all invalid choices. Items that the client already has are valid even if they are no longer offered. `images` are the usable
/// images, with their sizes.
pub(super) fn violations(draft: &ClientDraft, before: Option<&ClientDraft>, catalogues: &Catalogues, images: &BTreeMap<ImageId, u64>) -> Violations {
    use CatalogueKind::{AddOn, AgentPolicy, Integration, Package, RemoteAccess, Service, Technology};
    let mut violations = Violations::new();
    type Chosen = fn(&ClientDraft) -> &Vec<CatalogueId>;
    let lists: [(_, _, Chosen); 5] = [
        ("integrations", Integration, |draft| &draft.integrations),
        ("remote_access", RemoteAccess, |draft| &draft.remote_access),
        ("agent_policies", AgentPolicy, |draft| &draft.agent_policies),
        ("packages", Package, |draft| &draft.packages),
        ("add_ons", AddOn, |draft| &draft.add_ons),
    ];
    for (field, kind, chosen) in lists {
        let kept = before.map_or(&[][..], |before| chosen(before));
        refuse(&mut violations, field, catalogues, kind, chosen(draft), |id| kept.contains(&id));
    }
    let services = before.map_or(&[][..], |before| &before.services);
    for (at, service) in draft.services.iter().enumerate() {
        let kept = services.iter().find(|row| row.id == service.id);
        refuse(&mut violations, &format!("services.{at}"), catalogues, Service, &[service.id], |_| kept.is_some());
        let field = format!("services.{at}.technologies");
        let has = |id| kept.is_some_and(|row| row.technologies.contains(&id));
        refuse(&mut violations, &field, catalogues, Technology, &service.technologies, has);
        let foreign = service
            .technologies
            .iter()
            .find(|id| catalogues.is(**id, Technology) && !catalogues.technologies(service.id).any(|item| item.id == **id));
        if let Some(foreign) = foreign {
            violations.add(field, format!("“{}” does not belong to this service.", catalogues.name(*foreign)));
        }
    }
    let access = before.map_or(&[][..], |before| &before.access);
    for (at, row) in draft.access.iter().enumerate() {
        if let Some(id) = row.technology_id() {
            let has = |id| access.iter().any(|row| row.technology_id() == Some(id));
            refuse(&mut violations, &format!("access.{at}.technology"), catalogues, Technology, &[id], has);
        }
    }
    let mut once = BTreeSet::new();
    for (at, image) in draft.images.iter().enumerate() {
        violations.add_if(!once.insert(&image.id), &format!("images.{at}"), "This image is listed twice: remove one.");
        violations.add_if(!images.contains_key(&image.id), &format!("images.{at}"), "This image is no longer there: remove it, and upload it again.");
    }
    let bytes: u64 = draft.images.iter().filter_map(|image| images.get(&image.id)).sum();
    let is_new = |id: &ImageId| before.is_none_or(|before| before.images.iter().all(|image| image.id != *id));
    let too_many = bytes > MAX_IMAGES_BYTES && draft.images.iter().any(|image| is_new(&image.id));
    violations.add_if(too_many, "images", "Keep the images at 20 MiB together: remove one, or choose smaller ones.");
    violations
}

/// Adds a violation for the first invalid item.
fn refuse(
    violations: &mut Violations,
    field: &str,
    catalogues: &Catalogues,
    kind: CatalogueKind,
    chosen: &[CatalogueId],
    has: impl Fn(CatalogueId) -> bool,
) {
    for id in chosen {
        match catalogues.of(kind).find(|item| item.id == *id) {
            Some(item) if item.retired && !has(*id) => {
                return violations.add(field, format!("“{}” is no longer offered: leave it out.", item.name));
            }
            Some(_) => {}
            None => return violations.add(field, format!("There is no {} with the number {id}.", kind.noun())),
        }
    }
}
