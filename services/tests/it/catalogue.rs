//! Catalogues.

use domain::{CatalogueItemDraft, CatalogueKind, Error};
use sqlx::Row;

use crate::{
    client::fields,
    support::{on_both_engines, refusal},
};

fn item(name: &str) -> CatalogueItemDraft {
    CatalogueItemDraft { name: name.to_owned(), description: "What it is.".to_owned() }
}

#[test]
fn catalogues_come_filled() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let catalogues = world.services.catalogue_list(&admin).await.unwrap();
        let names = |kind| catalogues.of(kind).map(|item| item.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names(CatalogueKind::Package), ["Hybrid Discovery and Monitoring", "Event and Incident Management", "Remediation and Automation"]);
        assert_eq!(names(CatalogueKind::AddOn).len(), 9);
        for kind in CatalogueKind::ALL {
            assert!(names(*kind).len() >= 3, "{kind:?}");
        }
        assert!(catalogues.of(CatalogueKind::Service).all(|service| catalogues.technologies(service.id).count() >= 3));
    });
}

#[test]
fn an_item_is_added_changed_retired_and_restored() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let services = &world.services;
        let made = services.catalogue_item_create(&admin, CatalogueKind::AgentPolicy, None, item(" Reboot weekly ")).await.unwrap();
        assert_eq!((made.name.as_str(), made.version, made.retired), ("Reboot weekly", 1, false));
        let changed = services.catalogue_item_update(&admin, made.id, 1, item("Reboot monthly")).await.unwrap();
        assert_eq!((changed.name.as_str(), changed.version), ("Reboot monthly", 2));
        assert!(matches!(refusal(services.catalogue_item_update(&admin, made.id, 1, item("Late")).await), Error::Conflict { .. }));
        assert!(services.catalogue_item_retire(&admin, made.id).await.unwrap().retired);
        assert_eq!(services.catalogue_item_retire(&admin, made.id).await.unwrap().version, 3, "twice is once");
        assert!(!services.catalogue_item_restore(&admin, made.id).await.unwrap().retired);
        let list = services.catalogue_list(&admin).await.unwrap();
        assert_eq!(list.of(CatalogueKind::AgentPolicy).last().map(|item| item.name.as_str()), Some("Reboot monthly"));
        let audit = world.rows("SELECT action, changes FROM audit_records WHERE action LIKE 'catalogue_item%' ORDER BY id").await;
        assert_eq!(audit.len(), 4);
        assert!(audit[1].get::<&str, _>(1).contains(r#""before":"Reboot weekly","after":"Reboot monthly""#));
    });
}

#[test]
fn names_are_unique_and_technologies_have_a_service() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let services = &world.services;
        let catalogues = services.catalogue_list(&admin).await.unwrap();
        let of_kind: Vec<_> = catalogues.of(CatalogueKind::Service).map(|service| service.id).take(2).collect();
        let create = async |kind, parent, name: &str| services.catalogue_item_create(&admin, kind, parent, item(name)).await;
        assert_eq!(fields(create(CatalogueKind::Package, None, "remediation  and AUTOMATION").await), ["name"]);
        assert_eq!(fields(create(CatalogueKind::Package, None, " ").await), ["name"]);
        assert_eq!(fields(create(CatalogueKind::Technology, None, "Quantum").await), ["parent"]);
        assert_eq!(fields(create(CatalogueKind::Package, Some(of_kind[0]), "Gold").await), ["parent"]);
        let package = catalogues.of(CatalogueKind::Package).next().unwrap();
        assert_eq!(fields(create(CatalogueKind::Technology, Some(package.id), "Quantum").await), ["parent"]);
        let quantum = create(CatalogueKind::Technology, Some(of_kind[0]), "Quantum").await.unwrap();
        assert_eq!(quantum.parent, Some(of_kind[0]));
        create(CatalogueKind::Technology, Some(of_kind[1]), "Quantum").await.unwrap();
        assert_eq!(fields(create(CatalogueKind::Technology, Some(of_kind[1]), "quantum").await), ["name"]);
        assert_eq!(fields(services.catalogue_item_update(&admin, package.id, package.version, item("Remediation and Automation")).await), ["name"]);
    });
}

#[test]
fn many_read_and_few_write() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let client = world.client(&admin, "Acme").await;
        let viewer = world.caller(partner, None, "Auditor View").await;
        let customer = world.caller(partner, Some(client), "Customer").await;
        let manager = world.caller(partner, Some(client), "Client Administrator with Client Details").await;
        let before = world.services.catalogue_list(&customer).await.unwrap();
        let id = before.items[0].id;
        assert!(matches!(
            refusal(world.services.catalogue_item_create(&viewer, CatalogueKind::Package, None, item("X")).await),
            Error::Forbidden { .. }
        ));
        assert!(matches!(refusal(world.services.catalogue_item_retire(&viewer, id).await), Error::Forbidden { .. }));
        assert_eq!(refusal(world.services.catalogue_item_update(&manager, id, 1, item("X")).await), Error::NotFound);
        let elsewhere = world.services.operator().partner_create("Other Inc").await.unwrap();
        world.user_named(elsewhere, None, "Partner Administrator", "other").await;
        let foreign = world.signed_in("other").await;
        assert_eq!(refusal(world.services.catalogue_item_retire(&foreign, id).await), Error::NotFound);
        assert_eq!(world.services.catalogue_list(&viewer).await.unwrap(), before);
    });
}
