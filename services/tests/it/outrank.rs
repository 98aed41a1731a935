//! Nobody changes what gives others more than they have, and changes to the whole partner need a role for all clients.

use domain::{
    ApiKeyDraft, Caller, CatalogueItemDraft, CatalogueKind, CredentialSetDraft, DeviceGroupDraft, DeviceId, Error, Mask, PartnerSettings,
    PasswordChangeDraft, Permission, PermissionBits, PermissionSet, PermissionSetDraft, RoleDraft, Selection, UserDraft, UserGroupDraft,
};

use crate::{
    client::fields,
    device::device,
    role::{self, add, exactly},
    support::{PASSWORD, World, client_draft, on_both_engines, refusal},
    user::draft,
};

/// A selection that removes one.
fn without(id: impl ToString) -> Option<Selection<String>> {
    Some(Selection::Changed { add: Vec::new(), remove: vec![id.to_string()] })
}

pub(crate) fn set(name: &str, scope: &str, permissions: PermissionBits) -> PermissionSetDraft {
    PermissionSetDraft { name: name.into(), scope: scope.into(), permissions, ..Default::default() }
}

/// A role of the partner for all clients that gives a set.
async fn role_of(world: &World, admin: &Caller, name: &str, set: &PermissionSet) -> domain::RoleSummary {
    let draft = RoleDraft {
        permission_sets: exactly([set.id.as_str()]),
        all_clients: Some(true),
        all_devices: Some(true),
        all_credentials: Some(true),
        ..role::draft(name, "MSP")
    };
    world.services.role_create(admin, draft).await.unwrap()
}

/// A new permission set for roles of the partner.
async fn set_of(world: &World, admin: &Caller, name: &str, permissions: impl IntoIterator<Item = Permission>) -> PermissionSet {
    world.services.permission_set_create(admin, set(name, "MSP", permissions.into_iter().collect())).await.unwrap()
}

/// Somebody who holds everything but managing settings, and the role that gives it.
async fn manager(world: &World, admin: &Caller) -> (Caller, domain::RoleSummary) {
    let less = set_of(world, admin, "Less", Permission::ALL.iter().copied().filter(|permission| *permission != Permission::SettingManage)).await;
    let role = role_of(world, admin, "Manager", &less).await;
    (world.caller(admin.partner, None, "Manager").await, role)
}

#[track_caller]
fn outranked<T>(what: &str, result: services::Result<T>) {
    let refused = refusal(result);
    assert!(matches!(&refused, Error::Forbidden { reason } if reason.contains("more than you have")), "{what}: {refused:?}");
}

#[test]
fn those_above_are_not_cut_down_from_below() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (manager, weak) = manager(&world, &admin).await;
        let more = set_of(&world, &admin, "More", [Permission::SettingManage]).await;
        let part = set_of(&world, &admin, "Part", [Permission::UserView]).await;
        let strong = role_of(&world, &admin, "Settings", &more).await;
        services.role_update(&admin, &strong.id, None, RoleDraft { permission_sets: add(&part.id), ..RoleDraft::default() }).await.unwrap();
        let boss = world.registered(&admin, None, "boss", &["Settings", "Manager"]).await.row.id;
        let (full, light) = (world.group(&admin, None, "Full").await.row.group, world.group(&admin, None, "Light").await.row.group);
        services.role_update(&admin, &strong.id, None, RoleDraft { user_groups: add(&full.id), ..RoleDraft::default() }).await.unwrap();
        services.user_group_users_add(&admin, &full.id, &[admin.user.id]).await.unwrap();
        services.user_group_users_add(&admin, &light.id, &[boss]).await.unwrap();
        let keys = set_of(&world, &admin, "Keys", [Permission::ClientView, Permission::SettingView, Permission::SettingManage]).await;
        role_of(&world, &admin, "Keeper of keys", &keys).await;
        let keeper = world.caller(admin.partner, None, "Keeper of keys").await;
        let key = ApiKeyDraft { name: Some("Key".into()), roles: Some(vec![weak.id.clone()]), ..ApiKeyDraft::default() };
        let (key, _) = services.api_key_create(&admin, &key).await.unwrap();
        let records = world.audit().await.len();

        let update = async |draft| services.user_update(&manager, boss, None, draft).await;
        outranked("city", update(UserDraft { city: Some("X".into()), ..UserDraft::default() }).await);
        outranked("change password", update(UserDraft { change_password: Some(true), ..UserDraft::default() }).await);
        outranked("password", update(UserDraft { password: Some("Other#2026x".into()), ..UserDraft::default() }).await);
        outranked("roles", update(UserDraft { roles: Some(Selection::Exactly(vec![])), ..UserDraft::default() }).await);
        outranked("groups", update(UserDraft { user_group_type: Some("NONE".into()), ..UserDraft::default() }).await);
        outranked("deactivate", services.user_deactivate(&manager, boss, "").await);
        outranked("terminate", services.user_terminate(&manager, boss, "", Mask::Full).await);
        outranked("activate", services.user_activate(&manager, boss).await);
        outranked("link", services.invitation_create(&manager, boss).await);
        outranked("picture", services.user_picture_set(&manager, boss, None).await);
        let passwords = PasswordChangeDraft { current: PASSWORD.into(), new: "Other#2026x".into(), confirmation: "Other#2026x".into() };
        outranked("change by password", services.user_password_change(&manager, boss, passwords).await);

        let change = async |role: &domain::RoleSummary, draft| services.role_update(&manager, &role.id, None, draft).await;
        outranked("role described", change(&strong, RoleDraft { description: Some("X".into()), ..RoleDraft::default() }).await);
        outranked("role emptied", change(&strong, RoleDraft { permission_sets: exactly([]), ..RoleDraft::default() }).await);
        outranked("role narrowed", change(&strong, RoleDraft { all_clients: Some(false), ..RoleDraft::default() }).await);
        outranked("role taken from users", change(&strong, RoleDraft { users: exactly([]), ..RoleDraft::default() }).await);
        outranked("role taken from groups", change(&strong, RoleDraft { user_groups: exactly([]), ..RoleDraft::default() }).await);
        outranked(
            "role read after it",
            services.role_update_read(&manager, &strong.id, RoleDraft { description: Some("X".into()), ..RoleDraft::default() }).await,
        );
        outranked("role deleted", services.role_delete(&manager, &strong.id).await);
        let default = world.role(&admin, "Partner Administrator").await;
        outranked("default role", change(&default, RoleDraft { users: without(admin.user.id), ..RoleDraft::default() }).await);
        outranked("a lesser role of theirs", change(&weak, RoleDraft { users: without(boss), ..RoleDraft::default() }).await);

        let renamed = UserGroupDraft { name: Some("X".into()), ..UserGroupDraft::default() };
        outranked("group", services.user_group_update(&manager, &full.id, None, &renamed).await);
        outranked("group emptied", services.user_group_users_remove(&manager, &full.id, &[admin.user.id]).await);
        outranked("group deleted", services.user_group_delete(&manager, &full.id).await);
        outranked("a lesser group of theirs", services.user_group_users_remove(&manager, &light.id, &[boss]).await);

        outranked("set", services.permission_set_update(&manager, &more.id, None, set("More", "MSP", PermissionBits::default())).await);
        outranked("set in a role", services.permission_set_update(&manager, &part.id, None, set("Part", "MSP", PermissionBits::default())).await);
        outranked("set deleted", services.permission_set_delete(&manager, &more.id).await);
        let renamed = ApiKeyDraft { name: Some("X".into()), ..ApiKeyDraft::default() };
        outranked("key", services.api_key_update(&keeper, key.id, None, &renamed).await);
        outranked("key revoked", services.api_key_revoke(&keeper, key.id).await);
        assert_eq!(world.audit().await.len(), records, "what is refused changes nothing");

        // Equals can do all of it.
        let peer = world.registered(&admin, None, "peer", &["Manager"]).await.row.id;
        services.user_group_users_add(&manager, &light.id, &[peer]).await.unwrap();
        services.user_group_users_remove(&manager, &light.id, &[peer]).await.unwrap();
        let must = UserDraft { change_password: Some(true), ..UserDraft::default() };
        services.user_update(&manager, peer, None, must).await.unwrap();
        services.role_update(&manager, &weak.id, None, RoleDraft { users: without(peer), ..RoleDraft::default() }).await.unwrap();
        services.user_terminate(&manager, peer, "", Mask::Full).await.unwrap();
    });
}

#[test]
fn what_concerns_the_whole_partner_takes_a_role_for_all_clients() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let lists = RoleDraft {
            permission_sets: exactly(["11"]),
            clients: exactly([&one.to_string()]),
            all_devices: Some(true),
            all_credentials: Some(true),
            ..role::draft("Everything at One", "MSP")
        };
        let lists = services.role_create(&admin, lists).await.unwrap();
        let shared = set_of(&world, &admin, "Shared", [Permission::ClientView]).await;
        let group = world.group(&admin, None, "The partner's").await.row.group;
        world.user_named(admin.partner, None, "Everything at One", "lists").await;
        // A role that views everything doesn't extend the role that lists one client.
        let viewer = world.role(&admin, "Auditor View").await;
        services.role_update(&admin, &viewer.id, None, RoleDraft { users: add(world.user_id("lists").await), ..RoleDraft::default() }).await.unwrap();
        let technician = world.signed_in("lists").await;
        let records = world.audit().await.len();

        let everywhere = |what: &str, refused: Error| {
            assert!(matches!(&refused, Error::Forbidden { reason } if reason.contains("in a role for all clients")), "{what}: {refused:?}");
        };
        let name = || Some("New".to_owned());
        let settings = PartnerSettings { version: 1, ..services.partner_settings(&technician).await.unwrap() };
        everywhere("settings", refusal(services.partner_settings_update(&technician, settings).await));
        let item = CatalogueItemDraft { name: "New".into(), description: String::new() };
        everywhere("catalogue", refusal(services.catalogue_item_create(&technician, CatalogueKind::Package, None, item).await));
        everywhere("set", refusal(services.permission_set_create(&technician, set("New", "MSP", PermissionBits::default())).await));
        everywhere("set", refusal(services.permission_set_update(&technician, &shared.id, None, set("New", "MSP", PermissionBits::default())).await));
        everywhere("set", refusal(services.permission_set_delete(&technician, &shared.id).await));
        everywhere("role", refusal(services.role_create(&technician, role::draft("New", "MSP")).await));
        let described = RoleDraft { description: name(), ..RoleDraft::default() };
        everywhere("role", refusal(services.role_update(&technician, &lists.id, None, described).await));
        everywhere("role", refusal(services.role_delete(&technician, &lists.id).await));
        let key = ApiKeyDraft { name: name(), roles: Some(vec![lists.id.clone()]), ..ApiKeyDraft::default() };
        everywhere("key", refusal(services.api_key_create(&technician, &key).await));
        everywhere("user", refusal(services.user_create(&technician, None, draft("new")).await));
        let city = UserDraft { city: name(), ..UserDraft::default() };
        everywhere("user", refusal(services.user_update(&technician, admin.user.id, None, city).await));
        let groups = UserGroupDraft { name: name(), ..UserGroupDraft::default() };
        everywhere("group", refusal(services.user_group_create(&technician, None, &groups).await));
        everywhere("group", refusal(services.user_group_delete(&technician, &group.id).await));
        let devices = DeviceGroupDraft { name: name(), ..DeviceGroupDraft::default() };
        everywhere("device group", refusal(services.device_group_create(&technician, None, devices).await));
        let credentials = CredentialSetDraft { name: name(), credential_type: Some("SSH".into()), ..CredentialSetDraft::default() };
        everywhere("credential set", refusal(services.credential_set_create(&technician, None, credentials).await));
        everywhere("client", refusal(services.client_create(&technician, client_draft("New")).await));
        everywhere("draft", refusal(services.draft_create(&technician).await));
        let bits: PermissionBits = [Permission::DeviceManage].into_iter().collect();
        for client in [one, two] {
            everywhere("restriction", refusal(services.client_restrictions_get(&technician, client).await));
            everywhere("restriction", refusal(services.client_restrictions_set(&technician, client, None, bits).await));
        }
        assert_eq!(world.audit().await.len(), records);

        // The role works at its client, and the partner's things are visible.
        services.user_create(&technician, Some(one), draft("at.one")).await.unwrap();
        assert!(services.role_get(&technician, &lists.id).await.is_ok());
        let preview = services.role_difference(&admin, Some(&lists.id), RoleDraft::default()).await.unwrap();
        assert!(preview.without_effect.contains(Permission::ClientCreate) && !preview.without_effect.contains(Permission::ClientManage));
        let all = RoleDraft { all_clients: Some(true), ..RoleDraft::default() };
        assert!(services.role_difference(&admin, Some(&lists.id), all).await.unwrap().without_effect.is_empty());
    });
}

#[test]
fn nobody_restricts_what_they_do_not_hold() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let one = world.client(&admin, "One").await;
        let some = [Permission::ClientView, Permission::RoleView, Permission::RoleManage, Permission::UserView];
        let some = set_of(&world, &admin, "Some", some).await;
        role_of(&world, &admin, "Role manager", &some).await;
        let manager = world.caller(admin.partner, None, "Role manager").await;
        let bits = |permissions: &[Permission]| permissions.iter().copied().collect::<PermissionBits>();
        let held = services.client_restrictions_set(&manager, one, None, bits(&[Permission::UserView])).await;
        held.unwrap();
        let more = bits(&[Permission::UserView, Permission::ClientManage]);
        assert_eq!(fields(services.client_restrictions_set(&manager, one, None, more).await), ["permissions"]);
        services.client_restrictions_set(&admin, one, None, more).await.unwrap();
        assert_eq!(fields(services.client_restrictions_set(&manager, one, None, bits(&[])).await), ["permissions"], "nor do they lift it");
    });
}

#[test]
fn a_client_s_permission_set_is_for_that_client_s_roles() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (one, two) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let view: PermissionBits = [Permission::ClientView].into_iter().collect();
        let at = |client| Caller { within: Some(client), ..admin.clone() };
        let own = services.permission_set_create(&at(one), set("Own", "CLIENT", view)).await.unwrap();
        let with = |scope| RoleDraft { permission_sets: exactly([own.id.as_str()]), ..role::draft("With it", scope) };
        assert_eq!(fields(services.role_create(&admin, with("CLIENT")).await), ["permission_sets"], "a role for all clients");
        assert_eq!(fields(services.role_create(&at(two), with("CLIENT")).await), ["permission_sets"], "another client's role");
        let role = services.role_create(&at(one), with("CLIENT")).await.unwrap();
        assert_eq!(role.client, Some(one));
        let other = services.role_create(&at(two), role::draft("Without it", "CLIENT")).await.unwrap();
        let more = RoleDraft { permission_sets: add(&own.id), ..RoleDraft::default() };
        assert_eq!(fields(services.role_update(&admin, &other.id, None, more).await), ["permission_sets"]);
    });
}

#[test]
fn those_above_are_not_cut_down_by_what_else_they_hold() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (manager, _) = manager(&world, &admin).await;
        let view = set_of(&world, &admin, "View", [Permission::ClientView]).await;
        let lesser = role_of(&world, &admin, "Lesser", &view).await;
        let grouped = role_of(&world, &admin, "Grouped", &view).await;
        let group = world.group(&admin, None, "Light").await.row.group;
        services.role_update(&admin, &grouped.id, None, RoleDraft { user_groups: add(&group.id), ..RoleDraft::default() }).await.unwrap();
        services.role_update(&admin, &lesser.id, None, RoleDraft { users: add(admin.user.id), ..RoleDraft::default() }).await.unwrap();
        services.user_group_users_add(&admin, &group.id, &[admin.user.id]).await.unwrap();
        let maker = world.registered(&admin, None, "maker", &["Partner Administrator"]).await.row.id;
        let records = world.audit().await.len();

        let change = async |role: &domain::RoleSummary, draft| services.role_update(&manager, &role.id, None, draft).await;
        for role in [&lesser, &grouped] {
            outranked("deleted", services.role_delete(&manager, &role.id).await);
            outranked("emptied", change(role, RoleDraft { permission_sets: exactly([]), ..RoleDraft::default() }).await);
            outranked("clients", change(role, RoleDraft { all_clients: Some(false), ..RoleDraft::default() }).await);
            outranked("devices", change(role, RoleDraft { all_devices: Some(false), ..RoleDraft::default() }).await);
            outranked("credentials", change(role, RoleDraft { all_credentials: Some(false), ..RoleDraft::default() }).await);
        }
        outranked("group of a role", change(&grouped, RoleDraft { user_groups: exactly([]), ..RoleDraft::default() }).await);
        let roleless = UserGroupDraft { roles: Some(Selection::Exactly(vec![])), ..UserGroupDraft::default() };
        outranked("role of a group", services.user_group_update(&manager, &group.id, None, &roleless).await);
        outranked("group deleted", services.user_group_delete(&manager, &group.id).await);
        outranked("set", services.permission_set_update(&manager, &view.id, None, set("View", "MSP", PermissionBits::default())).await);
        assert_eq!(world.audit().await.len(), records, "what is refused changes nothing");

        // What takes nothing from them is free.
        let described = RoleDraft { description: Some("X".into()), ..RoleDraft::default() };
        change(&lesser, described).await.unwrap();
        let more = [Permission::ClientView, Permission::DeviceView].into_iter().collect();
        services.permission_set_update(&manager, &view.id, None, set("View", "MSP", more)).await.unwrap();
        for user in [maker, admin.user.id] {
            outranked("user", services.user_deactivate(&manager, user, "").await);
        }
        services.role_update(&admin, &lesser.id, None, RoleDraft { users: without(admin.user.id), ..RoleDraft::default() }).await.unwrap();
        services.role_delete(&manager, &lesser.id).await.unwrap();
    });
}

#[test]
fn a_key_that_gives_more_is_not_stopped_with_who_made_it() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (manager, _) = manager(&world, &admin).await;
        world.registered(&admin, None, "maker", &["Partner Administrator"]).await;
        let maker = world.signed_in("maker").await;
        let full = world.role(&admin, "Partner Administrator").await;
        let key = ApiKeyDraft { name: Some("Key".into()), roles: Some(vec![full.id.clone()]), ..ApiKeyDraft::default() };
        let (key, _) = services.api_key_create(&maker, &key).await.unwrap();
        services.role_update(&admin, &full.id, None, RoleDraft { users: without(maker.user.id), ..RoleDraft::default() }).await.unwrap();

        outranked("deactivated", services.user_deactivate(&manager, maker.user.id, "").await);
        outranked("terminated", services.user_terminate(&manager, maker.user.id, "", Mask::Full).await);
        services.api_key_revoke(&admin, key.id).await.unwrap();
        services.user_deactivate(&manager, maker.user.id, "").await.unwrap();
    });
}

#[test]
fn within_a_client_a_shared_role_counts_for_all_whom_it_reaches() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (one, _) = (world.client(&admin, "One").await, world.client(&admin, "Two").await);
        let bits = [Permission::ClientView, Permission::DeviceView, Permission::DeviceManage].into_iter().collect();
        let shared = services.permission_set_create(&admin, set("Shared", "CLIENT", bits)).await.unwrap();
        let shared = RoleDraft {
            permission_sets: exactly([shared.id.as_str()]),
            all_clients: Some(true),
            all_devices: Some(true),
            ..role::draft("Shared", "CLIENT")
        };
        let shared = services.role_create(&admin, shared).await.unwrap();
        world.user_named(admin.partner, Some(one), "Shared", "of.one").await;
        let new = world.registered(&admin, Some(one), "new", &[]).await.row.id;
        // Manages roles everywhere, and devices at one client.
        let roles = [Permission::ClientView, Permission::UserView, Permission::UserManage, Permission::RoleView, Permission::RoleManage];
        let roles = set_of(&world, &admin, "Roles", roles).await;
        role_of(&world, &admin, "Roles", &roles).await;
        let listing = RoleDraft {
            permission_sets: exactly(["11"]),
            clients: exactly([&one.to_string()]),
            all_devices: Some(true),
            ..role::draft("At One", "MSP")
        };
        services.role_create(&admin, listing).await.unwrap();
        world.registered(&admin, None, "half", &["Roles", "At One"]).await;
        let within = Caller { within: Some(one), ..world.signed_in("half").await };

        outranked("deleted", services.role_delete(&within, &shared.id).await);
        outranked(
            "described",
            services.role_update(&within, &shared.id, None, RoleDraft { description: Some("X".into()), ..RoleDraft::default() }).await,
        );
        outranked("narrowed", services.role_update(&within, &shared.id, None, RoleDraft { all_devices: Some(false), ..RoleDraft::default() }).await);
        services.role_update(&within, &shared.id, None, RoleDraft { users: add(new), ..RoleDraft::default() }).await.unwrap();
    });
}

#[test]
fn a_device_group_is_not_deleted_from_below() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let client = world.client(&admin, "One").await;
        let (own, other) = (device(&world, &admin, client, "own", "Server").await.id, device(&world, &admin, client, "other", "Server").await.id);
        let bits = [Permission::ClientView, Permission::DeviceView, Permission::DeviceManage];
        let devices = set_of(&world, &admin, "Devices", bits).await;
        let lists = |name: &str| RoleDraft { permission_sets: exactly([devices.id.as_str()]), all_clients: Some(true), ..role::draft(name, "MSP") };
        services.role_create(&admin, RoleDraft { devices: exactly([own.as_str()]), ..lists("One device") }).await.unwrap();
        let technician = world.caller(admin.partner, None, "One device").await;
        let group = async |name: &str, devices: &[DeviceId]| {
            let group = DeviceGroupDraft { name: Some(name.into()), ..DeviceGroupDraft::default() };
            let group = services.device_group_create(&admin, Some(client), group).await.unwrap();
            services.device_group_devices_add(&admin, &group.id, devices).await.unwrap().id
        };
        let (both, listed, free) =
            (group("Both", &[own.clone(), other]).await, group("Listed", std::slice::from_ref(&own)).await, group("Free", &[own]).await);
        let settings = set_of(&world, &admin, "Settings", bits.into_iter().chain([Permission::SettingManage])).await;
        let stronger = RoleDraft { permission_sets: exactly([settings.id.as_str()]), device_groups: exactly([listed.as_str()]), ..lists("Stronger") };
        services.role_create(&admin, stronger).await.unwrap();
        services.role_create(&admin, RoleDraft { device_groups: exactly([free.as_str()]), ..lists("Equal") }).await.unwrap();

        let refused = refusal(services.device_group_delete(&technician, &both).await);
        assert!(matches!(&refused, Error::Forbidden { reason } if reason.contains("devices that you can’t change")), "{refused:?}");
        outranked("in a stronger role", services.device_group_delete(&technician, &listed).await);
        services.device_group_delete(&technician, &free).await.unwrap();
        for id in [both, listed] {
            services.device_group_delete(&admin, &id).await.unwrap();
        }
    });
}
