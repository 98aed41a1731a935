//! Signing in and out over HTTP, and what every request is asked before anything else.

use app::transport::USER_HEADER;
use domain::{Client, Error, IP_REFUSAL, SessionState};
use http::{
    Method, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::json;
use services::DEMO_PASSWORD;

use crate::support::{App, on_both_engines, on_both_engines_behind};

const ADMIN: &str = "admin@leoart.example";

#[test]
fn signing_in_sets_a_cookie_that_only_this_site_gets_and_signing_out_ends_it() {
    on_both_engines(async |app| {
        let answer = app.nobody().sign_in(ADMIN, DEMO_PASSWORD).await;
        let (cookie, attributes) = answer.set_cookie().unwrap().split_once("; ").unwrap();
        assert!(cookie.strip_prefix("__Host-tenantry=").is_some_and(|token| token.len() >= 43), "{cookie}");
        assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=Lax", "no Domain, no Max-Age");

        let admin = app.nobody().with_cookie(cookie);
        assert_eq!(admin.get("/clients").await.status, StatusCode::OK);
        let answer = admin.post_form("/rpc/sessions/delete", "/clients", &json!({})).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::FOUND, "/login"));
        let both = ["__Host-tenantry=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", "tenantry=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"];
        assert_eq!(answer.set_cookies(), both);
        assert_eq!(admin.get("/clients").await.location(), "/login?next=/clients", "the token is worth nothing now");
    });
}

#[test]
fn what_a_plain_form_is_forbidden_is_recorded_too() {
    on_both_engines(async |app| {
        let viewer = app.signed_in("viewer@leoart.example").await;
        let refused = async || app.database.column("SELECT object FROM audit_records WHERE action = 'request.refused' ORDER BY id").await;
        let form = json!({ "id": "USR0000000001" });
        let answer = viewer.post_form("/rpc/users/activate", "/users/USR0000000001", &form).await;
        assert_eq!(answer.status, StatusCode::FOUND, "it is led back to its page");
        assert_eq!(refused().await.len(), 1, "{:?}", refused().await);
        assert_eq!(viewer.rpc("users/activate", form).await.status, StatusCode::FORBIDDEN);
        assert_eq!(refused().await.len(), 2, "{:?}", refused().await);
    });
}

#[test]
fn signing_out_everywhere_ends_the_other_sessions_too() {
    on_both_engines(async |app| {
        let [here, there] = [app.nobody().sign_in(ADMIN, DEMO_PASSWORD).await, app.nobody().sign_in(ADMIN, DEMO_PASSWORD).await];
        let [here, there] = [here, there].map(|answer| app.nobody().with_cookie(answer.session_cookie().unwrap()));
        here.rpc("sessions/delete-all", json!({})).await.ok::<()>();
        for browser in [here, there] {
            assert_eq!(browser.rpc("sessions/list", json!({})).await.error(), Error::Unauthenticated);
        }
    });
}

#[test]
fn a_token_is_renewed_by_the_quarter_of_an_hour_and_ends_after_an_hour_without_use() {
    on_both_engines(async |app| {
        let answer = app.nobody().sign_in(ADMIN, DEMO_PASSWORD).await;
        let first = app.nobody().with_cookie(answer.session_cookie().unwrap());
        app.clock.advance_seconds(14 * 60);
        assert_eq!(first.get("/clients").await.set_cookie(), None);
        app.clock.advance_seconds(2 * 60);
        let renewed = first.get("/clients").await.session_cookie().unwrap();
        assert_ne!(Some(renewed.clone()), answer.session_cookie());

        let second = app.nobody().with_cookie(renewed);
        assert_eq!(second.get("/clients").await.status, StatusCode::OK);
        app.clock.advance_seconds(61 * 60);
        assert_eq!(second.get("/clients?q=leo").await.location(), "/login?next=/clients%3Fq%3Dleo");
        assert_eq!(second.rpc("sessions/list", json!({})).await.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_page_that_waits_sees_its_session_end_and_does_not_keep_it() {
    on_both_engines(async |app| {
        let browser = app.nobody().with_cookie(app.nobody().sign_in(ADMIN, DEMO_PASSWORD).await.session_cookie().unwrap());
        let state = async || browser.rpc("sessions/state", json!({})).await;
        assert!(state().await.ok::<Option<SessionState>>().is_some_and(|state| state.ends_in == 3600));
        app.clock.advance_seconds(59 * 60);
        let answer = state().await;
        assert_eq!(answer.set_cookie(), None, "looking renewed the token");
        assert!(answer.ok::<Option<SessionState>>().is_some_and(|state| state.ends_in == 60));
        let new_records = browser.rpc("audit/refresh", json!({ "query": "" })).await;
        assert_eq!(
            (new_records.status, new_records.set_cookie()),
            (StatusCode::OK, None),
            "what a page asks by itself is answered and extends nothing"
        );
        app.clock.advance_seconds(60);
        assert_eq!(state().await.ok::<Option<SessionState>>(), None);
    });
}

#[test]
fn a_page_acts_only_for_the_user_it_was_made_for() {
    on_both_engines(async |app| {
        let browser = app.nobody().with_cookie(app.nobody().sign_in(ADMIN, DEMO_PASSWORD).await.session_cookie().unwrap());
        let own = browser.rpc("sessions/state", json!({})).await.ok::<Option<SessionState>>().unwrap().user;
        for (user, status) in [(own.to_string(), StatusCode::OK), ("USR9999999999".to_owned(), StatusCode::UNAUTHORIZED)] {
            let request = browser.request(Method::POST, "/rpc/sessions/list").header("sec-fetch-site", "same-origin").header(USER_HEADER, &user);
            let request = request.header(CONTENT_TYPE, "application/json").header(ACCEPT, "application/json");
            assert_eq!(browser.send(request.body("{}".into()).unwrap()).await.status, status, "{user}");
        }
    });
}

#[test]
fn a_form_without_scripts_is_led_on_or_back_with_the_reason() {
    on_both_engines(async |app| {
        let form = |password: &str| json!({ "draft": { "login": ADMIN, "password": password }, "next": "/settings" });
        let wrong = app.nobody().post_form("/rpc/sessions/create", "/login?next=/settings", &form("Wrong#2026")).await;
        assert_eq!((wrong.status, wrong.location()), (StatusCode::FOUND, "/cookie-check?next=/settings"));
        let refused = app.nobody().with_cookie(wrong.session_cookie().unwrap());
        let checked = refused.get(wrong.location()).await;
        assert_eq!(checked.location(), "/login?next=/settings");
        let page = refused.get(checked.location()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("The login name or the password is wrong."), "{page:?}");
        assert!(page.text().contains(&format!("value=\"{ADMIN}\"")), "the login name need not be typed again");
        assert!(!page.text().contains("Wrong#2026"));
        assert!(page.set_cookie().unwrap().contains("Max-Age=0"), "it is told once");

        let right = app.nobody().post_form("/rpc/sessions/create", "/login?next=/settings", &form(DEMO_PASSWORD)).await;
        assert_eq!((right.status, right.location()), (StatusCode::FOUND, "/cookie-check?next=/settings"));
        let signed_in = app.nobody().with_cookie(right.session_cookie().unwrap());
        assert_eq!(signed_in.get(right.location()).await.location(), "/settings");
        assert_eq!(signed_in.get("/settings").await.status, StatusCode::OK);
    });
}

#[test]
fn a_browser_on_the_same_machine_gets_a_cookie_that_needs_no_https() {
    on_both_engines(async |app| {
        for host in ["127.0.0.1:3000", "localhost:3000", "[::1]:3000"] {
            let local = app.nobody().locally(host);
            let answer = local.sign_in(ADMIN, DEMO_PASSWORD).await;
            let (cookie, attributes) = answer.set_cookie().unwrap().split_once("; ").unwrap();
            assert!(cookie.strip_prefix("tenantry=").is_some_and(|token| token.len() >= 43), "{cookie}");
            assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax", "{host}");
            let local = local.with_cookie(cookie);
            assert_eq!(local.get("/clients").await.status, StatusCode::OK, "{host}");

            app.clock.advance_seconds(16 * 60);
            let renewed = local.get("/clients").await.session_cookie().unwrap();
            assert!(renewed.starts_with("tenantry=") && renewed != cookie, "{renewed}");
            let local = local.with_cookie(renewed);
            let answer = local.post_form("/rpc/sessions/delete", "/clients", &json!({})).await;
            assert_eq!(answer.set_cookies().len(), 2, "neither name stays: {answer:?}");
            assert_eq!(local.get("/clients").await.location(), "/login?next=/clients");
        }
    });
}

#[test]
fn a_cookie_without_https_is_neither_given_nor_taken_anywhere_else() {
    on_both_engines(async |app| {
        let local = app.nobody().locally("localhost:3000");
        let cookie = local.sign_in(ADMIN, DEMO_PASSWORD).await.session_cookie().unwrap();
        let stolen = local.with_cookie(&cookie);
        assert_eq!(stolen.get("/clients").await.status, StatusCode::OK);
        for (header, value) in [("x-forwarded-proto", "https"), ("x-forwarded-for", "127.0.0.1"), ("forwarded", "proto=http"), ("via", "1.1 proxy")] {
            assert_eq!(stolen.get_with("/clients", header, value).await.status, StatusCode::SEE_OTHER, "{header}");
        }
        let elsewhere = [stolen.at("203.0.113.20"), app.nobody().at("127.0.0.1").with_cookie(&cookie), stolen.locally("localhost.evil.example")];
        for browser in elsewhere {
            assert_eq!(browser.get("/clients").await.status, StatusCode::SEE_OTHER);
            assert!(browser.sign_in(ADMIN, DEMO_PASSWORD).await.session_cookie().unwrap().starts_with("__Host-tenantry="));
        }
    });
}

#[test]
fn a_known_proxy_on_the_same_machine_never_asks_for_a_cookie_without_https() {
    on_both_engines_behind(&["127.0.0.1"], async |app| {
        let proxied = app.nobody().locally("127.0.0.1:3000");
        let cookie = proxied.sign_in(ADMIN, DEMO_PASSWORD).await.session_cookie().unwrap();
        let token = cookie.strip_prefix("__Host-tenantry=").unwrap();
        assert_eq!(proxied.with_cookie(&cookie).get("/clients").await.status, StatusCode::OK);
        assert_eq!(proxied.with_cookie(format!("tenantry={token}")).get("/clients").await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_browser_that_keeps_no_cookie_is_told_so() {
    on_both_engines(async |app| {
        for (browser, why) in [(app.nobody(), "begins with https://"), (app.nobody().locally("localhost:3000"), "Allow cookies for this site.")] {
            for password in [DEMO_PASSWORD, "Wrong#2026"] {
                let form = json!({ "draft": { "login": ADMIN, "password": password }, "next": "/settings" });
                let answer = browser.post_form("/rpc/sessions/create", "/login", &form).await;
                assert!(answer.session_cookie().is_some());
                let checked = browser.get(answer.location()).await;
                assert_eq!(checked.location(), "/login?next=/settings&cookie=none");
                let page = browser.get(checked.location()).await;
                assert!(page.text().contains("your browser didn’t accept the console’s cookie"), "{page:?}");
                assert!(page.text().contains(why), "{page:?}");
            }
            let page = browser.get("/login?next=/settings").await;
            assert!(!page.text().contains("didn’t accept"), "nobody has tried yet: {page:?}");
        }
        let link = app.nobody().get("/login?cookie=Call+0900&message=Call+0900&next=//evil.example").await;
        assert!(!link.text().contains("0900"), "a link can’t put words on the page: {link:?}");
    });
}

#[test]
fn nobody_is_led_to_another_site() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"] {
            let form = json!({ "draft": { "login": ADMIN, "password": DEMO_PASSWORD }, "next": next });
            assert_eq!(app.nobody().post_form("/rpc/sessions/create", "/login", &form).await.location(), "/cookie-check?next=/", "{next}");
            let query = serde_qs::to_string(&json!({ "next": next })).unwrap();
            assert_eq!(admin.get(&format!("/login?{query}")).await.location(), "/", "{next}");
            assert_eq!(admin.get(&format!("/cookie-check?{query}")).await.location(), "/", "{next}");
        }
    });
}

#[test]
fn a_post_from_another_site_is_refused() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let before = app.database.contents().await;
        for (name, value) in
            [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example"), ("origin", "null")]
        {
            for path in ["/rpc/clients/suspend", "/rpc/sessions/create", "/images"] {
                let request = admin.request(Method::POST, path).header(name, value).header("content-type", "application/x-www-form-urlencoded");
                let answer = admin.send(request.body("id=client_9".into()).unwrap()).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {name}: {value}");
            }
        }
        assert_eq!(app.database.contents().await, before);

        let request = admin.request(Method::POST, "/rpc/clients/suspend").header("origin", "https://console.example");
        let answer = admin.send(request.header("content-type", "application/x-www-form-urlencoded").body("id=client_9".into()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "our own pages are let through, by browsers without Sec-Fetch-Site too: {answer:?}");
    });
}

#[test]
fn guessing_locks_and_tells_nothing_about_who_exists() {
    on_both_engines(async |app| {
        let guess = async |login: &str, address: &str, password: &str| {
            let answer = app.nobody().at(address).sign_in(login, password).await;
            (answer.status, answer.text().to_owned())
        };
        for attempt in 0..12 {
            let there = guess(ADMIN, "198.51.100.1", "Wrong#2026").await;
            let missing = guess("nobody@leoart.example", "198.51.100.2", "Wrong#2026").await;
            assert_eq!(there.0, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(there, missing, "attempt {attempt}");
            app.clock.advance_seconds(if attempt < 9 { 64 } else { 1 });
        }
        let locked = guess(ADMIN, "198.51.100.3", DEMO_PASSWORD).await;
        assert!(locked.1.contains("Too many attempts."), "not even the right password is looked at: {locked:?}");
        app.clock.advance_seconds(15 * 60);
        assert_eq!(guess(ADMIN, "198.51.100.3", DEMO_PASSWORD).await.0, StatusCode::OK);
    });
}

#[test]
fn a_browser_that_was_here_before_gets_in_while_strangers_lock_the_account() {
    on_both_engines(async |app| {
        let first = app.nobody().sign_in(ADMIN, DEMO_PASSWORD).await;
        let attributes = "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=15552000";
        let cookies: Vec<_> = first.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
        assert!(cookies.iter().any(|line| line.starts_with("__Host-tenantry-browser=") && line.ends_with(attributes)), "{cookies:?}");
        for _ in 0..10 {
            app.nobody().at("198.51.100.1").sign_in(ADMIN, "Wrong#2026").await;
            app.clock.advance_seconds(64);
        }
        let stranger = app.nobody().sign_in(ADMIN, DEMO_PASSWORD).await;
        assert!(stranger.text().contains("Too many attempts. Wait 14 minutes and try again."), "{stranger:?}");
        let known = app.nobody().with_cookie(first.browser_cookie().unwrap());
        assert_eq!(known.sign_in(ADMIN, DEMO_PASSWORD).await.status, StatusCode::OK);
    });
}

#[test]
fn signing_in_ends_the_session_of_the_same_browser() {
    on_both_engines(async |app| {
        let first = app.nobody().sign_in(ADMIN, DEMO_PASSWORD).await.session_cookie().unwrap();
        let browser = app.nobody().with_cookie(first);
        assert_eq!(browser.sign_in("viewer@leoart.example", DEMO_PASSWORD).await.status, StatusCode::OK);
        assert_eq!(browser.get("/clients").await.location(), "/login?next=/clients", "the replaced session is over");
    });
}

#[test]
fn the_partners_addresses_bind_its_users_on_every_request() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        assert_eq!(admin.at("198.51.100.7").get("/clients").await.status, StatusCode::OK);
        app.restrict_partner_to("203.0.113.[0-50]").await;

        let outside = admin.at("198.51.100.7");
        let page = outside.get("/clients").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.text().contains(IP_REFUSAL), "{page:?}");
        assert_eq!(outside.rpc("clients/get", json!({ "id": "client_8" })).await.error(), Error::forbidden(IP_REFUSAL));
        assert_eq!(outside.post("/images", "image/png", "picture").await.error(), Error::forbidden(IP_REFUSAL));
        assert_eq!(outside.sign_in(ADMIN, DEMO_PASSWORD).await.error(), Error::forbidden(IP_REFUSAL));
        assert_eq!(outside.get("/login").await.status, StatusCode::OK, "somebody else may sign in from there");
        assert_eq!(admin.get("/clients").await.status, StatusCode::OK);
        assert_eq!(app.client_admin().await.at("198.51.100.7").get("/clients").await.status, StatusCode::OK, "a client’s users have their own list");
    });
}

#[test]
fn a_clients_addresses_bind_its_own_users_and_not_the_partners() {
    on_both_engines(async |app| {
        let (admin, inside) = (app.partner_admin().await, app.client_admin().await);
        let mut client: Client = admin.rpc("clients/get", json!({ "id": "client_8" })).await.ok();
        client.details.restrict_ips = true;
        client.details.allowed_ips = "10.1.2.*".to_owned();
        admin.rpc("clients/update", json!({ "id": client.id, "version": client.version, "draft": client.details })).await.ok::<Client>();

        assert!(inside.get("/clients").await.text().contains(IP_REFUSAL));
        assert_eq!(inside.at("10.1.2.7").get("/clients").await.status, StatusCode::OK);
        assert_eq!(admin.get("/clients").await.status, StatusCode::OK);
    });
}

#[test]
fn a_list_that_locks_its_author_out_is_refused() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let (settings, address): (domain::PartnerSettings, String) = admin.rpc("settings/get", json!({})).await.ok();
        assert_eq!(address, "203.0.113.20");
        let draft = json!({ "restrict_ips": true, "allowed_ips": "10.1.2.*", "require_second_factor": false, "trust_browsers": false, "version": settings.version });
        let answer = admin.rpc("settings/update", json!({ "settings": draft })).await;
        assert_eq!((answer.status, answer.wrong_fields()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["allowed_ips".to_owned()]));
    });
}

#[test]
fn only_configured_proxies_say_where_a_request_comes_from() {
    on_both_engines_behind(&["10.0.0.0/8"], async |app: &App| {
        app.restrict_partner_to("203.0.113.20").await;
        let admin = app.partner_admin().await;
        for (peer, forwarded, expected) in [
            ("10.0.0.5", "203.0.113.20", StatusCode::OK),
            ("10.0.0.5", "198.51.100.7, 203.0.113.20, 10.0.0.9", StatusCode::OK),
            ("10.0.0.5", "203.0.113.20, 198.51.100.7", StatusCode::FORBIDDEN),
            ("198.51.100.7", "203.0.113.20", StatusCode::FORBIDDEN),
            ("10.0.0.5", "203.0.113.20, unknown", StatusCode::FORBIDDEN),
            ("10.0.0.5", "", StatusCode::FORBIDDEN),
        ] {
            let answer = admin.at(peer).get_with("/clients", "x-forwarded-for", forwarded).await;
            assert_eq!(answer.status, expected, "{peer}, forwarded for {forwarded}");
        }
    });
}

#[test]
fn what_a_proxy_wrote_and_nobody_can_read_is_not_the_proxys_own_address() {
    on_both_engines_behind(&["10.0.0.0/8"], async |app: &App| {
        app.restrict_partner_to("10.0.0.5, 203.0.113.20").await;
        let admin = app.partner_admin().await;
        assert_eq!(admin.at("10.0.0.5").get("/clients").await.status, StatusCode::OK, "the proxy itself is on the list");
        for forwarded in [&b"198.51.100.7"[..], b"\xff, 198.51.100.7", b"198.51.100.7, unknown", b"198.51.100.7, \xff", b"\xff"] {
            let request = admin.at("10.0.0.5").request(Method::GET, "/clients").header("x-forwarded-for", forwarded);
            let answer = admin.send(request.body("".into()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "forwarded for {}", String::from_utf8_lossy(forwarded));
        }
    });
}

#[test]
fn a_suspended_clients_users_are_out_at_once() {
    on_both_engines(async |app| {
        let inside = app.client_admin().await;
        assert_eq!(inside.get("/clients").await.status, StatusCode::OK);
        app.partner_admin().await.rpc("clients/suspend", json!({ "id": "client_8" })).await.ok::<Client>();
        assert_eq!(inside.rpc("clients/get", json!({ "id": "client_8" })).await.error(), Error::Unauthenticated);
        assert_eq!(inside.get("/clients").await.location(), "/login?next=/clients");
    });
}

#[test]
fn a_token_of_nobodys_is_nobody() {
    on_both_engines(async |app| {
        for cookie in ["__Host-tenantry=", "__Host-tenantry=made-up", "tenantry=x", "__Host-tenantry=ä"] {
            let request = app.nobody().request(Method::GET, "/clients").header("cookie", cookie.as_bytes());
            assert_eq!(app.nobody().send(request.body("".into()).unwrap()).await.location(), "/login?next=/clients", "{cookie}");
        }
    });
}
