//! Permission sets.

use domain::{Caller, Error, NameSort, Permission, PermissionSetDraft, PermissionSetQuery, RoleDraft, RoleScope, Slice, set_fits_role};

use crate::{
    client::fields,
    role::{draft as role, exactly},
    support::{on_both_engines, refusal},
};

fn draft(name: &str, scope: &str, permissions: &[Permission]) -> PermissionSetDraft {
    let (name, scope, description) = (name.to_owned(), scope.to_owned(), String::new());
    PermissionSetDraft { name, description, scope, permissions: permissions.iter().copied().collect(), ..PermissionSetDraft::default() }
}

#[test]
fn a_set_is_made_changed_and_deleted_unless_a_role_has_it() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let services = &world.services;
        let set = services.permission_set_create(&admin, draft("Night", "MSP", &[Permission::ClientView])).await.unwrap();
        assert!(set.number > 1000);
        assert_eq!(fields(services.permission_set_create(&admin, draft("NIGHT", "MSP", &[])).await), ["name"]);
        assert_eq!(
            fields(services.permission_set_create(&admin, draft("", "CLIENT", &[Permission::SettingView])).await),
            ["name", "permissions"].map(ToOwned::to_owned)
        );
        let more = draft("Night", "MSP", &[Permission::ClientView, Permission::DeviceView]);
        let changed = services.permission_set_update(&admin, &set.id, Some(1), more.clone()).await.unwrap();
        assert_eq!(services.permission_set_get(&admin, &set.id).await.unwrap(), changed);
        assert!(matches!(refusal(services.permission_set_update(&admin, &set.id, Some(1), draft("Late", "MSP", &[])).await), Error::Conflict { .. }));
        assert_eq!(fields(services.permission_set_update(&admin, &set.id, None, draft("Night", "CLIENT", &[])).await), ["scope"]);

        let with = RoleDraft { permission_sets: exactly([set.id.as_str()]), ..role("Night", "MSP") };
        let with = services.role_create(&admin, with).await.unwrap();
        let Error::Conflict { reason } = refusal(services.permission_set_delete(&admin, &set.id).await) else { panic!() };
        assert!(reason.starts_with("1 role has"), "{reason}");
        services.role_delete(&admin, &with.id).await.unwrap();
        services.permission_set_delete(&admin, &set.id).await.unwrap();
        assert_eq!(refusal(services.permission_set_get(&admin, &set.id).await), Error::NotFound);
    });
}

#[test]
fn default_sets_never_change_and_nobody_holds_out_what_he_lacks() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let one = world.client(&admin, "One").await;
        let services = &world.services;
        let all = services
            .permission_set_search(&admin, "", Slice { offset: 0, limit: 100, direction: domain::Direction::Ascending, sort: NameSort::Name })
            .await
            .unwrap();
        assert_eq!(all.total, 10);
        let default = all.rows.iter().find(|set| set.number == 13).unwrap();
        for refused in [
            refusal(services.permission_set_update(&admin, &default.id, None, draft("Mine", "MSP", &[])).await),
            refusal(services.permission_set_delete(&admin, &default.id).await),
        ] {
            assert!(matches!(refused, Error::Forbidden { .. }), "{refused:?}");
        }

        let manager = world.caller(partner, Some(one), "Client Administrator").await;
        assert_eq!(fields(services.permission_set_create(&manager, draft("X", "CLIENT", &[Permission::ClientManage])).await), ["permissions"]);
        assert_eq!(fields(services.permission_set_create(&manager, draft("X", "MSP", &[])).await), ["scope"]);
        let own = services.permission_set_create(&manager, draft("X", "CLIENT", &[Permission::DeviceView])).await.unwrap();
        assert_eq!(own.client, Some(one));
        let seen = services.permission_set_list(&manager, &PermissionSetQuery::default()).await.unwrap();
        assert!(seen.rows.iter().all(|set| set.scope == domain::RoleScope::Client), "those for partner users aren't for it");
        let viewer = world.caller(partner, None, "Auditor View").await;
        assert!(matches!(refusal(services.permission_set_create(&viewer, draft("Y", "MSP", &[])).await), Error::Forbidden { .. }));
        let technician = world.caller(partner, None, "Technician").await;
        assert!(matches!(refusal(services.permission_set_list(&technician, &PermissionSetQuery::default()).await), Error::Forbidden { .. }));
    });
}

#[test]
fn what_is_offered_to_a_role_is_what_it_may_have() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let all = world.services.permission_set_list(&admin, &PermissionSetQuery { size: 100, ..PermissionSetQuery::default() }).await.unwrap().rows;
        for role in [RoleScope::Msp, RoleScope::Client] {
            let query = PermissionSetQuery { size: 100, ..PermissionSetQuery::from_address(&format!("filter=for-{}", role.key())) };
            let offered: Vec<_> = world.services.permission_set_list(&admin, &query).await.unwrap().rows.into_iter().map(|set| set.name).collect();
            let fitting: Vec<_> = all.iter().filter(|set| set_fits_role(set.scope, set.permissions, role)).map(|set| set.name.clone()).collect();
            assert!(!fitting.is_empty() && fitting.len() < all.len());
            assert_eq!(offered, fitting, "{role:?}");
        }
    });
}

#[test]
fn a_set_fits_no_role_of_another_tenant_than_its_own() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let services = &world.services;
        let (lab, corp) = (world.client(&admin, "LeoArt Lab").await, world.client(&admin, "LeoArt Corp.").await);
        let tenants = [None, Some(lab), Some(corp)];
        let within = |client| Caller { within: client, ..admin.clone() };
        let mut sets = Vec::new();
        for owner in tenants {
            sets.push((owner, services.permission_set_create(&within(owner), draft("Own", "CLIENT", &[Permission::ClientView])).await.unwrap().id));
        }
        for tenant in tenants {
            let there = within(tenant);
            let made = services.role_create(&there, role("Kept", "CLIENT")).await.unwrap();
            for (owner, set) in &sets {
                let with = |name: &str| RoleDraft { permission_sets: exactly([set.as_str()]), ..role(name, "CLIENT") };
                let created = services.role_create(&there, with("New")).await;
                let updated = services.role_update(&there, &made.id, None, with("Kept")).await;
                // A client's roles also use the partner's sets, which only the partner can change.
                let fits = owner.is_none() || *owner == tenant;
                assert_eq!((created.is_ok(), updated.is_ok()), (fits, fits), "{owner:?} in {tenant:?}");
                if let Ok(created) = created {
                    services.role_delete(&there, &created.id).await.unwrap();
                }
            }
        }
    });
}
