//! One-time links by which users choose a password.

use domain::{
    ApiKeyDraft, Caller, ClientId, Error, InvitationDraft, LoginStatus, Mask, Origin, PasswordChangeDraft, Permission, PermissionBits,
    PermissionSetDraft, RoleDraft, Selection, UserDraft, UserGroupDraft, UserId,
};
use services::{Browser, SessionToken};
use sqlx::Row;

use crate::{
    role::{self, exactly},
    support::{PASSWORD, World, at, on_both_engines, refusal, sign_in},
    user::draft,
};

fn password(password: &str) -> InvitationDraft {
    InvitationDraft { password: password.to_owned(), confirmation: password.to_owned() }
}

#[test]
fn a_new_user_comes_in_by_its_link_once() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let made = world.services.user_create(&admin, None, draft("grace")).await.unwrap();
        let invitation = made.invitation.unwrap();
        assert!(!format!("{invitation:?}").contains(&invitation.token), "a token doesn't show itself");
        assert_eq!(invitation.expires, made.user.row.created.plus_seconds(72 * 3600));
        let kept = world.rows("SELECT key FROM invitations").await;
        assert_ne!(kept[0].get::<&str, _>(0), invitation.token, "only a hash is kept");

        let invitee = world.services.invitation_check(&invitation.token).await.unwrap();
        assert_eq!((invitee.user.login.as_str(), invitee.organization.as_str()), ("grace", "LeoArt Inc"));
        let weak = refusal(world.services.invitation_accept(&invitation.token, &password("kiwi"), &Browser::default(), &Origin::default()).await);
        assert!(matches!(weak, Error::Invalid { .. }));
        let token = world
            .services
            .invitation_accept(&invitation.token, &password("Other#2026x"), &Browser::default(), &Origin::default())
            .await
            .unwrap()
            .session;
        let caller = world.services.session_resolve(token.expose(), &Origin::default()).await.unwrap().caller;
        assert_eq!(caller.user.id, made.user.row.id);
        assert!(!world.services.user_get(&admin, made.user.row.id).await.unwrap().row.invited);

        let again = world.services.invitation_accept(&invitation.token, &password("Other#2026y"), &Browser::default(), &Origin::default()).await;
        assert_eq!(refusal(again), Error::NotFound);
    });
}

#[test]
fn a_link_resets_a_password_and_ends_every_session() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let session = world.services.session_sign_in(sign_in("grace", PASSWORD), &Origin::default()).await.unwrap();
        let first = world.services.invitation_create(&admin, grace).await.unwrap();
        let second = world.services.invitation_create(&admin, grace).await.unwrap();
        assert_eq!(refusal(world.services.invitation_check(&first.token).await), Error::NotFound, "the next link voids the one before");
        assert!(world.services.session_sign_in(sign_in("grace", PASSWORD), &Origin::default()).await.is_ok(), "until it is used");

        world.services.invitation_accept(&second.token, &password("Other#2026x"), &Browser::default(), &Origin::default()).await.unwrap();
        assert_eq!(refusal(world.services.session_resolve(session.expose(), &Origin::default()).await), Error::Unauthenticated);
        let old = refusal(world.services.session_sign_in(sign_in("grace", PASSWORD), &Origin::default()).await);
        assert_eq!(old, Error::invalid("password", "The login name or the password is wrong."));
    });
}

#[test]
fn a_link_ends_after_three_days_and_with_its_user() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let late = world.services.invitation_create(&admin, grace).await.unwrap();
        world.clock.advance_seconds(72 * 3600);
        assert_eq!(refusal(world.services.invitation_check(&late.token).await), Error::NotFound);
        let admin = world.signed_in(&admin.user.login).await;
        let void = world.services.invitation_create(&admin, grace).await.unwrap();
        world.services.user_deactivate(&admin, grace, "").await.unwrap();
        assert_eq!(refusal(world.services.invitation_check(&void.token).await), Error::NotFound);
        assert!(matches!(refusal(world.services.invitation_create(&admin, grace).await), Error::Conflict { .. }));
    });
}

#[test]
fn whoever_could_not_sign_in_keeps_the_link() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let made = world.services.user_create(&admin, Some(client), draft("grace")).await.unwrap();
        let token = made.invitation.unwrap().token;
        world.services.client_suspend(&admin, client).await.unwrap();
        let refused = refusal(world.services.invitation_accept(&token, &password("Other#2026x"), &Browser::default(), &Origin::default()).await);
        assert!(matches!(refused, Error::Forbidden { .. }), "{refused}");
        let early = world.services.session_sign_in(sign_in("grace", "Other#2026x"), &Origin::default()).await;
        assert!(early.is_err(), "the password isn't set");

        world.services.client_activate(&admin, client).await.unwrap();
        world.services.invitation_accept(&token, &password("Other#2026x"), &Browser::default(), &Origin::default()).await.unwrap();
    });
}

#[test]
fn strangers_who_guess_keep_nobody_out_who_has_a_link() {
    on_both_engines(async |world| {
        let (services, here) = (&world.services, at("192.0.2.1"));
        let admin = world.admin().await;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let link = services.invitation_create(&admin, grace).await.unwrap().token;
        let guess = async || {
            for _ in 0..10 {
                refusal(services.session_sign_in(sign_in("grace", "wrong"), &at("198.51.100.7")).await);
                world.clock.advance_seconds(64);
            }
        };
        guess().await;
        let signed_in = services.invitation_accept(&link, &password("Other#2026x"), &Browser::default(), &here).await.unwrap();
        let caller = services.session_resolve(signed_in.session.expose(), &here).await.unwrap().caller;
        assert_eq!(caller.user.id, grace);
        let log = services.login_history_list(&caller, grace).await.unwrap();
        assert_eq!(log.first().map(|record| record.status), Some(LoginStatus::Success), "the login history has it");

        services.session_sign_out(&caller).await.unwrap();
        guess().await;
        let browser = Browser::new(None, signed_in.browser.as_ref().map(SessionToken::expose));
        services.session_begin(&browser, sign_in("grace", "Other#2026x"), &here).await.expect("the browser is known");
    });
}

#[test]
fn a_link_replaces_the_session_that_its_browser_had() {
    on_both_engines(async |world| {
        let (services, here) = (&world.services, at("192.0.2.1"));
        let admin = world.admin().await;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let link = services.invitation_create(&admin, grace).await.unwrap().token;
        let other = services.session_sign_in(sign_in(&admin.user.login, PASSWORD), &here).await.unwrap();
        let browser = Browser::new(Some(other.expose()), None);
        services.invitation_accept(&link, &password("Other#2026x"), &browser, &here).await.unwrap();
        assert_eq!(refusal(services.session_resolve(other.expose(), &here).await), Error::Unauthenticated);
    });
}

#[test]
fn a_link_ends_when_its_user_comes_to_more_than_who_made_it() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let less = PermissionBits::all().without([Permission::SettingManage].into_iter().collect());
        let less = PermissionSetDraft { name: "Less".into(), scope: "MSP".into(), permissions: less, ..Default::default() };
        let less = services.permission_set_create(&admin, less).await.unwrap();
        let role = RoleDraft {
            permission_sets: exactly([less.id.as_str()]),
            all_clients: Some(true),
            all_devices: Some(true),
            all_credentials: Some(true),
            ..role::draft("Manager", "MSP")
        };
        services.role_create(&admin, role).await.unwrap();
        let manager = world.caller(admin.partner, None, "Manager").await;
        let group = world.group(&admin, None, "Full").await.row.group;
        let full = world.role_id(admin.partner, "Partner Administrator").await;
        let raised = UserGroupDraft { roles: Some(Selection::Exactly(vec![full.clone()])), ..UserGroupDraft::default() };
        services.user_group_update(&admin, &group.id, None, &raised).await.unwrap();

        let direct = services.user_create(&manager, None, draft("direct")).await.unwrap();
        let grouped = services.user_create(&manager, None, draft("grouped")).await.unwrap();
        let roles = UserDraft { roles: Some(Selection::Exactly(vec![full])), ..UserDraft::default() };
        services.user_update(&admin, direct.user.row.id, None, roles).await.unwrap();
        services.user_group_users_add(&admin, &group.id, &[grouped.user.row.id]).await.unwrap();
        for made in [direct, grouped] {
            let token = made.invitation.unwrap().token;
            assert_eq!(refusal(services.invitation_check(&token).await), Error::NotFound);
            let taken = services.invitation_accept(&token, &password("Other#2026x"), &Browser::default(), &Origin::default()).await;
            assert_eq!(refusal(taken), Error::NotFound);
            let next = services.invitation_create(&admin, made.user.row.id).await.unwrap();
            services.invitation_accept(&next.token, &password("Other#2026x"), &Browser::default(), &Origin::default()).await.unwrap();
        }
    });
}

#[test]
fn a_link_ends_with_the_password_that_it_was_to_replace() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let change = |current: &str, new: &str| PasswordChangeDraft { current: current.into(), new: new.into(), confirmation: new.into() };
        let link = services.invitation_create(&admin, grace).await.unwrap();
        services.user_password_change(&admin, grace, change("", "Other#2026x")).await.unwrap();
        assert_eq!(refusal(services.invitation_check(&link.token).await), Error::NotFound);

        let link = services.invitation_create(&admin, grace).await.unwrap();
        let token = services.session_sign_in(sign_in("grace", "Other#2026x"), &Origin::default()).await.unwrap();
        let own = services.session_resolve(token.expose(), &Origin::default()).await.unwrap().caller;
        services.password_change(&own, change("Other#2026x", "Other#2026y")).await.unwrap();
        assert_eq!(refusal(services.invitation_check(&link.token).await), Error::NotFound);
    });
}

#[test]
fn a_link_ends_with_the_address_that_it_went_to() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let link = services.invitation_create(&admin, grace).await.unwrap();
        let right = UserDraft { email: Some("right@leoart.example".into()), ..UserDraft::default() };
        services.user_update(&admin, grace, None, right).await.unwrap();
        assert_eq!(refusal(services.invitation_check(&link.token).await), Error::NotFound);
    });
}

/// A link that somebody makes for a new user with the same role.
async fn link(world: &World, admin: &Caller, maker: &Caller, client: Option<ClientId>, role: &str) -> String {
    let login = format!("friend.of.{}", maker.user.id);
    let friend = world.registered(admin, client, &login, &[role]).await.row.id;
    world.services.invitation_create(maker, friend).await.unwrap().token
}

/// Checks that a link can be neither read nor used.
async fn is_void(world: &World, link: &str, why: &str) {
    assert_eq!(refusal(world.services.invitation_check(link).await), Error::NotFound, "{why}");
    let used = world.services.invitation_accept(link, &password("Other#2026x"), &Browser::default(), &at("192.0.2.1")).await;
    assert_eq!(refusal(used), Error::NotFound, "{why}");
}

#[test]
fn a_link_works_only_while_its_maker_could_make_it() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let full = "Partner Administrator";
        let made = async |login: &str| -> (UserId, String) {
            world.registered(&admin, None, login, &[full]).await;
            let maker = world.signed_in(login).await;
            (maker.user.id, link(&world, &admin, &maker, None, full).await)
        };
        let (inactive, of_inactive) = made("inactive").await;
        services.user_deactivate(&admin, inactive, "").await.unwrap();
        is_void(&world, &of_inactive, "deactivated").await;
        services.user_activate(&admin, inactive).await.unwrap();
        services.invitation_check(&of_inactive).await.expect("the maker is back");
        services.invitation_accept(&of_inactive, &password("Other#2026x"), &Browser::default(), &at("192.0.2.1")).await.unwrap();

        let (gone, of_gone) = made("gone").await;
        services.user_terminate(&admin, gone, "", Mask::Full).await.unwrap();
        is_void(&world, &of_gone, "terminated").await;

        let (demoted, of_demoted) = made("demoted").await;
        let roles = Some(Selection::Exactly(vec![world.role_id(admin.partner, "Auditor View").await]));
        services.user_update(&admin, demoted, None, UserDraft { roles, ..UserDraft::default() }).await.unwrap();
        is_void(&world, &of_demoted, "demoted").await;
    });
}

#[test]
fn a_link_for_a_user_without_roles_needs_a_maker_who_manages_users() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let client = world.client(&admin, "LeoArt Lab").await;
        world.registered(&admin, None, "maker", &["Partner Administrator"]).await;
        let maker = world.signed_in("maker").await;
        let ours = services.user_create(&maker, None, draft("ours")).await.unwrap().invitation.unwrap().token;
        let theirs = services.user_create(&maker, Some(client), draft("theirs")).await.unwrap().invitation.unwrap().token;
        let restricted = [Permission::UserManage].into_iter().collect();
        services.client_restrictions_set(&admin, client, None, restricted).await.unwrap();
        is_void(&world, &theirs, "restricted at the client").await;
        services.invitation_check(&ours).await.expect("not at the partner");

        let roles = Some(Selection::Exactly(vec![world.role_id(admin.partner, "Auditor View").await]));
        services.user_update(&admin, maker.user.id, None, UserDraft { roles, ..UserDraft::default() }).await.unwrap();
        is_void(&world, &ours, "no longer manages users").await;
    });
}

#[test]
fn a_link_ends_with_its_maker_s_client() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let maker = world.caller(admin.partner, Some(client), "Client Administrator").await;
        let link = link(&world, &admin, &maker, Some(client), "Customer").await;
        world.services.client_suspend(&admin, client).await.unwrap();
        is_void(&world, &link, "suspended").await;
        world.services.client_activate(&admin, client).await.unwrap();
        world.services.invitation_check(&link).await.expect("the client is back");
    });
}

#[test]
fn a_program_s_link_ends_with_its_key() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let (services, here) = (&world.services, at("192.0.2.1"));
        let full = "Partner Administrator";
        world.registered(&admin, None, "owner", &[full]).await;
        let owner = world.signed_in("owner").await;
        let made = async |by: &Caller, name: &str, expires: Option<&str>| {
            let roles = Some(vec![world.role_id(admin.partner, full).await]);
            let key = ApiKeyDraft { name: Some(name.into()), roles, expires: expires.map(str::to_owned), ..ApiKeyDraft::default() };
            let (key, new) = services.api_key_create(by, &key).await.unwrap();
            let program = services.token_resolve(&world.token(&new, &here).await.unwrap(), &here).await.unwrap().unwrap();
            (key.id, link(&world, &admin, &program, None, full).await)
        };
        let (revoked, of_revoked) = made(&admin, "Revoked", None).await;
        services.invitation_check(&of_revoked).await.unwrap();
        services.api_key_revoke(&admin, revoked).await.unwrap();
        is_void(&world, &of_revoked, "revoked").await;

        let (_, of_owned) = made(&owner, "Owned", None).await;
        services.user_deactivate(&admin, owner.user.id, "").await.unwrap();
        is_void(&world, &of_owned, "its creator is deactivated").await;

        let (_, of_expired) = made(&admin, "Short", Some("2026-11-18")).await;
        services.invitation_check(&of_expired).await.unwrap();
        world.clock.advance_seconds(48 * 3600);
        is_void(&world, &of_expired, "expired").await;
    });
}

#[test]
fn nobody_makes_a_link_for_themselves() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let refused = refusal(services.invitation_create(&admin, admin.user.id).await);
        assert_eq!(refused, Error::forbidden("Change your own password on your account page."));
        assert!(world.rows("SELECT key FROM invitations").await.is_empty());

        let other = world.registered(&admin, None, "other", &["Partner Administrator"]).await.row.id;
        let link = services.invitation_create(&admin, other).await.unwrap();
        services.invitation_check(&link.token).await.unwrap();
        world.execute(&format!("UPDATE invitations SET created_by = {}", other.number())).await;
        is_void(&world, &link.token, "its own").await;
    });
}
