//! Signing in, and what becomes of the session.

use domain::{Caller, ClientDraft, Error, Grant, IP_REFUSAL, Origin, PartnerSettings, RoleDraft, SessionState};
use services::{Resolved, SessionToken};
use sqlx::Row;

use crate::{
    role::{draft, exactly},
    support::{PASSWORD, World, at, client_draft, on_both_engines, refusal, sign_in},
};

const ROLE: &str = "Partner Administrator";
const ADMIN: &str = "partner.administrator";

impl World {
    async fn session(&self) -> SessionToken {
        self.services.session_sign_in(sign_in(ADMIN, PASSWORD), &at("192.0.2.1")).await.unwrap()
    }

    async fn resolve(&self, token: &SessionToken) -> services::Result<Resolved> {
        self.services.session_resolve(token.expose(), &at("192.0.2.1")).await
    }

    async fn comes_in(&self, token: &SessionToken) -> Caller {
        self.resolve(token).await.unwrap().caller
    }
}

#[test]
fn a_right_password_makes_a_session_and_the_session_a_caller() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let token = world.services.session_sign_in(sign_in("  Partner.ADMINISTRATOR ", PASSWORD), &at("192.0.2.1")).await.unwrap();
        assert!(!format!("{token:?}").contains(token.expose()), "a token doesn't show itself");

        let Resolved { caller, renewed } = world.resolve(&token).await.unwrap();
        assert!(renewed.is_none());
        assert_eq!(caller.user.login, ADMIN);
        assert_eq!((caller.partner, caller.client, caller.organization.as_str()), (partner, None, "LeoArt Inc"));
        let grants: Vec<_> = caller.grants.iter().map(|grant| (grant.role.as_str(), grant.all_clients)).collect();
        assert_eq!(grants, [("Partner Administrator", true)]);
        assert_eq!(world.audit().await.last().unwrap(), "session.sign-in USR0000000001 partner.administrator");
    });
}

#[test]
fn a_wrong_password_and_an_account_that_does_not_exist_look_the_same() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let expected = Error::invalid("password", "The login name or the password is wrong.");
        for (login, password) in [(ADMIN, "wrong"), ("nobody", PASSWORD), ("", ""), (ADMIN, "")] {
            assert_eq!(refusal(world.services.session_sign_in(sign_in(login, password), &at("192.0.2.1")).await), expected);
        }
        let audit = world.audit().await;
        assert!(audit.contains(&"session.sign-in-failed USR0000000001 partner.administrator".to_owned()));
        assert!(audit.contains(&"session.sign-in-failed".to_owned()), "without what was typed: {audit:?}");
    });
}

#[test]
fn a_token_that_nobody_got_is_refused() {
    on_both_engines(async |world| {
        for token in ["", "x", "AAAA"] {
            assert_eq!(refusal(world.services.session_resolve(token, &Origin::default()).await), Error::Unauthenticated);
        }
    });
}

#[test]
fn a_change_of_a_role_holds_at_once_for_who_has_it() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, ROLE).await;
        let role = world.services.role_create(&admin, draft("Desk", "MSP")).await.unwrap();
        world.user_named(partner, None, "Desk", "desk").await;
        let token = world.services.session_sign_in(sign_in("desk", PASSWORD), &at("192.0.2.1")).await.unwrap();
        let update = async |draft| world.services.role_update(&admin, &role.id, None, draft).await.unwrap();
        let sees = |grant: &Grant| (grant.role.clone(), grant.all_clients, grant.permissions.iter().count() > 0);
        // Without time passing between them, each reads what the one before wrote.
        let changes = [
            (RoleDraft::default(), ("Desk", false, false)),
            (RoleDraft { all_clients: Some(true), ..RoleDraft::default() }, ("Desk", true, false)),
            (RoleDraft { name: Some("Front".into()), ..RoleDraft::default() }, ("Front", true, false)),
            (RoleDraft { permission_sets: exactly(["8"]), ..RoleDraft::default() }, ("Front", true, true)),
        ];
        for (draft, (name, all_clients, holds)) in changes {
            update(draft).await;
            assert_eq!(world.comes_in(&token).await.grants.iter().map(sees).collect::<Vec<_>>(), [(name.to_owned(), all_clients, holds)]);
        }
        update(RoleDraft { users: exactly([]), ..RoleDraft::default() }).await;
        assert_eq!(world.comes_in(&token).await.grants, [], "who has no role");
    });
}

#[test]
fn a_session_ends_an_hour_after_its_last_use() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let token = world.session().await;
        world.clock.advance_seconds(14 * 60);
        world.comes_in(&token).await;
        world.clock.advance_seconds(60 * 60);
        assert_eq!(refusal(world.resolve(&token).await), Error::Unauthenticated);
    });
}

#[test]
fn a_session_ends_twelve_hours_after_the_sign_in_however_much_it_is_used() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let mut token = world.session().await;
        for _ in 0..(12 * 6 - 1) {
            world.clock.advance_seconds(10 * 60);
            token = world.resolve(&token).await.unwrap().renewed.unwrap_or(token);
        }
        world.clock.advance_seconds(10 * 60);
        assert_eq!(refusal(world.resolve(&token).await), Error::Unauthenticated);
        world.session().await;
        assert_eq!(world.rows("SELECT key FROM sessions").await.len(), 1, "a sign-in sweeps what has ended");
    });
}

#[test]
fn a_used_session_gets_another_token_and_the_one_before_goes_on_for_a_minute() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let first = world.session().await;
        world.clock.advance_seconds(15 * 60);
        let Resolved { caller, renewed } = world.resolve(&first).await.unwrap();
        let second = renewed.expect("it is time for another");

        let parallel = world.resolve(&first).await.unwrap();
        assert!(parallel.renewed.is_none(), "of requests at the same time one gets the next token");
        assert_eq!(parallel.caller.session, caller.session, "it is the same session");
        world.comes_in(&second).await;

        world.clock.advance_seconds(61);
        world.comes_in(&second).await;
        assert_eq!(refusal(world.resolve(&first).await), Error::Unauthenticated);
    });
}

#[test]
fn a_browser_that_lost_the_answer_with_the_next_token_stays_signed_in() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let first = world.session().await;
        world.clock.advance_seconds(15 * 60);
        let lost = world.resolve(&first).await.unwrap().renewed.unwrap();
        world.clock.advance_seconds(5 * 60);
        let next = world.resolve(&first).await.unwrap().renewed.expect("another one");
        assert_eq!(refusal(world.resolve(&lost).await), Error::Unauthenticated);
        world.comes_in(&next).await;
    });
}

#[test]
fn a_look_at_a_session_tells_when_it_ends_and_does_not_use_it() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let token = world.session().await;
        let user = world.comes_in(&token).await.user.id;
        let look = async || world.services.session_state(token.expose(), &at("192.0.2.1")).await.unwrap();
        assert_eq!(look().await, Some(SessionState { user, ends_in: 3600 }));
        for _ in 0..59 {
            world.clock.advance_seconds(60);
            look().await;
        }
        assert_eq!(look().await, Some(SessionState { user, ends_in: 60 }));
        world.clock.advance_seconds(60);
        assert_eq!(look().await, None, "looking kept it from ending");
        assert_eq!(refusal(world.resolve(&token).await), Error::Unauthenticated);
        assert_eq!(world.services.session_state("nobody's", &at("192.0.2.1")).await.unwrap(), None);
    });
}

#[test]
fn a_session_in_use_ends_after_half_a_day_all_the_same_and_a_look_tells() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let mut token = world.session().await;
        for _ in 0..71 {
            world.clock.advance_seconds(10 * 60);
            token = world.resolve(&token).await.unwrap().renewed.unwrap_or(token);
        }
        let state = world.services.session_state(token.expose(), &at("192.0.2.1")).await.unwrap();
        assert_eq!(state.map(|state| state.ends_in), Some(10 * 60));
    });
}

#[test]
fn most_requests_write_nothing() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let token = world.session().await;
        let caller = world.comes_in(&token).await;
        let last_seen = async || world.services.session_list(&caller).await.unwrap().remove(0).last_seen;
        let signed_in = last_seen().await;
        world.clock.advance_seconds(59);
        world.comes_in(&token).await;
        assert_eq!(last_seen().await, signed_in);
        world.clock.advance_seconds(1);
        world.comes_in(&token).await;
        assert_eq!(last_seen().await, signed_in.plus_seconds(60));
    });
}

#[test]
fn signing_out_ends_one_session_and_everywhere_ends_all() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (desk, phone, tablet) = (world.session().await, world.session().await, world.session().await);
        let caller = world.comes_in(&desk).await;
        let sessions = world.services.session_list(&caller).await.unwrap();
        assert_eq!(sessions.iter().map(|session| session.current).filter(|current| *current).count(), 1);
        assert_eq!(sessions.len(), 3);

        world.services.session_sign_out(&caller).await.unwrap();
        assert_eq!(refusal(world.resolve(&desk).await), Error::Unauthenticated);

        let caller = world.comes_in(&phone).await;
        world.services.session_sign_out_everywhere(&caller).await.unwrap();
        assert_eq!(refusal(world.resolve(&phone).await), Error::Unauthenticated);
        assert_eq!(refusal(world.resolve(&tablet).await), Error::Unauthenticated);
        let audit = world.audit().await;
        for action in ["session.sign-out", "session.sign-out-everywhere"] {
            assert!(audit.contains(&format!("{action} USR0000000001 {ADMIN}")), "{action}");
        }
    });
}

#[test]
fn who_is_no_longer_active_is_out_at_once() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let token = world.session().await;
        world.execute("UPDATE users SET status = 'inactive'").await;
        assert_eq!(refusal(world.resolve(&token).await), Error::Unauthenticated);
        let refused = refusal(world.services.session_sign_in(sign_in(ADMIN, PASSWORD), &at("192.0.2.1")).await);
        assert_eq!(refused, Error::forbidden("Your account isn’t active. Contact your administrator."));
        let stranger = refusal(world.services.session_sign_in(sign_in(ADMIN, "wrong"), &at("192.0.2.1")).await);
        assert_eq!(stranger, Error::invalid("password", "The login name or the password is wrong."), "only who has the password is told");
    });
}

#[test]
fn the_users_of_a_suspended_client_are_out_until_it_is_activated_and_they_sign_in_anew() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, ROLE).await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let login = world.user(partner, Some(client), "Customer").await;
        let token = world.services.session_sign_in(sign_in(&login, PASSWORD), &at("192.0.2.1")).await.unwrap();
        assert_eq!(world.comes_in(&token).await.client, Some(client));

        world.services.client_suspend(&admin, client).await.unwrap();
        assert_eq!(refusal(world.resolve(&token).await), Error::Unauthenticated);
        let refused = refusal(world.services.session_sign_in(sign_in(&login, PASSWORD), &at("192.0.2.1")).await);
        assert_eq!(refused, Error::forbidden("Your account isn’t active. Contact your administrator."));
        world.services.client_activate(&admin, client).await.unwrap();
        assert_eq!(refusal(world.resolve(&token).await), Error::Unauthenticated);
        let token = world.services.session_sign_in(sign_in(&login, PASSWORD), &at("192.0.2.1")).await.unwrap();
        assert_eq!(world.comes_in(&token).await.client, Some(client));
    });
}

#[test]
fn an_ip_restriction_holds_for_every_request_of_its_own_users() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, ROLE).await;
        let draft = ClientDraft { restrict_ips: true, allowed_ips: "2001:db8::/32".to_owned(), ..client_draft("LeoArt Lab") };
        let client = world.services.client_create(&admin, draft).await.unwrap();
        let customer = world.user(partner, Some(client), "Customer").await;
        let (inside, outside) = (at("10.1.3.50"), at("10.1.3.51"));
        let refused = Error::forbidden(IP_REFUSAL);
        let of_partner = world.services.session_sign_in(sign_in(ADMIN, PASSWORD), &outside).await.unwrap();
        let of_client = world.services.session_sign_in(sign_in(&customer, PASSWORD), &at("2001:db8::7")).await.unwrap();

        let list = PartnerSettings {
            restrict_ips: true,
            allowed_ips: "127.0.0.1, 10.1.2.*, 10.1.3.[0-50]".to_owned(),
            version: 1,
            ..PartnerSettings::default()
        };
        let list = world.services.partner_settings_update(&admin, list).await.unwrap();
        assert_eq!(refusal(world.services.session_resolve(of_partner.expose(), &outside).await), refused);
        assert!(world.services.session_resolve(of_partner.expose(), &inside).await.is_ok());
        assert_eq!(refusal(world.services.session_resolve(of_client.expose(), &inside).await), refused, "a client's users have the client's list");
        assert!(world.services.session_resolve(of_client.expose(), &at("2001:db8::8")).await.is_ok());

        assert_eq!(refusal(world.services.session_sign_in(sign_in(ADMIN, PASSWORD), &outside).await), refused);
        let stranger = refusal(world.services.session_sign_in(sign_in(ADMIN, "wrong"), &outside).await);
        assert_eq!(stranger, Error::invalid("password", "The login name or the password is wrong."));

        world.services.partner_settings_update(&admin, PartnerSettings { restrict_ips: false, ..list }).await.unwrap();
        assert!(world.services.session_resolve(of_partner.expose(), &outside).await.is_ok(), "a list that is off is kept but not in force");
    });
}

/// Many roles with long lists (docs/spec/tenancy.md, "Union of roles"): that it is decided right, not how quickly.
#[test]
fn fifty_roles_that_list_ten_thousand_clients_each_decide_right() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, ROLE).await;
        let first = world.client(&admin, "First").await.number();
        world.user_named(partner, None, "Technician", "grace").await;
        // Clients first + 1 … first + 20,000; role n lists 10,000 of them, all roles together the first 14,900.
        let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)";
        world
            .execute(&format!(
                "INSERT INTO clients (id, partner_id, status, name, name_key, country, time_zone, external_id, external_key, restriction, created, \
                 updated, version) {numbers} SELECT {first} + i, {partner}, 'active', 'C', 'c', 'USA', 'UTC', '', '', '', 0, 0, 1 FROM n",
                partner = partner.number()
            ))
            .await;
        world.execute("DELETE FROM role_users WHERE user_id = (SELECT id FROM users WHERE login = 'grace')").await;
        for role in 0..50 {
            let (id, from) = (9000 + role, first + role * 100);
            world
                .execute(&format!(
                    "INSERT INTO roles (id, unique_id, partner_id, client_id, name, name_key, description, scope, is_default, all_clients, all_devices, \
                     all_credentials, created, updated, version) VALUES ({id}, 'r{id}', {partner}, 0, 'r{id}', 'r{id}', '', 'MSP', 0, 0, 1, 1, 0, 0, 1); \
                     INSERT INTO role_permission_sets (role_id, permission_set_id) SELECT {id}, id FROM permission_sets WHERE name = 'Technician'; \
                     INSERT INTO role_users (role_id, user_id) SELECT {id}, id FROM users WHERE login = 'grace'; \
                     INSERT INTO role_clients (role_id, client_id) SELECT {id}, id FROM clients WHERE id > {from} AND id <= {from} + 10000",
                    partner = partner.number()
                ))
                .await;
        }
        let grace = world.signed_in("grace").await;
        assert_eq!(grace.grants.len(), 50);
        let client = |at: i64| domain::ClientId::new(first + at);
        let sees = async |at| {
            let restriction = domain::Slice { offset: 0, limit: 1, direction: domain::Direction::Ascending, sort: domain::NameSort::Name };
            let within = Caller { within: Some(client(at)), ..grace.clone() };
            world.services.user_search(&within, &domain::UserFilter::default(), restriction).await
        };
        for at in [1, 10_000, 14_900] {
            assert!(sees(at).await.is_ok(), "client {at} is listed");
        }
        for at in [0, 14_901, 20_000, 20_001] {
            assert_eq!(refusal(sees(at).await), Error::NotFound, "client {at} is not");
        }
    });
}

#[test]
fn what_was_made_while_the_clock_was_ahead_does_not_outlive_its_time() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let (services, here) = (&world.services, at("192.0.2.1"));
        let key = services.operator().api_key_create(admin.partner.into(), "Terraform", "Technician").await.unwrap();
        let (ahead, usual) = (30 * 24 * 3600, 4 * 60);
        let make = async |seconds| {
            world.clock.advance_seconds(seconds);
            let session = world.session().await;
            let caller = world.comes_in(&session).await;
            let link = services.invitation_create(&caller, grace).await.unwrap().token;
            let token = services.token_issue(&key.key, &key.secret, &here).await.unwrap().unwrap();
            world.clock.advance_seconds(-seconds);
            let is_alive = world.resolve(&session).await.is_ok();
            assert_eq!(services.session_state(session.expose(), &here).await.unwrap().is_some(), is_alive);
            let program = services.token_resolve(token.expose(), &here).await.unwrap();
            (is_alive, services.invitation_check(&link).await.is_ok(), program.is_ok())
        };
        assert_eq!(make(usual).await, (true, true, true), "a clock that is a little wrong");
        assert_eq!(make(ahead).await, (false, false, false));
        services.session_sweep().await.unwrap();
        let left = world.rows("SELECT logged_out FROM login_records WHERE logged_in > 1795000300000").await;
        assert_eq!(left.iter().map(|row| row.get::<i64, _>(0)).collect::<Vec<_>>(), [1_795_000_000_000], "the history says when it was ended");
        let future = world.rows("SELECT key FROM sessions WHERE created > 1795000300000").await;
        assert_eq!(future.len(), 0);
    });
}
