//! Drafts: typed, kept, continued, finished, discarded.

use domain::{Caller, ClientDraft, Error, Step};
use sqlx::Row;

use crate::{
    client::{access, fields},
    support::{World, client_draft as draft, on_both_engines, refusal},
};

async fn author(world: &World) -> Caller {
    let partner = world.partner().await;
    world.caller(partner, None, "Partner Administrator").await
}

#[test]
fn a_draft_keeps_whatever_is_typed_and_is_continued_elsewhere() {
    on_both_engines(async |world| {
        let admin = author(&world).await;
        let services = &world.services;
        let begun = services.draft_create(&admin).await.unwrap();
        assert_eq!((begun.version, begun.step, &begun.draft), (1, Step::ClientDetails, &ClientDraft::default()));
        world.clock.advance_seconds(5);
        let typed = ClientDraft { name: " Half ".into(), email: "no address".into(), country: "Atlantis".into(), ..Default::default() };
        let saved = services.draft_save(&admin, &begun.id, 1, Step::AddOns, typed.clone()).await.unwrap();
        assert_eq!((saved.version, saved.step, &saved.draft), (2, Step::AddOns, &typed));
        let again = world.signed_in("partner.administrator").await;
        assert_eq!(services.draft_get(&again, &begun.id).await.unwrap(), saved);
        world.clock.advance_seconds(5);
        let second = services.draft_create(&admin).await.unwrap();
        let list = services.draft_list(&again).await.unwrap();
        assert_eq!(list.iter().map(|row| (&row.id, row.name.as_str())).collect::<Vec<_>>(), [(&second.id, ""), (&begun.id, "Half")]);
        services.draft_discard(&admin, &second.id).await.unwrap();
        assert_eq!(refusal(services.draft_get(&admin, &second.id).await), Error::NotFound);
        assert_eq!(refusal(services.draft_discard(&admin, &second.id).await), Error::NotFound);
    });
}

#[test]
fn a_save_of_an_old_state_is_a_conflict_and_one_without_end_is_refused() {
    on_both_engines(async |world| {
        let admin = author(&world).await;
        let id = world.services.draft_create(&admin).await.unwrap().id;
        let save = async |version, draft| world.services.draft_save(&admin, &id, version, Step::ClientDetails, draft).await;
        save(1, draft("Here")).await.unwrap();
        assert!(matches!(refusal(save(1, draft("There")).await), Error::Conflict { .. }));
        assert!(matches!(refusal(world.services.draft_finish(&admin, &id, 1, draft("There")).await), Error::Conflict { .. }));
        assert_eq!(fields(save(2, ClientDraft { address: "x".repeat(300_000), ..draft("Long") }).await), ["draft"]);
        assert_eq!(world.services.draft_get(&admin, &id).await.unwrap().draft.name, "Here");
    });
}

#[test]
fn a_draft_is_its_authors_alone() {
    on_both_engines(async |world| {
        let admin = author(&world).await;
        let other = world.caller(admin.partner, None, "Var Administrator").await;
        let viewer = world.caller(admin.partner, None, "Auditor View").await;
        let id = world.services.draft_create(&admin).await.unwrap().id;
        let services = &world.services;
        assert_eq!(refusal(services.draft_get(&other, &id).await), Error::NotFound);
        assert_eq!(refusal(services.draft_save(&other, &id, 1, Step::AddOns, draft("X")).await), Error::NotFound);
        assert_eq!(refusal(services.draft_discard(&other, &id).await), Error::NotFound);
        assert_eq!(refusal(services.draft_finish(&other, &id, 1, draft("X")).await), Error::NotFound);
        assert_eq!(services.draft_list(&other).await.unwrap(), []);
        assert!(matches!(refusal(services.draft_create(&viewer).await), Error::Forbidden { .. }));
        assert!(matches!(refusal(services.draft_get(&viewer, &id).await), Error::Forbidden { .. }));
        assert_eq!(services.draft_get(&admin, &id).await.unwrap().version, 1);
    });
}

#[test]
fn passwords_of_a_draft_are_sealed_at_once_and_move_to_the_client() {
    on_both_engines(async |world| {
        let admin = author(&world).await;
        let services = &world.services;
        let id = services.draft_create(&admin).await.unwrap().id;
        let typed = ClientDraft { access: vec![access("row-1", "s3cret-one"), access("row-2", "s3cret-two")], ..draft("Acme") };
        let saved = services.draft_save(&admin, &id, 1, Step::Service, typed).await.unwrap();
        assert!(saved.draft.access.iter().all(|row| row.password.is_empty() && row.password_kept));
        assert_eq!(saved.draft.access[0].key, "row-1", "a page's own key stays");
        let kept = world.rows("SELECT details || secrets FROM client_drafts").await;
        assert!(!kept[0].get::<&str, _>(0).contains("s3cret"));

        let client = services.draft_finish(&admin, &id, 2, saved.draft).await.unwrap();
        let details = services.client_get(&admin, client).await.unwrap().details;
        assert!(details.access.iter().all(|row| row.password.is_empty() && row.password_kept));
        let secrets = world.rows("SELECT details || secrets FROM client_details").await;
        assert!(secrets[0].get::<&str, _>(0).contains("v1.") && !secrets[0].get::<&str, _>(0).contains("s3cret"));
        let tenants = world.rows("SELECT tenant FROM tenant_keys ORDER BY tenant").await;
        assert_eq!(tenants.iter().map(|row| row.get::<&str, _>(0)).collect::<Vec<_>>(), ["client_1", "msp_1"]);
    });
}

#[test]
fn finish_makes_the_client_and_removes_the_draft_or_does_neither() {
    on_both_engines(async |world| {
        let admin = author(&world).await;
        let services = &world.services;
        let id = services.draft_create(&admin).await.unwrap().id;
        let wrong = ClientDraft { country: String::new(), packages: vec![domain::CatalogueId::new(99_999)], ..draft("Acme") };
        assert_eq!(fields(services.draft_finish(&admin, &id, 1, wrong).await), ["country", "packages"]);
        assert_eq!(world.rows("SELECT id FROM clients").await.len(), 0);
        assert_eq!(services.draft_get(&admin, &id).await.unwrap().version, 1);
        let client = services.draft_finish(&admin, &id, 1, draft("Acme")).await.unwrap();
        assert_eq!(services.client_get(&admin, client).await.unwrap().details.name, "Acme");
        assert_eq!(services.draft_list(&admin).await.unwrap(), []);
        assert_eq!(refusal(services.draft_finish(&admin, &id, 1, draft("Acme")).await), Error::NotFound, "a second click makes no second client");
    });
}
