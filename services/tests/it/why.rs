//! Why can X see Y, and what the partner restricts.

use domain::{AccessRule, AccessThing, ClientId, DeviceId, Error, NameQuery, Permission, RoleDraft, UserId};

use crate::{
    client::fields,
    device_group,
    role::{draft, exactly},
    support::{on_both_engines, refusal},
};

#[test]
fn the_roles_and_rules_are_told_or_why_there_is_none() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let seen = world.device(&admin, one, 1).await;
        let unseen = world.device(&admin, one, 2).await;
        let services = &world.services;
        let role = RoleDraft { permission_sets: exactly(["12"]), clients: exactly(["client_1"]), devices: exactly([&seen]), ..draft("Tech", "MSP") };
        services.role_create(&admin, role).await.unwrap();
        world.user_named(partner, None, "Tech", "tech").await;
        let user: UserId = world.user_id("tech").await.parse().unwrap();
        let device = |id: &str| AccessThing::Device(id.parse().unwrap());

        let why = services.why_visible(&admin, user, &AccessThing::Client(one)).await.unwrap();
        assert!(why.visible && why.sources[0].direct && why.obstacles.is_empty());
        assert_eq!(why.sources[0].rules, [AccessRule::ListsClient]);
        let why = services.why_visible(&admin, user, &device(&seen)).await.unwrap();
        assert_eq!(why.sources[0].rules, [AccessRule::ListsClient, AccessRule::ListsThing]);
        assert!(why.permissions.contains(Permission::DeviceManage));
        for thing in [AccessThing::Client(two), device(&unseen)] {
            let why = services.why_visible(&admin, user, &thing).await.unwrap();
            assert!(!why.visible && why.sources.is_empty() && why.obstacles.len() == 1, "{why:?}");
        }
        let why = services.why_visible(&admin, admin.user.id, &device(&unseen)).await.unwrap();
        assert_eq!(why.sources[0].rules, [AccessRule::AllClients, AccessRule::All]);

        let permissions = services.user_permissions(&admin, user, &NameQuery::default()).await.unwrap();
        assert!(permissions.everywhere.is_none());
        assert_eq!(permissions.clients.rows.len(), 1);
        let mine = services.user_permissions(&admin, admin.user.id, &NameQuery::default()).await.unwrap();
        assert!(mine.clients.rows.is_empty() && mine.everywhere.unwrap().permissions.contains(Permission::SettingManage));

        services.user_deactivate(&admin, user, "").await.unwrap();
        assert!(!services.why_visible(&admin, user, &AccessThing::Client(one)).await.unwrap().visible);
        let manager = world.caller(partner, Some(one), "Client Administrator").await;
        assert_eq!(refusal(services.why_visible(&manager, user, &AccessThing::Client(one)).await), Error::NotFound);
        assert_eq!(refusal(services.why_visible(&manager, manager.user.id, &AccessThing::Client(two)).await), Error::NotFound);
        let own = services.why_visible(&manager, manager.user.id, &AccessThing::Client(one)).await.unwrap();
        assert_eq!(own.sources[0].rules, [AccessRule::OwnClient]);
        let technician = world.caller(partner, None, "Technician").await;
        assert!(matches!(refusal(services.why_visible(&technician, user, &AccessThing::Client(one)).await), Error::Forbidden { .. }));
    });
}

#[test]
fn what_is_restricted_nobody_does_there() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let services = &world.services;
        assert_eq!(
            fields(services.client_restrictions_set(&admin, one, None, [Permission::ClientView].into_iter().collect()).await),
            ["permissions"]
        );
        assert_eq!(
            fields(services.client_restrictions_set(&admin, one, None, [Permission::SettingView].into_iter().collect()).await),
            ["permissions"]
        );
        let managing = [Permission::ClientManage].into_iter().collect();
        services.client_restrictions_set(&admin, one, None, managing).await.unwrap();
        assert_eq!(services.client_restrictions_get(&admin, one).await.unwrap(), managing);
        let outdated = services.client_restrictions_set(&admin, one, Some(Default::default()), Default::default()).await;
        assert!(matches!(refusal(outdated), Error::Conflict { .. }));
        assert_eq!(services.client_restrictions_get(&admin, one).await.unwrap(), managing);
        let again = world.signed_in("partner.administrator").await;
        assert!(again.restricts);
        assert!(matches!(refusal(services.client_suspend(&again, one).await), Error::Forbidden { .. }));
        services.client_suspend(&again, two).await.unwrap();
        let mine = services.user_permissions(&again, again.user.id, &NameQuery::default()).await.unwrap();
        assert_eq!(mine.clients.rows.len(), 1);
        assert!(!mine.clients.rows[0].permissions.contains(Permission::ClientManage));
        let manager = world.caller(partner, Some(one), "Client Administrator").await;
        assert_eq!(refusal(services.client_restrictions_set(&manager, one, None, managing).await), Error::NotFound);
        assert_eq!(refusal(services.client_restrictions_get(&again, ClientId::new(99)).await), Error::NotFound);
        services.client_restrictions_set(&again, one, None, Default::default()).await.unwrap();
        assert!(!world.signed_in("partner.administrator").await.restricts);
    });
}

#[test]
fn a_client_s_user_is_not_told_the_names_of_its_provider_s_groups() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let one = world.client(&admin, "One").await;
        let device: DeviceId = world.device(&admin, one, 1).await.parse().unwrap();
        let group = services.device_group_create(&admin, None, device_group::draft("Bad payers")).await.unwrap();
        services.device_group_devices_add(&admin, &group.id, std::slice::from_ref(&device)).await.unwrap();
        let role = RoleDraft {
            permission_sets: exactly(["8"]),
            all_clients: Some(true),
            device_groups: exactly([group.id.as_str()]),
            ..draft("By group", "MSP")
        };
        services.role_create(&admin, role).await.unwrap();
        let role = RoleDraft {
            permission_sets: exactly(["3"]),
            all_clients: Some(true),
            device_groups: exactly([group.id.as_str()]),
            ..draft("Shared", "CLIENT")
        };
        services.role_create(&admin, role).await.unwrap();
        world.user_named(admin.partner, Some(one), "Shared", "theirs").await;
        let theirs: UserId = world.user_id("theirs").await.parse().unwrap();
        let manager = world.caller(admin.partner, Some(one), "Client Administrator").await;
        let thing = AccessThing::Device(device);
        let why = services.why_visible(&manager, theirs, &thing).await.unwrap();
        assert!(why.sources[0].rules.contains(&AccessRule::ListsDeviceGroup { name: String::new() }), "{why:?}");
        let why = services.why_visible(&admin, theirs, &thing).await.unwrap();
        assert!(why.sources[0].rules.contains(&AccessRule::ListsDeviceGroup { name: "Bad payers".into() }));
    });
}
