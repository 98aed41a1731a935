//! Clients: create, read, change, suspend, activate, terminate.

use domain::{
    AlternateAccessDraft, ApiKeyDraft, Caller, CatalogueId, CatalogueKind, Client, ClientDraft, ClientId, ClientStatus, Error, InternetProviderDraft,
    KeyRefusal, Permission, PermissionSetDraft, RoleDraft, ServiceDraft, TenantId, UserDraft,
};
use sqlx::Row;

use crate::{
    role::{self, exactly},
    support::{PASSWORD, World, at, client_draft as draft, on_both_engines, refusal, sign_in},
};

/// An alternate access with a password typed.
pub(crate) fn access(key: &str, password: &str) -> AlternateAccessDraft {
    AlternateAccessDraft {
        key: key.to_owned(),
        access_type: "SSH".to_owned(),
        ip_address: "10.1.2.3".to_owned(),
        user_name: "root".to_owned(),
        password: password.into(),
        ..AlternateAccessDraft::default()
    }
}

/// The fields that a refusal names.
pub(crate) fn fields<T>(result: services::Result<T>) -> Vec<String> {
    match refusal(result) {
        Error::Invalid { violations } => violations.iter().map(|violation| violation.field.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

/// Whether a text stands anywhere in the database.
async fn is_kept(world: &World, text: &str) -> bool {
    for (table, columns) in [
        ("clients", "name || restriction"),
        ("client_details", "details || secrets"),
        ("client_drafts", "details || secrets"),
        ("audit_records", "changes || object"),
        ("tenant_keys", "wrapped"),
    ] {
        let rows = world.rows(&format!("SELECT {columns} FROM {table}")).await;
        if rows.iter().any(|row| row.get::<&str, _>(0).contains(text)) {
            return true;
        }
    }
    false
}

#[test]
fn a_client_is_created_read_and_audited() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let id = world.services.client_create(&admin, ClientDraft { city: "Albany".into(), ..draft("  Acme  ") }).await.unwrap();
        assert_eq!(id, ClientId::new(1));
        let client = world.services.client_get(&admin, id).await.unwrap();
        assert_eq!(client.details, ClientDraft { city: "Albany".into(), ..draft("Acme") });
        assert_eq!((client.status, client.version, client.created), (ClientStatus::Active, 1, client.updated));
        assert_eq!(client.created_by, Some(admin.user.clone()));
        assert!(world.audit().await.contains(&"client.create client_1 partner.administrator".to_owned()));
        let second = world.services.client_create(&admin, draft("Acme")).await.unwrap();
        assert_eq!(second, ClientId::new(2), "names may repeat, numbers don't");
    });
}

#[test]
fn every_wrong_field_is_told_at_once_and_nothing_is_made() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let catalogues = world.services.catalogue_list(&admin).await.unwrap();
        let first = |kind| catalogues.of(kind).next().unwrap().id;
        let other_service = catalogues.of(CatalogueKind::Service).nth(1).unwrap().id;
        let wrong = ClientDraft {
            name: String::new(),
            packages: vec![first(CatalogueKind::AddOn)],
            add_ons: vec![CatalogueId::new(999_999)],
            services: vec![
                ServiceDraft { id: other_service, technologies: vec![first(CatalogueKind::Technology)] },
                ServiceDraft { id: first(CatalogueKind::Package), technologies: vec![] },
            ],
            access: vec![AlternateAccessDraft { technology: first(CatalogueKind::Service).to_string(), ip_address: String::new(), ..access("", "") }],
            images: vec![domain::NetworkImageDraft { id: "00000000-0000-4000-8000-00000000dead".parse().unwrap(), title: "X".into() }],
            ..draft("")
        };
        assert_eq!(
            fields(world.services.client_create(&admin, wrong).await),
            ["name", "access.0.ip_address", "packages", "add_ons", "services.0.technologies", "services.1", "access.0.technology", "images.0"]
        );
        assert_eq!(world.rows("SELECT id FROM clients").await.len(), 0);
        assert!(!world.audit().await.iter().any(|record| record.starts_with("client.create")));
    });
}

#[test]
fn what_is_retired_can_be_kept_but_not_chosen() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let catalogues = world.services.catalogue_list(&admin).await.unwrap();
        let package = catalogues.of(CatalogueKind::Package).next().unwrap().id;
        let with = |name| ClientDraft { packages: vec![package], ..draft(name) };
        let id = world.services.client_create(&admin, with("Has it")).await.unwrap();
        world.services.catalogue_item_retire(&admin, package).await.unwrap();
        assert_eq!(fields(world.services.client_create(&admin, with("Wants it")).await), ["packages"]);
        let kept = world.services.client_update(&admin, id, 1, ClientDraft { city: "Rome".into(), ..with("Has it") }).await.unwrap();
        assert_eq!(kept.details.packages, [package]);
        world.services.catalogue_item_restore(&admin, package).await.unwrap();
        world.services.client_create(&admin, with("Wants it")).await.unwrap();
    });
}

#[test]
fn an_update_says_what_changed_and_a_late_one_is_a_conflict() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let id = world.services.client_create(&admin, draft("Acme")).await.unwrap();
        world.clock.advance_seconds(60);
        let changed = ClientDraft { country: "DEU".into(), log_management: true, ..draft("Acme") };
        let client = world.services.client_update(&admin, id, 1, changed.clone()).await.unwrap();
        assert_eq!((client.version, &client.details), (2, &changed));
        assert!(client.updated > client.created);
        let audit = world.rows("SELECT changes FROM audit_records WHERE action = 'client.update'").await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(audit.first().unwrap().get::<&str, _>(0), @r#"[{"field":"country","label":"Country","before":"United States","after":"Germany"},{"field":"log_management","label":"Log management","before":"No","after":"Yes"}]"#);
        }
        assert!(matches!(refusal(world.services.client_update(&admin, id, 1, draft("Late")).await), Error::Conflict { .. }));
        assert_eq!(world.services.client_get(&admin, id).await.unwrap(), client);
        let same = world.services.client_update(&admin, id, 2, changed).await.unwrap();
        assert_eq!(same, client, "a save without a change is none");
    });
}

#[test]
fn passwords_are_kept_sealed_and_never_come_back() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let provider = InternetProviderDraft { name: "Fiber".into(), ..Default::default() };
        let typed = ClientDraft {
            access: vec![access("", "tops3cret-1"), access("b", "tops3cret-2"), access("c", "")],
            providers: vec![provider],
            ..draft("Acme")
        };
        let id = world.services.client_create(&admin, typed).await.unwrap();
        let client = world.services.client_get(&admin, id).await.unwrap();
        let kept = |client: &Client| client.details.access.iter().map(|row| row.password_kept).collect::<Vec<_>>();
        assert_eq!(kept(&client), [true, true, false]);
        assert!(client.details.access.iter().all(|row| row.password.is_empty() && !row.key.is_empty()));
        assert!(!client.details.providers[0].key.is_empty());
        assert!(!is_kept(&world, "tops3cret").await, "not in clear");
        let sealed = async || world.rows("SELECT secrets FROM client_details").await[0].get::<String, _>(0);
        let before = sealed().await;
        assert!(before.contains("v1."));

        // One is kept, one dropped, one typed anew; a row that claims a password it hasn't gets none.
        let mut details = client.details.clone();
        details.access[1].password_kept = false;
        details.access[2].password = "tops3cret-3".into();
        details.access.push(AlternateAccessDraft { password_kept: true, ..access("d", "") });
        let client = world.services.client_update(&admin, id, 1, details).await.unwrap();
        assert_eq!(kept(&client), [true, false, true, false]);
        let map = |text: &str| serde_json::from_str::<std::collections::BTreeMap<String, String>>(text).unwrap();
        let (before, after) = (map(&before), map(&sealed().await));
        let key = &client.details.access[0].key;
        assert_eq!((after.len(), after.get(key)), (2, before.get(key)));
        assert!(!is_kept(&world, "tops3cret").await);
        let audit = world.rows("SELECT changes FROM audit_records WHERE action = 'client.update'").await;
        assert!(audit[0].get::<&str, _>(0).contains("new password"));

        // A key that stands twice gives its password to the first row only.
        let mut details = client.details.clone();
        details.access = vec![details.access[0].clone(), details.access[0].clone()];
        let client = world.services.client_update(&admin, id, 2, details).await.unwrap();
        assert_eq!(kept(&client), [true, false]);
    });
}

#[test]
fn only_who_may_does_and_who_may_not_see_finds_nothing() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (one, two) =
            (world.services.client_create(&admin, draft("One")).await.unwrap(), world.services.client_create(&admin, draft("Two")).await.unwrap());
        let viewer = world.caller(partner, None, "Auditor View").await;
        let manager = world.caller(partner, Some(one), "Client Administrator with Client Details").await;
        let customer = world.caller(partner, Some(one), "Customer").await;
        let elsewhere = world.services.operator().partner_create("Other Inc").await.unwrap();
        world.user_named(elsewhere, None, "Partner Administrator", "other.admin").await;
        let foreign = world.signed_in("other.admin").await;
        let services = &world.services;
        let before = services.client_get(&viewer, one).await.unwrap();

        for refused in [
            refusal(services.client_create(&viewer, draft("Three")).await),
            refusal(services.client_update(&viewer, one, 1, draft("Mine")).await),
            refusal(services.client_suspend(&viewer, one).await),
            refusal(services.client_update(&customer, one, 1, draft("Mine")).await),
            refusal(services.client_suspend(&manager, one).await),
            refusal(services.client_activate(&manager, one).await),
        ] {
            assert!(matches!(refused, Error::Forbidden { .. }), "{refused:?}");
        }
        for unseen in [
            refusal(services.client_get(&customer, two).await),
            refusal(services.client_update(&manager, two, 1, draft("Mine")).await),
            refusal(services.client_create(&manager, draft("Three")).await),
            refusal(services.client_get(&foreign, one).await),
            refusal(services.client_update(&foreign, one, 1, draft("Mine")).await),
            refusal(services.client_suspend(&foreign, one).await),
            refusal(services.client_get(&admin, ClientId::new(99)).await),
        ] {
            assert_eq!(unseen, Error::NotFound);
        }
        assert_eq!(services.client_get(&viewer, one).await.unwrap(), before, "and nothing changed");
        assert_eq!(services.client_update(&manager, one, 1, draft("Mine")).await.unwrap().details.name, "Mine");
    });
}

#[test]
fn suspended_and_back_but_never_back_from_termination() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let services = &world.services;
        let id = services.client_create(&admin, draft("Acme")).await.unwrap();
        let counts = async || {
            let rows = world.rows("SELECT SUBSTR(counted, 9), number FROM row_counts WHERE counted LIKE 'clients %' ORDER BY counted").await;
            rows.iter().map(|row| format!("{} {}", row.get::<&str, _>(0), row.get::<i64, _>(1))).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(counts().await, "active 1");
        let suspended = services.client_suspend(&admin, id).await.unwrap();
        assert_eq!((suspended.status, suspended.version), (ClientStatus::Suspended, 2));
        assert_eq!(counts().await, "active 0, suspended 1");
        assert_eq!(services.client_suspend(&admin, id).await.unwrap().version, 2, "twice is once");
        assert_eq!(services.client_activate(&admin, id).await.unwrap().status, ClientStatus::Active);
        assert_eq!(counts().await, "active 1, suspended 0");
        let audit = world.audit().await;
        assert_eq!(audit.iter().filter(|record| record.starts_with("client.suspend") || record.starts_with("client.activate")).count(), 2);

        assert_eq!(services.client_terminate(&admin, id).await.unwrap().status, ClientStatus::Terminating);
        assert_eq!(counts().await, "active 0, suspended 0, terminating 1");
        assert_eq!(services.client_terminate(&admin, id).await.unwrap().version, 4, "twice is once");
        for refused in [
            refusal(services.client_activate(&admin, id).await),
            refusal(services.client_suspend(&admin, id).await),
            refusal(services.client_update(&admin, id, 4, draft("Ghost")).await),
        ] {
            assert!(matches!(refused, Error::Conflict { .. }), "{refused:?}");
        }
    });
}

#[test]
fn with_a_client_its_users_and_keys_end_and_nobody_elses() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (services, here) = (&world.services, at("192.0.2.1"));
        let (gone, stays) = (world.client(&admin, "Acme").await, world.client(&admin, "Bell").await);
        let manager = world.caller(partner, Some(gone), "Client Administrator with Client Details").await;
        world.user_named(partner, Some(stays), "Client Administrator", "stays").await;
        let mut tokens = Vec::new();
        for client in [gone, stays] {
            let key = services.operator().api_key_create(TenantId::Client(client), "Script", "Customer").await.unwrap();
            tokens.push((services.token_issue(&key.key, &key.secret, &here).await.unwrap().unwrap(), key));
        }
        assert!(matches!(refusal(services.client_terminate(&manager, gone).await), Error::Forbidden { .. }), "only the provider does that");
        let viewer = world.caller(partner, None, "Auditor View").await;
        assert!(matches!(refusal(services.client_terminate(&viewer, gone).await), Error::Forbidden { .. }));
        assert_eq!(refusal(services.client_terminate(&admin, ClientId::new(99)).await), Error::NotFound);
        assert!(!world.audit().await.iter().any(|record| record.starts_with("client.terminate")));

        services.client_terminate(&admin, gone).await.unwrap();
        assert!(world.audit().await.contains(&format!("client.terminate {gone} partner.administrator")));
        let users = async || {
            let rows = world.rows("SELECT client_id, status FROM users WHERE client_id <> 0 ORDER BY client_id, id").await;
            rows.iter().map(|row| format!("{} {}", row.get::<i64, _>(0), row.get::<&str, _>(1))).collect::<Vec<_>>()
        };
        assert_eq!(users().await, ["1 inactive", "1 inactive", "2 active", "2 active"], "a key is a user too");
        assert!(world.rows("SELECT 1 FROM sessions WHERE user_id IN (SELECT id FROM users WHERE client_id = 1)").await.is_empty());
        assert!(services.session_sign_in(sign_in("client.administrator.with.client.details", PASSWORD), &here).await.is_err());
        world.signed_in("stays").await;
        let [(ended, key), (token, other)] = tokens.as_slice() else { panic!() };
        assert_eq!(services.token_resolve(ended.expose(), &here).await.unwrap().unwrap_err(), KeyRefusal::Unknown);
        assert_eq!(services.token_issue(&key.key, &key.secret, &here).await.unwrap().unwrap_err(), KeyRefusal::Revoked);
        assert!(services.token_resolve(token.expose(), &here).await.unwrap().is_ok());
        assert!(services.token_issue(&other.key, &other.secret, &here).await.unwrap().is_ok());

        assert!(matches!(refusal(services.user_activate(&admin, manager.user.id).await), Error::Conflict { .. }), "nobody comes back");
        assert_eq!(refusal(services.operator().api_key_create(TenantId::Client(gone), "Another", "Customer").await), Error::NotFound);
    });
}

#[test]
fn nobody_locks_himself_out() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let id = world.services.client_create(&admin, draft("Acme")).await.unwrap();
        let mut manager = world.caller(partner, Some(id), "Client Administrator with Client Details").await;
        manager.origin = at("198.51.100.7");
        let with = |ips: &str| ClientDraft { restrict_ips: true, allowed_ips: ips.to_owned(), ..draft("Acme") };
        let Error::Invalid { violations } = refusal(world.services.client_update(&manager, id, 1, with("10.1.2.*")).await) else { panic!() };
        assert!(violations.of("allowed_ips").unwrap().contains("198.51.100.7"));
        world.services.client_update(&manager, id, 1, with("10.1.2.*, 198.51.100.0/24")).await.unwrap();
        let row = world.rows("SELECT restriction FROM clients").await;
        assert_eq!(row[0].get::<&str, _>(0), "10.1.2.*,198.51.100.0/24");
        world.services.client_update(&admin, id, 2, with("10.1.2.*")).await.unwrap();
    });
}

#[test]
fn a_client_s_user_locks_out_nobody_of_the_client_who_has_more() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let id = world.client(&admin, "Acme").await;
        let manager = world.caller(admin.partner, Some(id), "Client Administrator with Client Details").await;
        let bits = [Permission::ClientView, Permission::ClientManage].into_iter().collect();
        let set = PermissionSetDraft { name: "Details".into(), scope: "CLIENT".into(), permissions: bits, ..Default::default() };
        let set = world.services.permission_set_create(&admin, set).await.unwrap();
        let role = RoleDraft { permission_sets: exactly([set.id.as_str()]), all_clients: Some(true), ..role::draft("Details", "CLIENT") };
        world.services.role_create(&admin, role).await.unwrap();
        let clerk = world.caller(admin.partner, Some(id), "Details").await;

        let with = |ips: &str| ClientDraft { restrict_ips: true, allowed_ips: ips.to_owned(), ..draft("Acme") };
        let refused = refusal(world.services.client_update(&clerk, id, 1, with("127.0.0.1")).await);
        assert!(matches!(&refused, Error::Forbidden { reason } if reason.contains("more than you have")), "{refused:?}");
        world.services.client_update(&manager, id, 1, with("127.0.0.1")).await.unwrap();
        world.services.client_update(&clerk, id, 2, ClientDraft { address: "2 Main Street".into(), ..with("127.0.0.1") }).await.unwrap();
    });
}

#[test]
fn what_a_terminated_client_has_stays_as_it_is() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let id = world.client(&admin, "Acme").await;
        let within = Caller { within: Some(id), ..admin.clone() };
        let role = services.role_create(&within, role::draft("Own", "CLIENT")).await.unwrap();
        let set = PermissionSetDraft { name: "Own".into(), scope: "CLIENT".into(), ..Default::default() };
        let own = services.permission_set_create(&within, set.clone()).await.unwrap();
        let group = world.group(&admin, Some(id), "Own").await.row.group;
        let user = world.registered(&admin, Some(id), "own", &[]).await.row.id;
        let device = world.device(&admin, id, 1).await.parse().unwrap();
        services.client_terminate(&admin, id).await.unwrap();

        let ended = |what: &str, refused: Error| assert!(matches!(refused, Error::Conflict { .. }), "{what}: {refused:?}");
        ended(
            "role",
            refusal(services.role_update(&within, &role.id, None, RoleDraft { description: Some("X".into()), ..RoleDraft::default() }).await),
        );
        ended("role", refusal(services.role_delete(&within, &role.id).await));
        ended("set", refusal(services.permission_set_update(&within, &own.id, None, set.clone()).await));
        ended("group", refusal(services.user_group_delete(&admin, &group.id).await));
        ended("user", refusal(services.user_update(&admin, user, None, UserDraft { city: Some("X".into()), ..UserDraft::default() }).await));
        ended("device", refusal(services.device_delete(&admin, &device).await));
        let named = |name: &str| PermissionSetDraft { name: name.into(), ..set.clone() };
        assert_eq!(refusal(services.role_create(&within, role::draft("New", "CLIENT")).await), Error::NotFound);
        assert_eq!(refusal(services.permission_set_create(&within, named("New")).await), Error::NotFound);
        let key = ApiKeyDraft { name: Some("New".into()), roles: Some(vec![role.id.clone()]), ..ApiKeyDraft::default() };
        assert_eq!(refusal(services.api_key_create(&within, &key).await), Error::NotFound);
        assert!(services.role_get(&within, &role.id).await.is_ok(), "and can be read");
    });
}
