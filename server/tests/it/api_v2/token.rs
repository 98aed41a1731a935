//! Tokens: how a program proves who it is, and how often it may call.

use std::{net::SocketAddr, sync::Arc};

use axum::{body::Body, extract::ConnectInfo};
use domain::{ApiKeyDraft, ApiKeyQuery, Caller, Origin, RoleId};
use http::{
    Method, Request, StatusCode,
    header::{AUTHORIZATION, HOST, WWW_AUTHENTICATE},
};
use server::{
    config::{Config, Options},
    router::router,
};
use tower::ServiceExt;

use crate::support::{Answer, App, OFFICE, keys, on_both_engines};

const CHEAP: &str = "/api/v2/cfg/countries";

/// A token of the partner's administrator.
async fn token(app: &App) -> String {
    let key = app.api_key("msp_1", "Partner Administrator").await;
    app.nobody().token(&key.key, &key.secret).await.done()["access_token"].as_str().unwrap().to_owned()
}

async fn call(app: &App, authorization: &str) -> Answer {
    let nobody = app.nobody();
    nobody.send(nobody.request(Method::GET, CHEAP).header(AUTHORIZATION, authorization).body(Body::empty()).unwrap()).await
}

/// Whoever has the key behind a token.
async fn caller(app: &App, token: &str) -> Caller {
    app.services.token_resolve(token, &Origin { ip: Some(OFFICE), ..Origin::default() }).await.unwrap().unwrap()
}

fn fault(answer: &Answer) -> (u16, String) {
    assert_eq!(keys(&answer.json()), ["error", "error_description"]);
    (answer.status.as_u16(), answer.json()["error"].as_str().unwrap().to_owned())
}

#[test]
fn a_key_and_its_secret_are_exchanged_for_a_token_by_either_path() {
    on_both_engines(async |app| {
        let key = app.api_key("msp_1", "Technician").await;
        assert!([&key.key, &key.secret].iter().all(|text| text.bytes().all(|byte| byte.is_ascii_alphanumeric())), "needs no encoding in a form");
        for path in ["/auth/oauth/token", "/tenancy/auth/oauth/token"] {
            let form = format!("grant_type=client_credentials&client_id={}&client_secret={}", key.key, key.secret);
            let answer = app.nobody().post(path, "application/x-www-form-urlencoded", form).await;
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            let issued = answer.done();
            assert_eq!(keys(&issued), ["access_token", "expires_in", "scope", "token_type"]);
            assert_eq!(
                (issued["expires_in"].as_i64(), &issued["token_type"], &issued["scope"]),
                (Some(7199), &"bearer".into(), &"global:manage".into())
            );
            let token = issued["access_token"].as_str().unwrap();
            for scheme in ["Bearer", "bearer"] {
                assert_eq!(call(app, &format!("{scheme} {token}")).await.status, StatusCode::OK);
            }
        }
    });
}

#[test]
fn whoever_cannot_prove_anything_is_told_in_the_words_of_oauth() {
    on_both_engines(async |app| {
        let key = app.api_key("msp_1", "Technician").await;
        let password = app.nobody().token_by(&format!("grant_type=password&client_id={}&client_secret={}", key.key, key.secret)).await;
        assert_eq!(fault(&password), (400, "unsupported_grant_type".to_owned()));
        assert_eq!(fault(&app.nobody().token_by("").await), (400, "unsupported_grant_type".to_owned()));
        for (id, secret) in [(key.key.as_str(), "wrong"), ("nobody", key.secret.as_str()), ("", "")] {
            assert_eq!(fault(&app.nobody().token(id, secret).await), (401, "unauthorized".to_owned()));
        }
        let without = app.nobody().get(CHEAP).await;
        for answer in [without, call(app, "Bearer nonsense").await, call(app, "Basic YTpi").await] {
            assert_eq!(fault(&answer), (401, "invalid_token".to_owned()));
            assert_eq!(answer.header(WWW_AUTHENTICATE.as_str()), Some("Bearer"));
        }
    });
}

#[test]
fn a_token_ends_with_its_time_and_with_its_key() {
    on_both_engines(async |app| {
        let first = format!("Bearer {}", token(app).await);
        app.clock.advance_seconds(7199);
        assert_eq!(call(app, &first).await.status, StatusCode::OK, "so long it was told to be good");
        app.clock.advance_seconds(2);
        assert_eq!(fault(&call(app, &first).await), (401, "invalid_token".to_owned()));

        let second = token(app).await;
        let caller = caller(app, &second).await;
        let keys = app.services.api_key_list(&caller, &ApiKeyQuery::default()).await.unwrap().rows;
        let own = keys.iter().find(|key| key.user == caller.user.id).unwrap();
        app.services.api_key_revoke(&caller, own.id).await.unwrap();
        assert_eq!(fault(&call(app, &format!("Bearer {second}")).await), (401, "invalid_token".to_owned()));
    });
}

#[test]
fn a_key_for_some_addresses_works_from_nowhere_else() {
    on_both_engines(async |app| {
        let roles = app.program("Partner Administrator").await.get("roles/search?queryString=name:Technician").await.done();
        let role: RoleId = roles["results"][0]["uniqueId"].as_str().unwrap().parse().unwrap();
        let maker = caller(app, &token(app).await).await;
        let draft = ApiKeyDraft { name: Some("At home".into()), allowed_ips: Some("10.1.2.*".into()), roles: Some(vec![role]), expires: None };
        let (_, key) = app.services.api_key_create(&maker, &draft).await.unwrap();

        assert_eq!(fault(&app.nobody().token(&key.key, &key.secret).await), (403, "unauthorized".to_owned()));
        let home = app.nobody().at("10.1.2.7");
        let issued = home.token(&key.key, &key.secret).await.done();
        let bearer = format!("Bearer {}", issued["access_token"].as_str().unwrap());
        assert_eq!(call(app, &bearer).await.refusal(), (403, "0004".to_owned()));
        let request = home.request(Method::GET, CHEAP).header(AUTHORIZATION, &bearer).body(Body::empty()).unwrap();
        assert_eq!(home.send(request).await.status, StatusCode::OK);
    });
}

#[test]
fn a_key_that_calls_too_often_is_told_when_it_may_again() {
    on_both_engines(async |app| {
        let config = Config::load(Options { api_rate_limit: Some(2), ..Options::default() }).unwrap();
        let router = router(app.services.clone(), Arc::new(config));
        let call = async |token: &str| {
            let request = Request::get(CHEAP).header(HOST, "console.example").header(AUTHORIZATION, format!("Bearer {token}"));
            let request = request.extension(ConnectInfo(SocketAddr::new(OFFICE, 51_000)));
            Answer::read(router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()).await
        };
        let (first, other) = (token(app).await, token(app).await);
        let now = app.services.now().millis() / 1000;
        // The header is a Unix time.
        let reset = |answer: &Answer| answer.header("x-ratelimit-reset").unwrap().parse::<i64>().unwrap() - now;
        for remaining in ["1", "0"] {
            let answer = call(&first).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert_eq!((answer.header("x-ratelimit-limit"), answer.header("x-ratelimit-remaining")), (Some("2"), Some(remaining)));
            assert!((1..=60).contains(&reset(&answer)), "{answer:?}");
        }
        let refused = call(&first).await;
        assert_eq!(fault(&refused), (429, "throttled".to_owned()));
        assert_eq!(refused.json()["error_description"], "Too Many Requests");
        assert_eq!((refused.header("x-ratelimit-limit"), refused.header("x-ratelimit-remaining")), (Some("2"), Some("0")));
        assert_eq!(refused.header("retry-after").unwrap(), reset(&refused).to_string());
        assert_eq!(call(&other).await.status, StatusCode::OK, "every key has an allowance of its own");
    });
}

#[test]
fn every_answer_says_how_often_one_may_call() {
    on_both_engines(async |app| {
        let program = app.program("Auditor View").await;
        let request = app.nobody().request(http::Method::GET, CHEAP).body(Body::empty()).unwrap();
        let answers = [
            program.get(CHEAP).await,
            program.get("roles/nonsense").await,
            program.get("nowhere").await,
            app.nobody().send(request).await,
            app.nobody().token("x", "y").await,
        ];
        for answer in answers {
            let number = |name| answer.header(name).unwrap_or_else(|| panic!("no {name}: {answer:?}")).parse::<i64>().unwrap();
            assert!(number("x-ratelimit-limit") > 0 && number("x-ratelimit-remaining") > 0, "{answer:?}");
            assert!(number("x-ratelimit-reset") >= app.services.now().millis() / 1000);
        }
    });
}
