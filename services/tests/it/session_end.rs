//! Ending sessions one by one: one's own, and those of users whom one manages.

use domain::{Caller, Error, Origin, SessionId, SessionRow};
use services::SessionToken;
use sqlx::Row;

use crate::{
    support::{PASSWORD, World, at, on_both_engines, refusal, sign_in},
    user::draft,
};

impl World {
    /// Somebody's session at an address.
    async fn session_at(&self, login: &str, ip: &str) -> SessionToken {
        self.services.session_sign_in(sign_in(login, PASSWORD), &at(ip)).await.unwrap()
    }

    async fn is_alive(&self, token: &SessionToken) -> bool {
        self.services.session_resolve(token.expose(), &Origin::default()).await.is_ok()
    }

    async fn behind(&self, token: &SessionToken) -> Caller {
        self.services.session_resolve(token.expose(), &Origin::default()).await.unwrap().caller
    }
}

/// The session at an address.
fn one_at(rows: &[SessionRow], ip: &str) -> SessionId {
    rows.iter().find(|row| row.ip == ip).unwrap().id
}

#[test]
fn one_of_ones_own_sessions_is_ended_and_no_other() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        world.registered(&admin, None, "grace", &[]).await;
        let [desk, phone, tablet] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];
        let (desk, phone, tablet) =
            (world.session_at("grace", desk).await, world.session_at("grace", phone).await, world.session_at("grace", tablet).await);
        let services = &world.services;
        let grace = world.behind(&desk).await;
        world.clock.advance_seconds(60);
        let rows = services.session_list(&grace).await.unwrap();
        assert_eq!(rows.iter().filter(|row| row.current).map(|row| row.ip.as_str()).collect::<Vec<_>>(), ["192.0.2.1"]);

        services.session_end(&grace, one_at(&rows, "192.0.2.2")).await.unwrap();
        assert_eq!([world.is_alive(&desk).await, world.is_alive(&phone).await, world.is_alive(&tablet).await], [true, false, true]);
        assert_eq!(services.session_list(&grace).await.unwrap().len(), 2);
        let out = world.rows("SELECT logged_out FROM login_records WHERE ip = '192.0.2.2'").await;
        assert_eq!(out[0].get::<Option<i64>, _>(0), Some(1_795_000_060_000), "the history says when it ended");
        assert!(world.audit().await.contains(&format!("session.end {} grace", grace.user.id)));

        assert_eq!(refusal(services.session_end(&grace, one_at(&rows, "192.0.2.2")).await), Error::NotFound, "it has ended");
        let own = refusal(services.session_end(&grace, one_at(&rows, "192.0.2.1")).await);
        assert_eq!(own, Error::conflict("You’re using this session: sign out instead."));
        let of_admin = services.session_list(&admin).await.unwrap()[0].id;
        assert_eq!(refusal(services.session_end(&grace, of_admin).await), Error::NotFound, "another user's");
        assert!(services.session_list(&admin).await.is_ok());
    });
}

#[test]
fn all_others_are_ended_and_this_one_goes_on() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        world.registered(&admin, None, "grace", &[]).await;
        let (desk, phone) = (world.session_at("grace", "192.0.2.1").await, world.session_at("grace", "192.0.2.2").await);
        let grace = world.behind(&desk).await;
        // The token is another one by now, the session the same.
        world.clock.advance_seconds(15 * 60);
        let renewed = world.services.session_resolve(desk.expose(), &at("192.0.2.1")).await.unwrap().renewed.unwrap();
        world.services.session_end_others(&grace).await.unwrap();
        assert_eq!([world.is_alive(&renewed).await, world.is_alive(&phone).await], [true, false]);
        assert!(world.services.session_list(&admin).await.unwrap()[0].current, "another user's session goes on");
        assert!(world.audit().await.contains(&format!("session.end-others {} grace", grace.user.id)));
    });
}

#[test]
fn an_administrator_sees_and_ends_the_sessions_of_users_they_manage() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let grace = world.registered(&admin, Some(client), "grace", &["Customer"]).await.row.id;
        let (desk, phone) = (world.session_at("grace", "192.0.2.1").await, world.session_at("grace", "192.0.2.2").await);
        let services = &world.services;
        let rows = services.session_list_of(&admin, grace).await.unwrap();
        assert_eq!((rows.len(), rows.iter().any(|row| row.current)), (2, false));

        services.session_end_of(&admin, grace, one_at(&rows, "192.0.2.1")).await.unwrap();
        assert_eq!([world.is_alive(&desk).await, world.is_alive(&phone).await], [false, true]);
        let of_admin = services.session_list(&admin).await.unwrap()[0].id;
        assert_eq!(refusal(services.session_end_of(&admin, grace, of_admin).await), Error::NotFound, "it is of another user");

        services.session_end_all_of(&admin, grace).await.unwrap();
        assert!(!world.is_alive(&phone).await);
        assert_eq!(services.session_list_of(&admin, grace).await.unwrap(), []);
        assert!(services.session_list(&admin).await.unwrap()[0].current, "the administrator's goes on");
        let audit = world.rows("SELECT action, client_id FROM audit_records WHERE action LIKE 'session.end%' ORDER BY action").await;
        let audit: Vec<_> = audit.iter().map(|row| (row.get::<String, _>(0), row.get::<Option<i64>, _>(1))).collect();
        assert_eq!(audit, [("session.end".to_owned(), Some(client.number())), ("session.end-all".to_owned(), Some(client.number()))]);
    });
}

#[test]
fn nobody_sees_or_ends_sessions_of_users_they_may_not_change() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let (lab, corp) = (world.client(&admin, "LeoArt Lab").await, world.client(&admin, "LeoArt Corp.").await);
        let grace = world.registered(&admin, Some(lab), "grace", &["Client Administrator"]).await.row.id;
        world.registered(&admin, Some(lab), "weak", &["Customer"]).await;
        world.registered(&admin, Some(corp), "stranger", &["Client Administrator"]).await;
        world.registered(&admin, None, "viewer", &["Auditor View"]).await;
        let token = world.session_at("grace", "192.0.2.1").await;
        let session = services.session_list_of(&admin, grace).await.unwrap()[0].id;
        let refused = async |who: &str| {
            let caller = world.signed_in(who).await;
            let all = [
                refusal(services.session_list_of(&caller, grace).await),
                refusal(services.session_end_of(&caller, grace, session).await),
                refusal(services.session_end_all_of(&caller, grace).await),
            ];
            assert!(world.is_alive(&token).await, "{who}");
            all
        };
        assert!(refused("viewer").await.iter().all(|error| matches!(error, Error::Forbidden { .. })));
        assert!(refused("weak").await.iter().all(|error| matches!(error, Error::Forbidden { .. })));
        assert_eq!(refused("stranger").await, [Error::NotFound, Error::NotFound, Error::NotFound]);

        // Users of the client manage each other, but nobody above them and not themselves.
        let head = world.registered(&admin, None, "head", &["Partner Administrator"]).await.row.id;
        let client_admin = world.behind(&token).await;
        assert_eq!(refusal(services.session_list_of(&client_admin, head).await), Error::NotFound);
        let own = Error::forbidden("Your own sessions are on your account page.");
        assert_eq!(refusal(services.session_list_of(&client_admin, grace).await), own);
        assert_eq!(refusal(services.session_end_all_of(&client_admin, grace).await), own);

        services.user_terminate(&admin, grace, "", domain::Mask::Partial).await.unwrap();
        assert!(matches!(refusal(services.session_list_of(&admin, grace).await), Error::Conflict { .. }));
        assert!(matches!(refusal(services.session_end_all_of(&admin, grace).await), Error::Conflict { .. }));
    });
}

#[test]
fn who_holds_more_is_not_signed_out_from_below() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let sets = [domain::Permission::UserView, domain::Permission::UserManage];
        let set = crate::outrank::set("Desk", "MSP", sets.into_iter().collect());
        let set = world.services.permission_set_create(&admin, set).await.unwrap();
        let desk = domain::RoleDraft {
            permission_sets: crate::role::exactly([set.id.as_str()]),
            all_clients: Some(true),
            ..crate::role::draft("Desk", "MSP")
        };
        world.services.role_create(&admin, desk).await.unwrap();
        let caller = world.caller(admin.partner, None, "Desk").await;
        let session = world.services.session_list(&admin).await.unwrap()[0].id;
        for refused in [
            refusal(world.services.session_list_of(&caller, admin.user.id).await),
            refusal(world.services.session_end_of(&caller, admin.user.id, session).await),
            refusal(world.services.session_end_all_of(&caller, admin.user.id).await),
        ] {
            assert!(matches!(&refused, Error::Forbidden { reason } if reason.contains("more than you have")), "{refused:?}");
        }
        assert_eq!(world.services.session_list(&admin).await.unwrap().len(), 1);
        let grace = world.services.user_create(&admin, None, draft("grace")).await.unwrap().user.row.id;
        assert_eq!(world.services.session_list_of(&caller, grace).await.unwrap(), [], "a user with nothing is theirs to manage");
    });
}
