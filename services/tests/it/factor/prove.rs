//! Proving the second factor again before what takes a proof.

use domain::{
    ApiKeyDraft, AwsAccountId, Caller, ClientDraft, ClientId, Error, PartnerSettings, PermissionSetDraft, PermissionSetQuery, RoleDraft, Selection,
    TerminationDraft,
};

use super::{ADMIN, ROLE, code, wrong};
use crate::{
    backup::with_secrets,
    role::draft as role,
    support::{PASSWORD, World, on_both_engines, refusal},
};

/// What takes a proof that is at most five minutes old, in an order in which all of it can be done.
const RECENTLY: [&str; 14] = [
    "create a role",
    "change a role",
    "delete a role",
    "create a permission set",
    "change a permission set",
    "delete a permission set",
    "create an API key",
    "change an API key",
    "revoke an API key",
    "restrict addresses",
    "export secrets",
    "remove a Role ARN",
    "terminate a client",
    "terminate a client as programs do",
];

/// Calls the use case of one of them, on things that there are.
async fn attempt(world: &World, admin: &Caller, client: ClientId, action: &str) -> services::Result<()> {
    let services = &world.services;
    let own_role = async || world.role(admin, "Own").await.id;
    let own_set = async || services.permission_set_list(admin, &searched("Own")).await.unwrap().rows[0].clone();
    let key = async || services.api_key_list(admin, &domain::ApiKeyQuery::default()).await.unwrap().rows[0].id;
    let set = |name: &str| PermissionSetDraft { name: name.to_owned(), scope: "MSP".into(), ..PermissionSetDraft::default() };
    match action {
        "create a role" => services.role_create(admin, role("Another", "MSP")).await.map(drop),
        "change a role" => {
            let draft = RoleDraft { description: Some("Changed".into()), ..RoleDraft::default() };
            services.role_update(admin, &own_role().await, None, draft).await.map(drop)
        }
        "delete a role" => services.role_delete(admin, &own_role().await).await,
        "create a permission set" => services.permission_set_create(admin, set("Another")).await.map(drop),
        "change a permission set" => services.permission_set_update(admin, &own_set().await.id, None, set("Own set")).await.map(drop),
        "delete a permission set" => services.permission_set_delete(admin, &own_set().await.id).await,
        "create an API key" => services.api_key_create(admin, &new_key(world, admin, "Another").await).await.map(drop),
        "change an API key" => {
            let draft = ApiKeyDraft { name: Some("Own key".into()), ..ApiKeyDraft::default() };
            services.api_key_update(admin, key().await, None, &draft).await.map(drop)
        }
        "revoke an API key" => services.api_key_revoke(admin, key().await).await.map(drop),
        "restrict addresses" => {
            let (settings, allowed_ips) = (services.partner_settings(admin).await?, "192.0.2.0/24".to_owned());
            services.partner_settings_update(admin, PartnerSettings { restrict_ips: true, allowed_ips, ..settings }).await.map(drop)
        }
        "export secrets" => services.backup_create(admin, client, with_secrets()).await.map(drop),
        "remove a Role ARN" => services.aws_accounts_delink(admin, &[AwsAccountId::new(1)]).await.map(drop),
        "terminate a client" => services.client_terminate_confirmed(admin, client, TerminationDraft::default()).await.map(drop),
        "terminate a client as programs do" => services.client_terminate(admin, client).await.map(drop),
        other => panic!("no action {other}"),
    }
}

fn searched(name: &str) -> PermissionSetQuery {
    PermissionSetQuery { search: name.to_owned(), ..PermissionSetQuery::default() }
}

async fn new_key(world: &World, admin: &Caller, name: &str) -> ApiKeyDraft {
    let roles = vec![world.role_id(admin.partner, "Technician").await];
    ApiKeyDraft { name: Some(name.to_owned()), roles: Some(roles), ..ApiKeyDraft::default() }
}

/// A client, a role, a permission set and a key.
async fn things(world: &World, admin: &Caller) -> ClientId {
    let services = &world.services;
    services.role_create(admin, role("Own", "MSP")).await.unwrap();
    let set = PermissionSetDraft { name: "Own".into(), scope: "MSP".into(), ..PermissionSetDraft::default() };
    services.permission_set_create(admin, set).await.unwrap();
    services.api_key_create(admin, &new_key(world, admin, "Own").await).await.unwrap();
    world.client(admin, "LeoArt Lab").await
}

/// The audit log but for the codes: every change writes to it, so one sees that a refused call changed nothing.
async fn entries(world: &World) -> Vec<String> {
    world.audit().await.into_iter().filter(|entry| !entry.starts_with("second_factor.")).collect()
}

#[test]
fn each_listed_action_asks_and_a_proof_counts_for_five_minutes() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let client = things(&world, &world.signed_in(ADMIN).await).await;
        let (admin, app) = world.with_app(ADMIN).await;
        let before = entries(&world).await;
        for action in RECENTLY {
            assert_eq!(refusal(attempt(&world, &admin, client, action).await), Error::Unproved, "{action}");
        }
        world.prove(&admin, &app).await;
        world.clock.advance_seconds(5 * 60);
        for action in RECENTLY {
            assert_eq!(refusal(attempt(&world, &admin, client, action).await), Error::Unproved, "{action}: the proof is too old");
        }
        assert_eq!(entries(&world).await, before, "something was changed");

        world.prove(&admin, &app).await;
        world.clock.advance_seconds(5 * 60 - 1);
        for action in RECENTLY {
            match attempt(&world, &admin, client, action).await {
                Ok(()) => {}
                // There is no such account, and the dialog's ticks are missing: both are found out behind the proof.
                Err(services::Fault::Refused(Error::NotFound)) if action == "remove a Role ARN" => {}
                Err(services::Fault::Refused(Error::Invalid { .. })) if action == "terminate a client" => {}
                Err(fault) => panic!("{action}: {fault:?}"),
            }
        }
    });
}

#[test]
fn every_save_of_client_details_asks() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let without = world.signed_in(ADMIN).await;
        let client = world.client(&without, "LeoArt Lab").await;
        let services = &world.services;
        let save = async |caller: &Caller, city: &str| {
            let before = services.client_get(caller, client).await?;
            services.client_update(caller, client, before.version, ClientDraft { city: city.into(), ..before.details }).await
        };
        save(&without, "Paris").await.expect("who has no second factor isn't asked");

        let (admin, app) = world.with_app(ADMIN).await;
        assert_eq!(refusal(save(&admin, "London").await), Error::Unproved);
        assert_eq!(services.client_get(&admin, client).await.unwrap().details.city, "Paris", "it was saved all the same");
        let fresh = world.sign_in_with(ADMIN, &app).await;
        assert_eq!(refusal(save(&fresh, "London").await), Error::Unproved, "the code of the sign-in was for that alone");
        world.prove(&admin, &app).await;
        assert_eq!(refusal(save(&fresh, "London").await), Error::Unproved, "another session's proof");
        let stale = ClientDraft { city: "Rome".into(), ..services.client_get(&admin, client).await.unwrap().details };
        assert_eq!(refusal(services.client_update(&admin, client, 1, stale).await), Error::stale("client"));
        save(&admin, "London").await.expect("a refused save leaves the proof for the next try");
        assert_eq!(refusal(save(&admin, "Rome").await), Error::Unproved);

        world.prove(&admin, &app).await;
        services.role_create(&admin, role("Another", "MSP")).await.unwrap();
        assert_eq!(refusal(save(&admin, "Rome").await), Error::Unproved, "what another change used isn't for this one");
        services.role_create(&admin, role("One more", "MSP")).await.expect("other actions go on for five minutes");
    });
}

#[test]
fn who_may_not_do_it_is_told_so_before_a_code_is_asked_for() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let before = world.services.client_get(&admin, client).await.unwrap();
        world.user(admin.partner, None, "Technician").await;
        let (technician, _) = world.with_app("technician").await;
        let refused = world.services.client_update(&technician, client, before.version, before.details).await;
        assert!(matches!(refusal(refused), Error::Forbidden { .. }));
    });
}

#[test]
fn three_wrong_codes_end_the_session_counted_over_all_tabs_and_servers() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (tab, app) = world.with_app(ADMIN).await;
        let elsewhere = world.sign_in_with(ADMIN, &app).await;
        let (services, other) = (&world.services, world.other_server().await);
        let another_tab = tab.clone();
        assert_eq!(refusal(services.factor_prove(&tab, &code("000000")).await), wrong());
        assert_eq!(refusal(other.factor_prove(&another_tab, &code("000000")).await), wrong());
        world.prove(&tab, &app).await;
        assert_eq!(refusal(other.factor_prove(&another_tab, &code("000000")).await), wrong(), "a right one starts over");
        assert_eq!(refusal(services.factor_prove(&tab, &code("000000")).await), wrong());
        assert_eq!(refusal(other.factor_prove(&another_tab, &code("000000")).await), Error::Unauthenticated);

        world.clock.advance_seconds(60);
        assert_eq!(
            refusal(services.factor_prove(&tab, &code(app.code(services.now()))).await),
            Error::Unauthenticated,
            "the right one comes too late"
        );
        assert!(services.session_list(&elsewhere).await.unwrap().iter().all(|session| session.current), "the session is gone");
        assert!(services.job_list(&elsewhere, &domain::JobQuery::default()).await.is_ok(), "the other one stays");
        let ended = world.rows("SELECT id FROM login_records WHERE logged_out <> 0").await;
        assert!(!ended.is_empty(), "the history says when it ended");
        other.close().await;
    });
}

#[test]
fn a_proof_takes_a_second_factor() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let refused = refusal(world.services.factor_prove(&admin, &code("123456")).await);
        assert_eq!(refused, Error::conflict("Two-factor authentication isn’t on."));
        assert_eq!(refusal(world.services.recovery_codes_renew(&admin).await), Error::conflict("Two-factor authentication isn’t on."));
    });
}

#[test]
fn whoever_gives_somebody_access_is_asked() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, app) = world.with_app(ADMIN).await;
        let technician = world.role_id(partner, "Technician").await;
        let draft = domain::UserDraft { roles: Some(Selection::Exactly(vec![technician])), ..crate::user::draft("grace") };
        assert_eq!(refusal(world.services.user_create(&admin, None, draft.clone()).await), Error::Unproved);
        world.prove(&admin, &app).await;
        let grace = world.services.user_create(&admin, None, draft).await.unwrap().user.row.id;
        world.clock.advance_seconds(6 * 60);
        assert_eq!(refusal(world.services.invitation_create(&admin, grace).await), Error::Unproved);
        assert_eq!(refusal(world.services.user_update(&admin, grace, None, crate::user::draft("grace")).await), Error::Unproved);
        world.services.user_deactivate(&admin, grace, "left").await.expect("taking access away asks for nothing");
        assert_eq!(refusal(world.services.user_activate(&admin, grace).await), Error::Unproved);
        let client = world.client(&admin, "LeoArt Lab").await;
        let nothing = domain::PermissionBits::default();
        assert_eq!(refusal(world.services.client_restrictions_set(&admin, client, None, nothing).await), Error::Unproved);
    });
}

#[test]
fn own_password_and_address_take_a_proof_before_the_password_is_tried() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, app) = world.with_app(ADMIN).await;
        let new = domain::PasswordChangeDraft { current: PASSWORD.to_owned(), new: "Cobol#1959".to_owned(), confirmation: "Cobol#1959".to_owned() };
        assert_eq!(refusal(world.services.password_change(&admin, new.clone()).await), Error::Unproved);
        let address = domain::EmailChangeDraft { email: "ada@new.example".to_owned(), password: "wrong".to_owned() };
        assert_eq!(refusal(world.services.email_change_begin(&admin, address).await), Error::Unproved);
        world.prove(&admin, &app).await;
        world.services.password_change(&admin, new).await.unwrap();
    });
}

#[test]
fn what_took_a_proof_takes_one_when_it_runs_again() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, app) = world.with_app(ADMIN).await;
        let services = &world.services;
        let client = world.client(&admin, "LeoArt Lab").await;
        world.prove(&admin, &app).await;
        let job = services.backup_create(&admin, client, with_secrets()).await.unwrap().job;
        services.job_cancel(&admin, job).await.expect("cancelling asks for nothing");
        world.clock.advance_seconds(6 * 60);
        assert_eq!(refusal(services.job_repeat(&admin, job).await), Error::Unproved);
        world.prove(&admin, &app).await;
        services.job_repeat(&admin, job).await.unwrap();
    });
}
