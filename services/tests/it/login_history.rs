//! Login history.

use domain::{Direction, Error, LoginFilter, LoginRecord, LoginSort, LoginStatus, Slice};

use crate::support::{PASSWORD, at, on_both_engines, refusal, sign_in};

const NEWEST: Slice<LoginSort> = Slice { offset: 0, limit: 100, direction: Direction::Descending, sort: LoginSort::LoggedIn };

fn told(records: &[LoginRecord]) -> Vec<(&str, LoginStatus, bool)> {
    records.iter().map(|record| (record.user.login.as_str(), record.status, record.logged_out.is_some())).collect()
}

#[test]
fn every_attempt_is_kept_and_when_its_session_ended() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let grace = world.registered(&admin, None, "grace", &["Auditor View"]).await;
        let here = at("192.0.2.1");
        assert!(world.services.session_sign_in(sign_in("grace", "wrong"), &here).await.is_err());
        assert!(world.services.session_sign_in(sign_in("nobody", "wrong"), &here).await.is_err());
        world.clock.advance_seconds(1);
        let token = world.services.session_sign_in(sign_in("grace", PASSWORD), &here).await.unwrap();
        let caller = world.services.session_resolve(token.expose(), &here).await.unwrap().caller;
        let own = world.services.login_history_list(&caller, caller.user.id).await.unwrap();
        assert_eq!(told(&own), [("grace", LoginStatus::Success, false), ("grace", LoginStatus::Failed, false)]);
        assert_eq!((own[0].ip.as_str(), own[0].organization.as_str()), ("192.0.2.1", "LeoArt Inc"));
        assert!(!own[0].session.is_empty() && own[1].session.is_empty());

        world.clock.advance_seconds(60);
        world.services.session_sign_out(&caller).await.unwrap();
        let records = world.services.login_history_list(&admin, grace.row.id).await.unwrap();
        assert_eq!(records[0].logged_out, Some(records[0].logged_in.plus_seconds(60)));

        // A session that nobody ended ended an hour after its last use.
        world.services.session_sign_in(sign_in("grace", PASSWORD), &here).await.unwrap();
        world.clock.advance_seconds(3 * 3600);
        world.services.session_sweep().await.unwrap();
        let records = world.services.login_history_list(&caller, grace.row.id).await.unwrap();
        assert_eq!(records[0].logged_out, Some(records[0].logged_in.plus_seconds(3600)));
        let admin = world.signed_in(&admin.user.login).await;
        world.services.user_deactivate(&admin, grace.row.id, "").await.unwrap();
        assert!(world.services.session_sign_in(sign_in("grace", PASSWORD), &here).await.is_err());
        assert_eq!(world.services.login_history_list(&caller, grace.row.id).await.unwrap()[0].status, LoginStatus::Refused);
    });
}

#[test]
fn others_history_is_for_those_who_may_see_users_and_the_audit_log() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let client = world.client(&admin, "LeoArt Lab").await;
        let technician = world.caller(admin.partner, None, "Technician").await;
        let of_client = world.caller(admin.partner, Some(client), "Client Administrator").await;

        assert!(matches!(refusal(world.services.login_history_list(&technician, admin.user.id).await), Error::Forbidden { .. }));
        assert_eq!(world.services.login_history_list(&technician, technician.user.id).await.unwrap().len(), 1);
        assert!(matches!(refusal(world.services.login_history_search(&technician, &LoginFilter::default(), NEWEST).await), Error::Forbidden { .. }));
        assert_eq!(refusal(world.services.login_history_list(&of_client, admin.user.id).await), Error::NotFound);

        let all = world.services.login_history_search(&admin, &LoginFilter::default(), NEWEST).await.unwrap();
        assert_eq!(all.total, 3);
        let own = world.services.login_history_search(&of_client, &LoginFilter::default(), NEWEST).await.unwrap();
        assert_eq!(told(&own.rows), [("client.administrator", LoginStatus::Success, false)]);
        let found = async |filter: LoginFilter| world.services.login_history_search(&admin, &filter, NEWEST).await.unwrap().total;
        assert_eq!(found(LoginFilter { login: Some("TECHNI".into()), ..LoginFilter::default() }).await, 1);
        assert_eq!(found(LoginFilter { id: Some(all.rows[0].id), ..LoginFilter::default() }).await, 1);
        let now = all.rows[0].logged_in;
        assert_eq!(found(LoginFilter { logged_in_from: Some(now.plus_seconds(1)), ..LoginFilter::default() }).await, 0);
        assert_eq!(found(LoginFilter { logged_out_to: Some(now), ..LoginFilter::default() }).await, 0, "none has signed out");
    });
}
