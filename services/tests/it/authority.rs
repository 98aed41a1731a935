//! A write is decided by the rights that hold when it runs. Each test removes a right after the caller was resolved and before the write.

use domain::{
    ApiKeyDraft, ApiKeyId, Caller, ClientDraft, ClientId, Error, IP_REFUSAL, Mask, NewPassword, Origin, PartnerSettings, PasswordChangeDraft,
    Permission, PermissionBits, PermissionSet, PermissionSetDraft, RoleDraft, RoleSummary, Selection, UserDraft, UserGroup,
};
use services::NewUser;

use crate::{
    role::{draft as role, exactly},
    support::{PASSWORD, World, at, client_draft, on_both_engines, refusal, sign_in},
    user::draft as user,
};

/// An administrator, and a second one, `late`, through a group, a role and a permission set. The second one's request has begun.
struct Scene {
    world: World,
    admin: Caller,
    late: Caller,
    group: UserGroup,
    role: RoleSummary,
    set: PermissionSet,
}

/// A permission set with all permissions, or with some.
fn set(permissions: PermissionBits) -> PermissionSetDraft {
    PermissionSetDraft { name: "Everything".into(), scope: "MSP".into(), permissions, ..PermissionSetDraft::default() }
}

impl Scene {
    async fn of(world: World) -> Self {
        let admin = world.admin().await;
        let services = &world.services;
        let group = world.group(&admin, None, "Leads").await;
        let set = services.permission_set_create(&admin, set(PermissionBits::all())).await.unwrap();
        let all = RoleDraft { all_clients: Some(true), all_devices: Some(true), all_credentials: Some(true), ..role("Lead", "MSP") };
        let lists = RoleDraft { permission_sets: exactly([set.id.as_str()]), user_groups: exactly([group.row.group.id.as_str()]), ..all };
        let role = services.role_create(&admin, lists).await.unwrap();
        let late = world.registered(&admin, None, "late", &[]).await;
        services.user_group_users_add(&admin, &group.row.group.id, &[late.row.id]).await.unwrap();
        let late = come_in(&world, "late", "192.0.2.9").await;
        Self { world, admin, late, group, role, set }
    }

    /// Finishes the late administrator's request, which creates another one. Returns the refusal and checks that nothing was created.
    async fn refused(&self) -> Error {
        refused(&self.world, &self.late, None, "Partner Administrator").await
    }
}

/// Somebody who signed in, from an address.
async fn come_in(world: &World, login: &str, ip: &str) -> Caller {
    let token = world.services.session_sign_in(sign_in(login, PASSWORD), &at(ip)).await.unwrap();
    world.services.session_resolve(token.expose(), &at(ip)).await.unwrap().caller
}

async fn intruder(world: &World, role: &str, caller: &Caller) -> UserDraft {
    UserDraft { roles: Some(Selection::Exactly(vec![world.role_id(caller.partner, role).await])), ..user("intruder") }
}

async fn refused(world: &World, caller: &Caller, client: Option<ClientId>, role: &str) -> Error {
    let before = world.audit().await;
    let draft = intruder(world, role, caller).await;
    let refusal = refusal(world.services.user_create(caller, client, draft).await);
    assert_eq!(world.audit().await, before);
    assert!(world.rows("SELECT id FROM users WHERE login = 'intruder'").await.is_empty());
    refusal
}

fn is_forbidden(error: &Error) -> bool {
    matches!(error, Error::Forbidden { .. })
}

#[test]
fn who_still_may_is_not_hindered() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let draft = intruder(&scene.world, "Partner Administrator", &scene.late).await;
        scene.world.services.user_create(&scene.late, None, draft).await.unwrap();
    });
}

#[test]
fn who_is_deactivated_meanwhile_is_nobody() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        scene.world.services.user_deactivate(&scene.admin, scene.late.user.id, "").await.unwrap();
        assert_eq!(scene.refused().await, Error::Unauthenticated);
    });
}

#[test]
fn who_is_terminated_meanwhile_is_nobody() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        scene.world.services.user_terminate(&scene.admin, scene.late.user.id, "", Mask::Full).await.unwrap();
        assert_eq!(scene.refused().await, Error::Unauthenticated);
    });
}

#[test]
fn who_signs_out_meanwhile_is_nobody() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        scene.world.services.session_sign_out(&scene.late).await.unwrap();
        assert_eq!(scene.refused().await, Error::Unauthenticated);
        scene.world.services.session_sign_out(&scene.late).await.expect("who is out already can sign out once more");
    });
}

#[test]
fn who_signs_out_everywhere_meanwhile_is_nobody() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let elsewhere = come_in(&scene.world, "late", "192.0.2.10").await;
        scene.world.services.session_sign_out_everywhere(&elsewhere).await.unwrap();
        assert_eq!(scene.refused().await, Error::Unauthenticated);
    });
}

#[test]
fn whose_password_is_reset_meanwhile_is_nobody() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let reset = UserDraft { password: Some("Other#2026x".into()), ..UserDraft::default() };
        scene.world.services.user_update(&scene.admin, scene.late.user.id, None, reset).await.unwrap();
        assert_eq!(scene.refused().await, Error::Unauthenticated);
    });
}

#[test]
fn who_changes_the_password_elsewhere_meanwhile_is_nobody_here() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let elsewhere = come_in(&scene.world, "late", "192.0.2.10").await;
        let new = "Other#2026x".to_owned();
        let change = PasswordChangeDraft { current: PASSWORD.into(), new: new.clone(), confirmation: new };
        scene.world.services.password_change(&elsewhere, change).await.unwrap();
        assert_eq!(scene.refused().await, Error::Unauthenticated);
    });
}

#[test]
fn who_must_change_the_password_meanwhile_does_nothing_else() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let change = UserDraft { change_password: Some(true), ..UserDraft::default() };
        scene.world.services.user_update(&scene.admin, scene.late.user.id, None, change).await.unwrap();
        assert_eq!(scene.refused().await, Error::forbidden("Change your password to continue."));
    });
}

#[test]
fn a_role_that_changes_meanwhile_gives_no_more_than_it_does_now() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let less = RoleDraft { permission_sets: exactly([]), ..RoleDraft::default() };
        scene.world.services.role_update(&scene.admin, &scene.role.id, None, less).await.unwrap();
        assert!(is_forbidden(&scene.refused().await));
    });
}

#[test]
fn a_role_that_is_deleted_meanwhile_gives_nothing() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        scene.world.services.role_delete(&scene.admin, &scene.role.id).await.unwrap();
        assert!(is_forbidden(&scene.refused().await));
    });
}

#[test]
fn who_leaves_a_group_meanwhile_leaves_its_roles() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        scene.world.services.user_group_users_remove(&scene.admin, &scene.group.row.group.id, &[scene.late.user.id]).await.unwrap();
        assert!(is_forbidden(&scene.refused().await));
    });
}

#[test]
fn a_group_that_is_deleted_meanwhile_gives_nothing() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        scene.world.services.user_group_delete(&scene.admin, &scene.group.row.group.id).await.unwrap();
        assert!(is_forbidden(&scene.refused().await));
    });
}

#[test]
fn a_permission_that_leaves_its_set_meanwhile_is_gone() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let less = set([Permission::ClientView, Permission::UserView].into_iter().collect());
        scene.world.services.permission_set_update(&scene.admin, &scene.set.id, None, less).await.unwrap();
        assert!(is_forbidden(&scene.refused().await));
    });
}

#[test]
fn a_right_that_shrinks_meanwhile_gives_no_more_than_it_is() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let less = set(PermissionBits::all().without([Permission::SettingManage].into_iter().collect()));
        scene.world.services.permission_set_update(&scene.admin, &scene.set.id, None, less).await.unwrap();
        let Error::Forbidden { reason } = scene.refused().await else { panic!("may make users, but none with more rights") };
        assert!(reason.contains("gives more than you have yourself"), "{reason}");
    });
}

#[test]
fn who_may_no_longer_come_from_there_is_refused() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let allowed_ips = scene.admin.origin.address();
        let settings = PartnerSettings { restrict_ips: true, allowed_ips, version: 1, ..PartnerSettings::default() };
        scene.world.services.partner_settings_update(&scene.admin, settings).await.unwrap();
        assert_eq!(scene.refused().await, Error::forbidden(IP_REFUSAL));
    });
}

#[test]
fn a_permission_that_is_restricted_meanwhile_is_gone_at_that_client() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let client = scene.world.client(&scene.admin, "LeoArt Lab").await;
        let users = [Permission::UserManage].into_iter().collect();
        scene.world.services.client_restrictions_set(&scene.admin, client, None, users).await.unwrap();
        let refused = refused(&scene.world, &scene.late, Some(client), "Customer").await;
        assert_eq!(refused, Error::forbidden("The permission “Users: Manage” is restricted at this client."));
    });
}

/// A client and its administrator, whose request has begun.
async fn client_admin(world: &World) -> (Caller, ClientId, Caller) {
    let admin = world.admin().await;
    let client = world.client(&admin, "LeoArt Lab").await;
    world.user_named(admin.partner, Some(client), "Client Administrator", "late").await;
    let late = come_in(world, "late", "192.0.2.9").await;
    (admin, client, late)
}

#[test]
fn the_users_of_a_client_that_is_suspended_meanwhile_are_nobody() {
    on_both_engines(async |world| {
        let (admin, client, late) = client_admin(&world).await;
        world.services.client_suspend(&admin, client).await.unwrap();
        assert_eq!(refused(&world, &late, None, "Customer").await, Error::Unauthenticated);
        world.services.client_activate(&admin, client).await.unwrap();
        assert_eq!(refused(&world, &late, None, "Customer").await, Error::Unauthenticated, "the session doesn't come back");
        let again = come_in(&world, "late", "192.0.2.9").await;
        world.services.user_create(&again, None, intruder(&world, "Customer", &again).await).await.unwrap();
    });
}

#[test]
fn the_users_of_a_client_that_is_terminated_meanwhile_are_nobody() {
    on_both_engines(async |world| {
        let (admin, client, late) = client_admin(&world).await;
        world.services.client_terminate(&admin, client).await.unwrap();
        assert_eq!(refused(&world, &late, None, "Customer").await, Error::Unauthenticated);
    });
}

#[test]
fn the_users_of_a_client_that_restricts_addresses_meanwhile_are_refused() {
    on_both_engines(async |world| {
        let (admin, client, late) = client_admin(&world).await;
        let restricted = ClientDraft { restrict_ips: true, allowed_ips: "198.51.100.7".into(), ..client_draft("LeoArt Lab") };
        world.services.client_update(&admin, client, 1, restricted).await.unwrap();
        assert_eq!(refused(&world, &late, None, "Customer").await, Error::forbidden(IP_REFUSAL));
    });
}

#[test]
fn a_client_that_a_role_lists_no_longer_is_not_found() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let other = world.client(&admin, "LeoArt Corp.").await;
        let lists =
            RoleDraft { permission_sets: exactly(["11"]), clients: exactly([&client.to_string(), &other.to_string()]), ..role("Some", "MSP") };
        let some = world.services.role_create(&admin, lists).await.unwrap();
        world.user_named(admin.partner, None, "Some", "late").await;
        let late = come_in(&world, "late", "192.0.2.9").await;
        let less = RoleDraft { clients: exactly([&other.to_string()]), ..RoleDraft::default() };
        world.services.role_update(&admin, &some.id, None, less).await.unwrap();
        assert_eq!(refused(&world, &late, Some(client), "Customer").await, Error::NotFound);
    });
}

/// A key with all rights, created by a second administrator; its request has begun.
async fn program(world: &World) -> (Caller, Caller, ApiKeyId, Caller) {
    let admin = world.admin().await;
    world.registered(&admin, None, "maker", &["Partner Administrator"]).await;
    let maker = world.signed_in("maker").await;
    let roles = Some(vec![world.role_id(admin.partner, "Partner Administrator").await]);
    let draft = ApiKeyDraft { name: Some("Script".into()), roles, ..ApiKeyDraft::default() };
    let (key, new) = world.services.api_key_create(&maker, &draft).await.unwrap();
    let token = world.token(&new, &at("192.0.2.9")).await.unwrap();
    let late = world.services.token_resolve(&token, &at("192.0.2.9")).await.unwrap().unwrap();
    (admin, maker, key.id, late)
}

#[test]
fn a_program_that_still_may_is_not_hindered() {
    on_both_engines(async |world| {
        let (_, _, _, late) = program(&world).await;
        world.services.user_create(&late, None, intruder(&world, "Partner Administrator", &late).await).await.unwrap();
    });
}

#[test]
fn a_program_whose_key_is_revoked_meanwhile_is_nobody() {
    on_both_engines(async |world| {
        let (admin, _, key, late) = program(&world).await;
        world.services.api_key_revoke(&admin, key).await.unwrap();
        assert_eq!(refused(&world, &late, None, "Partner Administrator").await, Error::Unauthenticated);
    });
}

#[test]
fn a_program_whose_key_may_no_longer_come_from_there_is_refused() {
    on_both_engines(async |world| {
        let (admin, _, key, late) = program(&world).await;
        let elsewhere = ApiKeyDraft { allowed_ips: Some("198.51.100.7".into()), ..ApiKeyDraft::default() };
        world.services.api_key_update(&admin, key, None, &elsewhere).await.unwrap();
        assert_eq!(refused(&world, &late, None, "Partner Administrator").await, Error::forbidden(IP_REFUSAL));
    });
}

#[test]
fn a_program_whose_maker_is_deactivated_meanwhile_is_nobody() {
    on_both_engines(async |world| {
        let (admin, maker, _, late) = program(&world).await;
        world.services.user_deactivate(&admin, maker.user.id, "").await.unwrap();
        assert_eq!(refused(&world, &late, None, "Partner Administrator").await, Error::Unauthenticated);
    });
}

#[test]
fn a_session_that_ends_by_itself_meanwhile_is_over() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        scene.world.clock.advance_seconds(60 * 60);
        assert_eq!(scene.refused().await, Error::Unauthenticated);
    });
}

#[test]
fn nobody_without_a_session_or_a_token_writes() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let nobody = Caller { session: None, ..scene.late.clone() };
        assert_eq!(refused(&scene.world, &nobody, None, "Partner Administrator").await, Error::Unauthenticated);
    });
}

#[test]
fn a_session_that_got_another_key_meanwhile_goes_on() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        world.registered(&admin, None, "late", &["Partner Administrator"]).await;
        let token = world.services.session_sign_in(sign_in("late", PASSWORD), &Origin::default()).await.unwrap();
        let late = world.services.session_resolve(token.expose(), &Origin::default()).await.unwrap().caller;
        world.clock.advance_seconds(16 * 60);
        assert!(world.services.session_resolve(token.expose(), &Origin::default()).await.unwrap().renewed.is_some());
        world.services.user_create(&late, None, intruder(&world, "Partner Administrator", &late).await).await.unwrap();
    });
}

#[test]
fn an_administrator_counts_only_if_they_can_sign_in() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let roles = Some(Selection::Exactly(vec![world.role_id(admin.partner, "Partner Administrator").await]));
        let invited = services.user_create(&admin, None, UserDraft { roles, ..user("invited") }).await.unwrap();
        assert!(invited.invitation.is_some());
        let draft = ApiKeyDraft { name: Some("Script".into()), ..ApiKeyDraft::default() };
        let roles = Some(vec![world.role_id(admin.partner, "Partner Administrator").await]);
        services.api_key_create(&admin, &ApiKeyDraft { roles, ..draft }).await.unwrap();
        let leave = UserDraft { roles: Some(Selection::Exactly(vec![])), ..UserDraft::default() };
        let alone = refusal(services.user_update(&admin, admin.user.id, None, leave.clone()).await);
        assert!(matches!(alone, Error::Conflict { .. }), "neither an invitation nor a key can sign in: {alone:?}");

        let password = NewPassword::parse(PASSWORD).unwrap();
        let (login, role, none) = ("second".to_owned(), "Partner Administrator".to_owned(), String::new());
        let second =
            NewUser { partner: admin.partner, client: None, login, first_name: none.clone(), last_name: none.clone(), email: none, password, role };
        services.operator().user_create(second).await.unwrap();
        services.user_update(&admin, admin.user.id, None, leave).await.unwrap();
    });
}

#[test]
fn the_last_administrator_s_role_goes_on_seeing_every_device_and_credential_set() {
    on_both_engines(async |world| {
        let scene = Scene::of(world).await;
        let services = &scene.world.services;
        services.user_deactivate(&scene.late, scene.admin.user.id, "").await.unwrap();
        let nothing = PermissionBits::all().without([Permission::DeviceView].into_iter().collect());
        for less in [
            RoleDraft { all_devices: Some(false), ..RoleDraft::default() },
            RoleDraft { all_credentials: Some(false), ..RoleDraft::default() },
            RoleDraft { all_clients: Some(false), ..RoleDraft::default() },
        ] {
            assert!(matches!(refusal(services.role_update(&scene.late, &scene.role.id, None, less).await), Error::Conflict { .. }));
        }
        assert!(matches!(refusal(services.permission_set_update(&scene.late, &scene.set.id, None, set(nothing)).await), Error::Conflict { .. }));
        assert_eq!(services.role_get(&scene.late, &scene.role.id).await.unwrap().summary.version, scene.role.version, "nothing changed");
    });
}
