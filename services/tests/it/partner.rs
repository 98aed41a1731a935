//! Partners and their settings.

use domain::{DEFAULT_PERMISSION_SETS, Error, PartnerSettings, Permission, PermissionSetDraft, RoleDraft};
use sqlx::Row;

use crate::{
    role::{draft, exactly},
    support::{on_both_engines, refusal},
};

fn settings(restrict_ips: bool, allowed_ips: &str, version: i64) -> PartnerSettings {
    PartnerSettings { restrict_ips, allowed_ips: allowed_ips.to_owned(), version, ..PartnerSettings::default() }
}

#[test]
fn the_first_partner_has_the_permission_sets_that_scripts_know_and_the_next_has_its_own() {
    on_both_engines(async |world| {
        let (first, second) = (world.partner().await, world.partner().await);
        assert_eq!((first.number(), second.number()), (1, 2));
        let rows = world.rows("SELECT partner_id, id FROM permission_sets ORDER BY partner_id, id").await;
        let ids = |partner: i64| rows.iter().filter(|row| row.get::<i64, _>(0) == partner).map(|row| row.get::<i64, _>(1)).collect::<Vec<_>>();
        assert_eq!(ids(1), DEFAULT_PERMISSION_SETS.iter().map(|set| set.id).collect::<Vec<_>>());
        assert_eq!(ids(2), (1001..1011).collect::<Vec<_>>());
        assert_eq!(world.rows("SELECT id FROM roles WHERE partner_id = 2").await.len(), 10);
    });
}

#[test]
fn settings_are_saved_with_a_record_of_what_changed() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        assert_eq!(world.services.partner_settings(&admin).await.unwrap(), settings(false, "", 1));
        let saved = world.services.partner_settings_update(&admin, settings(true, "127.0.0.1\n10.1.2.*, 10.1.2.*", 1)).await.unwrap();
        assert_eq!(saved, settings(true, "127.0.0.1,10.1.2.*", 2));
        assert_eq!(world.services.partner_settings(&admin).await.unwrap(), saved);
        let audit = world.rows("SELECT changes FROM audit_records WHERE action = 'partner.update'").await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(audit.first().unwrap().get::<&str, _>(0), @r#"[{"field":"restrict_ips","label":"Restrict access to specific IPs","before":"No","after":"Yes"},{"field":"allowed_ips","label":"Allowed IP addresses","before":"","after":"127.0.0.1,10.1.2.*"}]"#);
        }
        let off = world.services.partner_settings_update(&admin, settings(false, "10.9.9.9", 2)).await.unwrap();
        assert_eq!(off.allowed_ips, "10.9.9.9", "a list that is switched off is kept, whoever it would lock out");
    });
}

#[test]
fn a_save_that_is_wrong_or_late_or_locks_its_author_out_changes_nothing() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let save = async |settings| refusal(world.services.partner_settings_update(&admin, settings).await);
        assert_eq!(
            save(settings(true, "10.1.2.*", 1)).await,
            Error::invalid("allowed_ips", "This list would lock you out: it lacks the address that you come from, 127.0.0.1.")
        );
        let Error::Invalid { violations } = save(settings(false, "nonsense", 1)).await else { panic!() };
        assert!(violations.of("allowed_ips").is_some_and(|sentence| sentence.starts_with("“nonsense” isn’t a valid IP address or range")));
        assert!(matches!(save(settings(true, "", 1)).await, Error::Invalid { .. }));
        for late in [7, i64::MAX] {
            assert!(matches!(save(settings(false, "", late)).await, Error::Conflict { .. }), "{late}");
        }
        assert_eq!(world.services.partner_settings(&admin).await.unwrap(), settings(false, "", 1));
    });
}

#[test]
fn who_may_not_is_refused() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let viewer = world.caller(partner, None, "Auditor View").await;
        let technician = world.caller(partner, None, "Technician").await;
        let customer = world.caller(partner, Some(client), "Client Administrator").await;
        assert!(world.services.partner_settings(&viewer).await.is_ok());
        assert!(matches!(refusal(world.services.partner_settings_update(&viewer, settings(false, "", 1)).await), Error::Forbidden { .. }));
        assert!(matches!(refusal(world.services.partner_settings(&technician).await), Error::Forbidden { .. }));
        assert_eq!(refusal(world.services.partner_settings(&customer).await), Error::NotFound);
        assert_eq!(refusal(world.services.partner_settings_update(&customer, settings(false, "", 1)).await), Error::NotFound);
    });
}

#[test]
fn only_a_full_administrator_restricts_addresses_and_so_stays_inside() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let bits = [Permission::ClientView, Permission::SettingView, Permission::SettingManage].into_iter().collect();
        let set = PermissionSetDraft { name: "Settings".into(), scope: "MSP".into(), permissions: bits, ..Default::default() };
        let set = services.permission_set_create(&admin, set).await.unwrap();
        let everywhere = RoleDraft { permission_sets: exactly([set.id.as_str()]), all_clients: Some(true), ..draft("Settings", "MSP") };
        services.role_create(&admin, everywhere).await.unwrap();
        let manager = world.caller(admin.partner, None, "Settings").await;

        let on = settings(true, "127.0.0.1", 1);
        let refused = refusal(services.partner_settings_update(&manager, on.clone()).await);
        assert!(matches!(&refused, Error::Forbidden { reason } if reason.contains("every permission for all clients")), "{refused:?}");
        let saved = services.partner_settings_update(&admin, on).await.unwrap();
        let other = settings(true, "127.0.0.1, 192.0.2.1", saved.version);
        assert!(matches!(refusal(services.partner_settings_update(&manager, other).await), Error::Forbidden { .. }), "nor changes the list");
        services.partner_settings_update(&manager, settings(false, "127.0.0.1", saved.version)).await.unwrap();
    });
}
